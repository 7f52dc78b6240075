"""The bound by walks: never below what is possible, closer than pooled driving where that binds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Cluster
from planner.optimizer.days.network import networks
from planner.optimizer.days.solve import solve_cluster
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.days.walk_graph import walk_graph
from planner.optimizer.days.walks import WalkPrices, Walks, walks_pay
from planner.optimizer.stage import Effort, Silent
from tests.optimizer.days.made_up import HOUR, cluster
from tests.optimizer.days.test_search import best_of_all
from tests.optimizer.days.test_solve import tiny

SPREAD = [(x * 17.0 - 30, y * 13.0 - 20) for x in range(4) for y in range(3)]
price = st.floats(0, 5)


def never() -> bool:
    return False


@given(
    tiny, st.lists(price, min_size=4, max_size=4), price, st.lists(price, min_size=3, max_size=3)
)
@settings(max_examples=60, deadline=None)
def test_any_prices_give_a_bound(made: Cluster, station: list, stratum: float, drive: list):
    walks = Walks(made, networks(made))
    prices = WalkPrices(
        np.array(station[: made.stations]),
        np.full(len(made.stratum_quota), stratum),
        np.array(drive[: len(walks.teams)]),
    )
    assert walks.bound(prices)[0] >= best_of_all(made) - 1e-6


@given(tiny)
@settings(max_examples=20, deadline=None)
def test_better_prices_never_promise_too_little(made: Cluster):
    best = best_of_all(made)
    assert Walks(made, networks(made)).lowest(best, 60, never).bound >= best - 1e-6


def test_driving_that_binds_is_bounded_closer_than_by_pooling_it():
    villages = [(30, 0), (-30, 0), (0, 30), (0, -30), (22, 22), (-22, -22)]
    stations = [(x + i, y + i) for x, y in villages for i in range(3)]
    made = cluster([(0, 0), (5, 5)], stations, [0, 1], max_drive_s=2 * HOUR)
    known = solve_cluster(made, Effort(1, scale=0.1), Silent()).value
    assert known <= Walks(made, networks(made)).lowest(known, 100, never).bound
    assert Walks(made, networks(made)).lowest(known, 100, never).bound < upper_bound(made) - 1


def test_the_days_among_the_walks_are_days():
    made = cluster([(0, 0), (20, 5)], SPREAD, [0, 1, 1], max_drive_s=2 * HOUR)
    walks = Walks(made, networks(made))
    walks.lowest(0, 40, never)
    assert walks.days
    assert all(isinstance(timetable(made, route), Timetable) for route in walks.days)


def test_a_walk_comes_back_to_a_near_station_no_more():
    made = cluster([(0, 0)], [(1, 0), (2, 0)], [0], max_visits=4)
    free = WalkPrices(np.zeros(2), np.zeros(1), np.zeros(1))
    # An opening and a count; a visit between would have to be at one of the two again.
    assert Walks(made, networks(made)).bound(free)[0] == 6
    assert walk_graph(networks(made), near=0).masks == 1


def test_walks_end_when_they_are_told_to():
    made = cluster([(0, 0)], SPREAD, [0])
    assert Walks(made, networks(made)).lowest(0, 100, lambda: True).bound == np.inf


def test_walks_do_not_pay_where_driving_cannot_bind():
    near = cluster([(0, 0)], SPREAD, [0])
    assert walks_pay(networks(near))
    assert not walks_pay(networks(cluster([(0, 0)], SPREAD, [0], max_drive_s=24 * HOUR)))
