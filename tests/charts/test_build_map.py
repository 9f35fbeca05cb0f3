"""The script that draws the map's shapes: `scripts/build_map.py`."""

from itertools import pairwise
from math import pi, radians, sin, sqrt

import pytest

from scripts import build_map


def topology(arcs, *shapes) -> dict:
    """A TopoJSON whose step is one degree.

    Each of the `arcs` is a list of points, each of the `shapes` a number, a name and the arcs of its polygons' rings.
    """
    steps = [[arc[0], *([x2 - x1, y2 - y1] for (x1, y1), (x2, y2) in pairwise(arc))] for arc in arcs]
    geometries = [
        {"type": "MultiPolygon", "arcs": polygons, "id": number, "properties": {"name": name}}
        for number, name, polygons in shapes
    ]
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": steps,
        "objects": {"countries": {"geometries": geometries}},
    }


def square(west, south, size):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_the_middle_of_the_map_is_the_equator_at_eleven_degrees_east():
    assert build_map.project(11, 0) == pytest.approx((1000, 0))


def test_the_equator_is_two_thousand_units_long():
    assert build_map.project(191, 0)[0] - build_map.project(-169, 0)[0] == pytest.approx(2000)


def test_the_pole_is_as_high_as_the_equal_earth_projection_has_it():
    # The paper's projection of the unit sphere reaches 1.3173628 up, and 2.7066297 to each side.
    assert -build_map.project(11, 90)[1] / 1000 == pytest.approx(1.3173628 / 2.7066297, rel=1e-6)


@pytest.mark.parametrize("latitude", [0, 25, 50, 75])
def test_equal_areas_are_drawn_equally_large(latitude):
    # A cell of half a degree; on the sphere its area is that of longitude by the difference of the sines.
    side = 0.5
    ring = [
        build_map.project(x, y)
        for x, y in [(20, latitude), (20 + side, latitude), (20 + side, latitude + side), (20, latitude + side)]
    ]
    on_earth = radians(side) * (sin(radians(latitude + side)) - sin(radians(latitude))) * 6371**2
    assert build_map.area(ring) == pytest.approx(build_map.square_units(on_earth), rel=1e-3)


def test_the_ends_of_a_line_are_kept_and_its_small_bends_are_not():
    line = [(0, 0), (10, 0.1), (20, 0), (30, 8), (40, 0)]
    assert build_map.simplified(line, least=5) == [0, 2, 3, 4]
    assert build_map.simplified(line, least=1000) == [0, 4]
    assert build_map.simplified(line, least=0) == [0, 1, 2, 3, 4]


def test_a_bend_is_measured_again_when_its_neighbour_is_gone():
    # A staircase of steps that are each too small adds up to a bend that is not.
    line = [(x, x * x / 100) for x in range(0, 101, 2)]
    kept = build_map.simplified(line, least=20)
    assert 2 < len(kept) < len(line)


def test_neighbours_share_their_border_point_for_point():
    border = [[10, 0], [10, 3], [11, 5], [10, 7], [10, 10]]
    west, east = [[10, 10], [0, 10], [0, 0], [10, 0]], [[10, 10], [20, 10], [20, 0], [10, 0]]
    drawn = build_map.drawn_countries(
        topology([border, west, east], ("604", "Peru", [[[0, 1]]]), ("068", "Bolivia", [[[0, 2]]]))
    )
    on_the_border = set(drawn["PE"][0]) & set(drawn["BO"][0])
    assert on_the_border == {tuple(map(round, build_map.project(x, y))) for x, y in border}


def test_land_beyond_the_date_line_is_drawn_beside_the_rest_of_it():
    across = [[178, 60], [-178, 60], [-178, 64], [178, 64], [178, 60]]
    (ring,) = build_map.drawn_countries(topology([across], ("643", "Russia", [[[0]]])))["RU"]
    left, _top, right, _bottom = build_map.box_around(ring)
    assert right - left < 60
    assert left > 1500


def test_an_area_with_a_code_of_its_own_is_taken_out_of_the_country_that_holds_it():
    drawn = build_map.drawn_countries(
        topology([square(0, 44, 6), square(-54, 3, 2)], ("250", "France", [[[0]], [[1]]]))
    )
    assert set(drawn) == {"FR", "GF"}
    assert max(x for x, _ in drawn["GF"][0]) < min(x for x, _ in drawn["FR"][0])


@pytest.fixture
def north_west_africa() -> dict:
    """Land on the Atlantic as the source has it: the border of Morocco runs down to 22° N, beside that of Algeria."""
    atlantic, of_morocco = [[-16, 22], [-16, 33], [-9, 33]], [[-16, 22], [-9, 22]]
    of_algeria, algeria = [[-9, 33], [-9, 22]], [[-9, 22], [0, 22], [0, 33], [-9, 33]]
    sahara = [[-9, 22], [-9, 20], [-16, 20], [-16, 22]]
    return topology(
        [atlantic, of_morocco, of_algeria, algeria, sahara],
        ("504", "Morocco", [[[0, 2, ~1]]]),
        ("732", "W. Sahara", [[[1, 4]]]),
        ("012", "Algeria", [[[3, 2]]]),
    )


def corners(*points) -> set:
    return {tuple(map(round, build_map.project(*point))) for point in points}


def test_western_sahara_is_drawn_whole_up_to_the_parallel_it_is_cut_from_morocco_at(north_west_africa):
    drawn = build_map.drawn_countries(north_west_africa)
    cut = corners((-16, 27.6667), (-9, 27.6667))
    (morocco,), (sahara,) = drawn["MA"], drawn["EH"]
    assert set(morocco) == cut | corners((-16, 33), (-9, 33))
    assert cut | corners((-16, 20), (-9, 20)) <= set(sahara)
    north = build_map.box_around(sahara)[1]
    assert {(x, y) for x, y in sahara if y == north} == cut


def test_a_border_that_is_cut_stays_shared_with_the_neighbour(north_west_africa):
    drawn = build_map.drawn_countries(north_west_africa)
    (corner,) = corners((-9, 27.6667))
    assert all(corner in drawn[code][0] for code in ("MA", "EH", "DZ"))
    areas = {code: sum(map(build_map.area, rings)) for code, rings in drawn.items()}
    west, south, east, north = -16, 20, 0, 33
    outline = [build_map.project(x, y) for x, y in [(west, south), (east, south), (east, north), (west, north)]]
    assert sum(areas.values()) < build_map.area(outline)


def test_a_piece_given_to_its_neighbour_is_joined_to_it_without_a_border_between():
    isthmus, crimea = [[33, 46], [36, 46]], [[36, 46], [36, 45], [33, 45], [33, 46]]
    mainland = [[36, 46], [38, 46], [38, 50], [30, 50], [30, 46], [33, 46]]
    drawn = build_map.drawn_countries(
        topology(
            [isthmus, crimea, mainland, square(50, 50, 9)],
            ("643", "Russia", [[[0, 1]], [[3]]]),
            ("804", "Ukraine", [[[~0, ~2]]]),
        )
    )
    (ukraine,), (russia,) = drawn["UA"], drawn["RU"]
    assert corners((33, 45), (36, 45), (38, 50), (30, 50)) <= set(ukraine)
    assert build_map.box_around(russia)[0] > build_map.box_around(ukraine)[2]


def test_each_side_of_a_cut_may_be_in_several_pieces():
    # A comb with its teeth to the north, and a hole that the cut goes through.
    comb = [[0, 0], [0, 9], [3, 9], [3, 4], [6, 4], [6, 9], [12, 9], [12, 0], [0, 0]]
    hole = [[8, 4], [10, 4], [10, 7], [8, 7], [8, 4]]
    land = build_map.Land(topology([comb, hole], (None, "Comb", [[[0], [1]]])))
    land.cut("Comb", 6)
    rings = [build_map.ring_of(polygon[0], land.arcs) for _shape, polygon in land.polygons]
    north = [ring for ring in rings if min(y for _, y in ring) >= 6]
    south = [ring for ring in rings if max(y for _, y in ring) <= 6]
    assert len(north + south) == len(rings)
    assert sorted(map(build_map.area, north)) == [9, 18 - 2]
    assert sum(map(build_map.area, south)) == 72 - 3 * 2 - 2 * 2


def test_land_on_one_side_of_a_cut_is_left_as_it_is():
    land = build_map.Land(topology([square(0, 0, 4), square(9, 7, 3)], (None, "Isles", [[[0]], [[1]]])))
    before = list(land.polygons)
    land.cut("Isles", 6)
    assert land.polygons == before


def test_a_cut_through_a_point_of_the_source_is_refused():
    with pytest.raises(ValueError, match="cut beside it"):
        build_map.Land(topology([square(0, 0, 4)], (None, "Isle", [[[0]]]))).cut("Isle", 4)


def test_tiny_islands_are_left_out_unless_they_are_all_there_is():
    def island(size):
        return [(0, 0), (size, 0), (size, size), (0, size)]

    assert build_map.visible([island(1), island(30), island(20)]) == [island(30), island(20)]
    assert build_map.visible([island(1), [(0, 0), (5, 0)]]) == [island(1)]
    assert build_map.visible([[(0, 0), (5, 0)]]) == []


def test_antarctica_is_not_drawn_and_land_without_a_code_keeps_its_name():
    arcs = [square(0, -80, 9), square(0, 0, 9)]
    drawn = build_map.drawn_countries(topology(arcs, ("010", "Antarctica", [[[0]]]), (None, "Kosovo", [[[1]]])))
    assert set(drawn) == {"Kosovo"}


def test_a_path_is_written_in_steps_from_its_first_point():
    assert build_map.path_of([[(5, 5), (15, 4), (15, -6)], [(0, 0), (1, 0), (1, 1)]]) == (
        "M5 5l10-1 0-10zM0 0l1 0 0 1z"
    )


def test_the_scale_of_areas_is_that_of_the_projection():
    # The whole sphere, 4π on the unit sphere, is as large as the drawing of it.
    unit = 2000 * 3 * 1.340264 / (4 * pi * sqrt(3))
    assert build_map.square_units(build_map.SQUARE_KILOMETRES) == pytest.approx(4 * pi * unit**2)
