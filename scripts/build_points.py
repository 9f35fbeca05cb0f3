"""Write `codelists/data/points.csv`: for each country a point that stands for it on a map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_points.py package/countries-50m.json

Run by hand after `scripts/build_map.py`'s territories changed, then `scripts/build_codelists.py`. The same input gives
the same file. A point is the middle of the largest circle that fits into the largest piece of the country's land, so it
is never outside; where `charts/data/points.csv` has a point, because there is no such shape, that one is taken.
"""

import csv
import json
import sys
from math import cos, radians
from pathlib import Path

from build_map import COUNTRIES, DATA, Point, owned, read, ring_of, unwrapped
from shapely.affinity import scale
from shapely.geometry import Polygon
from shapely.ops import polylabel

POINTS = COUNTRIES.parent / "points.csv"
TOLERANCE = 0.01  # degrees


def visual_middle(outline: list[Point]) -> Point:
    """Longitude and latitude of the middle of the largest circle within the `outline`, on a plane."""
    land = Polygon(unwrapped(outline)).buffer(0)
    if land.geom_type == "MultiPolygon":  # a line that crosses itself
        land = max(land.geoms, key=lambda piece: piece.area)
    # A degree of longitude is shorter than one of latitude.
    narrower = _cosine(land.centroid.y)
    middle = polylabel(scale(land, narrower, 1, origin=(0, 0)), TOLERANCE)
    longitude = middle.x / narrower
    return (longitude + 180) % 360 - 180, middle.y


def _cosine(degrees: float) -> float:
    return cos(radians(degrees))


def points(topology: dict) -> dict[str, Point]:
    """The point of each country, by its ISO 3166-1 alpha-2 code."""
    arcs, owners = owned(topology)
    answer = {}
    for owner, polygons in owners.items():
        outlines = [unwrapped(ring_of(polygon[0], arcs)) for polygon in polygons]
        largest = max(outlines, key=lambda outline: Polygon(outline).area * _cosine(outline[0][1]))
        answer[owner] = visual_middle(largest)
    for row in read(DATA / "points.csv"):
        answer[row["code"]] = float(row["longitude"]), float(row["latitude"])
    return answer


if __name__ == "__main__":
    found = points(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    with POINTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "latitude", "longitude"])
        for code in sorted(row["code"] for row in read(COUNTRIES)):
            if code in found:
                longitude, latitude = found[code]
                writer.writerow([code, f"{latitude:.2f}", f"{longitude:.2f}"])
