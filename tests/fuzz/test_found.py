"""Faults that the fuzz tests have found, each as the smallest mission that shows it."""

from datetime import time

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, StationId, TeamId, TownId
from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Adjacency
from planner.domain.plan import Phase, Plan, StageName
from planner.domain.policy import DayPolicy, ObservationMode, Policies, SampleMode, SamplePolicy
from planner.optimizer.pipeline import make_plan
from planner.optimizer.stage import NOT_RUN_CODE, Effort, Silent
from planner.planning import PlanStatus, status_of
from planner.referee import check_plan
from tests.good_plan import TRAVEL, good_mission

VISIT = Decision(kind=DecisionKind.VISIT_STATION, station=StationId("W1-1"))
SLEEP = Decision(kind=DecisionKind.TEAM_TOWN, team=TeamId("STO-001"), town=TownId("T-W1"))
BASE = Decision(kind=DecisionKind.BASE_TOWN, area=AreaId("A01"), town=TownId("T-E1"))
HERE = Decision(kind=DecisionKind.DISTRICT_AREA, area=AreaId("A02"), district=DistrictId("W1"))


def planned(mission: MissionInput) -> Plan:
    """Plan, and let the referee pass it."""
    plan = make_plan(mission, TRAVEL, Effort(scale=0.1), Silent(), clock=lambda: 0.0).plan
    assert check_plan(mission, plan, TRAVEL).hard == ()
    return plan


def small(
    lto_teams: int = 2, sto_pairs: int = 5, policies: Policies | None = None, **fields: object
) -> MissionInput:
    """Return the good mission with other numbers, without people."""
    mission = good_mission()
    head = {
        "staffing": Staffing(lto_teams=lto_teams, sto_pairs=sto_pairs),
        "policies": policies or Policies(),
    }
    changed = mission.mission.model_copy(update=head)
    return mission.model_copy(update={"mission": changed, "observers": (), **fields})


def apart() -> tuple[Adjacency, ...]:
    """Return the borders without the one that joins east and west."""
    return tuple(pair for pair in good_mission().adjacency if {pair.a, pair.b} != {"E1", "W2"})


@pytest.mark.parametrize(
    ("lto_teams", "decisions"),
    [(0, (BASE, HERE, SLEEP, VISIT)), (2, (SLEEP, VISIT))],
    ids=["nobody", "LTOs only"],
)
def test_decisions_of_a_mission_without_pairs_are_told(
    lto_teams: int, decisions: tuple[Decision, ...]
):
    plan = planned(small(lto_teams, 0, decisions=decisions))
    lost = {entry.subject for entry in plan.unassigned if entry.kind == "decision"}
    assert lost == {decision.subject for decision in decisions}


def test_a_team_without_a_town_leads_its_area_beside_teams_with_one():
    """The two halves of the country are not joined, and the east has no bed."""
    towns = tuple(
        town.model_copy(update={"beds": 0 if town.district.startswith("E") else 10})
        for town in good_mission().towns
    )
    plan = planned(small(2, 2, adjacency=apart(), towns=towns))
    assert {area.base_town for area in plan.areas} == {None, "T-W1"}
    assert sum(team.kind is Role.LTO for team in plan.teams) == 1


@pytest.mark.parametrize("minutes", [29, 60, 95])
def test_a_static_pair_needs_a_station_that_is_open_for_a_visit(minutes: int):
    stations = tuple(
        station.model_copy(
            update={"opens": time(9), "closes": time(9 + minutes // 60, minutes % 60)}
        )
        for station in good_mission().stations
    )
    static = Policies(day=DayPolicy(mode=ObservationMode.STATIC))
    plan = planned(small(policies=static, stations=stations))
    assert bool(plan.days) is (minutes >= 30 + 35 + 30)


def test_no_voting_visit_for_static_pairs_where_the_policy_allows_none():
    policy = Policies(day=DayPolicy(mode=ObservationMode.STATIC, max_visits=0))
    assert planned(small(policies=policy)).days == ()


def test_a_pin_that_leaves_a_district_without_a_possible_base_is_dropped():
    base = BASE.model_copy(update={"town": TownId("T-W1")})
    here = HERE.model_copy(update={"district": DistrictId("W2")})
    plan = planned(small(adjacency=apart(), decisions=(base, here)))
    assert [e.subject for e in plan.unassigned if e.kind == "decision"] == [here.subject]


def test_a_substitute_may_be_the_opening_that_no_primary_can_be():
    """Of two urban stations the one with more voters is drawn, and is too far to drive to."""
    mission = good_mission()
    (town,) = (town for town in mission.towns if town.id == "T-W1")
    near = [s for s in mission.stations if s.id in {"W1-1", "W1-2"}]
    far = next(s for s in mission.stations if s.id == "W1-3")
    far = far.model_copy(update={"lat": town.lat + 0.4, "voters": 9_000})
    policies = Policies(
        day=DayPolicy(max_visits=1, max_drive_min=30, max_leg_min=200, tabulation_min=0),
        allocation=good_mission().mission.policies.allocation.model_copy(update={"reach_min": 200}),
        sample=SamplePolicy(mode=SampleMode.COVERAGE, stations_per_pair=2, substitutes_per_pair=1),
    )
    only = {"stations": tuple(sorted([*near, far], key=lambda s: s.id))}
    plan = planned(small(1, 1, policies, **only))
    phases = {stop.phase for day in plan.days for stop in day.stops}
    assert {Phase.OPENING, Phase.COUNTING} <= phases


def test_a_refused_visit_does_not_stand_in_for_the_one_that_was_kept():
    """There is no ninth pair; the fourth, which the other decision names, goes there."""
    visits = tuple(
        Decision(
            kind=DecisionKind.VISIT_STATION, station=StationId("W1-1"), team=TeamId(f"STO-00{n}")
        )
        for n in (9, 4)
    )
    plan = planned(small(decisions=visits))
    assert [e.subject for e in plan.unassigned if e.kind == "decision"] == [visits[0].subject]
    assert "STO-004" in {
        day.team for day in plan.days for stop in day.stops if stop.place == "W1-1"
    }


def test_a_plan_of_some_stages_says_which_decisions_wait():
    visit = SLEEP.model_copy(update={"town": TownId("T-E1")})
    mission = small(decisions=(BASE, visit, VISIT))
    plan = make_plan(
        mission, TRAVEL, Effort(scale=0.1), Silent(), stages=[StageName.AREAS], clock=lambda: 0.0
    ).plan
    assert check_plan(mission, plan, TRAVEL).hard == ()
    waiting = [e.subject for e in plan.unassigned if e.code == NOT_RUN_CODE]
    assert waiting == [visit.subject, VISIT.subject]
    assert status_of(plan, hard=0) is PlanStatus.FINE
