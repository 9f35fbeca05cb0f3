"""The map's data, its classes and its parts."""

import csv
import json
import re
from itertools import pairwise

import pytest
from django.conf import settings

from charts.world import Box, class_of, classes, part_with, world
from scripts.build_map import project

COUNTRIES = settings.BASE_DIR / "codelists" / "data" / "countries.csv"


@pytest.fixture(scope="module")
def codes() -> set[str]:
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The rings of an SVG path that has only M, l and z."""
    answer = []
    for ring in path.split("z")[:-1]:
        start, steps = re.fullmatch(r"M(.+)l(.+)", ring).groups()
        x, y = map(int, start.split())
        answer.append([(x, y)])
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            answer[-1].append((x, y))
    return answer


def points(path: str) -> list[tuple[int, int]]:
    return [point for ring in rings(path) for point in ring]


def countries_at(longitude: float, latitude: float) -> set[str]:
    """The codes of the countries on whose land the point is: a line from there to the east crosses it oddly often."""
    x, y = project(longitude, latitude)
    found = set()
    for code, shape in world().shapes.items():
        borders = [border for ring in rings(shape.path) for border in pairwise([*ring, ring[0]])]
        across = [((x1, y1), (x2, y2)) for (x1, y1), (x2, y2) in borders if (y1 > y) != (y2 > y)]
        if sum(x1 + (y - y1) / (y2 - y1) * (x2 - x1) > x for (x1, y1), (x2, y2) in across) % 2:
            found.add(code)
    return found


def test_every_country_of_the_code_list_but_antarctica_is_on_the_map(codes):
    assert set(world().shapes) == codes - {"AQ"}


def test_every_country_can_be_seen():
    assert [code for code, shape in world().shapes.items() if not shape.path and not shape.dot] == []


def test_nothing_is_drawn_beyond_the_edges_of_the_map():
    view = world().view
    for code, shape in world().shapes.items():
        for x, y in points(shape.path) + ([shape.dot] if shape.dot else []):
            assert view.left < x < view.right, code
            assert view.top < y < view.bottom, code


def test_no_country_reaches_from_one_edge_of_the_map_to_the_other():
    wide = {code: shape.box.width for code, shape in world().shapes.items() if shape.box.width > 400}
    assert set(wide) == {"RU"}


@pytest.mark.parametrize(
    ("code", "longitude_of", "is_east"),
    [("GF", "FR", False), ("RE", "FR", True), ("FJ", "AU", True), ("CK", "MX", False)],
)
def test_areas_far_from_the_country_they_belong_to_are_where_they_are(code, longitude_of, is_east):
    shapes = world().shapes
    assert (shapes[code].box.left > shapes[longitude_of].box.right) == is_east


# To a tenth of a degree; places on a coast are moved inland, for coasts are drawn roughly.
@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "code"),
    [
        ("Simferopol", 34.1, 45.0, "UA"),
        ("Dzhankoi", 34.4, 45.7, "UA"),
        ("Kyiv", 30.5, 50.4, "UA"),
        ("Krasnodar", 39.0, 45.0, "RU"),
        ("Moscow", 37.6, 55.8, "RU"),
        ("Laayoune", -13.0, 27.1, "EH"),
        ("east of Dakhla", -15.3, 23.7, "EH"),
        ("Smara", -11.7, 26.7, "EH"),
        ("Tifariti", -10.6, 26.2, "EH"),
        ("east of Agadir", -9.1, 30.4, "MA"),
        ("Tan-Tan", -11.0, 28.4, "MA"),
        ("Rabat", -6.5, 34.0, "MA"),
        ("Tindouf", -8.1, 27.7, "DZ"),
        ("Zouérat", -12.5, 22.7, "MR"),
    ],
)
def test_places_lie_where_the_united_nations_draws_them(place, longitude, latitude, code):
    assert countries_at(longitude, latitude) == {code}, place


def test_morocco_and_western_sahara_meet_at_27_degrees_40_minutes_north():
    shapes = world().shapes
    parallel = round(project(-10, 27 + 40 / 60)[1])
    assert shapes["MA"].box.bottom == shapes["EH"].box.top == parallel


@pytest.mark.parametrize("code", ["UA", "EH", "MA"])
def test_land_given_to_a_country_is_one_with_it(code):
    assert len(rings(world().shapes[code].path)) == 1


def test_all_land_and_the_countries_are_of_one_making():
    svg = (settings.BASE_DIR / "static" / "map" / "land.svg").read_text(encoding="utf-8")
    paths = set(re.findall(r'<path d="(.+?)"/>', svg))
    assert {code for code, shape in world().shapes.items() if shape.path and shape.path not in paths} == set()


@pytest.mark.parametrize("code", ["LC", "TV", "MV", "LU", "LB", "SG", "GI", "KI", "VA", "RE"])
def test_small_states_have_a_dot(code):
    assert world().shapes[code].dot


@pytest.mark.parametrize("code", ["PE", "KE", "NP", "GF", "EH", "BE", "CU"])
def test_larger_ones_have_none(code):
    assert world().shapes[code].dot is None


def test_the_data_is_small():
    assert (settings.BASE_DIR / "charts" / "data" / "world.json").stat().st_size < 100_000
    assert (settings.BASE_DIR / "static" / "map" / "land.svg").stat().st_size < 100_000


def test_all_land_is_drawn_over_the_same_rectangle_as_the_countries():
    svg = (settings.BASE_DIR / "static" / "map" / "land.svg").read_text(encoding="utf-8")
    assert f'viewBox="{world().view.as_view()}"' in svg
    peru = world().shapes["PE"].path
    assert f'<path d="{peru}"/>' in svg


def test_the_data_is_sorted():
    text = (settings.BASE_DIR / "charts" / "data" / "world.json").read_text(encoding="utf-8")
    assert list(json.loads(text)["countries"]) == sorted(json.loads(text)["countries"])


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([1, 1], [(1, 1)]),
        ([1, 3], [(1, 1), (2, 2), (3, 3)]),
        ([1, 4, 2], [(1, 1), (2, 2), (3, 3), (4, 4)]),
        ([8, 1, 2], [(1, 1), (2, 4), (5, 8)]),
        ([5], [(1, 1), (2, 4), (5, 5)]),
        ([19], [(1, 1), (2, 4), (5, 9), (10, 19)]),
        ([60], [(1, 4), (5, 9), (10, 49), (50, 60)]),
        ([12_345], None),
    ],
)
def test_classes_begin_at_round_numbers_and_end_at_the_highest(numbers, expected):
    found = classes(numbers)
    if expected is not None:
        assert found == expected
    assert len(found) <= 4
    for (_, end), (start, _) in pairwise(found):
        assert start == end + 1


def test_each_number_is_in_its_class():
    steps = [(1, 1), (2, 4), (5, 8)]
    assert [class_of(number, steps) for number in (1, 2, 4, 5, 8)] == [1, 2, 2, 3, 3]


def test_a_part_of_the_world_holds_its_countries():
    part = part_with(["PE", "BO", "TT"])
    for code in ("PE", "BO", "TT"):
        box = world().shapes[code].box
        assert part.left < box.left
        assert part.right > box.right
        assert part.top < box.top
        assert part.bottom > box.bottom
    assert part.width < world().view.width / 2


@pytest.mark.parametrize("codes", [["CL"], ["RU", "PT"], ["LU"], ["KE", "ZA"], ["NZ", "US"]])
def test_a_part_of_the_world_is_neither_a_tower_nor_a_ribbon_nor_too_near(codes):
    part = part_with(codes)
    assert 1.34 < part.width / part.height < 2.11
    assert part.width >= 320


def test_where_no_country_is_drawn_the_whole_world_is_shown():
    assert part_with(["AQ"]) == world().view


def test_there_is_no_box_around_nothing():
    with pytest.raises(ValueError, match="nothing"):
        Box.around([])
