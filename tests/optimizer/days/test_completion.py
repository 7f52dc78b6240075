"""The table of rests against days that exist: it never promises less than one of them holds."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.days.cluster import Cluster
from planner.optimizer.days.completion import completion
from planner.optimizer.days.network import networks
from planner.optimizer.days.timetable import Timetable, timetable
from tests.optimizer.days.made_up import HOUR, cluster

point = st.tuples(st.integers(-30, 30).map(float), st.integers(-30, 30).map(float))
prices = st.lists(st.integers(0, 20), min_size=12, max_size=12)


def worlds(visits: int, drive_s: int, stay_s: int, stations: list[tuple[float, float]]) -> Cluster:
    return cluster([(0, 0)], stations, [0], max_visits=visits, max_drive_s=drive_s, stay_s=stay_s)


world = st.builds(
    worlds,
    st.integers(0, 4),
    st.sampled_from([HOUR, 2 * HOUR, 30 * HOUR]),
    st.sampled_from([35 * 60, 3 * HOUR]),
    st.lists(point, min_size=1, max_size=4),
)


@given(world, prices)
@settings(max_examples=40, deadline=None)
def test_no_day_is_worth_more_than_the_table_says(made: Cluster, priced: list[int]):
    network = networks(made)[0]
    reward = network.worth - np.resize(np.array(priced) / 10, network.nodes)
    most = completion(network, reward).whole()
    for size in range(1, min(4, network.nodes) + 1):
        for path in permutations(range(network.nodes), size):
            stations = network.station[list(path)]
            if len(set(stations.tolist())) < size or (np.diff(network.role[list(path)]) < 0).any():
                continue
            route = network.route(path, 0)
            if len(route.stations) == size and isinstance(timetable(made, route), Timetable):
                assert reward[list(path)].sum() <= most + 1e-9


def test_a_pair_with_nothing_near_is_worth_nothing():
    network = networks(cluster([(0, 0)], [(300.0, 0.0)], [0]))[0]
    assert network.nodes == 0
    assert completion(network, network.worth).whole() == 0.0


def test_a_walk_may_not_turn_straight_back():
    """Two stations: a day that went to and fro between them would hold ten visits."""
    made = cluster([(0, 0)], [(1.0, 0.0), (2.0, 0.0)], [0])
    network = networks(made)[0]
    assert completion(network, network.worth).whole() == 6.0
