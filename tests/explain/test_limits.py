"""Measures of routes agree with the exact timetable, limit by limit."""

from dataclasses import replace

import numpy as np
import pytest

from planner.explain.limits import Bar, measure, told
from planner.optimizer.days.cluster import Cluster, Route
from planner.optimizer.days.timetable import Timetable, timetable
from tests.optimizer.days.made_up import CLOSES, HOUR, OPENS, cluster


def random_cluster(rng: np.random.Generator) -> Cluster:
    points = rng.uniform(-40, 40, size=(8, 2))
    return cluster(
        [(0, 0)],
        [tuple(point) for point in points],
        [0],
        max_visits=int(rng.integers(1, 6)),
        max_drive_s=int(rng.integers(1, 6)) * HOUR,
        max_leg_s=int(rng.integers(20, 120)) * 60,
        max_duty_s=int(rng.integers(8, 24)) * HOUR,
        stay_s=int(rng.integers(30, 200)) * 60,
        commissions=bool(rng.integers(2)),
    )


def random_route(rng: np.random.Generator) -> Route:
    order = rng.permutation(8)[: int(rng.integers(1, 7))].tolist()
    opening = order.pop() if order and rng.integers(2) else None
    closing = order.pop() if order and rng.integers(2) else None
    return Route(0, opening, tuple(order), closing)


@pytest.mark.parametrize("seed", range(300))
def test_a_route_breaks_a_limit_exactly_where_it_has_no_timetable(seed: int):
    rng = np.random.default_rng(seed)
    made, route = random_cluster(rng), random_route(rng)
    fits = isinstance(timetable(made, route), Timetable)
    assert fits == (not measure(made, route).broken)


@pytest.mark.parametrize("seed", range(200))
def test_limits_raised_to_the_measure_let_the_route_in(seed: int):
    rng = np.random.default_rng(1_000 + seed)
    made, route = random_cluster(rng), random_route(rng)
    found = measure(made, route)
    hours = {Bar.HOURS, Bar.CLOSING} & set(found.broken)
    if not found.broken or hours or np.isinf(found.found[Bar.LEG]):
        return
    wide = replace(
        made.limits,
        max_visits=max(made.limits.max_visits, int(found.found[Bar.VISITS])),
        max_leg_s=max(made.limits.max_leg_s, int(found.found[Bar.LEG])),
        max_drive_s=max(made.limits.max_drive_s, int(found.found[Bar.DRIVE])),
        max_duty_s=max(made.limits.max_duty_s, int(found.found[Bar.DUTY])),
    )
    assert isinstance(timetable(replace(made, limits=wide), route), Timetable)


def test_lateness_is_told_in_minutes():
    made = cluster([(0, 0)], [(1, 0), (2, 0)], [0], stay_s=14 * HOUR)
    found = measure(made, Route(0, None, (0,), None))
    assert found.broken == (Bar.HOURS,)
    assert found.found[Bar.HOURS] == OPENS + 14 * HOUR - CLOSES
    assert told(Bar.HOURS, found.found[Bar.HOURS], made.limits) == (
        "60 min too late",
        "before the station closes",
    )


def test_a_late_closing_is_not_a_late_visit():
    made = cluster([(0, 0)], [(1, 0), (30, 0)], [0], stay_s=12 * HOUR + 30 * 60)
    assert measure(made, Route(0, None, (0,), 1)).broken == (Bar.CLOSING,)


def test_without_a_way_there_is_no_length():
    made = cluster([(0, 0)], [(1, 0), (2, 0)], [0])
    drive = made.drive_s.copy()
    drive[1, 2] = -1
    found = measure(replace(made, drive_s=drive), Route(0, None, (0, 1), None))
    assert found.broken[0] is Bar.LEG
    assert told(Bar.LEG, found.found[Bar.LEG], made.limits)[0] == "no way"
