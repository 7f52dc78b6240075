"""The whole chain on a small mission: passed by the referee, repeatable, stage by stage."""

import pytest

from planner.domain.finding import Finding, Severity
from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName, StageStatus
from planner.errors import PlannerError
from planner.export.document import dump_plan
from planner.optimizer.pipeline import make_plan
from planner.optimizer.stage import Effort, Silent
from planner.referee import check_plan
from planner.travel import make_provider
from tests.good_plan import good_mission

ALL = tuple(StageName)


def made(
    mission: MissionInput, *stages: StageName, earlier: Plan | None = None, seed: int = 1
) -> Plan:
    result = make_plan(
        mission,
        make_provider(mission),
        Effort(seed=seed, scale=0.1),
        Silent(),
        stages=stages or ALL,
        earlier=earlier,
        clock=lambda: 0.0,
    )
    return result.plan


def hard(mission: MissionInput, plan: Plan) -> tuple[Finding, ...]:
    return check_plan(mission, plan, make_provider(mission)).hard


def staffed(lto_teams: int, sto_pairs: int) -> MissionInput:
    mission = good_mission()
    staffing = Staffing(lto_teams=lto_teams, sto_pairs=sto_pairs)
    return mission.model_copy(
        update={"mission": mission.mission.model_copy(update={"staffing": staffing})}
    )


def test_the_referee_passes_what_the_optimizer_makes():
    mission = good_mission()
    plan = made(mission)
    assert hard(mission, plan) == ()
    assert [report.name for report in plan.stages] == list(StageName)
    assert plan.kpis["openings"] == mission.mission.staffing.sto_pairs


def test_the_same_seed_gives_the_same_bytes():
    mission = good_mission()
    assert dump_plan(made(mission)) == dump_plan(made(mission))


def test_a_time_limit_is_written_down_and_the_plan_says_it_is_not_reproducible():
    mission = good_mission()
    result = make_plan(mission, make_provider(mission), Effort(seconds=5, scale=0.1), Silent())
    assert not result.plan.provenance.reproducible
    assert all(report.wall_s is not None for report in result.plan.stages)
    assert all(report.wall_s is None for report in made(mission).stages)
    assert hard(mission, result.plan) == ()


def test_numbers_without_a_roster_and_the_roster_moves_nothing_else():
    mission = good_mission()
    unnamed = mission.model_copy(update={"observers": (), "input_hash": "before"})
    first = made(unnamed)
    assert hard(unnamed, first) == ()
    assert all(not team.members for team in first.teams)
    later = made(mission, StageName.PAIRING, earlier=first)
    assert hard(mission, later) == ()
    assert any(team.members for team in later.teams)
    assert (later.areas, later.days, later.sample) == (first.areas, first.days, first.sample)
    assert [team.model_copy(update={"members": ()}) for team in later.teams] == list(first.teams)


@pytest.mark.parametrize(("lto_teams", "sto_pairs"), [(2, 0), (0, 3), (0, 0), (1, 1), (6, 5)])
def test_missions_of_every_kind(lto_teams: int, sto_pairs: int):
    mission = staffed(lto_teams, sto_pairs).model_copy(update={"observers": ()})
    plan = made(mission)
    assert hard(mission, plan) == ()
    assert sum(team.kind is Role.STO for team in plan.teams) == sto_pairs


def test_more_teams_than_the_country_holds_gives_a_partial_plan_with_reasons():
    mission = staffed(40, 200).model_copy(update={"observers": ()})
    plan = made(mission)
    assert hard(mission, plan) == ()
    assert any(report.status is StageStatus.PARTIAL for report in plan.stages)
    assert all(entry.reason and entry.remedy for entry in plan.unassigned)


def test_a_country_without_a_bed_gives_a_partial_plan_and_says_so():
    mission = good_mission()
    towns = tuple(town.model_copy(update={"beds": 0}) for town in mission.towns)
    mission = mission.model_copy(update={"towns": towns, "observers": ()})
    plan = made(mission)
    assert hard(mission, plan) == ()
    subjects = {entry.subject for entry in plan.unassigned if entry.kind == "team"}
    assert {"LTO-01", "LTO-02"} <= subjects


@pytest.mark.parametrize("upto", range(1, 5))
def test_some_stages_alone_say_what_was_not_run(upto: int):
    mission = good_mission()
    plan = made(mission, *ALL[:upto])
    skipped = [report.name for report in plan.stages if report.note == "not run"]
    assert skipped == list(ALL[upto:])
    assert {finding.code for finding in hard(mission, plan)} <= {"A1"}


@pytest.mark.parametrize("stage", ALL)
def test_one_stage_again_on_top_of_a_plan(stage: StageName):
    mission = good_mission()
    plan = made(mission)
    again = made(mission, stage, earlier=plan)
    by_name = {report.name: report for report in again.stages}
    assert by_name[stage].note != "not run"
    if stage is StageName.DAYS:
        assert again.days == plan.days
        assert again.teams == plan.teams


def test_a_stage_without_what_it_stands_on_is_refused():
    with pytest.raises(PlannerError, match="stage days stands on allocation, areas, sampling"):
        made(good_mission(), StageName.DAYS)


def test_remarks_of_intake_are_carried_on():
    mission = good_mission()
    remark = Finding(code="IN-X", severity=Severity.INFO, subject="stations", message="seen")
    plan = make_plan(
        mission, make_provider(mission), Effort(scale=0.1), Silent(), remarks=(remark,)
    ).plan
    assert remark in plan.findings
