"""Packing known days: what it prefers, and what its relaxation says."""

import pytest

from planner.optimizer.days.cluster import Route
from planner.optimizer.days.master import pack, relaxed_master
from planner.optimizer.days.network import networks
from planner.optimizer.days.pool import Pool
from tests.optimizer.days.made_up import cluster


def pool_of(*routes: Route, pin: int | None = None) -> Pool:
    made = cluster([(0, 0)], [(1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (9.0, 0.0)], [0, 0])
    if pin is not None:
        made.pinned_team[pin] = -1
    pool = Pool(made, networks(made))
    pool.add(routes)
    return pool


def test_no_station_is_given_to_two_pairs():
    pool = pool_of(Route(0, 0, (1,), 2), Route(0, 0, (1,), 3), Route(0, None, (3,), None))
    packed = pack(pool, pool.columns, None, None)
    assert packed is not None
    assert packed.proven
    assert [route.team for route in packed.routes] == [0, 1]
    assert sorted(s for route in packed.routes for s in route.stations) == [0, 1, 2, 3]


def test_a_pin_outweighs_value():
    pool = pool_of(Route(0, 0, (1,), 2), Route(0, None, (0, 3), None), pin=3)
    packed = pack(pool, pool.columns, None, None)
    assert packed is not None
    assert 3 in packed.routes[0].stations


def test_of_equal_days_the_shorter_one_is_taken():
    pool = pool_of(Route(0, 0, (3,), 1), Route(0, 0, (2,), 1))
    packed = pack(pool, pool.columns, None, None)
    assert packed is not None
    assert packed.routes[0].visits == (2,)


def test_of_one_set_of_stations_the_best_day_stays():
    pool = pool_of(Route(0, None, (3, 0, 1), None), Route(0, None, (0, 1, 3), None))
    assert [column.route.visits for column in pool.columns] == [(0, 1, 3)]
    assert pool.add([Route(1, 0, (1, 3), None)]) == 1
    assert len(pool) == 1
    assert pool.columns[0].worth == 5


def test_a_day_without_a_timetable_is_never_chosen():
    pool = pool_of(Route(0, None, (0, 1), None))
    far = cluster([(0, 0)], [(1.0, 0.0), (200.0, 0.0)], [0])
    pool = Pool(far, pool.networks[:1])
    pool.add([Route(0, None, (0, 1), None), Route(0, None, (0,), None)])
    packed = pack(pool, pool.columns, None, None)
    assert packed is not None
    assert packed.routes[0].visits == (0,)


def test_the_relaxation_prices_what_is_scarce():
    pool = pool_of(Route(0, 0, (1,), 2), Route(0, 0, (3,), 2))
    worth, prices = relaxed_master(pool, pool.columns)
    assert worth == pytest.approx(7.0)
    limits = pool.limits()
    assert prices.rows() @ limits == pytest.approx(worth)


def test_without_days_nothing_has_a_price():
    worth, prices = relaxed_master(pool_of(), [])
    assert worth == 0.0
    assert not prices.rows().any()
