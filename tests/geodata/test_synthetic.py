"""Made-up places stay inside real outlines, and repeat with their seed."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from geodata.coordinates import great_circle_km
from geodata.synthetic import (
    choose_seats,
    integers_with_sum,
    scatter,
    seat_cells,
    spread_centres,
)

_BENT = Polygon([(0, 0), (6, 0), (6, 4), (5, 4), (5, 1), (1, 1), (1, 4), (0, 4)])


def test_seats_are_heavy_and_apart() -> None:
    lat, lon = np.array([0.0, 0.01, 1.0, 2.0]), np.zeros(4)
    assert choose_seats(lat, lon, np.array([9.0, 8.0, 1.0, 2.0]), 3) == [0, 3, 2]
    assert sorted(choose_seats(lat, lon, np.ones(4), 9)) == [0, 1, 2, 3]
    assert sorted(choose_seats(np.zeros(2), np.zeros(2), np.ones(2), 2)) == [0, 1]


@given(st.integers(1, 12), st.integers(0, 1000))
def test_cells_divide_a_bent_outline(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform([0, 0], [4, 6], (200, 2))
    inside = points[shapely.contains_xy(_BENT, points[:, 1], points[:, 0])][:count]
    cells = seat_cells(inside[:, 0], inside[:, 1], _BENT)
    assert sum(cell.area for cell in cells) == pytest.approx(_BENT.area)
    for (lat, lon), cell in zip(inside, cells, strict=True):
        assert cell.geom_type == "Polygon"
        assert cell.distance(Point(lon, lat)) < 1e-9


def test_islands_stay_with_the_nearest_seat() -> None:
    outline = shapely.MultiPolygon([box(0, 0, 2, 1), box(2.5, 0.4, 2.6, 0.5)])
    west, east = seat_cells(np.array([0.5, 0.5]), np.array([0.5, 1.5]), outline)
    assert shapely.get_num_geometries(west) == 1
    assert shapely.get_num_geometries(east) == 2


def test_city_centres_repeat_with_the_seed() -> None:
    def centres(seed: int) -> list[list[float]]:
        rng = np.random.default_rng(seed)
        return spread_centres(box(71, 51, 72, 52), 5, (51.5, 71.5), rng).tolist()

    assert centres(1) == centres(1) != centres(2)
    assert len(centres(1)) == 5


@given(st.integers(0, 1000), st.floats(0, 300))
def test_scattered_points_stay_inside(seed: int, radius_km: float) -> None:
    outline = box(71, 51, 72, 52)
    rng = np.random.default_rng(seed)
    points = scatter((51.5, 71.5), np.full(10, radius_km), outline, rng)
    assert shapely.intersects_xy(outline, points[:, 1], points[:, 0]).all()
    away = great_circle_km(points[:, 0], points[:, 1], np.full(10, 51.5), np.full(10, 71.5))
    assert (away <= radius_km * 1.02 + 1e-6).all()


@given(st.lists(st.floats(0.1, 5_000), min_size=1, max_size=50), st.integers(0, 10**6))
def test_integers_have_the_sum_and_the_limits(values: list[float], wanted: int) -> None:
    low, high = 15, 3_000
    total = min(max(wanted, low * len(values)), high * len(values))
    found = integers_with_sum(values, total, low, high)
    assert found.sum() == total
    assert found.min() >= low
    assert found.max() <= high


def test_integers_keep_proportions_and_refuse_the_impossible() -> None:
    assert integers_with_sum([1, 2, 3], 60, 0, 100).tolist() == [10, 20, 30]
    assert integers_with_sum([], 0, 0, 10).tolist() == []
    with pytest.raises(ValueError, match=r"total in \[0, 20\], got 21"):
        integers_with_sum([1, 2], 21, 0, 10)
