"""The founding mission planned again after small changes: how little moves."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from geodata.travel.provider import TravelProvider
from planner.compare import compare_plans
from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Finding
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, Plan, StageName
from planner.export.document import dump_plan, load_plan
from planner.intake.folder import load_mission
from planner.optimizer.pipeline import PipelineResult
from planner.optimizer.stage import Effort, Silent
from planner.referee import check_plan
from planner.replan import replan
from planner.replan.frontier import point
from planner.travel import make_provider
from tests.replan.small import chosen, points

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Kazakhstan:
    """The demo with its plan."""

    mission: MissionInput
    remarks: tuple[Finding, ...]
    travel: TravelProvider
    plan: Plan

    def again(self, *decisions: Decision, stability: float = 1.0) -> PipelineResult:
        """Plan again with decisions; the referee finds nothing hard, all decisions are kept."""
        mission = self.mission
        if decisions:
            mission = mission.model_copy(update={"decisions": decisions, "input_hash": "pinned"})
        result = replan(
            mission,
            self.travel,
            Effort(),
            Silent(),
            earlier=self.plan,
            earlier_mission=self.mission,
            stability=stability,
            remarks=self.remarks,
            clock=lambda: 0.0,
        )
        assert check_plan(mission, result.plan, self.travel).hard == ()
        assert not [entry for entry in result.plan.unassigned if entry.kind == "decision"]
        return result


@pytest.fixture(scope="module")
def kazakhstan(founding_folder: Path) -> Kazakhstan:
    loaded = load_mission(founding_folder)
    travel = make_provider(loaded.mission_input)
    plan = load_plan(founding_folder / "plan.json")
    return Kazakhstan(loaded.mission_input, loaded.findings, travel, plan)


def test_nothing_changed_is_the_same_bytes_and_nothing_is_solved(kazakhstan: Kazakhstan):
    result = kazakhstan.again()
    assert dump_plan(result.plan) == dump_plan(kazakhstan.plan)
    assert {point.label for point in result.points} == {"unchanged"}


@pytest.mark.parametrize("team", ["STO-010", "STO-075", "STO-150", "LTO-08"])
def test_a_parted_couple_moves_at_most_six_people_and_nothing_else(
    kazakhstan: Kazakhstan, team: str
):
    (couple,) = [t.members for t in kazakhstan.plan.teams if t.id == team]
    result = kazakhstan.again(Decision(kind=DecisionKind.NEVER_PAIR, observers=couple))
    assert 2 <= chosen(result, StageName.PAIRING).moves <= 6
    change = compare_plans(kazakhstan.plan, result.plan)
    assert len(change.people) <= 6
    assert (change.areas, change.teams, change.stations, change.retimed) == ((), (), (), ())
    found = points(result, StageName.PAIRING)
    assert found["kept"].moves < found["free"].moves


def test_a_barred_station_changes_the_days_of_its_cluster_only(kazakhstan: Kazakhstan):
    day = kazakhstan.plan.days[20]
    station = next(stop.place for stop in day.stops if stop.phase is Phase.VOTING)
    barred = Decision(kind=DecisionKind.NEVER_STATION, station=StationId(station))
    result = kazakhstan.again(barred)
    assert "17 of 18 clusters are as they were" in chosen(result, StageName.DAYS).note
    assert chosen(result, StageName.DAYS).moves <= 6
    area_of = {team.id: team.area for team in kazakhstan.plan.teams}
    before = {d.team: d for d in kazakhstan.plan.days}
    moved = {d.team for d in result.plan.days if d != before[d.team]}
    assert {area_of[team] for team in moved} <= {area_of[day.team]}


def test_a_district_at_the_border_moves_alone(kazakhstan: Kazakhstan):
    owner = {d: area.id for area in kazakhstan.plan.areas for d in area.districts}
    homes = {
        t.district
        for t in kazakhstan.mission.towns
        if t.id in {area.base_town for area in kazakhstan.plan.areas}
    }
    pair = next(
        p for p in kazakhstan.mission.adjacency if owner[p.a] != owner[p.b] and p.a not in homes
    )
    moved = Decision(kind=DecisionKind.DISTRICT_AREA, district=pair.a, area=owner[pair.b])
    result = kazakhstan.again(moved)
    assert 1 <= chosen(result, StageName.AREAS).moves <= 3
    assert chosen(result, StageName.ALLOCATION).moves <= 4
    assert chosen(result, StageName.PAIRING).moves <= 8


def test_a_repair_after_a_withdrawal_and_an_isolated_region_loses_next_to_nothing(
    kazakhstan: Kazakhstan,
):
    mission, plan = kazakhstan.mission, kazakhstan.plan
    (gone,) = [team for team in plan.teams if team.id == "STO-091"]
    inside = {d.id for d in mission.districts if d.region == mission.regions[0].id}
    staffing = mission.mission.staffing.model_copy(update={"sto_pairs": 149})
    changed = mission.model_copy(
        update={
            "mission": mission.mission.model_copy(update={"staffing": staffing}),
            "observers": tuple(o for o in mission.observers if o.id not in gone.members),
            "stations": tuple(s for s in mission.stations if s.district not in inside),
            "input_hash": "disrupted",
        }
    )
    result = replan(
        changed,
        kazakhstan.travel,
        Effort(),
        Silent(),
        earlier=plan,
        earlier_mission=mission,
        stability=0.5,
        quick=True,
        clock=lambda: 0.0,
    )
    assert check_plan(changed, result.plan, kazakhstan.travel).hard == ()
    assert {p.label for p in result.points if p.stage is StageName.ALLOCATION} == {"kept"}
    found = point(changed, plan, result.plan, 0.5)
    assert found.lost_share <= 0.05
    (before,) = [report for report in plan.stages if report.name is StageName.DAYS]
    assert found.value is not None
    assert before.objective is not None
    assert found.value >= 0.98 * before.objective * 149 / 150
    assert len(result.plan.days) == 149
