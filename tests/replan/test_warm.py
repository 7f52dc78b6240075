"""The search from kept routes: nothing lost where it starts, and what changes has its price."""

from dataclasses import replace

import pytest

from planner.optimizer.days.cluster import Route, idle, value
from planner.optimizer.days.stage import day_scenes
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.stage import Silent
from planner.replan.repair import refilled, routes_of
from planner.replan.warm import DEAREST, PricedModel, handed_out, warm_search
from planner.travel import make_provider
from tests.replan.small import EFFORT, MISSION, first

SCENES = day_scenes(MISSION, make_provider(MISSION), first().areas, first().teams, first().sample)
SCENE = max(SCENES, key=lambda scene: scene.cluster.teams)
CLUSTER = SCENE.cluster
ROUTES = routes_of(SCENE, first().days)


def total(routes: list[Route]) -> int:
    return sum(value(CLUSTER, route) for route in routes)


def seen(routes: list[Route]) -> set[tuple[int, int]]:
    return {(route.team, station) for route in routes for station in route.stations}


def test_routes_become_a_solution_and_routes_again():
    model = PricedModel(CLUSTER, {}, 0.0)
    found = model.routes(model.solution(ROUTES))
    assert sorted(r.stations for r in found) == sorted(r.stations for r in ROUTES)


def test_seen_stations_are_worth_two_moves_more_and_a_little_more_in_their_role():
    plain, priced = (PricedModel(CLUSTER, {0: "visit"}, price) for price in (0.0, 1.5))
    gains = {
        (station, role, (after.prize - before.prize) / plain.prize)
        for station, role, before, after in zip(
            plain.client_station,
            plain.client_role,
            plain.data.clients(),
            priced.data.clients(),
            strict=True,
        )
    }
    roles = ("opening", "visit", "closing")
    assert {gain for station, _, gain in gains if station != 0} == {0.0}
    assert {(role, gain) for station, role, gain in gains if station == 0} == {
        (role, 3.75 if role == "visit" else 3.0) for role in roles
    }
    dear = PricedModel(CLUSTER, {0: "visit"}, 1e9)
    assert max(c.prize for c in dear.data.clients()) <= plain.prize * (4 + 2.5 * DEAREST)


@pytest.mark.parametrize("price", [0.0, 1.0, 1e9])
def test_a_full_day_is_left_as_it_is_where_change_has_a_price(price: float):
    found = warm_search(SCENE, ROUTES, ROUTES, price, EFFORT, Silent())
    assert total(found) >= total(ROUTES)
    assert all(isinstance(timetable(CLUSTER, route), Timetable) for route in found)
    if price:
        assert seen(found) == seen(ROUTES)


def test_a_pair_without_a_day_gets_one_from_what_the_others_leave():
    start = [idle(route.team) if route.team == 0 else route for route in ROUTES]
    found = warm_search(SCENE, start, start, 1.0, EFFORT, Silent())
    full = refilled(SCENE, found)
    assert seen(start) <= seen(full)
    assert total(full) > total(start)
    assert full[0].stations


def test_pairs_of_a_hub_see_what_they_saw_whatever_the_search_calls_them():
    groups: dict[int, list[int]] = {}
    for team, hub in enumerate(CLUSTER.team_hub.tolist()):
        groups.setdefault(hub, []).append(team)
    several = next(teams for teams in groups.values() if len(teams) > 1)
    turned = dict(zip(several, [*several[1:], several[0]], strict=True))
    crossed = [replace(route, team=turned.get(route.team, route.team)) for route in ROUTES]
    assert handed_out(CLUSTER, crossed, ROUTES) == ROUTES


def test_no_stratum_is_seen_more_often_than_it_has_primaries():
    full = refilled(SCENE, ROUTES)
    assert total(full) >= total(ROUTES)
    counts = [0] * len(CLUSTER.stratum_quota)
    for _, station in seen(full):
        counts[int(CLUSTER.stratum[station])] += 1
    assert all(n <= most for n, most in zip(counts, CLUSTER.stratum_quota.tolist(), strict=True))
