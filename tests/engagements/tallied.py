"""The tallies as they should be, counted one by one from the records, and as they are."""

from collections import Counter
from itertools import product

from engagements.models import Engagement
from engagements.tallies.counting import count_what_has_come_due
from engagements.tallies.dimensions import CODES, RECORDS, SCOPES, Dimension
from engagements.tallies.models import Counted, RecordTally, Tally, Total, Use
from engagements.tallies.reading import Scope


def _keys(engagement: Engagement) -> dict[Dimension, list]:
    return {
        Dimension.EVERYTHING: [""],
        Dimension.COUNTRY: [engagement.country.code],
        Dimension.REGION: [engagement.country.region.code] if engagement.country.region else [],
        Dimension.PROGRAMME: [engagement.programme.pk] if engagement.programme else [],
        Dimension.KIND: [engagement.kind],
        Dimension.SECTOR: [engagement.sector.code] if engagement.sector else [],
        Dimension.TOPIC: [str(topic.pk) for topic in engagement.topics.all()],
        Dimension.STATUS: [engagement.activity_status],
        Dimension.YEAR: [f"{engagement.start_date:%Y}"],
        Dimension.PROFILE: [profile.pk for profile in engagement.staff.all()],
        Dimension.ORGANISATION: [partner.pk for partner in engagement.partners.all()],
    }


def as_it_should_be() -> dict[str, dict]:
    tallies, records, numbers, uses = Counter(), Counter(), Counter(), Counter()
    women, men = {}, {}
    engagements = Engagement.objects.published().select_related("country__region", "programme", "sector")
    for engagement in engagements.prefetch_related("topics", "staff", "partners"):
        keys = _keys(engagement)
        for scope in SCOPES:
            for scope_key in map(str, keys[scope]):
                numbers[scope, scope_key] += 1
                for sums, value in ((women, engagement.women_trained), (men, engagement.men_trained)):
                    if value is not None:
                        sums[scope, scope_key] = sums.get((scope, scope_key), 0) + value
                for found, dimensions in ((tallies, CODES), (records, RECORDS)):
                    for dimension in dimensions:
                        found.update((scope, scope_key, dimension, key) for key in keys[dimension])
        uses.update(product(keys[Dimension.PROGRAMME], keys[Dimension.COUNTRY]))
    totals = {scope: (number, women.get(scope), men.get(scope)) for scope, number in numbers.items()}
    return {"tallies": dict(tallies), "records": dict(records), "totals": totals, "uses": dict(uses)}


def as_it_is() -> dict[str, dict]:
    count_what_has_come_due()
    columns = ("scope", "scope_key", "dimension", "key", "number")
    tallies, records = (
        {tuple(key): number for *key, number in model.objects.values_list(*columns)} for model in (Tally, RecordTally)
    )
    return {
        "tallies": tallies,
        "records": records,
        "totals": {
            (total.scope, total.scope_key): (
                total.number,
                total.women_trained if total.women_counted else None,
                total.men_trained if total.men_counted else None,
            )
            for total in Total.objects.all()
        },
        "uses": {(use.programme_id, use.country_id): use.number for use in Use.objects.all()},
    }


def told(overview: dict) -> dict:
    """An overview in a form in which two can be compared."""
    return {
        name: [(record, getattr(record, "engagement_count", None)) for record in answer]
        if name not in ("figures", "years")
        else answer
        for name, answer in overview.items()
    }


def assert_right() -> None:
    """What is kept is what a count from nothing gives, and is told like it."""
    assert as_it_is() == as_it_should_be()
    assert Counted.objects.count() == Engagement.objects.published().count()
    assert told(Scope().overview()) == told(Engagement.objects.published().overview())
