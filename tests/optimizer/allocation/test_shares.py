"""Shares of areas under every basis, with floors and beds."""

from collections.abc import Callable
from typing import Any

import pytest

from geodata.travel.great_circle import GreatCircle
from planner.domain.policy import AllocationBasis, AllocationPolicy
from planner.optimizer.allocation import compare_policies

Country = Callable[..., Any]


def test_all_bases_side_by_side(country: Country, travel: GreatCircle) -> None:
    mission, areas = country(stations=(10, 40), pairs=10)
    found = compare_policies(mission, areas, travel)
    assert found[AllocationBasis.STATIONS] == (2, 8)
    assert found[AllocationBasis.VOTERS] == (2, 8)
    assert found[AllocationBasis.SQUARE_ROOT] == (3, 7)
    assert found[AllocationBasis.EQUAL] == (5, 5)
    assert sum(found[AllocationBasis.COST_OPTIMAL]) == 10
    assert set(found) == set(AllocationBasis)


def test_cost_optimal_gives_less_where_a_visit_takes_longer(
    country: Country, travel: GreatCircle
) -> None:
    mission, areas = country(stations=(20, 20), pairs=20)
    far = tuple(
        s.model_copy(update={"lat": 50.4}) if s.district == "D2" else s for s in mission.stations
    )
    mission = mission.model_copy(update={"stations": far})
    first, second = compare_policies(mission, areas, travel)[AllocationBasis.COST_OPTIMAL]
    assert first > second


def test_missing_voters_count_with_the_mean(country: Country, travel: GreatCircle) -> None:
    mission, areas = country(stations=(10, 10), pairs=10)
    stations = tuple(
        s.model_copy(update={"voters": None if s.district == "D2" else 900})
        for s in mission.stations
    )
    mission = mission.model_copy(update={"stations": stations})
    assert compare_policies(mission, areas, travel)[AllocationBasis.VOTERS] == (5, 5)


@pytest.mark.parametrize(("floor", "expected"), [(1, (1, 9)), (3, (3, 7)), (0, (0, 10))])
def test_floors(
    country: Country, travel: GreatCircle, floor: int, expected: tuple[int, int]
) -> None:
    policy = AllocationPolicy(floor_pairs_per_area=floor)
    mission, areas = country(stations=(1, 60), pairs=10, allocation=policy)
    assert compare_policies(mission, areas, travel)[AllocationBasis.STATIONS] == expected
