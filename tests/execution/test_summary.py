"""The figures that people read, and the chances that precision takes."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.plan import Phase
from planner.execution import Cause, Delivery, Execution, Isolation, Noise, simulate
from planner.execution.summary import spread
from planner.precision.sighting import sightings
from tests.good_plan import TRAVEL, good_mission, good_plan

MISSION, PLAN = good_mission(), good_plan()


@pytest.fixture(scope="module")
def planned() -> Execution:
    return simulate(MISSION, PLAN, TRAVEL, Noise.zero(), draws=4)


def test_percentiles_are_values_that_occurred():
    found = spread(np.array([*range(1, 101), np.nan]))
    assert (found.mean, found.p5, found.p50, found.p95) == (50.5, 5, 50, 95)
    assert spread(np.array([np.nan])) == spread(np.array([])) == spread(np.array([0.0]))


def test_without_noise_the_summary_is_the_plan(planned: Execution):
    summary = planned.summary()
    assert [(each.phase, each.planned) for each in summary.phases] == [
        (Phase.OPENING, 5),
        (Phase.VOTING, 10),
        (Phase.CLOSING, 5),
        (Phase.COUNTING, 5),
        (Phase.TABULATION, 5),
    ]
    assert all(each.observed.p5 == each.observed.mean == each.planned for each in summary.phases)
    by_region = {(each.region, each.phase): each.planned for each in summary.regions}
    assert by_region["WEST", Phase.VOTING] == 4
    assert by_region["EAST", Phase.COUNTING] == 3
    duty_h = [(day.reach_base - day.leave_base).total_seconds() / 3600 for day in PLAN.days]
    assert summary.duty_h.mean == pytest.approx(np.mean(duty_h), abs=1e-4)
    assert summary.longest_duty_h.p50 == pytest.approx(max(duty_h), abs=1e-4)
    back_h = [
        (day.reach_base.day - 20) * 24 + day.reach_base.hour + day.reach_base.minute / 60
        for day in PLAN.days
    ]
    assert summary.back_h.mean == pytest.approx(np.mean(back_h), abs=1 / 60)
    assert summary.missed_openings.mean == summary.missed_closings.mean == 0
    assert summary.pairs_out.p5 == summary.pairs == 5
    assert [risk.team for risk in summary.risks] == sorted(risk.team for risk in summary.risks)
    for risk in summary.risks:
        assert (risk.misses_opening, risk.misses_closing, risk.misses_tabulation) == (0, 0, 0)
        assert risk.cause is Cause.NOTHING
        assert risk.expected_loss == risk.absent == risk.over_duty == 0


def test_spare_minutes_are_what_the_wait_before_the_closing_holds(planned: Execution):
    day = PLAN.days[0]
    last = day.stops[2]
    wait_min = (last.leave - last.arrive).total_seconds() / 60 - 35
    risk = next(risk for risk in planned.summary().risks if risk.team == day.team)
    assert risk.spare_min == pytest.approx(wait_min)


def test_the_pairs_most_at_risk_come_first_with_their_reason():
    storm = Isolation(region="WEST", from_hour=5, to_hour=23, probability=0.5)
    noise = Noise.zero().model_copy(update={"isolations": (storm,)})
    summary = simulate(MISSION, PLAN, TRAVEL, noise, draws=1_000).summary()
    first, second, third = summary.risks[:3]
    assert {first.team, second.team} == {"STO-001", "STO-002"}
    # Pairs of one region share their storm: both or none.
    assert first.misses_closing == second.misses_closing == first.misses_opening
    assert first.misses_closing == pytest.approx(0.5, abs=0.05)
    assert first.visits.mean == pytest.approx(2 * (1 - first.misses_closing))
    assert first.expected_loss == pytest.approx(8 * first.misses_closing)
    assert first.cause is second.cause is Cause.ISOLATION
    assert third.cause is Cause.NOTHING
    assert third.expected_loss == 0
    assert summary.missed_closings.p95 == 2
    assert summary.missed_closings.p5 == 0


def test_a_closure_that_delays_is_named():
    storm = Isolation(region="WEST", from_hour=7.25, to_hour=22)
    noise = Noise.zero().model_copy(update={"isolations": (storm,)})
    risk = simulate(MISSION, PLAN, TRAVEL, noise, draws=2).summary().risks[0]
    assert risk.misses_opening == 0
    assert risk.misses_closing == 1
    assert risk.cause is Cause.ISOLATION


def test_absent_pairs_miss_everything_because_they_are_absent():
    summary = simulate(
        MISSION, PLAN, TRAVEL, Noise.zero(), draws=20, delivery=Delivery(rate=0)
    ).summary()
    assert summary.pairs_out.p95 == 0
    assert summary.missed_closings.p5 == 5
    for risk in summary.risks:
        assert risk.absent == risk.misses_opening == risk.misses_closing == 1
        assert risk.duty_h is None
        assert risk.cause is Cause.ABSENT


def test_a_duty_beyond_the_limit_is_counted(planned: Execution):
    limit_s = planned.duty_s[:, 0].astype(float)
    limit_s[0] -= 60
    days = replace(planned.days, duty_limit_s=limit_s)
    risks = {risk.team: risk for risk in replace(planned, days=days).summary().risks}
    assert risks[PLAN.days[0].team].over_duty == 1
    assert risks[PLAN.days[1].team].over_duty == 0


def test_chances_are_those_that_precision_takes():
    noise = Noise(breakdown_probability=1, repair_longest_min=1_200)
    chances = simulate(MISSION, PLAN, TRAVEL, noise, draws=200).chances()
    for phase in (Phase.OPENING, Phase.VOTING, Phase.COUNTING, Phase.TABULATION):
        found = sightings(MISSION, PLAN, phase, chances)
        assert {each.place: each.chance for each in found} == chances[phase]
    assert len(chances[Phase.VOTING]) == 10
    assert 0 < min(chances[Phase.VOTING].values()) < 1


def test_a_commission_is_observed_when_one_of_its_pairs_is_there(planned: Execution):
    tabulation = np.zeros((5, 4), dtype=bool)
    tabulation[0] = [True, True, False, False]
    tabulation[1] = [False, True, True, False]
    chances = replace(planned, tabulation=tabulation).chances()
    assert chances[Phase.TABULATION] == {"C-W": 0.75, "C-E": 0}
