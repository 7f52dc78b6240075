"""Every single way to break the records of the good plan, for the referee's own rules."""

from datetime import UTC, timedelta
from typing import Any

from planner.domain.mission_input import MissionInput
from planner.domain.plan import (
    Day,
    Phase,
    Plan,
    StageName,
    StageStatus,
    TeamMode,
)
from planner.domain.policy import SampleMode
from tests.good_plan import day_of
from tests.referee.changes import (
    MINUTE,
    day_with,
    mission_with,
    observer_with,
    plan_with,
    policy_with,
    stops_with,
)
from tests.referee.mutations import breaks

Broken = tuple[MissionInput, Plan]


@breaks("R-INPUT")
def another_mission(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"mission": "other"})


@breaks("R-INPUT")
def other_input_files(mission: MissionInput, plan: Plan) -> Broken:
    provenance = plan.provenance.model_copy(update={"input_hash": "old"})
    return mission, plan.model_copy(update={"provenance": provenance})


@breaks("R-INPUT")
def another_sample_mode(mission: MissionInput, plan: Plan) -> Broken:
    return policy_with(mission, "sample", mode=SampleMode.COVERAGE), plan


@breaks("R-REF")
def an_unknown_district(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "areas", "A01", districts=("W1", "W2", "??"))


@breaks("R-REF")
def an_unknown_lto_team(mission: MissionInput, plan: Plan) -> Broken:
    plan = plan_with(plan, "areas", "A01", lto_team="??")
    teams = tuple(team for team in plan.teams if team.id != "LTO-01")
    return mission_with(mission, staffing=_staffing(mission, lto_teams=1)), plan.model_copy(
        update={"teams": teams}
    )


@breaks("R-REF")
def an_unknown_observer(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "teams", "STO-001", members=("STO-P01", "??"))


@breaks("R-REF")
def an_unknown_town(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "teams", "STO-001", base_town="??")


@breaks("R-REF")
def an_unknown_station(mission: MissionInput, plan: Plan) -> Broken:
    return mission, stops_with(plan, "STO-001", {1: {"place": "??"}})


@breaks("R-REF")
def an_unknown_commission(mission: MissionInput, plan: Plan) -> Broken:
    return mission, stops_with(plan, "STO-001", {5: {"place": "??"}})


@breaks("R-REF")
def an_unknown_sampled_station(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "sample", "E1-5", station="??")


@breaks("R-REF")
def a_day_of_an_unknown_team(mission: MissionInput, plan: Plan) -> Broken:
    extra = plan.days[0].model_copy(update={"team": "??", "stops": ()})
    still = {"reach_base": extra.leave_base, "return_travel_s": 0, "return_distance_m": 0}
    return mission, plan.model_copy(update={"days": (*plan.days, extra.model_copy(update=still))})


@breaks("R-DUP")
def an_area_twice(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"areas": (*plan.areas, plan.areas[0])})


@breaks("R-DUP")
def a_team_twice(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"teams": (*plan.teams, plan.teams[-1])})


@breaks("R-DUP")
def a_day_twice(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"days": (*plan.days, plan.days[0])})


@breaks("R-DUP")
def a_station_drawn_twice(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"sample": (*plan.sample, plan.sample[0])})


@breaks("R-ZONE")
def a_time_in_utc(mission: MissionInput, plan: Plan) -> Broken:
    arrive = plan.days[0].stops[1].arrive.astimezone(UTC)
    return mission, stops_with(plan, "STO-001", {1: {"arrive": arrive}})


@breaks("R-ZONE")
def a_time_of_the_neighbouring_zone(mission: MissionInput, plan: Plan) -> Broken:
    zone = plan.days[-1].leave_base.tzinfo  # UTC+6 of the east, in the west
    leave = plan.days[0].leave_base.astimezone(zone)
    return mission, day_with(
        plan, "STO-001", lambda day: day.model_copy(update={"leave_base": leave})
    )


@breaks("R-ORDER")
def minutes_that_nobody_explains(mission: MissionInput, plan: Plan) -> Broken:
    return mission, stops_with(plan, "STO-001", {2: {"arrive": 5 * MINUTE}})


@breaks("R-ORDER")
def a_return_faster_than_its_drive(mission: MissionInput, plan: Plan) -> Broken:
    def change(day: Day) -> Day:
        return day.model_copy(update={"reach_base": day.reach_base - 5 * MINUTE})

    return mission, day_with(plan, "STO-001", change)


@breaks("R-ORDER")
def a_tabulation_before_the_closing(mission: MissionInput, plan: Plan) -> Broken:
    return mission, stops_with(plan, "STO-001", {2: {"phase": Phase.TABULATION}})


@breaks("R-TRAVEL")
def a_leg_driven_too_fast(mission: MissionInput, plan: Plan) -> Broken:
    fast_s = plan.days[0].stops[2].travel_s - 120
    fast = {1: {"leave": 2 * MINUTE}, 2: {"travel_s": fast_s}}
    return mission, stops_with(plan, "STO-001", fast)


@breaks("R-TRAVEL")
def a_distance_too_short(mission: MissionInput, plan: Plan) -> Broken:
    metres = plan.days[0].stops[2].distance_m - 100
    return mission, stops_with(plan, "STO-001", {2: {"distance_m": metres}})


@breaks("R-LINK")
def a_wrong_number_of_pairs(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "areas", "A01", sto_pairs=3)


@breaks("R-LINK")
def an_area_led_by_the_team_of_another(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "areas", "A01", lto_team="LTO-02")


@breaks("R-LINK")
def an_lto_in_a_pair_of_stos(mission: MissionInput, plan: Plan) -> Broken:
    mission = observer_with(mission, "LTO-P02")
    return mission, plan_with(plan, "teams", "STO-001", members=("STO-P01", "NEW"))


@breaks("R-DAY")
def an_election_day_of_an_lto_team(mission: MissionInput, plan: Plan) -> Broken:
    team = next(team for team in plan.teams if team.id == "LTO-02")
    day = day_of(mission, team, ("E1-5", "E2-5", "E3-5"), commission="C-E")
    return mission, plan.model_copy(update={"days": (*plan.days, day)})


@breaks("R-DAY")
def a_static_pair_that_moves(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "teams", "STO-001", mode=TeamMode.STATIC)


@breaks("R-SAMPLE")
def a_draw_outside_its_area(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan_with(plan, "sample", "E1-5", area="A01")


@breaks("R-SAMPLE")
def a_probability_of_nothing(mission: MissionInput, plan: Plan) -> Broken:
    mission = policy_with(mission, "sample", mode=SampleMode.COVERAGE)
    return mission, plan.model_copy(update={"sample_mode": SampleMode.COVERAGE})


@breaks("R-LOST")
def a_team_without_a_day(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"days": plan.days[1:]})


@breaks("R-LOST")
def a_missing_opening(mission: MissionInput, plan: Plan) -> Broken:
    later = timedelta(minutes=5)
    visits = {
        0: {"phase": Phase.VOTING, "arrive": 30 * MINUTE, "leave": later},
        1: {"arrive": later, "leave": later},
        2: {"arrive": later},
    }

    def leaves_later(day: Day) -> Day:
        return day.model_copy(update={"leave_base": day.leave_base + 30 * MINUTE})

    return mission, day_with(stops_with(plan, "STO-001", visits), "STO-001", leaves_later)


@breaks("R-LOST")
def fewer_teams_than_asked_for(mission: MissionInput, plan: Plan) -> Broken:
    return mission_with(mission, staffing=_staffing(mission, sto_pairs=6)), plan


@breaks("R-LOST")
def more_teams_than_asked_for(mission: MissionInput, plan: Plan) -> Broken:
    # Nine requested STOs would also break the quota, which is soft.
    return mission_with(mission, staffing=_staffing(mission, sto_pairs=4)), plan


def _staffing(mission: MissionInput, **update: int) -> Any:
    return mission.mission.staffing.model_copy(update=update)


@breaks("R-STAGE", sealed=False)
def a_stage_without_report(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"stages": plan.stages[1:]})


@breaks("R-STAGE", sealed=False)
def a_stage_that_reports_twice(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"stages": (*plan.stages, plan.stages[0])})


@breaks("R-KPI", sealed=False)
def a_flattering_key_figure(mission: MissionInput, plan: Plan) -> Broken:
    return mission, plan.model_copy(update={"kpis": {**plan.kpis, "openings": 6.0}})


@breaks("R-OBJ", sealed=False)
def a_flattering_objective(mission: MissionInput, plan: Plan) -> Broken:
    value = _days_objective(plan) + 1
    return mission, plan_with(plan, "stages", StageName.DAYS, objective=value, bound=value)


@breaks("R-BND", sealed=False)
def an_objective_beyond_its_bound(mission: MissionInput, plan: Plan) -> Broken:
    value = _days_objective(plan)
    claim = {"bound": value - 1, "gap": 1 / value, "status": StageStatus.FEASIBLE}
    return mission, plan_with(plan, "stages", StageName.DAYS, **claim)


@breaks("R-GAP", sealed=False)
def a_flattering_gap(mission: MissionInput, plan: Plan) -> Broken:
    claim = {"bound": 2 * _days_objective(plan), "gap": 0.0}
    return mission, plan_with(plan, "stages", StageName.DAYS, **claim)


@breaks("R-GAP", sealed=False)
def an_optimum_that_is_not_proven(mission: MissionInput, plan: Plan) -> Broken:
    claim = {"bound": 2 * _days_objective(plan), "gap": 0.5, "status": StageStatus.OPTIMAL}
    return mission, plan_with(plan, "stages", StageName.DAYS, **claim)


def _days_objective(plan: Plan) -> float:
    (report,) = (report for report in plan.stages if report.name is StageName.DAYS)
    assert report.objective is not None
    return report.objective
