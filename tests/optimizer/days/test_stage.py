"""The days stage on a small mission, judged by the rulebook's own rules of election day."""

from collections import Counter
from datetime import time

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, Plan, StageName, StageStatus, StopReason, TeamMode
from planner.domain.policy import DayPolicy
from planner.optimizer.days import DaysResult, solve_days
from planner.optimizer.sampling import SamplingResult, solve_sampling
from planner.optimizer.stage import Effort, Silent
from planner.referee import check_plan
from planner.travel import make_provider
from tests.good_plan import good_mission, good_plan

TIGHT_DRIVE_MIN = 60


def with_policy(mission: MissionInput, **changes: object) -> MissionInput:
    policies = mission.mission.policies
    day = DayPolicy.model_validate(policies.day.model_dump() | changes)
    changed = policies.model_copy(update={"day": day})
    return mission.model_copy(
        update={"mission": mission.mission.model_copy(update={"policies": changed})}
    )


def solve(
    mission: MissionInput, plan: Plan, progress: Silent | None = None, effort: Effort | None = None
) -> tuple[SamplingResult, DaysResult]:
    travel, watch = make_provider(mission), progress or Silent()
    how = effort or Effort(scale=0.1)
    drawn = solve_sampling(mission, travel, plan.areas, plan.teams, how, watch)
    days = solve_days(mission, travel, plan.areas, plan.teams, drawn.sample, how, watch)
    return drawn, days


def hard_codes(mission: MissionInput, plan: Plan, drawn: SamplingResult, days: DaysResult) -> set:
    """Codes of the rules of days and samples that the referee finds broken."""
    reports = {report.name: report for report in plan.stages}
    reports |= {StageName.SAMPLING: drawn.report, StageName.DAYS: days.report}
    made = plan.model_copy(
        update={
            "days": days.days,
            "sample": drawn.sample,
            "unassigned": (*days.notes.unassigned, *drawn.notes.unassigned),
            "stages": tuple(reports.values()),
        }
    )
    verdict = check_plan(mission, made, make_provider(mission))
    return {finding.code for finding in verdict.hard} - {"R-KPI"}


def test_days_break_no_rule_and_reach_their_phases():
    mission, plan = good_mission(), good_plan()
    drawn, days = solve(mission, plan)
    assert hard_codes(mission, plan, drawn, days) == set()
    phases = Counter(stop.phase for day in days.days for stop in day.stops)
    pairs = len([team for team in plan.teams if team.id.startswith("STO")])
    assert phases[Phase.OPENING] == phases[Phase.COUNTING] == pairs
    assert phases[Phase.VOTING] > 0


@pytest.mark.parametrize("mode", list(TeamMode))
def test_static_and_mobile_pairs(mode: TeamMode):
    mission, plan = good_mission(), good_plan()
    teams = tuple(team.model_copy(update={"mode": mode}) for team in plan.teams)
    plan = plan.model_copy(update={"teams": teams})
    drawn, days = solve(mission, plan)
    assert hard_codes(mission, plan, drawn, days) == set()
    places = [{s.place for s in d.stops if s.place_kind == "station"} for d in days.days]
    assert all((len(here) == 1) is (mode is TeamMode.STATIC) for here in places)
    assert days.report.status in set(StageStatus) - {StageStatus.SKIPPED}


def test_the_same_seed_gives_the_same_days():
    mission, plan = good_mission(), good_plan()
    assert solve(mission, plan) == solve(mission, plan)


def test_pinned_and_forbidden_stations():
    mission, plan = good_mission(), good_plan()
    team = next(team for team in plan.teams if team.id.startswith("STO"))
    districts = next(area.districts for area in plan.areas if area.id == team.area)
    wanted, never = [s.id for s in mission.stations if s.district == districts[0]][:2]
    mission = mission.model_copy(
        update={
            "decisions": (
                Decision(kind=DecisionKind.VISIT_STATION, station=wanted, team=team.id),
                Decision(kind=DecisionKind.NEVER_STATION, station=never),
            )
        }
    )
    drawn, days = solve(mission, plan)
    visited = {stop.place: day.team for day in days.days for stop in day.stops}
    assert visited[StationId(wanted)] == TeamId(team.id)
    assert never not in visited
    assert never not in {entry.station for entry in drawn.sample}


def test_limits_that_nobody_can_keep_are_told_by_subject():
    mission = with_policy(good_mission(), max_duty_min=20)
    plan = good_plan()
    drawn, days = solve(mission, plan)
    assert days.report.status is StageStatus.PARTIAL
    without = {entry.subject for entry in days.notes.unassigned if entry.kind == "team"}
    assert without == {team.id for team in plan.teams if team.id.startswith("STO")}
    assert all(entry.reason and entry.remedy for entry in days.notes.unassigned)
    left_out = {entry.subject for entry in days.notes.unassigned if entry.kind == "station"}
    assert left_out >= {entry.station for entry in drawn.sample if entry.role == "primary"}


def test_no_tabulation_when_the_mission_skips_it():
    mission, plan = with_policy(good_mission(), tabulation_min=0), good_plan()
    _, days = solve(mission, plan)
    assert not any(s.phase is Phase.TABULATION for day in days.days for s in day.stops)


def test_a_mission_without_pairs():
    mission, plan = good_mission(), good_plan()
    plan = plan.model_copy(update={"teams": ()})
    drawn, days = solve(mission, plan)
    assert drawn.sample == ()
    assert days.days == ()
    assert days.report.stop is StopReason.NOTHING_TO_DO


class Cancelled(Silent):
    cancelled = True


def tight() -> MissionInput:
    """Return a mission whose pooled bound on driving cannot be reached: no proof ends it."""
    return with_policy(good_mission(), max_drive_min=TIGHT_DRIVE_MIN)


def test_cancelling_keeps_feasible_days():
    mission, plan = tight(), good_plan()
    drawn, days = solve(mission, plan, Cancelled())
    assert days.report.stop is StopReason.CANCELLED
    assert hard_codes(mission, plan, drawn, days) == set()


def test_a_time_limit_is_said():
    mission, plan = tight(), good_plan()
    drawn, days = solve(mission, plan, effort=Effort(seconds=0.001))
    assert days.report.stop is StopReason.TIME
    assert hard_codes(mission, plan, drawn, days) == set()


def test_a_station_open_for_minutes_is_left_out_and_said():
    mission, plan = good_mission(), good_plan()
    stations = tuple(
        station.model_copy(update={"opens": time(8), "closes": time(8, 20)})
        for station in mission.stations
    )
    mission = mission.model_copy(update={"stations": stations})
    drawn, days = solve(mission, plan)
    assert not any(stop.phase is Phase.VOTING for day in days.days for stop in day.stops)
    assert drawn.sample
    assert days.notes.unassigned
