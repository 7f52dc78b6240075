"""Labels against trying every day of a pair, and what their options promise."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.days.cluster import Cluster, Route
from planner.optimizer.days.completion import completion
from planner.optimizer.days.labels import Priced, Pricing, near_memory, price, whole_memory
from planner.optimizer.days.network import Network, networks
from planner.optimizer.days.timetable import Timetable, timetable
from tests.optimizer.days.made_up import HOUR, cluster

point = st.tuples(st.integers(-30, 30).map(float), st.integers(-30, 30).map(float))


def how(
    network: Network, *, width: int = 10_000, every: bool = False, near: int | None = None
) -> Pricing:
    memory = whole_memory(network) if near is None else near_memory(network, near)
    return Pricing(width, 50, memory, every=every, by_worth=False, stopped=lambda: False)


def priced(network: Network, reward: np.ndarray, options: Pricing, above: float = 0.0) -> Priced:
    return price(network, reward, completion(network, reward), above, options)


def all_days(made: Cluster, network: Network) -> dict[Route, float]:
    """Every day of the pair, with the sum of its worth."""
    found = {}
    for size in range(1, network.nodes + 1):
        for path in permutations(range(network.nodes), size):
            stations = network.station[list(path)]
            ordered = (np.diff(network.role[list(path)]) >= 0).all()
            if len(set(stations.tolist())) < size or not ordered:
                continue
            route = network.route(path, 0)
            if len(route.stations) == size and isinstance(timetable(made, route), Timetable):
                found[route] = path
    return found


def worlds(visits: int, drive_s: int, stay_s: int, stations: list[tuple[float, float]]) -> Cluster:
    return cluster([(0, 0)], stations, [0], max_visits=visits, max_drive_s=drive_s, stay_s=stay_s)


world = st.builds(
    worlds,
    st.integers(0, 3),
    st.sampled_from([HOUR, 2 * HOUR, 30 * HOUR]),
    st.sampled_from([35 * 60, 3 * HOUR]),
    st.lists(point, min_size=1, max_size=2),
)


@given(world, st.lists(st.integers(0, 30), min_size=6, max_size=6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_best_day_is_found(made: Cluster, prices: list[int], every: bool):
    network = networks(made)[0]
    reward = network.worth - np.resize(np.array(prices) / 10, network.nodes)
    days = all_days(made, network)
    best = max([0.0, *(reward[list(path)].sum() for path in days.values())])
    found = priced(network, reward, how(network, every=every))
    assert found.exact
    assert found.best == pytest.approx(best)
    for path, worth in zip(found.paths, found.rewards, strict=True):
        assert network.route(path, 0) in days
        assert worth == pytest.approx(reward[list(path)].sum())


def test_every_set_of_stations_above_the_threshold_is_listed():
    made = cluster([(0, 0)], [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)], [0])
    network = networks(made)[0]
    found = priced(network, network.worth, how(network, every=True), above=2.5)
    listed = {frozenset(network.station[list(path)].tolist()) for path in found.paths}
    worth = {
        route: network.worth[list(path)].sum() for route, path in all_days(made, network).items()
    }
    assert listed == {frozenset(route.stations) for route, sum_ in worth.items() if sum_ > 2.5}


def test_a_short_memory_gives_at_least_the_best_day():
    made = cluster([(0, 0)], [(x * 3.0, y * 4.0) for x in range(3) for y in range(2)], [0])
    network = networks(made)[0]
    exact = priced(network, network.worth, how(network))
    relaxed = priced(network, network.worth, how(network, near=1))
    assert relaxed.best >= exact.best == 3 + 4 + 3


def test_too_little_room_is_said():
    made = cluster([(0, 0)], [(x * 3.0, y * 4.0) for x in range(3) for y in range(3)], [0])
    network = networks(made)[0]
    narrow = priced(network, network.worth, how(network, width=2))
    assert not narrow.exact
    assert narrow.best > 0


def test_whoever_stops_claims_nothing():
    made = cluster([(0, 0)], [(x * 3.0, 1.0) for x in range(5)], [0])
    network = networks(made)[0]
    options = Pricing(
        100, 50, whole_memory(network), every=False, by_worth=False, stopped=lambda: True
    )
    assert not priced(network, network.worth, options).exact
