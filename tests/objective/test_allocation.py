"""The allocation objective: gathered stations, service at least cost, fair shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.objective.allocation import fair_shares, gather, service_cost, shares_part


@given(st.integers(0, 300), st.integers(1, 40), st.integers(0, 1_000))
def test_gathering_loses_no_station(count: int, limit: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = np.round(rng.uniform(-5, 5, (count, 2)), 1)
    chosen, demand = gather(points, limit)
    assert demand.sum() == count
    assert len(chosen) == len(demand) <= limit
    assert len(set(chosen.tolist())) == len(chosen)


def test_few_points_stay_as_they_are() -> None:
    points = np.array([(50.0, 60.0), (50.0, 60.0), (51.0, 60.0)])
    chosen, demand = gather(points, 150)
    assert sorted(demand.tolist()) == [1, 2]
    assert 2 in chosen.tolist()


def test_service_is_the_transportation_optimum() -> None:
    minutes = np.array([[10.0, 20.0], [30.0, np.inf]])
    demand = np.array([4, 4])
    # One pair serves 5: the first hub takes all of the second point (20) and one of the first
    # (10), the second hub the other three (30).
    both = service_cost(minutes, demand, np.array([1, 1]), 5.0, 600.0)
    assert both == pytest.approx(4 * 20 + 1 * 10 + 3 * 30)
    one = service_cost(minutes, demand, np.array([1, 0]), 5.0, 600.0)
    assert one == pytest.approx(4 * 10 + 1 * 20 + 3 * 600)
    assert service_cost(minutes, demand, np.array([0, 0]), 5.0, 600.0) == pytest.approx(8 * 600)


def test_shares() -> None:
    assert fair_shares(np.array([1.0, 3.0]), 10).tolist() == [2.5, 7.5]
    assert fair_shares(np.zeros(2), 3).tolist() == [1.5, 1.5]
    assert shares_part(np.array([2.5, 7.5]), [3, 7]) == pytest.approx(60 * 0.5)
