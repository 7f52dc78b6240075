"""Whole clusters: against trying everything, against the bound, and one run against another."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Cluster, value
from planner.optimizer.days.generate import Effortful, Generator
from planner.optimizer.days.network import networks
from planner.optimizer.days.pool import Pool
from planner.optimizer.days.solve import solve_cluster
from planner.optimizer.days.tighten import tightened
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.stage import Effort, Silent
from tests.optimizer.days.made_up import HOUR, cluster
from tests.optimizer.days.test_search import best_of_all, one_world

coordinate = st.integers(-40, 40).map(float)
point = st.tuples(coordinate, coordinate)
tiny = st.builds(
    one_world,
    st.lists(point, min_size=1, max_size=2),
    st.lists(point, min_size=1, max_size=4),
    st.lists(st.integers(0, 1), min_size=1, max_size=3),
    max_visits=st.integers(0, 3),
    max_drive_s=st.integers(HOUR, 4 * HOUR),
    stay_s=st.sampled_from([35 * 60, 3 * HOUR, 5 * HOUR]),
    max_duty_s=st.sampled_from([6 * HOUR, 10 * HOUR, 15 * HOUR, 24 * HOUR]),
    commissions=st.booleans(),
)
SPREAD = [(x * 17.0 - 30, y * 13.0 - 20) for x in range(4) for y in range(3)]


@given(tiny)
@settings(max_examples=30, deadline=None)
def test_tiny_clusters_are_solved_and_their_bounds_hold(made: Cluster):
    solved = solve_cluster(made, Effort(1, scale=0.1), Silent())
    best = best_of_all(made)
    assert solved.value == sum(value(made, route) for route in solved.routes)
    assert all(isinstance(timetable(made, route), Timetable) for route in solved.routes)
    assert solved.value <= best <= solved.bound
    assert solved.value == best
    closer = tightened(made, solved.routes, upper_bound(made), Effort(1), Silent())
    assert best <= closer <= upper_bound(made)


@given(tiny)
@settings(max_examples=20, deadline=None)
def test_column_generation_alone_never_promises_too_little(made: Cluster):
    pool = Pool(made, networks(made))
    generated = Generator(pool, 0).run(Effortful(60, 5_000, lambda: False))
    assert generated.bound >= best_of_all(made) - 1e-6


def test_pricing_proves_what_pooled_driving_cannot():
    made = cluster([(0, 0)], SPREAD, [0, 0], max_drive_s=2 * HOUR)
    loose = upper_bound(made)
    solved = solve_cluster(made, Effort(1), Silent())
    assert solved.value == solved.bound < loose


def test_the_same_seed_gives_the_same_routes_and_bound():
    made = cluster([(0, 0), (20, 5)], SPREAD, [0, 1, 1], max_drive_s=2 * HOUR)
    first, second = (solve_cluster(made, Effort(3), Silent()) for _ in range(2))
    assert first == second


def test_a_deadline_in_the_past_still_gives_days():
    made = cluster([(0, 0)], SPREAD, [0, 0], max_drive_s=2 * HOUR)
    solved = solve_cluster(made, Effort(1), Silent(), time.monotonic())
    assert all(isinstance(timetable(made, route), Timetable) for route in solved.routes)
    assert solved.late


def test_with_a_clock_a_small_cluster_is_proven_before_it_ends():
    made = cluster([(0, 0)], SPREAD, [0, 0], max_drive_s=2 * HOUR)
    solved = solve_cluster(made, Effort(1), Silent(), time.monotonic() + 60)
    assert solved.value == solved.bound
    assert not solved.late


def test_pins_come_before_value():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (30, 0), (31, 0)], [0, 0], max_visits=1)
    made.pinned_team[3] = 1
    solved = solve_cluster(made, Effort(1), Silent())
    assert 3 in solved.routes[1].stations


def test_nobody_and_nothing():
    assert solve_cluster(cluster([(0, 0)], [], [0, 0]), Effort(1), Silent()).value == 0
    assert solve_cluster(cluster([(0, 0)], [(1, 1)], []), Effort(1), Silent()).routes == ()
