"""What the referee says where documents are fine, thin, or cannot be recomputed."""

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix
from planner.domain.finding import Severity
from planner.domain.mission import Staffing
from planner.domain.plan import Plan, StageName, StageStatus, Unassigned
from planner.errors import PlannerError
from planner.referee import check_plan
from planner.rules.case import Case
from tests.good_plan import TRAVEL, good_mission, good_plan, seal
from tests.referee.changes import (
    day_with,
    input_with,
    mission_with,
    plan_with,
)
from tests.referee.record_mutations import a_missing_opening


class Unreachable:
    """A routing server that is down."""

    provenance = "a server"

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        raise PlannerError("TR-SERVER", f"no answer for {len(origins)} x {len(destinations)}")

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        raise PlannerError("TR-SERVER", f"no answer for {len(origins)}, {len(destinations)}")


class Roadless:
    """A country without roads."""

    provenance = "no roads"

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        nowhere = np.full((len(origins), len(destinations)), UNROUTABLE)
        return TravelMatrix(nowhere, nowhere)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        nowhere = np.full(min(len(origins), len(destinations)), UNROUTABLE)
        return TravelMatrix(nowhere, nowhere)


def test_an_empty_plan_is_valid_for_a_mission_that_deploys_nobody():
    mission = mission_with(good_mission(), staffing=Staffing())
    plan = good_plan()
    empty = Plan(mission=plan.mission, sample_mode=plan.sample_mode, provenance=plan.provenance)

    assert check_plan(mission, empty, TRAVEL).hard == ()


def test_a_mission_without_stos_is_valid():
    staffing = Staffing(lto_teams=2)
    mission = mission_with(good_mission(), staffing=staffing)
    plan = good_plan()
    areas = tuple(area.model_copy(update={"sto_pairs": 0}) for area in plan.areas)
    teams = tuple(team for team in plan.teams if team.id.startswith("LTO"))
    update = {"areas": areas, "teams": teams, "days": (), "sample": ()}

    verdict = check_plan(mission, seal(mission, plan.model_copy(update=update)), TRAVEL)

    assert verdict.hard == ()
    assert {finding.code for finding in verdict.soft} <= {"S1"}


def test_unnamed_slots_are_valid_without_a_roster():
    mission = input_with(good_mission(), observers=())
    plan = good_plan()
    slots = tuple(team.model_copy(update={"members": ()}) for team in plan.teams)

    verdict = check_plan(mission, seal(mission, plan.model_copy(update={"teams": slots})), TRAVEL)

    assert verdict.findings == ()


@pytest.mark.parametrize("travel", [None, Unreachable()])
def test_unreachable_travel_times_are_told_and_clock_times_still_judged(
    travel: Unreachable | None,
):
    verdict = check_plan(good_mission(), good_plan(), travel)

    assert verdict.passed
    assert {"R-TRAVEL", "R-OBJ"} <= {finding.code for finding in verdict.info}
    assert verdict.objectives[StageName.AREAS] is None


def test_legs_without_a_way_are_hard():
    verdict = check_plan(good_mission(), good_plan(), Roadless())

    finding = next(finding for finding in verdict.hard if finding.code == "R-TRAVEL")
    assert "no way" in finding.limit


def test_objectives_are_recomputed_and_returned():
    plan = good_plan()

    verdict = check_plan(good_mission(), plan, TRAVEL)

    stated = {report.name: report.objective for report in plan.stages}
    assert verdict.objectives == pytest.approx(stated)
    assert verdict.objectives[StageName.DAYS] is not None


def test_a_skipped_stage_claims_nothing():
    nothing = {"status": StageStatus.SKIPPED, "objective": None, "bound": None, "gap": None}

    plan = plan_with(good_plan(), "stages", StageName.PAIRING, **nothing)

    assert check_plan(good_mission(), plan, TRAVEL).findings == ()


def test_a_reason_makes_a_missing_opening_acceptable():
    mission, plan = a_missing_opening(good_mission(), good_plan())
    left = Unassigned(kind="team", subject="STO-001", code="X", reason="snow", remedy="none")
    plan = seal(mission, plan.model_copy(update={"unassigned": (left,)}))

    assert check_plan(mission, plan, TRAVEL).hard == ()


def test_a_reason_makes_a_missing_team_acceptable():
    mission = mission_with(good_mission(), staffing=Staffing(lto_teams=2, sto_pairs=6))
    left = Unassigned(kind="team", subject="STO-006", code="X", reason="no beds", remedy="beds")
    plan = good_plan().model_copy(update={"unassigned": (left,)})

    assert check_plan(mission, seal(mission, plan), TRAVEL).hard == ()


def test_a_day_may_keep_the_offset_of_election_day_past_a_change_of_clocks():
    # Clocks went back on 2022-10-30 at 04:00 in Chisinau; a count ran from one side to the other.
    mission = mission_with(good_mission(), e_day=date(2022, 10, 29))
    zones = tuple(
        region.model_copy(update={"time_zone": "Europe/Chisinau"}) for region in mission.regions
    )
    mission = input_with(mission, regions=zones)
    plan = good_plan(mission)
    late = plan.days[0].reach_base.replace(day=30, hour=5, minute=0, second=0)
    plan = day_with(plan, "STO-001", lambda day: day.model_copy(update={"reach_base": late}))

    codes = {finding.code for finding in check_plan(mission, plan, TRAVEL).hard}

    assert "R-ORDER" in codes  # nobody drives for hours
    assert "R-ZONE" not in codes


def test_a_verdict_lists_its_findings_by_severity():
    mission = input_with(good_mission(), input_hash="other")

    verdict = check_plan(mission, good_plan(), None)

    order = [finding.severity for finding in verdict.findings]
    assert order == sorted(order, key=list(Severity).index)
    assert verdict.mission == mission.mission.id


def test_the_referee_imports_no_optimizer():
    code = (
        "import sys, planner.referee, planner.objective.areas\n"
        "heavy = ('planner.optimizer', 'ortools', 'pyvrp', 'rustworkx', 'geopandas', 'pandas')\n"
        "sys.exit(str([name for name in heavy if name in sys.modules] or ''))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr.strip() == ""


def test_a_case_reads_the_first_of_two_records_with_one_id():
    plan = good_plan()
    twin = plan.teams[0].model_copy(update={"base_town": "T-E3"})

    case = Case(good_mission(), plan.model_copy(update={"teams": (*plan.teams, twin)}))

    assert case.team_of[twin.id].base_town == "T-W1"
    assert len(case.teams) == len(plan.teams)
