"""One pair's day, each event by hand."""

from datetime import time

import pytest

from planner.execution.noise import Isolation
from planner.execution.replay import Cause
from tests.execution.small import (
    CLOSING,
    COMMISSION,
    FIRST,
    HOME,
    MIN,
    OPENING,
    SECOND,
    OnePair,
    day_policy,
    one_pair,
    seconds,
)
from tests.good_plan import good_mission

ALL = "o12ct"


@pytest.fixture
def pair() -> OnePair:
    return one_pair()


def test_without_noise_the_plan_is_kept_to_the_second(pair: OnePair):
    went = pair.run()
    assert went.seen == ALL
    stops = [OPENING, FIRST, SECOND, CLOSING, CLOSING, COMMISSION]
    for number, node in enumerate(stops):
        if number != 4:
            assert went.arrive(node) == pair.planned_s(number)
        if number != 3:
            assert went.leave(node) == pair.planned_s(number, leave=True)
    assert went.back_s == seconds(pair.day.reach_base)
    assert went.duty_s == (pair.day.reach_base - pair.day.leave_base).total_seconds()
    assert went.cause == Cause.NOTHING


def test_a_late_opening_delays_until_the_wait_absorbs_it(pair: OnePair):
    pair.luck.late_s[0] = 20 * MIN
    went = pair.run()
    assert went.seen == ALL
    assert went.leave(OPENING) == pair.planned_s(0, leave=True) + 20 * MIN
    assert went.arrive(FIRST) == pair.planned_s(1) + 20 * MIN
    assert went.leave(FIRST) == pair.planned_s(1, leave=True) + 20 * MIN
    assert went.arrive(CLOSING) == pair.planned_s(3)
    assert went.cause == Cause.STATIONS


def test_a_visit_begins_when_its_station_opens(pair: OnePair):
    # W1-2 opens at seven as well; three quarters of an hour later the pair has been waiting.
    pair.luck.late_s[1] = 60 * MIN
    went = pair.run()
    opened = seconds(pair.day.stops[0].arrive) + 90 * MIN
    assert went.arrive(FIRST) == pair.planned_s(1) < opened
    assert went.leave(FIRST) == opened + 35 * MIN
    assert went.seen == ALL


@pytest.mark.parametrize(("late_min", "seen"), [(30, ALL), (30 + 1 / 60, "12ct")])
def test_the_opening_is_missed_by_who_comes_after_the_hour(
    pair: OnePair, late_min: float, seen: str
):
    went = pair.broken_on(OPENING, late_min).run()
    assert went.seen == seen
    assert went.arrive(OPENING) == pytest.approx(pair.planned_s(0) + late_min * MIN)
    # At the hour or a second later: both stay for half an hour.
    assert went.leave(OPENING) == went.arrive(OPENING) + 30 * MIN
    assert went.arrive(CLOSING) == pair.planned_s(3)
    assert went.cause == Cause.BREAKDOWN


def test_who_comes_long_after_the_opening_stays_as_long_as_after_an_opening(pair: OnePair):
    went = pair.broken_on(OPENING, 180).run()
    assert went.arrive(OPENING) == pair.planned_s(0) + 180 * MIN
    assert went.leave(OPENING) == went.arrive(OPENING) + 30 * MIN
    assert went.arrive(FIRST) == went.leave(OPENING) + pair.leg_s(1)
    assert went.seen == "12ct"


def test_a_slow_leg_is_made_up_by_a_shorter_wait(pair: OnePair):
    pair.luck.leg[FIRST] = 3
    went = pair.run()
    assert went.arrive(FIRST) == pair.planned_s(1) + 2 * pair.leg_s(1)
    assert went.leave(FIRST) == went.arrive(FIRST) + 35 * MIN
    assert went.leave(SECOND) == pair.planned_s(2, leave=True)
    assert went.cause == Cause.ROADS


def test_who_drives_faster_leaves_as_planned(pair: OnePair):
    pair.luck.leg[FIRST] = 0.5
    went = pair.run()
    assert went.arrive(FIRST) == pair.planned_s(1) - pair.leg_s(1) / 2
    assert went.leave(FIRST) == pair.planned_s(1, leave=True)
    assert went.cause == Cause.NOTHING


def test_a_long_visit_takes_its_time_and_a_short_one_the_dwell(pair: OnePair):
    pair.luck.stay[1] = 3
    assert pair.run().leave(FIRST) == pair.planned_s(1) + 105 * MIN
    pair.luck.stay[1] = 0.1
    pair.luck.late_s[1] = 3 * 60 * MIN
    went = pair.run()
    assert went.leave(FIRST) == pair.planned_s(0) + 30 * MIN + 3 * 60 * MIN + 30 * MIN


def test_a_visit_ends_in_time_for_the_closing(pair: OnePair):
    pair.luck.stay[2] = 100
    went = pair.run()
    assert went.leave(SECOND) == pair.planned_s(2, leave=True)
    assert went.arrive(CLOSING) == pair.planned_s(3)
    assert went.seen == ALL


def test_a_visit_that_would_endanger_the_closing_is_left_out(pair: OnePair):
    went = pair.broken_on(FIRST, 10.5 * 60).run()
    # From W1-2 the pair drives past W1-3 and is at W1-4 as late as W1-2 let it.
    assert went.arrive(FIRST) == pair.planned_s(1) + 10.5 * 60 * MIN
    assert not went.came(SECOND)
    assert went.arrive(CLOSING) <= pair.planned_s(3)
    assert went.seen == "o1ct"


def test_the_first_visit_that_does_not_fit_ends_the_visits(pair: OnePair):
    # Half an hour before the closing is due nobody begins a visit, however near it is.
    pair.luck.late_s[0] = 11.5 * 60 * MIN
    went = pair.run()
    assert not went.came(FIRST)
    assert not went.came(SECOND)
    assert went.seen == "oct"


def test_presence_below_the_dwell_is_not_observed(pair: OnePair):
    room_min = (pair.planned_s(2, leave=True) - pair.planned_s(2)) / MIN
    assert "2" in pair.broken_on(SECOND, room_min - 30).run().seen
    went = pair.broken_on(SECOND, room_min - 29).run()
    assert went.came(SECOND)
    assert went.seen == "o1ct"
    assert went.leave(SECOND) == went.arrive(SECOND) + 29 * MIN


def test_a_visit_whose_own_window_is_over_is_passed_by():
    mission = good_mission()
    stations = tuple(
        station.model_copy(update={"closes": time(9)}) if station.id == "W1-2" else station
        for station in mission.stations
    )
    pair = one_pair(mission.model_copy(update={"stations": stations}))
    pair.luck.late_s[0] = 60 * MIN
    went = pair.run()
    assert not went.came(FIRST)
    assert went.came(SECOND)
    assert went.seen == "o2ct"


@pytest.mark.parametrize(("late_min", "seen"), [(30, ALL), (30 + 1 / 60, "o12")])
def test_the_closing_is_missed_by_who_comes_after_voting_has_ended(
    pair: OnePair, late_min: float, seen: str
):
    went = pair.broken_on(CLOSING, late_min).run()
    assert went.seen == seen
    if seen == ALL:
        assert went.leave(CLOSING) == pair.planned_s(4, leave=True)
    else:
        home_s = float(pair.days.leg_s[HOME, 0, CLOSING])
        assert went.leave(CLOSING) == went.arrive(CLOSING)
        assert went.back_s == went.arrive(CLOSING) + home_s
        assert not went.came(COMMISSION)


def test_who_cannot_reach_the_closing_does_not_try(pair: OnePair):
    went = pair.broken_on(OPENING, 14 * 60).run()
    assert went.seen == ""
    assert not went.came(CLOSING)
    assert went.back_s == went.leave(OPENING) + float(pair.days.leg_s[HOME, 0, OPENING])


def test_a_long_count_is_watched_to_its_end(pair: OnePair):
    pair.luck.count_s[:] = 4 * 60 * MIN
    went = pair.run()
    assert went.leave(CLOSING) == pair.planned_s(4, leave=True) + 60 * MIN
    assert went.back_s == seconds(pair.day.reach_base) + 60 * MIN
    assert went.seen == ALL


def test_the_duty_limit_ends_the_day_without_tabulation():
    limit_min = 19 * 60
    pair = one_pair(day_policy(good_mission(), max_duty_min=limit_min))
    planned_s = (pair.day.reach_base - pair.day.leave_base).total_seconds()
    room_s = limit_min * MIN - planned_s
    assert room_s > 0
    pair.luck.count_s[:] += room_s
    assert pair.run().duty_s == limit_min * MIN
    pair.luck.count_s[:] += 1
    went = pair.run()
    assert went.seen == "o12c"
    assert went.back_s == went.leave(CLOSING) + float(pair.days.leg_s[HOME, 0, CLOSING])


def test_a_long_tabulation_brings_the_pair_home_later(pair: OnePair):
    pair.luck.tabulation[:] = 1.5
    assert pair.run().back_s == seconds(pair.day.reach_base) + 30 * MIN


def test_the_whole_region_is_slow_and_the_pair_knows_it(pair: OnePair):
    pair.luck.slow[:] = 2
    went = pair.run()
    assert went.arrive(OPENING) == pair.planned_s(0) + pair.leg_s(0)
    # It leaves W1-3 earlier than planned, so that it is at W1-4 on time.
    assert went.leave(SECOND) == pair.planned_s(2, leave=True) - pair.leg_s(3)
    assert went.arrive(CLOSING) == pair.planned_s(3)


def test_an_isolated_region_keeps_its_pairs_at_home(pair: OnePair):
    went = pair.run(Isolation(region="WEST", from_hour=-2, to_hour=30))
    assert went.seen == ""
    assert went.duty_s == 0
    assert not any(went.came(node) for node in (OPENING, FIRST, SECOND, CLOSING, COMMISSION))


def test_a_closure_at_noon_stops_the_pair_where_it_is(pair: OnePair):
    # Closed from 08:00, while the pair is at W1-2, until 12:00.
    went = pair.run(Isolation(region="WEST", from_hour=8, to_hour=12))
    noon = pair.planned_s(0) + 30 * MIN + 5 * 60 * MIN
    assert went.arrive(FIRST) == pair.planned_s(1)
    assert went.leave(FIRST) == pair.planned_s(1, leave=True)
    assert went.arrive(SECOND) == noon + pair.leg_s(2)
    assert went.arrive(CLOSING) == pair.planned_s(3)
    assert went.seen == ALL
    assert went.cause == Cause.ISOLATION


def test_a_closure_elsewhere_does_not_matter(pair: OnePair):
    went = pair.run(Isolation(region="EAST", from_hour=0, to_hour=30))
    assert went.seen == ALL
    assert went.back_s == seconds(pair.day.reach_base)


def test_who_waits_at_home_is_not_on_duty(pair: OnePair):
    went = pair.run(Isolation(region="WEST", from_hour=0, to_hour=9))
    nine = pair.planned_s(0) + 30 * MIN + 2 * 60 * MIN
    assert went.arrive(OPENING) == nine + pair.leg_s(0)
    assert went.duty_s == seconds(pair.day.reach_base) - nine
    assert went.seen == "12ct"
