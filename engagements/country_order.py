"""Pages of engagements by the name of their country, without sorting all of them.

Joined to the names, a million rows are sorted for a page of twenty. But which countries a page is about follows from
their order and their numbers; and within one country an index has the order.
"""

from codelists.models import Country
from engagements.models import Engagement
from engagements.querysets import EngagementQuerySet
from multilingual.text import in_language


def rows_by_country(engagements: EngagementQuerySet, counts: dict[str, int], first: int, last: int) -> list[Engagement]:
    """What `engagements.by_country()[first:last]` has, in that order.

    `counts` says how many of the `engagements` are in which country, by its key.
    """
    newest_first = engagements.newest_first()
    places, whole, keys, before = {}, [], [], 0
    for code in Country.objects.filter(pk__in=counts).order_by(in_language("name"), "pk").values_list("pk", flat=True):
        start, end = max(first - before, 0), min(last - before, counts[code])
        if start < end:
            places[code] = len(places)
            if (start, end) == (0, counts[code]):
                whole.append(code)
            else:
                here = newest_first.filter(country=code)
                keys += here.values_list("pk", flat=True)[start:end]
        before += counts[code]
        if before >= last:
            break
    keys += newest_first.filter(country__in=whole).values_list("pk", flat=True)[: last - first]
    rows = engagements.order_by().filter(pk__in=keys)
    return sorted(rows, key=lambda row: (places[row.country_id], -row.start_date.toordinal(), -row.pk))
