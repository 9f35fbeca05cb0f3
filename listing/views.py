"""The page of a filtered list."""

from django.core.paginator import InvalidPage
from django.utils.translation import gettext as _
from django.views.generic import ListView


class FilteredListView(ListView):
    """A public list narrowed by `filterset_class` over `get_queryset()`; the address holds its whole state.

    What only the cards of the page need, a subclass adds in `for_page()`, where the facets do not pay for it.
    """

    filterset_class = None
    paginate_by = 20
    page_error = ""

    def get(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(request.GET, queryset=self.get_queryset())
        self.object_list = self.for_page(self.filterset.qs)
        return self.render_to_response(self.get_context_data())

    def for_page(self, queryset):
        """The filtered `queryset` with what the page shows of each record."""
        return queryset

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filterset=self.filterset, **kwargs)
        paginator, page = context["paginator"], context["page_obj"]
        return context | {
            "page_error": self.page_error,
            "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }

    def paginate_queryset(self, queryset, page_size):
        """The page asked for; where there is no such page, the nearest one and a message instead of an error."""
        paginator = self.get_paginator(queryset, page_size)
        number = self.request.GET.get(self.page_kwarg) or 1
        try:
            page = paginator.page(number)
        except InvalidPage:
            page = paginator.get_page(number)
            self.page_error = _("There is no page “%(asked)s”. This is page %(shown)s.") % {
                "asked": str(number)[:20],
                "shown": page.number,
            }
        return paginator, page, page.object_list, page.has_other_pages()
