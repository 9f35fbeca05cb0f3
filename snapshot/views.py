"""The page of a copy that says what it is."""

from django.shortcuts import redirect
from django.views.generic import TemplateView

from opendata.copies import moment_of_copy


class AboutThisCopyView(TemplateView):
    """When the copy was made, and what cannot be done in it. It is in copies alone; the portal leads home from it.

    Visitors come there from a copy that a proxy showed them while the portal was down.
    """

    template_name = "snapshot/about.html"

    def get(self, request, *args, **kwargs):
        moment = moment_of_copy(request)
        if moment is None:
            return redirect("home")
        portal = request.build_absolute_uri("/").removesuffix("/")
        return self.render_to_response(self.get_context_data(moment=moment, portal=portal, noindex=True))
