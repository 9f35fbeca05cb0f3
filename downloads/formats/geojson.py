"""GeoJSON (RFC 7946): every record is a Feature at the points of its countries, for maps."""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from downloads.about import About
from downloads.formats.objects import written
from downloads.tables import Table


def pieces(chunks: Iterable[list[Model]], about: About) -> Iterator[bytes]:
    def feature(record: Model) -> dict:
        table = about.table
        return {
            "type": "Feature",
            "id": table.key(record),
            "geometry": geometry(table, record),
            "properties": table.as_dict(record),
        }

    return written({"type": "FeatureCollection"}, "features", chunks, feature, about)


def geometry(table: Table, record: Model) -> dict | None:
    """Where `record` is: a Point, or a MultiPoint in a table whose records may be in several; None for nowhere."""
    countries = table.countries(record)
    points = [
        [float(country.longitude), float(country.latitude)] for country in countries if country.longitude is not None
    ]
    if not points:
        return None
    if table.is_in_several:
        return {"type": "MultiPoint", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]}
