"""Districts from points: any number of them, anywhere, in any order."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geodata.adjacency import adjacency, components
from geodata.coordinates import locate_points
from geodata.districts import voronoi_districts
from geodata.errors import CoordinateError

Place = tuple[float, float]
_PLACES = st.tuples(
    st.floats(41, 43).map(lambda v: round(v, 3)), st.floats(44, 46).map(lambda v: round(v, 3))
)


def test_no_points_give_no_districts() -> None:
    assert voronoi_districts([], []) == {}


def test_one_district_is_the_surroundings_of_its_points() -> None:
    found = voronoi_districts([(42, 45), (42.1, 45.1)], ["a", "a"])
    assert list(found) == ["a"]
    assert found["a"].covers(shapely.Point(45, 42))


@pytest.mark.parametrize(
    "points",
    [[(42, 45), (42, 45.2)], [(42, 45), (42, 45)], [(1, 1), (2, 2)], [(-33, 151), (-33, 151.1)]],
)
def test_two_points_two_neighbours(points: list[Place]) -> None:
    found = voronoi_districts(points, ["a", "b"])
    assert list(found) == ["a", "b"]
    assert adjacency(found) == (("a", "b"),)


def test_points_on_a_line() -> None:
    found = voronoi_districts([(42, 45 + i / 10) for i in range(5)], list("abcde"))
    assert adjacency(found) == (("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"))


def test_a_shared_building_serves_both_districts() -> None:
    found = voronoi_districts([(42, 45), (42, 45), (42.2, 45.2)], ["a", "b", "a"])
    assert set(found) == {"a", "b"}
    assert found["b"].area > 0


def test_the_outline_is_filled_exactly() -> None:
    outline = box(44, 41, 46, 43)
    found = voronoi_districts([(42, 45), (42.5, 45), (42, 44.2)], list("abc"), outline=outline)
    assert shapely.union_all(list(found.values())).symmetric_difference(outline).area < 1e-9


@given(st.lists(st.tuples(_PLACES, st.sampled_from("abcd")), min_size=1, max_size=40))
def test_every_code_gets_a_polygon_that_holds_its_points(
    stations: list[tuple[Place, str]],
) -> None:
    points, codes = [place for place, _ in stations], [code for _, code in stations]
    found = voronoi_districts(points, codes)
    assert set(found) == set(codes)
    assert all(polygon.is_valid for polygon in found.values())
    parts = list(found.values())
    whole = shapely.union_all(parts)
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-6)
    for (lat, lon), code in stations:
        assert found[code].distance(shapely.Point(lon, lat)) < 3e-4
    assert len(components(found, adjacency(found))) == 1


def test_the_order_of_the_points_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    points = rng.uniform([41, 44], [43, 46], (60, 2))
    codes = rng.choice(list("abcde"), 60)
    turned = np.arange(60)[::-1]
    one = voronoi_districts(points, codes.tolist())
    other = voronoi_districts(points[turned], codes[turned].tolist())
    assert all(one[code].equals(other[code]) for code in one)


def test_many_points_are_thinned_and_no_code_is_lost() -> None:
    rng = np.random.default_rng(1)
    points = rng.uniform([41, 44], [43, 46], (25_000, 2))
    codes = [f"{int(lat * 2)}-{int(lon * 2)}" for lat, lon in points]
    found = voronoi_districts(points, codes)
    assert set(found) == set(codes)
    assert (locate_points(points, found).codes == np.array(codes)).mean() > 0.98


@pytest.mark.parametrize("bad", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 1.0)])
def test_impossible_points_are_refused_by_number_and_value(bad: Place) -> None:
    with pytest.raises(CoordinateError, match=r"point 1 is .* expected latitude in \[-90, 90\]"):
        voronoi_districts([(42, 45), bad], ["a", "b"])


def test_each_point_needs_a_code() -> None:
    with pytest.raises(CoordinateError, match="got 2 points and 1 codes"):
        voronoi_districts([(42, 45), (42, 46)], ["a"])


def test_georgia_has_73_districts_with_points(shared: Callable[[str], Path]) -> None:
    with shared("stations/georgia_2024.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["lat"] and row["is_abroad"] == "False"]
    points = [(float(row["lat"]), float(row["lon"])) for row in rows]
    codes = [row["district_id"] for row in rows]
    found = voronoi_districts(points, codes)
    assert set(found) == set(codes)
    assert len(components(found, adjacency(found))) == 1
    assert (locate_points(points, found).codes == np.array(codes)).mean() > 0.99


def test_codes_scattered_at_random_end_and_none_is_lost() -> None:
    """A wrong column as district: 10,000 points, 1,000 codes without any order."""
    rng = np.random.default_rng(3)
    points = np.column_stack([rng.uniform(40, 50, 10_000), rng.uniform(40, 60, 10_000)])
    codes = [str(code) for code in rng.integers(0, 1_000, 10_000)]
    assert set(voronoi_districts(points, codes)) == set(codes)
