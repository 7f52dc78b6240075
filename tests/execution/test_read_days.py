"""Days as arrays: short cuts, limits, and days that no pair could follow."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix
from planner.domain.plan import Day, Phase, Plan
from planner.errors import PlannerError
from planner.execution.arrays import road_s
from planner.execution.read_days import read_days
from tests.execution.small import only
from tests.good_plan import TRAVEL, good_mission, good_plan

MISSION, PLAN = good_mission(), good_plan()


class Nowhere:
    """A provider that knows no way."""

    provenance = "none"

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        nothing = np.full((len(origins), len(destinations)), UNROUTABLE)
        return TravelMatrix(nothing, nothing)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        raise NotImplementedError


def _with(day: Day) -> Plan:
    return PLAN.model_copy(update={"days": (day,)})


def _stops(**changes: dict[str, Any]) -> Plan:
    """Return the plan of the first pair with changed stops, by phase."""
    day = PLAN.days[0]
    stops = tuple(stop.model_copy(update=changes.get(stop.phase, {})) for stop in day.stops)
    return _with(day.model_copy(update={"stops": stops}))


def test_a_way_is_the_planned_leg_or_the_shorter_of_short_cut_and_planned_way():
    direct = np.array([[0, 99, 25, 99], [0, 0, 99, 50], [0, 0, 0, 99], [0, 0, 0, 0]], dtype=float)
    direct[0, 3] = UNROUTABLE
    road = road_s([10, 20, 30], direct)
    assert road[0].tolist() == [0, 10, 25, 60]
    assert road[1, 2:].tolist() == [20, 50]
    assert road[2, 3] == 30


def test_a_provider_that_knows_no_way_leaves_the_planned_one():
    days = read_days(MISSION, only(PLAN, "STO-001"), Nowhere())
    legs = [stop.travel_s for stop in PLAN.days[0].stops]
    assert days.leg_s[days.closing, 0, 1] == sum(legs[1:4])
    assert days.leg_s[days.home, 0, days.closing] == legs[5] + PLAN.days[0].return_travel_s
    assert days.leg_s[days.home, 0, 0] == 0


def test_limits_are_those_of_the_rules():
    days = read_days(MISSION, only(PLAN, "STO-001"), TRAVEL)
    opens = days.opens_s[0, 0]
    assert days.arrive_s[0, 0] == opens - 30 * 60
    assert days.work_s[0].tolist() == [30 * 60, 35 * 60, 35 * 60]
    assert days.least_s[0].tolist() == [0, 30 * 60, 30 * 60]
    assert days.closes_at_s[0] == opens + 13 * 3600
    assert days.closing_by_s[0] == days.target_by_s[0] == opens + 12.5 * 3600
    assert days.count_s[0] == 3 * 3600
    assert days.duty_limit_s[0] == 24 * 3600
    assert days.regions[days.region[0, 0]] == "WEST"


def test_shorter_days_are_padded():
    day = PLAN.days[1]
    short = day.model_copy(update={"stops": (day.stops[0], *day.stops[2:])})
    days = read_days(MISSION, PLAN.model_copy(update={"days": (PLAN.days[0], short)}), TRAVEL)
    assert days.calls == 3
    assert days.nodes_of(1) == [1, 2, 4, 5, 6]
    assert not (days.is_visit | days.is_opening)[1, 2]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (_with(PLAN.days[0].model_copy(update={"team": "STO-999"})), "no team with a known base"),
        (_stops(voting={"place": "W9-9"}), "names the unknown station W9-9"),
        (_stops(opening={"phase": Phase.COUNTING}), "phases out of order"),
        (_stops(voting={"phase": Phase.OPENING}), "3 stops for opening"),
        (_stops(counting={"place": "W1-5"}), "closing and count at one station"),
        (_stops(counting={"phase": Phase.TABULATION}), "2 stops for tabulation"),
        (_stops(tabulation={"place_kind": "station", "place": "W1-5"}), "tabulation at the st"),
        (
            _with(
                PLAN.days[0].model_copy(
                    update={"reach_base": PLAN.days[0].reach_base + timedelta(days=300)}
                )
            ),
            "times far from election day",
        ),
    ],
)
def test_a_day_that_nobody_could_follow_is_refused(plan: Plan, says: str):
    with pytest.raises(PlannerError, match=says) as caught:
        read_days(MISSION, plan, TRAVEL)
    assert caught.value.code == "SI-DAY"
    assert caught.value.remedy
