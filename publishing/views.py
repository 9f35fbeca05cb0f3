"""Pages of publishable records: public for all, and shown to staff and by preview links before they are public."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView

from publishing.previewing import PARAMETER, PreviewLink, link_of


class PublishableDetailView(DetailView):
    """The page of one record. Staff with the permission see it at the same address before it is public.

    So does whoever has a preview link to it, which adds `?preview=…` to the address. Such a preview says on the page
    that it is one (`preview` in the context), and is kept by no cache. A subclass whose page shows further records that
    may be unpublished says so by overriding `is_preview()`, and asks for them with `visible_to(self.request.user,
    self.link)`.
    """

    link: PreviewLink | None = None

    def dispatch(self, request, *args, **kwargs):
        self.link = link_of(request)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Http404:
            if PARAMETER not in request.GET:
                raise
            response = self.link_leads_nowhere()
        if PARAMETER in request.GET:
            # The sites that the page links to must not learn its address.
            response["Referrer-Policy"] = "no-referrer"
            add_never_cache_headers(response)
        return response

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user, self.link)

    def is_preview(self, context) -> bool:
        """Whether the page shows something that is not public."""
        return not self.object.is_public

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["preview"] = self.is_preview(context)
        if context["preview"] and self.link:
            context["preview_link"] = self.link
        return context

    def render_to_response(self, context, **kwargs):
        if not context["preview"] and PARAMETER in self.request.GET:
            return redirect(self.object)  # there is nothing here any more that everybody may not see
        response = super().render_to_response(context, **kwargs)
        if context["preview"]:
            add_never_cache_headers(response)
        return response

    def link_leads_nowhere(self):
        """The page for a preview link that has ended, whose record is gone, or that never was one."""
        was_one = PreviewLink.read(self.request.GET[PARAMETER]) is not None
        status = HTTPStatus.GONE if was_one else HTTPStatus.NOT_FOUND
        return render(self.request, "publishing/preview_ended.html", {"noindex": True}, status=status)
