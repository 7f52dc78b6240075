"""A quick repair: what stands in for free runs, who goes, who moves, and when nothing stands in."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, StationId
from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName
from planner.export.document import dump_plan
from planner.optimizer.pipeline import PipelineResult
from planner.optimizer.stage import Silent
from planner.replan import replan
from planner.replan.days import choose_days
from planner.travel import make_provider
from tests.replan.small import (
    EFFORT,
    MISSION,
    again,
    changed,
    chosen,
    decided,
    first,
    hard,
    made,
    points,
)
from tests.replan.test_replan import CHANGES

VISITED = StationId(first().days[0].stops[1].place)


def repaired(
    mission: MissionInput, stability: float = 0.5, before: MissionInput = MISSION
) -> PipelineResult:
    return replan(
        mission,
        make_provider(mission),
        EFFORT,
        Silent(),
        earlier=first(),
        earlier_mission=before,
        stability=stability,
        quick=True,
        clock=lambda: 0.0,
    )


def without(team: str) -> MissionInput:
    """Let a pair withdraw, and plan one pair less."""
    (members,) = [t.members for t in first().teams if t.id == team]
    staffing = Staffing(lto_teams=2, sto_pairs=4)
    return changed(
        mission=MISSION.mission.model_copy(update={"staffing": staffing}),
        observers=tuple(o for o in MISSION.observers if o.id not in members),
    )


def couples(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {team.id: team.members for team in plan.teams}


def seen(plan: Plan) -> set[tuple[str, str]]:
    return {(d.team, s.place) for d in plan.days for s in d.stops if s.place_kind == "station"}


@pytest.mark.parametrize("team", [t.id for t in first().teams if t.kind is Role.STO])
def test_the_pair_that_withdraws_goes_and_nobody_else_moves(team: str):
    mission = without(team)
    result = repaired(mission)
    assert hard(mission, result.plan) == ()
    assert couples(result.plan) == {t: m for t, m in couples(first()).items() if t != team}
    assert {(t, s) for t, s in seen(first()) if t != team} <= seen(result.plan)
    assert chosen(result, StageName.ALLOCATION).moves == 1


def test_nothing_is_solved_freely_that_stands(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("planner.replan.again.run_stage", _only_quick_ones)
    result = repaired(without("STO-003"))
    areas, allocation = StageName.AREAS, StageName.ALLOCATION
    assert set(points(result, areas)) == set(points(result, allocation)) == {"kept"}
    assert chosen(result, areas).bound is chosen(result, allocation).bound is None
    assert set(points(result, StageName.DAYS)) <= {"kept", "mixed"}
    assert "planned again quickly" in result.plan.provenance.notes[-1]


def _only_quick_ones(stage: StageName, *parts: object) -> object:
    from planner.optimizer.run_stage import run_stage  # noqa: PLC0415 - the original

    assert stage in (StageName.PAIRING, StageName.SAMPLING)
    return run_stage(stage, *parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("stability", [0.02, 0.5, 1.0])
def test_the_referee_passes_every_repair(name: str, stability: float):
    mission = CHANGES[name]
    result = repaired(mission, stability)
    assert hard(mission, result.plan) == ()
    assert all(entry.reason and entry.remedy for entry in result.plan.unassigned)


@pytest.mark.parametrize("name", CHANGES)
def test_a_repair_gives_up_no_decision_that_a_free_plan_keeps(name: str):
    mission = CHANGES[name]
    dropped = [
        {e.subject for e in plan.unassigned if e.kind == "decision"}
        for plan in (repaired(mission).plan, made(mission))
    ]
    assert dropped[0] <= dropped[1]


@pytest.mark.parametrize("name", ["a district is moved", "one area more", "a town is gone"])
def test_another_shape_of_areas_is_solved_freely(name: str):
    assert "free" in points(repaired(CHANGES[name]), StageName.AREAS)


def test_pairs_leave_a_region_that_has_no_stations_any_more():
    west = {"W1", "W2"}
    mission = changed(stations=tuple(s for s in MISSION.stations if s.district not in west))
    result = repaired(mission)
    assert hard(mission, result.plan) == ()
    assert chosen(result, StageName.AREAS).label == "kept"
    homes = {MISSION.town_of[t.base_town].district for t in result.plan.teams if t.kind is Role.STO}
    assert not homes & west
    assert len(result.plan.days) == 5
    # The couples go together, under the names that they had.
    assert couples(result.plan) == couples(first())
    # There are hardly more stations than five pairs see: those that stay give some of theirs up.
    stay = {t.id for t in first().teams if t.area != _area("W1")}
    theirs = {(t, s) for t, s in seen(first()) if t in stay}
    assert len(theirs & seen(result.plan)) > len(theirs) / 2
    drawn = [entry.station for entry in result.plan.sample]
    assert len(drawn) == len(set(drawn))


def _area(district: str) -> AreaId:
    (area,) = [a.id for a in first().areas if DistrictId(district) in a.districts]
    return area


def test_the_same_repair_is_the_same_bytes_and_nothing_changed_is_nothing_done():
    mission = without("STO-002")
    assert dump_plan(repaired(mission).plan) == dump_plan(repaired(mission).plan)
    assert dump_plan(repaired(MISSION).plan) == dump_plan(first())


def test_an_unknown_input_has_no_stand_in():
    elsewhere = MISSION.model_copy(update={"input_hash": "elsewhere"})
    result = repaired(MISSION, before=elsewhere)
    assert "free" in points(result, StageName.AREAS)
    assert result.plan.days == first().days


def test_days_between_kept_and_free_are_worth_what_they_change():
    mission = decided(Decision(kind=DecisionKind.NEVER_STATION, station=VISITED))
    by_stability = [again(mission, s) for s in (0.02, 0.5, 1.0)]
    moved = [chosen(result, StageName.DAYS).moves for result in by_stability]
    assert moved == sorted(moved, reverse=True)
    values = [chosen(result, StageName.DAYS).objective or 0.0 for result in by_stability]
    assert values == sorted(values, reverse=True)


def test_no_cluster_is_planned_anew_in_a_repair(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        msg = "planned anew"
        raise AssertionError(msg)

    monkeypatch.setattr(f"{choose_days.__module__}.solve_scenes", refuse)
    mission = decided(Decision(kind=DecisionKind.NEVER_STATION, station=VISITED))
    assert hard(mission, repaired(mission).plan) == ()
