"""Apportionment: the published check, Hamilton's rule, and the exact optimum."""

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.optimizer.allocation import apportion

REGIONS = Path(__file__).parents[4] / "shared" / "geodata" / "kz_regions_2022.csv"
EXPECTED = {
    "Turkistan": 14, "Akmola": 11, "Kostanay": 11, "Karaganda": 10, "Almaty Region": 9,
    "Almaty city": 9, "North Kazakhstan": 9, "East Kazakhstan": 8, "Pavlodar": 8,
    "West Kazakhstan": 8, "Abai": 7, "Aktobe": 7, "Jetisu": 7, "Zhambyl": 7, "Astana": 5,
    "Kyzylorda": 5, "Shymkent": 5, "Atyrau": 4, "Mangystau": 4, "Ulytau": 2,
}  # fmt: skip


@pytest.mark.skipif(not REGIONS.exists(), reason="the shared region counts are not beside the repo")
def test_kazakhstan_by_stations_is_the_published_check() -> None:
    with REGIONS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    stations = [int(row["polling_stations_2022"]) for row in rows]
    assert sum(stations) == 10_033
    pairs = apportion(stations, 150)
    found = {row["region"]: int(n) for row, n in zip(rows, pairs, strict=True)}
    cities = {"Astana city": "Astana", "Shymkent city": "Shymkent"}
    assert {cities.get(name, name): n for name, n in found.items()} == EXPECTED


def _hamilton(weights: list[int], seats: int) -> list[int]:
    total = sum(weights)
    whole = [seats * weight // total for weight in weights]
    left = [seats * weight % total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-left[i], i))
    for i in order[: seats - sum(whole)]:
        whole[i] += 1
    return whole


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12), st.integers(0, 60))
def test_without_limits_it_is_the_largest_remainder(weights: list[int], seats: int) -> None:
    assert apportion(weights, seats).tolist() == _hamilton(weights, seats)


@given(st.data())
def test_with_limits_nothing_is_nearer_to_the_shares(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 4))
    small = st.integers(0, 4)
    weights = data.draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    floors = data.draw(st.lists(small, min_size=count, max_size=count))
    caps = [floor + data.draw(small) for floor in floors]
    seats = data.draw(st.integers(sum(floors), sum(caps)))
    found = apportion(weights, seats, floors, caps).tolist()
    total = sum(weights) or count
    shares = [seats * (weight if sum(weights) else 1) / total for weight in weights]

    def cost(counts: list[int]) -> float:
        return sum((n - q) ** 2 for n, q in zip(counts, shares, strict=True))

    ranges = [range(low, high + 1) for low, high in zip(floors, caps, strict=True)]
    best = min(cost(list(c)) for c in itertools.product(*ranges) if sum(c) == seats)
    assert sum(found) == seats
    assert all(f <= n <= c for f, n, c in zip(floors, found, caps, strict=True))
    assert cost(found) == pytest.approx(best)


def test_ties_go_to_the_first() -> None:
    assert apportion([1, 1, 1], 2).tolist() == [1, 1, 0]


def test_no_areas() -> None:
    assert apportion([], 0).tolist() == []


@pytest.mark.parametrize(
    ("weights", "seats", "floors", "caps", "message"),
    [
        ([-1.0], 1, None, None, "weights >= 0"),
        ([float("nan")], 1, None, None, "weights >= 0"),
        ([1.0], 1, [2], [1], "floor <= cap"),
        ([1.0], 1, [2], None, "floor <= cap"),
        ([1.0, 1.0], 1, [1, 1], None, "sum"),
        ([1.0], 3, None, [2], "sum"),
        ([1.0], 1, [0, 0], None, "as many"),
    ],
)
def test_impossible_limits_are_refused(
    weights: list[float],
    seats: int,
    floors: list[int] | None,
    caps: list[int | None] | None,
    message: str,
) -> None:
    with pytest.raises(ValueError, match=message):
        apportion(weights, seats, floors, caps)
