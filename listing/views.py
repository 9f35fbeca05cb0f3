"""The pages of lists, filtered or not."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.generic import ListView

# The element that htmx fills, in templates/listing/list.html.
RESULTS_ID = "results"


def page_or_nearest(paginator: Paginator, number: str | int) -> tuple[Page, str]:
    """The page asked for; where there is no such page, the nearest one and what to say about it."""
    try:
        return paginator.page(number), ""
    except InvalidPage:
        page = paginator.get_page(number)
        message = _("There is no page “%(asked)s”. This is page %(shown)s.")
        return page, message % {"asked": str(number)[:20], "shown": page.number}


class PagedListView(ListView):
    """A list in pages. A page that does not exist is answered by the nearest one and a message."""

    paginate_by = 20
    page_error = ""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        paginator, page = context["paginator"], context["page_obj"]
        return context | {
            "page_error": self.page_error,
            "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }

    def paginate_queryset(self, queryset, page_size):
        paginator = self.get_paginator(queryset, page_size)
        page, self.page_error = page_or_nearest(paginator, self.request.GET.get(self.page_kwarg) or 1)
        return paginator, page, page.object_list, page.has_other_pages()


class FilteredListView(PagedListView):
    """A public list narrowed by `filterset_class` over `get_queryset()`; the address holds its whole state.

    It is asked for as a page, and by htmx for its changing parts, which are the same template in another frame.
    What only the cards of the page need, a subclass adds in `for_page()`, where the facets do not pay for it.
    """

    filterset_class = None

    def get(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(request.GET, queryset=self.get_queryset())
        self.object_list = self.for_page(self.filterset.qs)
        return self.render_to_response(self.get_context_data())

    @property
    def is_fragment(self) -> bool:
        """Whether only the changing parts are asked for: the results, and the filters with their numbers."""
        htmx = self.request.htmx
        return bool(htmx) and not htmx.history_restore_request and htmx.target == RESULTS_ID

    def render_to_response(self, context, **kwargs):
        frame = "listing/_fragment.html" if self.is_fragment else "base.html"
        response = super().render_to_response(context | {"frame": frame}, **kwargs)
        if self.is_fragment:
            # Browsers that go back would otherwise show the kept fragment as if it were the page.
            add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
        return response

    def for_page(self, queryset):
        """The filtered `queryset` with what the page shows of each record."""
        return queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(filterset=self.filterset, **kwargs)
