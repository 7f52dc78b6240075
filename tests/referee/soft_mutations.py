"""Every single way to weaken the good plan: the soft rules."""

from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience, Gender
from planner.domain.place import Adjacency, StationKind
from planner.domain.plan import Plan
from tests.referee.changes import (
    Change,
    Mutation,
    input_with,
    plan_with,
    policy_with,
    record_with,
    rerouted,
)

Weak = tuple[MissionInput, Plan]
SOFT_MUTATIONS: list[Mutation] = []


def weakens(code: str):
    """Enter a function as the mutation that weakens ``code`` and nothing else."""

    def enter(change: Change) -> Change:
        SOFT_MUTATIONS.append(Mutation(code, change.__name__.replace("_", " "), change))
        return change

    return enter


@weakens("P1")
def an_unnamed_team_that_the_roster_could_fill(mission: MissionInput, plan: Plan) -> Weak:
    return mission, plan_with(plan, "teams", "STO-001", members=())


@weakens("P9")
def two_women(mission: MissionInput, plan: Plan) -> Weak:
    return record_with(mission, "observers", "STO-P02", gender=Gender.F), plan


@weakens("P10")
def two_newcomers(mission: MissionInput, plan: Plan) -> Weak:
    return record_with(mission, "observers", "STO-P01", experience=Experience.NEW), plan


@weakens("P11")
def nobody_speaks_a_local_language(mission: MissionInput, plan: Plan) -> Weak:
    languages = mission.observers[-1].languages[:1]  # English
    return record_with(mission, "observers", "STO-P01", languages=languages), plan


@weakens("A5")
def an_area_too_small(mission: MissionInput, plan: Plan) -> Weak:
    return policy_with(mission, "areas", balance_tolerance=0.15), plan


@weakens("A6")
def a_region_split_without_need(mission: MissionInput, plan: Plan) -> Weak:
    # X1 has no stations, so that the loads stay; only the west may not touch it.
    beside = Adjacency(a=DistrictId("W1"), b=DistrictId("X1"), reason="test: joined")
    mission = input_with(mission, adjacency=(*mission.adjacency, beside))
    plan = plan_with(plan, "areas", "A01", districts=("W1", "W2", "X1"))
    return mission, plan_with(plan, "areas", "A02", districts=("E1", "E2", "E3"))


@weakens("A7")
def a_span_too_wide(mission: MissionInput, plan: Plan) -> Weak:
    return policy_with(mission, "areas", span_amber=2.5), plan


@weakens("A8")
def a_district_too_far(mission: MissionInput, plan: Plan) -> Weak:
    return policy_with(mission, "areas", max_base_to_district_min=60), plan


@weakens("S1")
def a_state_above_its_quota(mission: MissionInput, plan: Plan) -> Weak:
    return record_with(mission, "observers", "STO-P11", reserve=False), plan


@weakens("S2")
def visits_lean_to_the_towns(mission: MissionInput, plan: Plan) -> Weak:
    return policy_with(mission, "sample", balance_tolerance=0.01), plan


@weakens("S3")
def too_many_special_stations(mission: MissionInput, plan: Plan) -> Weak:
    mission = record_with(mission, "stations", "W1-2", kind=StationKind.SPECIAL)
    mission = record_with(mission, "stations", "W2-2", kind=StationKind.SPECIAL)
    return policy_with(mission, "sample", max_special_share=0.05), plan


@weakens("S4")
def a_commission_untouched(mission: MissionInput, plan: Plan) -> Weak:
    new = mission.commissions[0].model_copy(update={"id": "C-X"})
    mission = input_with(mission, commissions=(*mission.commissions, new))
    return record_with(mission, "stations", "E1-6", commission="C-X"), plan


@weakens("D9")
def a_long_drive_after_dark(mission: MissionInput, plan: Plan) -> Weak:
    return policy_with(mission, "day", max_dark_leg_min=30), plan


@weakens("D10")
def a_day_with_many_more_visits(mission: MissionInput, plan: Plan) -> Weak:
    substitute = next(drawn for drawn in plan.sample if drawn.station == "E1-5")
    more = tuple(substitute.model_copy(update={"station": name}) for name in ("E1-6", "E2-6"))
    plan = plan.model_copy(update={"sample": (*plan.sample, *more)})
    mission = policy_with(mission, "day", max_drive_min=300)
    visits = ("E1-2", "E1-5", "E1-6", "E2-5", "E2-6", "E3-5", "E1-3")
    return mission, rerouted(mission, plan, "STO-003", ("E1-1", *visits, "E1-4"), "C-E")


@weakens("R-SAMPLE")
def a_visit_outside_the_draw(mission: MissionInput, plan: Plan) -> Weak:
    sample = tuple(drawn for drawn in plan.sample if drawn.station != "E1-2")
    return mission, plan.model_copy(update={"sample": sample})
