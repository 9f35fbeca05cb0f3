from organisations.models import Organisation
from publishing.views import PublishableDetailView


class OrganisationDetailView(PublishableDetailView):
    """A partner organisation, and what the public engagements and programmes tell of the work with it."""

    template_name = "organisations/detail.html"
    queryset = Organisation.objects.select_related("country")

    def get_context_data(self, **kwargs):
        overview = self.object.engagements.published().overview()
        made = self.object.programmes.published().by_name()
        return super().get_context_data(programmes_made=made, **overview, **kwargs)
