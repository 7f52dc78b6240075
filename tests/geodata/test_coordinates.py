"""Points that cannot be right, and the district of each point."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from geodata.coordinates import (
    PointCheck,
    classify_points,
    country_outline,
    great_circle_km,
    locate_points,
    outline_of_points,
    swapped_as_a_whole,
)
from geodata.errors import CoordinateError
from geodata.nations import nation_outline

_COUNTRY = box(40, 10, 50, 20)
_NAN = float("nan")


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (15, 45, PointCheck.INSIDE),
        (45, 15, PointCheck.SWAPPED),
        (15, 60, PointCheck.OUTSIDE),
        (0, 0, PointCheck.ZERO),
        (0.001, -0.001, PointCheck.ZERO),
        (95, 45, PointCheck.IMPOSSIBLE),
        (15, 200, PointCheck.IMPOSSIBLE),
        (_NAN, 45, PointCheck.MISSING),
        (15, _NAN, PointCheck.MISSING),
        (float("inf"), 45, PointCheck.MISSING),
    ],
)
def test_each_kind_of_point(lat: float, lon: float, expected: PointCheck) -> None:
    assert classify_points([lat], [lon], _COUNTRY).tolist() == [expected]


def test_longitude_beyond_90_swapped_is_swapped_not_impossible() -> None:
    assert classify_points([120.0], [15.0], box(110, 10, 130, 20)).tolist() == [PointCheck.SWAPPED]


def test_zero_inside_a_country_on_the_equator_is_inside() -> None:
    assert classify_points([0.0], [0.0], box(-1, -1, 1, 1)).tolist() == [PointCheck.INSIDE]


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=30))
def test_any_numbers_are_classified(points: list[tuple[float, float]]) -> None:
    lat, lon = [p[0] for p in points], [p[1] for p in points]
    found = classify_points(lat, lon, _COUNTRY)
    assert found.shape == (len(points),)
    assert set(found.tolist()) <= set(PointCheck)


def test_no_points() -> None:
    assert classify_points([], [], _COUNTRY).shape == (0,)
    assert outline_of_points([], []).is_empty
    assert outline_of_points([0.0, _NAN], [0.0, 1.0]).is_empty


def test_a_whole_list_that_is_swapped() -> None:
    lat, lon = [12.0, 15.0, 18.0], [42.0, 45.0, 48.0]
    assert not swapped_as_a_whole(lat, lon, _COUNTRY)
    assert swapped_as_a_whole(lon, lat, _COUNTRY)
    assert not swapped_as_a_whole([], [], _COUNTRY)


def test_margin_around_a_country() -> None:
    outline = country_outline({"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)}, margin_km=5)
    assert outline.covers(shapely.Point(2.04, 0.5))
    assert not outline.covers(shapely.Point(2.2, 0.5))
    assert country_outline({"a": box(0, 0, 1, 1)}, margin_km=0).equals(box(0, 0, 1, 1))


@given(st.integers(20, 80), st.integers(0, 10_000))
def test_a_quarter_of_wrong_points_does_not_hide_itself(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    right = rng.uniform([50, 5], [54, 12], (count, 2))
    wrong = rng.uniform([-40, -120], [-30, -100], (count // 4, 2))
    outline = outline_of_points(*np.vstack([right, wrong]).T)
    assert (classify_points(*right.T, outline) == PointCheck.INSIDE).all()
    assert (classify_points(*wrong.T, outline) == PointCheck.OUTSIDE).all()


def test_a_district_holds_its_points_and_the_nearest_gets_the_others() -> None:
    polygons = {"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)}
    found = locate_points([(0.5, 0.5), (0.5, 1.5), (0.5, 2.1), (0.5, 1.0)], polygons)
    assert found.codes.tolist() == ["a", "b", "b", "a"]
    assert found.distance_km.tolist() == pytest.approx([0, 0, 11.1, 0], abs=0.1)


def test_a_city_drawn_over_its_region_has_its_points() -> None:
    polygons = {"a-region": box(0, 0, 4, 4), "city": box(1, 1, 2, 2)}
    assert locate_points([(1.5, 1.5), (3, 3)], polygons).codes.tolist() == ["city", "a-region"]


def test_a_point_in_the_hole_of_a_district_belongs_to_the_enclave() -> None:
    enclave = box(1, 1, 2, 2)
    polygons = {"around": box(0, 0, 4, 4).difference(enclave), "enclave": enclave}
    assert locate_points([(1.5, 1.5)], polygons).codes.tolist() == ["enclave"]


def test_nothing_to_locate_and_nowhere_to_be() -> None:
    assert locate_points([], {}).codes.tolist() == []
    with pytest.raises(ValueError, match="at least one polygon for 1 points"):
        locate_points([(1, 1)], {})
    with pytest.raises(CoordinateError, match="point 0"):
        locate_points([(_NAN, 1)], {"a": box(0, 0, 1, 1)})


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=20))
def test_location_agrees_with_distances(points: list[tuple[float, float]]) -> None:
    polygons: dict[str, Polygon] = {"a": box(-4, -4, 0, 4), "b": box(0.5, -4, 3, 4)}
    found = locate_points(points, polygons)
    for (lat, lon), code, distance_km in zip(
        points, found.codes.tolist(), found.distance_km.tolist(), strict=True
    ):
        distances = {
            key: shape.distance(shapely.Point(lon, lat)) for key, shape in polygons.items()
        }
        assert distances[code] == pytest.approx(min(distances.values()), abs=0.05)
        assert (distance_km == 0) == (distances[code] == 0)


def test_great_circle_from_astana_to_almaty() -> None:
    distance = great_circle_km(*(np.array([value]) for value in (51.17, 71.45, 43.24, 76.89)))
    assert distance.tolist() == pytest.approx([972], abs=5)


def test_swapped_points_of_georgia_are_all_found(shared: Callable[[str], Path]) -> None:
    with shared("stations/georgia_2024.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["lat"] and row["is_abroad"] == "False"]
    lat = np.array([float(row["lat"]) for row in rows])
    lon = np.array([float(row["lon"]) for row in rows])
    georgia = nation_outline("GE")
    assert (classify_points(lat, lon, georgia) == PointCheck.INSIDE).all()
    assert swapped_as_a_whole(lon, lat, georgia)
    assert (classify_points(lat, lon, outline_of_points(lat, lon)) == PointCheck.INSIDE).all()
