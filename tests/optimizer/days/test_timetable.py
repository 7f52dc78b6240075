from dataclasses import replace

import numpy as np
import pytest

from planner.optimizer.days.cluster import Route
from planner.optimizer.days.timetable import Broken, Timetable, relaxed, timetable
from tests.optimizer.days.made_up import CLOSES, HOUR, OPENS, cluster

LINE = [(11.0, 0.0), (22.0, 0.0), (33.0, 0.0)]


def day(route: Route, **limits: int) -> Timetable | Broken:
    return timetable(cluster([(0.0, 0.0)], LINE, [0], **limits), route)


def test_a_full_day_to_the_second():
    table = day(Route(0, 0, (1,), 2))
    assert isinstance(table, Timetable)
    opening, visit, closing = table.calls
    assert table.leave_base_s == OPENS - 45 * 60 - 900
    assert (opening.arrive_s, opening.leave_s) == (OPENS - 45 * 60, OPENS + 30 * 60)
    assert (visit.arrive_s, visit.leave_s) == (OPENS + 45 * 60, OPENS + 80 * 60)
    assert closing.arrive_s == visit.leave_s + 900
    assert closing.leave_s == CLOSES + 3 * HOUR
    assert table.reach_base_s == closing.leave_s + 45 * 60
    assert table.drive_s == 6 * 900


def test_each_leg_ends_when_it_should():
    table = day(Route(0, 0, (1,), 2))
    assert isinstance(table, Timetable)
    for before, after in zip(table.calls, table.calls[1:], strict=False):
        assert before.leave_s + after.travel_s == after.arrive_s


@pytest.mark.parametrize(
    ("limits", "broken"),
    [
        ({"max_leg_s": 2_000}, Broken.LEG),
        ({"max_drive_s": 5_000}, Broken.DRIVE),
        ({"max_duty_s": 15 * HOUR}, Broken.DUTY),
        ({"max_visits": 0}, Broken.VISITS),
        ({"stay_s": 13 * HOUR}, Broken.WINDOW),
    ],
)
def test_the_broken_limit_is_named(limits: dict[str, int], broken: Broken):
    assert day(Route(0, 0, (1,), 2), **limits) is broken


def test_no_way_is_a_broken_leg():
    made = cluster([(0.0, 0.0)], LINE, [0])
    drive = made.drive_s.copy()
    drive[1, 2] = -1
    assert timetable(replace(made, drive_s=drive), Route(0, 0, (1,), 2)) is Broken.LEG


def test_a_pair_that_stays_at_home():
    assert day(Route(0, None, (), None)) == Timetable(0, (), 0, 0)


def test_a_visit_alone_waits_for_the_opening_hour():
    table = day(Route(0, None, (0,), None))
    assert isinstance(table, Timetable)
    assert table.calls[0].arrive_s == OPENS
    assert table.reach_base_s == OPENS + 35 * 60 + 900


def test_waiting_is_spent_before_the_leg():
    made = cluster([(0.0, 0.0)], LINE, [0])
    late = made.visit_from_s.copy()
    late[1] = OPENS + 2 * HOUR
    table = timetable(replace(made, visit_from_s=late), Route(0, 0, (1,), 2))
    assert isinstance(table, Timetable)
    assert table.calls[1].arrive_s == OPENS + 2 * HOUR
    assert table.calls[0].leave_s == OPENS + 2 * HOUR - 900


def test_waiting_never_outlasts_the_hours_of_the_station_left():
    made = cluster([(0.0, 0.0)], LINE, [0])
    start, end = made.visit_from_s.copy(), made.visit_to_s.copy()
    end[0] = OPENS + HOUR
    start[1] = OPENS + 4 * HOUR
    made = replace(made, visit_from_s=start, visit_to_s=end)
    assert timetable(made, Route(0, None, (0, 1), None)) is Broken.WINDOW


def test_idle_time_becomes_longer_visits():
    made = cluster([(0.0, 0.0)], LINE, [0])
    route = Route(0, 0, (1,), 2)
    table = timetable(made, route)
    assert isinstance(table, Timetable)
    longer = relaxed(made, route, table)
    assert longer.calls[1].leave_s - longer.calls[1].arrive_s == 70 * 60
    assert longer.calls[2].arrive_s <= int(made.close_arrive_s[2])
    assert longer.reach_base_s == table.reach_base_s


def test_opening_and_closing_at_a_station_with_its_own_hours():
    made = cluster([(0.0, 0.0)], LINE, [0])
    early = made.open_arrive_s - np.array([HOUR, 0, 0])
    leave = made.open_leave_s - np.array([HOUR, 0, 0])
    table = timetable(replace(made, open_arrive_s=early, open_leave_s=leave), Route(0, 0, (), None))
    assert isinstance(table, Timetable)
    assert table.calls[0].arrive_s == OPENS - 105 * 60


def test_without_an_opening_the_day_starts_as_late_as_its_duty_needs():
    """Nothing ties the morning down: 14 h from the first leg to the way home are enough."""
    made = cluster([(0.0, 0.0)], LINE, [0], max_duty_s=7 * HOUR)
    table = timetable(made, Route(0, None, (0, 1), 2))
    assert isinstance(table, Timetable)
    assert table.reach_base_s - table.leave_base_s <= 7 * HOUR
    assert table.calls[-1].arrive_s == int(made.close_arrive_s[2])
    assert isinstance(timetable(made, Route(0, None, (), 2)), Timetable)
