"""Pages of publishable records: public for all, and shown to staff before they are public."""

from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView


class PublishableDetailView(DetailView):
    """The page of one record. Staff with the permission see it at the same address before it is public.

    Such a preview says on the page that it is one (`preview` in the context), and is kept by no cache. A subclass whose
    page shows further records that may be unpublished says so by overriding `is_preview()`.
    """

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user)

    def is_preview(self, context) -> bool:
        """Whether the page shows something that is not public."""
        return not self.object.is_public

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["preview"] = self.is_preview(context)
        return context

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["preview"]:
            add_never_cache_headers(response)
        return response
