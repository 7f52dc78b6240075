"""Search, bound and insertion against each other and against trying everything."""

from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Cluster, Route, value
from planner.optimizer.days.insertion import (
    best_insertion,
    complete_phases,
    insert_all,
    replace_missing,
)
from planner.optimizer.days.search import search
from planner.optimizer.days.stop import SearchStop
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.stage import Silent
from tests.optimizer.days.made_up import HOUR, cluster

coordinate = st.integers(-40, 40).map(float)
point = st.tuples(coordinate, coordinate)


def one_world(
    hubs: list[tuple[float, float]],
    stations: list[tuple[float, float]],
    teams: list[int],
    **limits: int,
) -> Cluster:
    return cluster(hubs, stations, [team % len(hubs) for team in teams], **limits)


tiny = st.builds(
    one_world,
    st.lists(point, min_size=1, max_size=2),
    st.lists(point, min_size=1, max_size=4),
    st.lists(st.integers(0, 1), min_size=1, max_size=2),
    max_visits=st.integers(0, 3),
    max_drive_s=st.integers(HOUR, 4 * HOUR),
    stay_s=st.sampled_from([35 * 60, 3 * HOUR, 5 * HOUR]),
    max_duty_s=st.sampled_from([6 * HOUR, 10 * HOUR, 15 * HOUR, 24 * HOUR]),
    commissions=st.booleans(),
)


def stop(iterations: int = 300) -> SearchStop:
    return SearchStop(iterations, iterations, Silent())


def routes_of(made: Cluster, team: int, stations: tuple[int, ...]) -> list[Route]:
    found = [Route(team, None, (), None)]
    for size in range(1, len(stations) + 1):
        for order in permutations(stations, size):
            for opens, closes in product((False, True), repeat=2):
                middle = order[1 if opens else 0 : size - 1 if closes else size]
                if opens and closes and size == 1:
                    continue
                found.append(
                    Route(
                        team,
                        order[0] if opens else None,
                        middle,
                        order[-1] if closes else None,
                    )
                )
    return [
        route
        for route in found
        if isinstance(timetable(made, route), Timetable)
        and (route.opening is None or made.may_open[route.opening])
        and (route.closing is None or made.may_close[route.closing])
    ]


def best_of_all(made: Cluster) -> int:
    """Try every division of the stations between the pairs, and every day of each."""
    best = 0
    for owner in product(range(made.teams + 1), repeat=made.stations):
        total = 0
        for team in range(made.teams):
            mine = tuple(s for s, who in enumerate(owner) if who == team)
            total += max(value(made, route) for route in routes_of(made, team, mine))
        best = max(best, total)
    return best


@given(tiny)
@settings(max_examples=60, deadline=None)
def test_search_is_feasible_and_best_lies_under_the_bound(made: Cluster):
    routes = search(made, stop(), upper_bound(made), seed=1)
    assert [route.team for route in routes] == list(range(made.teams))
    assert all(isinstance(timetable(made, route), Timetable) for route in routes)
    used = [station for route in routes for station in route.stations]
    assert len(used) == len(set(used))
    found = sum(value(made, route) for route in routes)
    best = best_of_all(made)
    assert found <= best <= upper_bound(made)
    assert found >= best - 1, "a tiny cluster is solved almost always"


def test_a_compact_town_is_solved_to_its_bound():
    made = cluster([(0, 0)], [(x / 2, y / 2) for x in range(4) for y in range(3)], [0])
    routes = search(made, stop(), upper_bound(made), seed=3)
    assert sum(value(made, route) for route in routes) == upper_bound(made) == 3 + 10 + 3


def test_the_same_seed_gives_the_same_routes():
    made = cluster(
        [(0, 0), (30, 0)], [(x * 5.0, y * 7.0) for x in range(6) for y in range(3)], [0, 1]
    )
    assert search(made, stop(), 100, seed=5) == search(made, stop(), 100, seed=5)


def test_nothing_to_visit_and_nobody_to_go():
    assert search(cluster([(0, 0)], [], [0, 0]), stop(), 0, 1) == [
        Route(0, None, (), None),
        Route(1, None, (), None),
    ]
    assert upper_bound(cluster([(0, 0)], [], [0])) == 0
    assert search(cluster([(0, 0)], [(1, 1)], []), stop(), 0, 1) == []


def test_a_pair_without_opening_gets_one_of_its_visits():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (3, 0)], [0])
    routes = complete_phases(made, [Route(0, None, (0, 1), 2)], range(3))
    assert routes[0].opening in (0, 1)
    assert value(made, routes[0]) == 3 + 1 + 3


def test_a_pair_without_count_gets_a_free_station():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (3, 0)], [0])
    assert complete_phases(made, [Route(0, 0, (1,), None)], range(3)) == [Route(0, 0, (1,), 2)]


def test_a_pinned_pair_goes_to_its_station():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (3, 0), (4, 0)], [0, 0], max_visits=1)
    made.pinned_team[3] = 1
    routes = search(made, stop(), 100, 1)
    assert 3 in routes[1].stations


@pytest.mark.parametrize("station", [0, 1])
def test_insertion_takes_the_cheapest_place(station: int):
    made = cluster([(0, 0)], [(5, 0), (15, 0), (10, 0)], [0])
    route, _ = best_insertion(made, [Route(0, None, (2,), None)], station)
    assert route is not None
    assert set(route.visits) == {station, 2}


def test_insertion_says_why_not():
    made = cluster([(0, 0)], [(1, 0), (2, 0)], [0], max_visits=1)
    route, broken = best_insertion(made, [Route(0, None, (0,), None)], 1)
    assert route is None
    assert broken.total() == 2


def test_substitutes_replace_and_never_add():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (3, 0)], [0])
    made.stratum_quota[0] = 2
    routes = replace_missing(made, [Route(0, None, (0,), None)], [1, 2])
    assert routes == [Route(0, 0, (), 1)], "both a phase that the pair had not, and no third"


def test_all_that_fit_are_inserted():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (300, 0)], [0])
    routes, inserted = insert_all(made, [Route(0, None, (), None)], [0, 1, 2])
    assert inserted == [0, 1]
    assert set(routes[0].visits) == {0, 1}
