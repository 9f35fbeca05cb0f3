"""Pages of lists of any length: what is counted of them, and how far they are leafed through.

Counting a million rows takes longer than everything else on a page together, and so does skipping them. So a list whose
number of rows nobody has at hand is counted up to `COUNTED` rows, and no list is leafed through beyond `MOST_PAGES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

# Rows that are counted where their number is not known; of a longer list it is said that there are more.
COUNTED = 1000
# Pages that can be leafed through; whoever wants more wants a narrower list, or a file.
MOST_PAGES = 500


@dataclass(frozen=True)
class Total:
    """The number of rows of a list; with `is_more` there are more than these, and nobody counted them."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        number = intcomma(self.number)
        return _("%(number)s+") % {"number": number} if self.is_more else number

    @classmethod
    def of(cls, counted: int) -> "Total":
        """The total of a list whose rows were `counted` with `up_to`."""
        return cls(COUNTED, is_more=True) if counted > COUNTED else cls(counted)


def up_to(queryset: QuerySet, rows: int = COUNTED) -> QuerySet:
    """The keys of at most one row more than so many `rows`, in no order: what to count to know whether there are more.

    One more than asked for tells "more than" from "exactly".
    """
    return queryset.order_by().values("pk")[: rows + 1]


class ListPaginator(Paginator):
    """Paginator of a list that may be very long.

    `known` is its number of rows, if somebody has it at hand; `asked` is the page that is asked for, as it stands in
    the address: rows are counted as far as that page at least, so that it is known whether it is there. `rows(first,
    last)` fetches those of a page, where there is a better way than slicing the list.
    """

    def __init__(
        self, object_list, per_page, orphans=0, allow_empty_first_page=True, *, known=None, asked=1, rows=None
    ):
        super().__init__(object_list, per_page, orphans, allow_empty_first_page)
        self.known = known
        self.asked = asked
        self.rows = rows or (lambda first, last: object_list[first:last])

    @cached_property
    def _rows(self) -> int:
        """The number of rows; of a longer list one more than were to be counted."""
        if self.known is not None:
            return self.known
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        try:
            asked = min(int(self.asked), MOST_PAGES)
        except ValueError:
            asked = 1
        return up_to(self.object_list, max(COUNTED, asked * self.per_page)).count()

    @cached_property
    def total(self) -> Total:
        """How many rows there are, the same on every page."""
        counts_all = self.known is not None or not isinstance(self.object_list, QuerySet)
        return Total(self._rows) if counts_all else Total.of(self._rows)

    @property
    def count(self) -> int:
        """The number of `total`."""
        return self.total.number

    @cached_property
    def num_pages(self) -> int:
        """The last page that can be shown, as far as rows were counted."""
        return max(1, min(ceil(self._rows / self.per_page), MOST_PAGES))

    @property
    def is_open_ended(self) -> bool:
        """Whether nobody knows yet which page is the last."""
        return self.total.is_more and self.num_pages < MOST_PAGES

    @property
    def ends_early(self) -> bool:
        """Whether the list goes on after the last page that can be shown."""
        return self._rows > MOST_PAGES * self.per_page

    def page(self, number: str | int) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(self.rows(first, first + self.per_page), number, self)

    def get_elided_page_range(self, number=1, *, on_each_side=3, on_ends=2) -> Iterator[int | str]:
        """The pages to offer on the page `number`; an ellipsis after the last says that there may be more."""
        yield from super().get_elided_page_range(number, on_each_side=on_each_side, on_ends=on_ends)
        if self.is_open_ended:
            yield self.ELLIPSIS


def page_or_nearest(paginator: Paginator, number: str | int) -> tuple[Page, str]:
    """The page asked for; where there is no such page, the nearest one and what to say about it."""
    try:
        return paginator.page(number), ""
    except InvalidPage:
        page = paginator.get_page(number)
        message = _("There is no page “%(asked)s”. This is page %(shown)s.")
        return page, message % {"asked": str(number)[:20], "shown": page.number}
