"""The timeline: bars over years, laid out in per cent of a drawing whose letters keep their size at every width."""

from dataclasses import dataclass

MOST_BARS = 60  # older years are summed up in the first bar
LEAST_SLOTS = 8  # a few years make slim bars too, not slabs; and their labels fit on a phone
BAR_SHARE = 0.68  # of the width that a year has
TOP, GROUND = 14, 82  # where the highest bar ends and all bars stand, in per cent from above
# How many labels of four digits, and how many digits over bars, fit on a phone and on a wide page.
YEARS_NARROW, YEARS_WIDE = 8, 20
DIGITS_NARROW, DIGITS_WIDE = 36, 90
EVERYWHERE, ON_WIDE_PAGES = "", "wide"


@dataclass(frozen=True)
class Bar:
    """The `number` of a `year`, or of all years until then (`and_before`). Places are SVG lengths in per cent.

    `year_shown` and `number_shown` say where there is room for the words: "" everywhere, "wide" on wide pages, None
    nowhere.
    """

    year: int
    number: int
    and_before: bool
    x: str
    middle: str
    width: str
    y: str
    height: str
    year_shown: str | None
    number_shown: str | None


def gathered(years: list[tuple[int, int]], most: int = MOST_BARS) -> tuple[list[tuple[int, int]], bool]:
    """The `most` last years, of which the first stands for all before it too if there were more; and whether so."""
    if len(years) <= most:
        return years, False
    cut = len(years) - most + 1
    before = sum(number for _year, number in years[:cut])
    return [(years[cut - 1][0], before), *years[cut:]], True


def step_for(count: int, room: int, within: int = 0) -> int:
    """Every how many years a label is written, so that at most `room` of `count` are; it divides `within`, if given."""
    return next(step for step in (1, 2, 5, 10) if count <= room * step and within % step == 0)


def shown(everywhere: bool, on_wide_pages: bool) -> str | None:
    return EVERYWHERE if everywhere else ON_WIDE_PAGES if on_wide_pages else None


def bars(years: list[tuple[int, int]], *, mirrored: bool) -> list[Bar]:
    """The bars for `years`, which are (year, number) without gaps, of which at least the first has a number above 0.

    Time runs from right to left where `mirrored`.
    """
    years, summed = gathered(years)
    if not years:
        return []
    slots = max(len(years), LEAST_SLOTS)
    slot = 100 / slots
    most = max(number for _year, number in years)
    highest = next(year for year, number in years if number == most)
    narrow = step_for(slots, YEARS_NARROW)
    wide = step_for(slots, YEARS_WIDE, within=narrow)
    digits = len(str(most)) * slots

    def bar(index: int, year: int, number: int) -> Bar:
        middle = (index + 0.5) * slot
        if mirrored:
            middle = 100 - middle
        height = (GROUND - TOP) * number / most
        return Bar(
            year,
            number,
            and_before=summed and index == 0,
            x=f"{middle - slot * BAR_SHARE / 2:.2f}%",
            middle=f"{middle:.2f}%",
            width=f"{slot * BAR_SHARE:.2f}%",
            y=f"{GROUND - height:.2f}%",
            height=f"{height:.2f}%",
            year_shown=shown(year % narrow == 0, year % wide == 0),
            number_shown=shown(
                year == highest or (number > 0 and digits <= DIGITS_NARROW), number > 0 and digits <= DIGITS_WIDE
            ),
        )

    return [bar(index, year, number) for index, (year, number) in enumerate(years)]
