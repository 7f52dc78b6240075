"""Clusters under a clock, which is made up here: it advances by a step each time it is read."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from planner.optimizer.days import solve as solving
from planner.optimizer.days import stop as stopping
from planner.optimizer.days.anew import one_anew
from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Cluster, Route, value
from planner.optimizer.days.generate import Generated
from planner.optimizer.days.shares import DOUBT_SHARE
from planner.optimizer.days.solve import solve_cluster
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.days.walks import Walks
from planner.optimizer.stage import Effort, Silent
from tests.optimizer.days.made_up import HOUR, cluster

VILLAGES = [(30, 0), (-30, 0), (0, 30), (0, -30), (22, 22), (-22, -22)]
STATIONS = [(x + i, y + i) for x, y in VILLAGES for i in range(4)]


@dataclass
class Clock:
    """Reads a step later each time."""

    step_s: float
    now_s: float = 0.0

    def monotonic(self) -> float:
        self.now_s += self.step_s
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(0.004)
    monkeypatch.setattr(solving, "time", made)
    monkeypatch.setattr(stopping, "time", made)
    return made


def wide(stations: int) -> Cluster:
    """Return one pair with a long day, wide windows and stations of many values: labels explode."""
    points = np.random.default_rng(3).uniform(-20, 20, (stations, 2))
    made = cluster(
        [(0, 0)],
        [tuple(point) for point in points.tolist()],
        [0],
        max_visits=stations,
        max_drive_s=24 * HOUR,
        stay_s=20 * 60,
    )
    worth = np.random.default_rng(4).integers(1, 40, stations)
    return replace(
        made,
        visit_value=worth,
        may_open=np.zeros(stations, dtype=bool),
        may_close=np.zeros(stations, dtype=bool),
    )


def check(made: Cluster, solved: solving.Solved) -> None:
    assert all(isinstance(timetable(made, route), Timetable) for route in solved.routes)
    assert solved.value == sum(value(made, route) for route in solved.routes) <= solved.bound
    seen = [station for route in solved.routes for station in route.stations]
    assert len(set(seen)) == len(seen)


@pytest.fixture
def priced_at(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return when pricing has ended, each time."""
    ended: list[float] = []
    generate = solving._Solver._generate

    def watched(self: solving._Solver, *given: object) -> object:
        found = generate(self, *given)
        ended.append(clock.now_s)
        return found

    monkeypatch.setattr(solving._Solver, "_generate", watched)
    return ended


def test_where_labels_explode_pricing_gives_its_time_back_and_the_limit_is_kept(
    clock: Clock, priced_at: list[float]
):
    made = wide(70)
    solved = solve_cluster(made, Effort(1), Silent(), 5.0)
    check(made, solved)
    # Each reading is one iteration or one layer of labels.
    assert priced_at[0] < 5.0 * (DOUBT_SHARE + 0.1)
    assert solved.late
    assert clock.now_s < 5.5


@pytest.mark.parametrize("cores", [1, 2])
def test_days_of_many_hubs_are_priced_and_bounded_in_time(
    clock: Clock, priced_at: list[float], cores: int
):
    stations = [station for number, station in enumerate(STATIONS) if number % 4]
    made = cluster([(0, 0), (5, 5)], stations, [0, 1], max_drive_s=2 * HOUR)
    solved = solve_cluster(made, Effort(1), Silent(), 8.0, cores=cores)
    check(made, solved)
    assert priced_at
    assert solved.bound < upper_bound(made)
    assert clock.now_s < 8.5


def test_walks_that_bound_worse_than_what_is_known_leave_the_time_to_searching(
    clock: Clock, priced_at: list[float], monkeypatch: pytest.MonkeyPatch
):
    stations = [station for number, station in enumerate(STATIONS) if number % 4]
    made = cluster([(0, 0), (5, 5)], stations, [0, 1], max_drive_s=2 * HOUR)
    lowest = Walks.lowest

    def loose(self: Walks, *given: object) -> Generated:
        return replace(lowest(self, *given), bound=upper_bound(made) + 1.5)

    monkeypatch.setattr(Walks, "lowest", loose)
    searched: list[bool] = []
    search = solving._Solver._search

    def watched(self: solving._Solver, *given: object) -> list[Route]:
        searched.append(self.led_nowhere)
        return search(self, *given)

    monkeypatch.setattr(solving._Solver, "_search", watched)
    solved = solve_cluster(made, Effort(1), Silent(), 8.0)
    check(made, solved)
    assert priced_at == []
    assert searched
    assert all(searched)
    assert solved.bound == upper_bound(made)
    assert clock.now_s < 8.5


def test_one_pair_planned_anew_finds_the_best_that_the_others_leave():
    made = cluster([(0, 0)], [(1, 0), (2, 0), (3, 0), (4, 0)], [0, 0], max_visits=2)
    poor = [Route(0, 0, (), None), Route(1, 1, (), None)]
    better = one_anew(made, poor, 1, 100, lambda: False)
    assert better[0] == poor[0]
    assert set(better[1].stations) == {1, 2, 3}
    assert value(made, better[1]) == 3 + 1 + 3
    assert one_anew(made, better, 1, 100, lambda: False) == better


def test_cores_change_nothing_without_a_deadline():
    made = cluster([(0, 0), (8, 5)], STATIONS, [0, 1, 1], max_drive_s=2 * HOUR)
    effort = Effort(2, scale=0.1)
    one, two = (solve_cluster(made, effort, Silent(), cores=cores) for cores in (1, 2))
    assert one == two
