"""What was read out of an article, to be looked over in a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent, shorten
from typing import Any

from intake.wording import REASONS

_WIDTH = 110
_LONGEST_CELL = 40


def as_text(read: dict[str, Any]) -> str:
    """Lines for a person to read, of what `intake.as_json` gives."""
    return "\n".join(_lines(read))


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows under a head, each column as wide as it must be; the last column is never shortened."""
    cells = [list(head)]
    for *row, last in rows:
        cells.append([*(shorten(str(cell), _LONGEST_CELL, placeholder=" …") for cell in row), str(last)])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _lines(read: dict[str, Any]) -> Iterator[str]:
    for label, key in [
        ("Series", "series"),
        ("Name", "name"),
        ("Post", "post_title"),
        ("Office", "office"),
        ("Published on", "published_on"),
        ("Language", "language"),
    ]:
        yield f"{label + ':':14}{read[key] or '–'}"
    for number, exchange in enumerate(read["exchanges"], 1):
        yield f"\nQuestion {number}"
        yield indent(exchange["question"], "  ")
        yield f"Answer {number}"
        yield indent(exchange["answer"], "  ")
    yield from _section("Captions", (caption["text"] for caption in read["captions"]))
    yield from _section("Education", map(_step, read["education"]), read["education"])
    yield from _section("Positions", map(_step, read["positions"]), read["positions"])
    countries = (f"{country['code']}  {country['role']}" for country in read["countries"])
    yield from _section("Countries", countries, read["countries"])
    yield from _section("Programmes", (one["name"] or one["slug"] for one in read["programmes"]), read["programmes"])
    organisations = (
        _joined(" ", one["name"], f"({one['acronym']})" * bool(one["acronym"])) for one in read["organisations"]
    )
    yield from _section("Organisations", organisations, read["organisations"])
    yield from _section("Engagements", map(_engagement, read["engagements"]), read["engagements"])


def _section(title: str, lines: Iterable[str], items: Sequence[dict[str, Any]] = ()) -> Iterator[str]:
    """A heading, and a line for each item with the sentences that show it."""
    lines = list(lines)
    yield f"\n{title}" if lines else f"\n{title}: none"
    for number, line in enumerate(lines):
        yield f"- {line}"
        sentences = dict.fromkeys(place["sentence"] for place in items[number]["evidence"]) if items else ()
        for sentence in sentences:
            yield f"    “{shorten(sentence, _WIDTH, placeholder=' …')}”"


def _step(step: dict[str, Any]) -> str:
    years = _years(step["from_year"], step["to_year"])
    return _joined(", ", step["title"], step["organisation"], " ".join(step["countries"]), years)


def _organisation(organisation: dict[str, Any]) -> str:
    return organisation["name"] + (f" ({organisation['acronym']})" if organisation["acronym"] else "")


def _engagement(engagement: dict[str, Any]) -> str:
    what = _joined(
        ", ",
        engagement["country"],
        engagement["programme"],
        _years(engagement["year"], engagement["to_year"]),
        engagement["kind"],
        *engagement["organisations"],
    )
    reasons = " ".join(str(REASONS.get(reason, reason)) for reason in engagement["reasons"])
    return f"{what}\n    {engagement['confidence']} confidence. {reasons}".rstrip()


def _years(first: int | None, last: int | None) -> str:
    return "–".join(dict.fromkeys(str(year) for year in (first, last) if year))


def _joined(by: str, *pieces: str) -> str:
    return by.join(piece for piece in pieces if piece)
