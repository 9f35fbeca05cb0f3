"""Write the world map's shapes into `charts/data/world.json` and `static/map/land.svg`.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_map.py package/countries-50m.json

Run by hand, never on a server. The same input gives the same files. `charts/data/README.md` says where the shapes come
from and what the files hold.

The shapes come as TopoJSON: borders are arcs that neighbours share. Arcs are simplified, not countries, so that no gap
opens along a border. Land that is given to another country, or cut for it, is cut and joined in arcs too.
"""

import csv
import heapq
import json
import math
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "charts" / "data"
COUNTRIES = ROOT / "codelists" / "data" / "countries.csv"
LAND = ROOT / "static" / "map" / "land.svg"

WIDTH = 2000  # units of the drawing along the equator
MIDDLE = 11  # the meridian in the middle: the map is cut through the Bering Strait, where it cuts no country in two
SQUARE_KILOMETRES = 4 * math.pi * 6371**2  # of the Earth
LEAST_DETAIL = 1.6  # square units: a bend of a border that spans less is left out
LEAST_ISLAND = 2.5  # square units: an island smaller than this is left out, unless the country has no larger
MARGIN = 12  # units around the land
SMALL = 30_000  # square kilometres: a country smaller than this is shown by a dot as well
WITHOUT = {"AQ"}  # Antarctica would take a fifth of the map

LIGHT, DARK = ("#dfe4ec", "#fff"), ("#383350", "#15131c")  # land, borders

Point = tuple[float, float]
Polygon = list[list[int]]  # the arcs of each ring; a negative number means the one's complement, backwards (TopoJSON)


def project(longitude: float, latitude: float) -> Point:
    """A point on the Equal Earth projection, in units of the drawing; y grows to the south.

    Source: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of Geographical
    Information Science 33 (2019), 454–465, doi:10.1080/13658816.2018.1504949. Areas are true to each other.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    along = math.radians(longitude - MIDDLE) * math.cos(theta)
    x = 2 * math.sqrt(3) * along / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    y = theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)
    scale = WIDTH * 3 * a1 / (4 * math.pi * math.sqrt(3))
    return WIDTH / 2 + x * scale, -y * scale


def square_units(square_kilometres: float) -> float:
    """An area on the Earth as it is on the drawing: the projection keeps areas, so one factor holds everywhere."""
    scale = WIDTH * 3 * 1.340264 / (4 * math.pi * math.sqrt(3))
    return square_kilometres / SQUARE_KILOMETRES * 4 * math.pi * scale**2


def unwrapped(points: list[Point]) -> list[Point]:
    """The `points` with longitudes that do not jump where they cross the 180th meridian."""
    answer = points[:1]
    for longitude, latitude in points[1:]:
        turns = round((answer[-1][0] - longitude) / 360)
        answer.append((longitude + 360 * turns, latitude))
    return answer


def on_the_map(ring: list[Point]) -> list[Point]:
    """The `ring` moved by whole turns to where most of it lies between the map's edges."""
    ring = unwrapped(ring)
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    turns = round((MIDDLE - middle) / 360)
    return [(x + 360 * turns, y) for x, y in ring]


def triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def simplified(points: list[Point], least: float) -> list[int]:
    """Which of the `points` of a line to keep: both ends, and each bend that spans at least the area `least`.

    Source: M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated elimination of points", The Cartographic
    Journal 30 (1993), 46–51.
    """
    last = len(points) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    spans = [math.inf] * (last + 1)

    def measure(index: int) -> None:
        spans[index] = triangle(points[before[index]], points[index], points[after[index]])
        heapq.heappush(queue, (spans[index], index))

    queue: list[tuple[float, int]] = []
    for index in range(1, last):
        measure(index)
    kept = set(range(last + 1))
    while queue and queue[0][0] < least:
        span, index = heapq.heappop(queue)
        if index not in kept or span != spans[index]:
            continue  # dropped already, or measured again since
        kept.remove(index)
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if 0 < neighbour < last:
                measure(neighbour)
    return sorted(kept)


def decoded(topology: dict) -> list[list[Point]]:
    """The arcs of a quantized TopoJSON `topology` as longitudes and latitudes."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    return arcs


def simplified_arcs(arcs: list[list[Point]]) -> list[list[Point]]:
    answer = []
    for arc in arcs:
        drawn = [project(*point) for point in on_the_map(arc)]
        answer.append([arc[index] for index in simplified(drawn, LEAST_DETAIL)])
    return answer


def directed(number: int, arcs: list[list[Point]]) -> list[Point]:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def ring_of(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The closed line of these arcs."""
    ring: list[Point] = []
    for number in numbers:
        arc = directed(number, arcs)
        ring += arc[1:] if ring else arc
    return ring


def chained(numbers: list[int], arcs: list[list[Point]]) -> list[list[int]]:
    """The rings these arcs make, each arc followed by one that starts where it ends."""
    starting = defaultdict(list)
    for number in numbers:
        starting[directed(number, arcs)[0]].append(number)
    rings = []
    for first in list(starting):
        while starting[first]:
            ring, point = [], first
            while starting[point]:
                ring.append(starting[point].pop())
                point = directed(ring[-1], arcs)[-1]
            rings.append(ring)
    return rings


def joined(polygons: list[Polygon], arcs: list[list[Point]]) -> list[Polygon]:
    """The `polygons` of one country without the borders between them; those that touch no other are left as they are.

    Each ring of what is joined becomes a polygon of its own, which is drawn alike: a hole keeps its direction.
    """
    used = {number for polygon in polygons for ring in polygon for number in ring}
    apart, touching = [], []
    for polygon in polygons:
        numbers = [number for ring in polygon for number in ring]
        if any(~number in used for number in numbers):
            touching += [number for number in numbers if ~number not in used]
        else:
            apart.append(polygon)
    return apart + [[ring] for ring in chained(touching, arcs)]


def split(arc: list[Point], latitude: float) -> list[list[Point]]:
    """The parts of the `arc` north and south of the `latitude`, in their order.

    Raises ValueError where a point of the arc lies on the latitude, for it would be on neither side.
    """
    if any(y == latitude for _, y in arc):
        raise ValueError(f"a point of the source lies at {latitude} degrees north; cut beside it")
    parts = [arc[:1]]
    for (x1, y1), (x2, y2) in pairwise(arc):
        if (y1 > latitude) != (y2 > latitude):
            crossing = (x1 + (x2 - x1) * (latitude - y1) / (y2 - y1), latitude)
            parts[-1].append(crossing)
            parts.append([crossing])
        parts[-1].append((x2, y2))
    return parts


class Land:
    """The source's polygons, each with the shape it is of, and the arcs they share."""

    def __init__(self, topology: dict):
        self.arcs = decoded(topology)
        self.polygons: list[tuple[dict, Polygon]] = []
        for shape in topology["objects"]["countries"]["geometries"]:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            self.polygons += [(shape, polygon) for polygon in polygons]

    def cut(self, name: str, latitude: float) -> None:
        """Cut the polygons of the shapes with this `name` in two along the `latitude`.

        Arcs are cut for all who share them, and the two sides share the cut. Each ring of a polygon that is cut becomes
        a polygon of its own. No polygon may cross the 180th meridian where it is cut.
        """
        self._split_arcs_of(name, latitude)
        polygons = []
        for shape, polygon in self.polygons:
            rings = self._sides(polygon, latitude) if shape["properties"]["name"] == name else []
            polygons += [(shape, [ring]) for ring in rings] or [(shape, polygon)]
        self.polygons = polygons

    def _split_arcs_of(self, name: str, latitude: float) -> None:
        mine = [polygon for shape, polygon in self.polygons if shape["properties"]["name"] == name]
        parts_of = {}
        for number in sorted({max(number, ~number) for polygon in mine for ring in polygon for number in ring}):
            first, *others = split(self.arcs[number], latitude)
            parts = [number, *range(len(self.arcs), len(self.arcs) + len(others))]
            self.arcs[number] = first
            self.arcs += others
            parts_of[number], parts_of[~number] = parts, [~part for part in reversed(parts)]
        self.polygons = [
            (shape, [[part for number in ring for part in parts_of.get(number, [number])] for ring in polygon])
            for shape, polygon in self.polygons
        ]

    def _sides(self, polygon: Polygon, latitude: float) -> list[list[int]]:
        """The rings north and south of the `latitude`; none where the `polygon`, its arcs split, lies on one side."""
        north, south, crossings, ends_in_north = [], [], set(), set()
        for number in (number for ring in polygon for number in ring):
            arc = directed(number, self.arcs)
            crossings |= {end for end in (arc[0], arc[-1]) if end[1] == latitude}
            if max(y for _, y in arc) > latitude:
                north.append(number)
                ends_in_north.add(arc[-1])
            else:
                south.append(number)
        if not crossings:
            return []
        in_order = sorted(crossings)
        for west, east in zip(in_order[::2], in_order[1::2], strict=True):
            eastwards = len(self.arcs)
            self.arcs.append([west, east])
            north.append(eastwards if west in ends_in_north else ~eastwards)
            south.append(~north[-1])
        return chained(north, self.arcs) + chained(south, self.arcs)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Owners:
    """Which country, by its alpha-2 code, a ring of a shape belongs to; other land is known by the shape's name."""

    def __init__(self):
        self.by_m49 = {row["m49"]: row["code"] for row in read(COUNTRIES)}
        self.boxes = defaultdict(list)
        self.cuts = []  # names of shapes, and the latitudes they are cut at
        for row in read(DATA / "territories.csv"):
            box = [float(row[side]) for side in ("west", "south", "east", "north")]
            self.boxes[row["part_of"]].append((row["code"], box))
            if row["cut"]:
                self.cuts.append((row["part_of"], float(row[row["cut"]])))

    def of(self, shape: dict, ring: list[Point]) -> str:
        name = shape["properties"]["name"]
        for code, (west, south, east, north) in self.boxes[name]:
            if all(west <= x <= east and south <= y <= north for x, y in ring):
                return code
        return self.by_m49.get(shape.get("id"), name)


def owned(topology: dict) -> tuple[list[list[Point]], dict[str, list[Polygon]]]:
    """The arcs of the source in full detail, and the polygons of each country and other land."""
    land, owners = Land(topology), Owners()
    for name, latitude in owners.cuts:
        land.cut(name, latitude)
    polygons = defaultdict(list)
    for shape, polygon in land.polygons:
        polygons[owners.of(shape, ring_of(polygon[0], land.arcs))].append(polygon)
    return land.arcs, {owner: joined(theirs, land.arcs) for owner, theirs in polygons.items() if owner not in WITHOUT}


def drawn_countries(topology: dict) -> dict[str, list[list[Point]]]:
    """The rings of each country and other land in units of the drawing, rounded, the largest first."""
    in_detail, owners = owned(topology)
    arcs = simplified_arcs(in_detail)
    countries = defaultdict(list)
    for owner, polygons in owners.items():
        for numbers in (ring for polygon in polygons for ring in polygon):
            points = [project(*point) for point in on_the_map(ring_of(numbers, arcs))]
            rounded = [(round(x), round(y)) for x, y in points]
            distinct = [point for point, other in pairwise(rounded) if point != other]
            countries[owner].append(distinct)
    return {owner: visible(rings) for owner, rings in countries.items()}


def middles(topology: dict) -> dict[str, Point]:
    """The middle of the largest piece of each country, however small it is; `points.csv` has the last word."""
    arcs, owners = owned(topology)
    answer = {}
    for owner, polygons in owners.items():
        outlines = [[project(*point) for point in on_the_map(ring_of(polygon[0], arcs))] for polygon in polygons]
        left, top, right, bottom = box_around(max(outlines, key=area))
        answer[owner] = ((left + right) / 2, (top + bottom) / 2)
    for row in read(DATA / "points.csv"):
        answer[row["code"]] = project(*on_the_map([(float(row["longitude"]), float(row["latitude"]))])[0])
    return answer


def visible(rings: list[list[Point]]) -> list[list[Point]]:
    """The `rings` that are large enough to be seen, the largest first: at least one, if any has an area."""
    largest_first = sorted((ring for ring in rings if area(ring)), key=area, reverse=True)
    return largest_first[:1] + [ring for ring in largest_first[1:] if area(ring) >= LEAST_ISLAND]


def box_around(points: list[Point]) -> list[int]:
    """Left, top, right and bottom."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return [min(xs), min(ys), max(xs), max(ys)]


def path_of(rings: list[list[Point]]) -> str:
    """The `rings` as the data of an SVG path, each after its first point in steps from point to point."""
    parts = []
    for ring in rings:
        steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring)]
        numbers = [str(number) for step in steps for number in step]
        line = "".join(number if number[0] == "-" else f" {number}" for number in numbers).lstrip()
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{line}z")
    return "".join(parts)


def world(topology: dict) -> tuple[dict, list[str]]:
    """What `world.json` holds, and the paths of all land."""
    drawn, middle = drawn_countries(topology), middles(topology)
    countries = {}
    for code in sorted({row["code"] for row in read(COUNTRIES)} - WITHOUT):
        rings = drawn.get(code, [])
        country = {"d": path_of(rings)}
        if sum(area(ring) for ring in rings) < square_units(SMALL):
            country["dot"] = [round(coordinate) for coordinate in middle[code]]
            country["box"] = country["dot"] * 2
        else:
            country["box"] = box_around(rings[0])
        countries[code] = country
    everything = [point for rings in drawn.values() for ring in rings for point in ring]
    everything += [country["dot"] for country in countries.values() if "dot" in country]
    left, top, right, bottom = box_around(everything)
    view = [left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN]
    return {"view": view, "countries": countries}, [path_of(rings) for _, rings in sorted(drawn.items()) if rings]


def land_svg(view: list[int], paths: list[str]) -> str:
    left, top, right, bottom = view
    style = f"path{{fill:{LIGHT[0]};stroke:{LIGHT[1]};stroke-width:1.2}}"
    dark = f"path{{fill:{DARK[0]};stroke:{DARK[1]}}}"
    drawing = "\n".join(f'<path d="{path}"/>' for path in paths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {right - left} {bottom - top}">\n'
        "<!-- Made with Natural Earth, public domain. Written by scripts/build_map.py. -->\n"
        f"<style>{style}@media (prefers-color-scheme:dark){{{dark}}}</style>\n{drawing}\n</svg>\n"
    )


def main(topology_file: Path) -> None:
    topology = json.loads(topology_file.read_text(encoding="utf-8"))
    data, paths = world(topology)
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(shape)}" for code, shape in data["countries"].items())
    text = f'{{"view": {json.dumps(data["view"])}, "countries": {{\n{lines}\n}}}}\n'
    (DATA / "world.json").write_text(text, encoding="utf-8")
    LAND.parent.mkdir(exist_ok=True)
    LAND.write_text(land_svg(data["view"], paths), encoding="utf-8")
    print(f"{len(data['countries'])} countries, {len(text):,} characters; all land {LAND.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
