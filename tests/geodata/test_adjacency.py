"""Neighbours on made-up squares, and on the real regions of three countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from geodata.adjacency import adjacency, components, join_components


def grid(columns: int, rows: int) -> dict[str, Polygon]:
    return {f"{x}-{y}": box(x, y, x + 1, y + 1) for x in range(columns) for y in range(rows)}


def test_squares_share_edges_but_not_corners() -> None:
    assert adjacency(grid(2, 2)) == (
        ("0-0", "0-1"),
        ("0-0", "1-0"),
        ("0-1", "1-1"),
        ("1-0", "1-1"),
    )


@given(st.integers(1, 6), st.integers(1, 6))
def test_a_grid_has_the_neighbours_of_a_grid(columns: int, rows: int) -> None:
    pairs = adjacency(grid(columns, rows))
    assert len(pairs) == (columns - 1) * rows + columns * (rows - 1)
    assert all(a < b for a, b in pairs)
    assert list(pairs) == sorted(set(pairs))
    assert len(components(grid(columns, rows), pairs)) == 1


def test_edges_without_common_vertices_are_still_shared() -> None:
    assert adjacency({"a": box(0, 0, 1, 3), "b": box(1, 1, 2, 2)}) == (("a", "b"),)


def test_a_sharp_corner_that_touches_is_no_border() -> None:
    sharp = Polygon([(1, 1), (3, 1.9), (3, 2.1)])
    assert adjacency({"a": box(0, 0, 1, 1), "b": sharp}) == ()


def test_a_city_in_a_hole_and_a_city_drawn_over_its_region_are_neighbours() -> None:
    region, city = box(0, 0, 4, 4), box(1, 1, 2, 2)
    assert adjacency({"region": region.difference(city), "city": city}) == (("city", "region"),)
    assert adjacency({"region": region, "city": city}) == (("city", "region"),)


def test_tolerance_closes_a_gap_that_the_default_leaves() -> None:
    apart = {"a": box(0, 0, 1, 1), "b": box(1.0005, 0, 2, 1)}
    assert adjacency(apart) == ()
    assert adjacency(apart, tolerance_deg=0.001) == (("a", "b"),)


def test_points_and_empty_polygons_have_no_borders() -> None:
    assert adjacency({}) == ()
    assert adjacency({"a": box(0, 0, 1, 1)}) == ()
    assert adjacency({"a": box(0, 0, 1, 1), "b": Point(1, 0.5), "c": Polygon()}) == ()


def test_components_are_largest_first_and_ignore_unknown_codes() -> None:
    parts = components("abcde", [("a", "b"), ("b", "c"), ("d", "x")])
    assert parts == (("a", "b", "c"), ("d",), ("e",))


def test_an_island_is_joined_to_the_nearest_district_with_a_reason() -> None:
    polygons = {"west": box(0, 0, 1, 1), "east": box(1, 0, 2, 1), "island": box(2.5, 0, 3, 1)}
    (joined,) = join_components(polygons, adjacency(polygons))
    assert (joined.a, joined.b) == ("east", "island")
    assert joined.reason.startswith("island")
    assert joined.distance_km == pytest.approx(0.5 * 111.195, rel=0.01)


def test_nearest_means_nearest_on_the_ground() -> None:
    # At 60 degrees north a degree of longitude is half as long as one of latitude.
    island = box(0.4, 60.4, 0.6, 60.6)
    polygons = {"a": island, "e": box(1.3, 60.4, 2, 60.6), "n": box(0.4, 61.1, 0.6, 62)}
    joined = join_components(polygons, [("e", "n")])
    assert [(pair.a, pair.b) for pair in joined] == [("a", "e")]


def test_an_exclave_of_a_region_is_joined_within_its_region() -> None:
    polygons = {"a1": box(0, 0, 1, 1), "b": box(1, 0, 2, 1), "a2": box(2, 0, 3, 1)}
    pairs = adjacency(polygons)
    assert join_components(polygons, pairs) == ()
    (joined,) = join_components(polygons, pairs, {"a1": "A", "a2": "A", "b": "B"})
    assert (joined.a, joined.b) == ("a1", "a2")
    assert joined.reason.startswith("exclave: part of region A")


def test_one_district_of_several_islands_needs_no_exception() -> None:
    shape = MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)])
    polygons = {"a": shape, "b": box(1, 0, 2, 1)}
    assert join_components(polygons, adjacency(polygons)) == ()


def test_points_can_stand_for_districts_without_polygons() -> None:
    polygons = {"a": box(0, 0, 1, 1), "b": Point(2, 0.5), "c": Point(9, 0.5)}
    joined = join_components(polygons, adjacency(polygons))
    assert [(pair.a, pair.b) for pair in joined] == [("a", "b"), ("b", "c")]


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), max_size=15, unique=True))
def test_joining_always_makes_one_piece(corners: list[tuple[int, int]]) -> None:
    polygons = {f"{i:02d}": box(x, y, x + 1, y + 1) for i, (x, y) in enumerate(corners)}
    pairs = adjacency(polygons)
    joined = join_components(polygons, pairs)
    whole = [*pairs, *((join.a, join.b) for join in joined)]
    assert len(components(polygons, whole)) <= 1
    assert len(joined) == max(0, len(components(polygons, pairs)) - 1)
