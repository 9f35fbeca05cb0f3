"""The organisations that an article names, each once, with kind and country where the text tells them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from intake.findings import Evidence, Form, Mention, MentionKind, ProposedOrganisation
from intake.gazetteers.organisations import head_kind, is_known, seat

# How many characters behind a name a country may stand that says where it is: “Ministry of Labour of Kenya”.
NEAR = 8


def propose_organisations(mentions: Iterable[Mention]) -> tuple[ProposedOrganisation, ...]:
    """All mentions of an organisation gathered, in the order in which the text first names them."""
    mentions = list(mentions)
    countries = sorted(
        (each for each in mentions if each.kind is MentionKind.COUNTRY), key=lambda mention: mention.span
    )
    starts = [each.span.start for each in countries]
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind is MentionKind.ORGANISATION:
            by_name[mention.key].append(mention)
    return tuple(
        ProposedOrganisation(
            name=name,
            acronym=next((each.acronym for each in found if each.acronym), ""),
            kind=head_kind(name),
            country=_country_of(name, found, countries, starts),
            evidence=tuple(Evidence(each.span, each.sentence) for each in found),
        )
        for name, found in by_name.items()
    )


def _country_of(name: str, found: list[Mention], countries: list[Mention], starts: list[int]) -> str:
    if is_known(name):
        return seat(name)
    return next(filter(None, (_country(each, countries, starts) for each in found)), "")


def _country(organisation: Mention, countries: list[Mention], starts: list[int]) -> str:
    """The country in an organisation's name, right behind it, or as the adjective before it."""
    span = organisation.span
    first, last = bisect_left(starts, span.start), bisect_right(starts, span.end + NEAR)
    for country in countries[first:last]:
        return country.key
    if first:
        before = countries[first - 1]
        if before.form is not Form.CITY and span.start - before.span.end <= 3:
            return before.key
    return ""
