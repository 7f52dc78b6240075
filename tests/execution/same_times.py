"""Compares simulated times with those of the plan, to the second."""

import numpy as np

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, Plan
from planner.execution import Execution
from tests.execution.small import seconds_on


def assert_same_times(execution: Execution, plan: Plan, mission: MissionInput) -> int:
    """Compare every arrival and departure; return how many stops were compared."""
    times, days, e_day = execution.times, execution.days, mission.mission.e_day
    assert times is not None
    compared = 0
    for row, day in enumerate(plan.days):
        expected = np.full((2, days.nodes), np.nan)
        call = 0
        for stop in day.stops:
            call += stop.phase in (Phase.OPENING, Phase.VOTING)
            node = {
                Phase.CLOSING: days.closing,
                Phase.COUNTING: days.closing,
                Phase.TABULATION: days.commission,
            }.get(stop.phase, call)
            if stop.phase is not Phase.COUNTING:
                expected[0, node] = seconds_on(e_day, stop.arrive)
            expected[1, node] = seconds_on(e_day, stop.leave)
            compared += 1
        back = seconds_on(e_day, day.reach_base)
        if day.stops:
            expected[:, days.home] = back
        for found, wanted in zip((times.arrive_s, times.leave_s), expected, strict=True):
            np.testing.assert_array_equal(
                found[:, row], np.repeat(wanted[:, None], execution.draws, axis=1), day.team
            )
        assert (times.leave_base_s[row] == seconds_on(e_day, day.leave_base)).all(), day.team
        assert (times.reach_base_s[row] == back).all(), day.team
    return compared
