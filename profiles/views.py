from django.db.models import Prefetch

from listing.views import FilteredListView
from organisations.models import Organisation
from profiles.filters import ProfileFilter
from profiles.models import Exchange, InterviewPhoto, Profile
from publishing.views import PublishableDetailView


class ProfileListView(FilteredListView):
    """The directory: who knows what. Each person is shown with the engagements and languages that the filters met."""

    filterset_class = ProfileFilter
    template_name = "profiles/list.html"

    def get_queryset(self):
        return Profile.objects.published()

    def for_page(self, queryset):
        queryset = queryset.for_cards()
        self.asked = self.filterset.asked_of("engagements")
        if self.asked:
            queryset = queryset.with_matches(self.asked.condition)
        if languages := self.filterset.form.cleaned_data["language"]:
            queryset = queryset.with_matching_languages(languages)
        return queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(asked=self.asked, **kwargs)


class ProfileDetailView(PublishableDetailView):
    """A colleague: interviews, career, education, and what the public engagements tell."""

    template_name = "profiles/detail.html"
    queryset = Profile.objects.for_cards().prefetch_related("languages", "topics", "links")

    def get_context_data(self, **kwargs):
        public_organisation = Prefetch("organisation", Organisation.objects.published())
        return super().get_context_data(
            interviews=self.interviews(),
            education=self.object.education.select_related("country").prefetch_related(public_organisation),
            positions=self.object.positions.prefetch_related("countries", public_organisation),
            **self.object.engagements.published().overview(),
            **kwargs,
        )

    def interviews(self):
        """The interviews that this visitor may see, each with its questions, and photos where they stood."""
        photos = InterviewPhoto.objects.order_by("pk")
        return (
            self.object.interviews.visible_to(self.request.user, self.link)
            .select_related("series", "language")
            .prefetch_related(
                Prefetch("photos", photos.filter(exchange=None), to_attr="opening_photos"),
                Prefetch("exchanges", Exchange.objects.prefetch_related(Prefetch("photos", photos))),
            )
        )

    def records_shown(self):
        return [self.object, *self.object.interviews.all()]

    def is_preview(self, context):
        return super().is_preview(context) or not all(interview.is_public for interview in context["interviews"])
