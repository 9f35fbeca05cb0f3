"""The formats of downloads: each writes the records of a table in pieces, and holds no more than one at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from downloads.about import About
from downloads.formats import comma_separated, geojson, objects, workbook


@dataclass(frozen=True)
class Format:
    """A format: the end of the file's name, its name for people, and what writes it."""

    extension: str
    label: str
    content_type: str
    pieces: Callable[[Iterable[list[Model]], About], Iterator[bytes]]


FORMATS = {
    each.extension: each
    for each in (
        Format("csv", "CSV", "text/csv; charset=utf-8; header=present", comma_separated.pieces),
        Format("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.pieces),
        Format("json", "JSON", "application/json", objects.pieces),
        Format("geojson", "GeoJSON", "application/geo+json", geojson.pieces),
    )
}
