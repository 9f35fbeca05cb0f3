"""The pages of lists, filtered or not."""

from collections.abc import Callable, Sequence

from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.generic import ListView

from listing.paging import ListPaginator, page_or_nearest

# The element that htmx fills, in templates/listing/list.html.
RESULTS_ID = "results"


class PagedListView(ListView):
    """A list in pages. A page that does not exist is answered by the nearest one and a message."""

    paginate_by = 20
    paginator_class = ListPaginator
    page_error = ""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        paginator, page = context["paginator"], context["page_obj"]
        return context | {
            "page_error": self.page_error,
            "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }

    def paginate_queryset(self, queryset, page_size):
        asked = self.request.GET.get(self.page_kwarg) or 1
        known = self.known_count()
        paginator = self.get_paginator(queryset, page_size, known=known, asked=asked, rows=self.rows_of(queryset))
        page, self.page_error = page_or_nearest(paginator, asked)
        return paginator, page, page.object_list, page.has_other_pages()

    def known_count(self) -> int | None:
        """The number of rows of the list where it is at hand; else they are counted, up to a limit."""
        return None

    def rows_of(self, queryset) -> Callable[[int, int], Sequence] | None:
        """What fetches the rows of the list from a first to before a last one; None where slicing it is as good."""
        return None


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
            response.is_for_everybody = True  # the portal itself may keep it: see caching.pages
        patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
        return response

    def known_count(self):
        return self.filterset.length()

    def for_page(self, queryset):
        """The filtered `queryset` with what the page shows of each record."""
        return queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(filterset=self.filterset, **kwargs)
