"""Which of several countries and programmes in one sentence belong together."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from intake.findings import Mention, Span
from intake.proposals.roles import Judged

# Where a sentence passes from one thing to the next. A bare comma or “and” does not: both join enumerations.
PARTS = re.compile(
    r"[;:]|,? (?:while|whereas|but|and then|mientras(?: que)?|pero|y luego|tandis que|mais|et puis)(?!\w)"
    r"|, (?:and |y |et )?(?=(?:in|en|au|aux|then|luego|puis) )|(?<= )(?:and|y|et) (?=(?:in|en|au|aux) )"
)


def together(
    plain: str, sentence: Span, countries: Sequence[Judged], programmes: Sequence[Mention]
) -> list[tuple[Judged, Mention]]:
    """The pairs of country and programme. “My.Coop in Kenya and Think.Coop in Ghana” are two, not four.

    Where every part of the sentence that names a programme names a country too, those of a part belong together;
    else all do.
    """
    borders = [match.start() for match in PARTS.finditer(plain, sentence.start, sentence.end)]

    def part(place: Span) -> int:
        return bisect_right(borders, place.start)

    if len(countries) > 1 and len(programmes) > 1:
        named = {part(programme.span) for programme in programmes}
        if len(named) > 1 and named <= {part(country.mention.span) for country in countries}:
            return [
                (country, programme)
                for country in countries
                for programme in programmes
                if part(country.mention.span) == part(programme.span)
            ]
        if pairs := _alternating(countries, programmes):
            return pairs
    return [(country, programme) for country in countries for programme in programmes]


def _alternating(countries: Sequence[Judged], programmes: Sequence[Mention]) -> list[tuple[Judged, Mention]]:
    """Pairs where runs of programmes and runs of countries follow each other: P in C, P and P in C and C."""
    ordered = sorted(
        [(country.mention.span.start, 0, country) for country in countries]
        + [(programme.span.start, 1, programme) for programme in programmes],
        key=lambda each: each[:2],
    )
    runs: list[tuple[int, list]] = []
    for _, which, each in ordered:
        if runs and runs[-1][0] == which:
            runs[-1][1].append(each)
        else:
            runs.append((which, [each]))
    if len(runs) < 4 or len(runs) % 2:
        return []
    pairs = []
    for (which, first), (_, second) in zip(runs[::2], runs[1::2], strict=True):
        here, tools = (first, second) if which == 0 else (second, first)
        pairs += [(country, programme) for country in here for programme in tools]
    return pairs
