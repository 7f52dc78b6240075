"""Which decisions each stage would refuse: asked of the stages' own judges, again and again."""

from collections import Counter
from typing import Protocol

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, Unassigned
from planner.explain.variant import with_decision
from planner.objective.pairing import AreaView, area_views
from planner.optimizer.allocation.pins import pin_towns
from planner.optimizer.allocation.slots import slot_ids
from planner.optimizer.areas.frame import make_frame, possible_base
from planner.optimizer.areas.pins import Settling
from planner.optimizer.areas.stage import solve_areas
from planner.optimizer.pairing.eligible import eligible
from planner.optimizer.pairing.pins import sort_pins
from planner.optimizer.pairing.role import solve_role
from planner.optimizer.pairing.solve import Budget
from planner.optimizer.sampling.catchment import catchments
from planner.optimizer.stage import Effort, Silent

_SCALE = 0.1
"""Effort of a stage that is run again only to see which decisions it keeps."""
PAIRING = frozenset(
    {
        DecisionKind.PAIR,
        DecisionKind.NEVER_PAIR,
        DecisionKind.OBSERVER_AREA,
        DecisionKind.NEVER_STATE_AREA,
    }
)
AREAS = frozenset({DecisionKind.DISTRICT_AREA, DecisionKind.BASE_TOWN})
ALLOCATION = frozenset({DecisionKind.TEAM_TOWN})
SAMPLING = frozenset({DecisionKind.VISIT_STATION, DecisionKind.NEVER_STATION})
FAMILIES = (PAIRING, AREAS, ALLOCATION, SAMPLING)
"""Kinds of decisions that can contradict one another."""
CODE = {
    PAIRING: "OP-PAIR-PIN",
    AREAS: "OP-AREA-PIN",
    ALLOCATION: "OP-ALLOC-PIN",
    SAMPLING: "OP-SAMPLE-PIN",
}


class Judge(Protocol):
    """Tells which decisions of a mission are refused.

    Attributes
    ----------
    runs
        Whether it runs a whole stage each time, which takes a while.
    """

    runs: bool

    def refused(self, mission: MissionInput) -> dict[str, str]:
        """Return the reason for each refused decision, by its subject."""

    def confirmed(self, mission: MissionInput) -> dict[str, str]:
        """Return the same from the stage itself, where a first look might be too kind."""


def family_of(decision: Decision) -> frozenset[DecisionKind]:
    """Return the kinds that a decision can contradict."""
    return next(family for family in FAMILIES if decision.kind in family)


def judge_of(
    mission: MissionInput, plan: Plan, travel: TravelProvider, decision: Decision
) -> Judge:
    """Return the quickest judge that tells what becomes of a decision.

    The stages refuse most decisions before they begin; only those that no first look refuses are
    judged by running the stage.
    """
    family = family_of(decision)
    if family == ALLOCATION:
        return _Towns(plan)
    if family == SAMPLING:
        return _Stations(plan, travel, decision)
    with_it = mission if decision in mission.decisions else with_decision(mission, decision)
    quick: Judge
    slow: Judge
    if family == AREAS:
        quick, slow = _Areas(travel, plan, run=False), _Areas(travel, plan, run=True)
    else:
        role = _role(mission, decision)
        quick = _People(plan, travel, role, run=False)
        slow = _People(plan, travel, role, run=True)
    return quick if decision.subject in quick.refused(with_it) else slow


def _role(mission: MissionInput, decision: Decision) -> Role:
    """Return the role that answers for a decision, as the pairing stage sees it."""
    known = mission.observer_of
    roles = {known[name].role for name in decision.observers if name in known}
    return next(iter(roles)) if len(roles) == 1 else Role.LTO


def _reasons(refused: tuple[Unassigned, ...] | list[Unassigned]) -> dict[str, str]:
    return {entry.subject: entry.reason for entry in refused if entry.kind == "decision"}


class _Towns:
    runs = False

    def __init__(self, plan: Plan) -> None:
        self._areas = plan.areas

    def refused(self, mission: MissionInput) -> dict[str, str]:
        return _reasons(pin_towns(mission, self._areas, slot_ids(self._areas)).refused)

    def confirmed(self, mission: MissionInput) -> dict[str, str]:
        return self.refused(mission)


class _Stations:
    """Judges with the area of one station; decisions on other areas are left out."""

    runs = False

    def __init__(self, plan: Plan, travel: TravelProvider, decision: Decision) -> None:
        self._plan, self._travel, self._decision = plan, travel, decision

    def refused(self, mission: MissionInput) -> dict[str, str]:
        name = self._decision.station
        station = None if name is None else mission.station_of.get(name)
        areas = [
            area
            for area in self._plan.areas
            if station is not None and station.district in area.districts
        ]
        here = {district for area in areas for district in area.districts}
        _, refused = catchments(mission, self._travel, areas, self._plan.teams)
        reasons = _reasons(refused)
        known = {
            d.subject
            for d in mission.decisions
            if d.station == name
            or (d.station in mission.station_of and mission.station_of[d.station].district in here)
        }
        return {subject: reason for subject, reason in reasons.items() if subject in known}

    def confirmed(self, mission: MissionInput) -> dict[str, str]:
        return self.refused(mission)


class _Areas:
    def __init__(self, travel: TravelProvider, plan: Plan, *, run: bool) -> None:
        self._travel, self._plan, self.runs = travel, plan, run

    def confirmed(self, mission: MissionInput) -> dict[str, str]:
        result = solve_areas(mission, self._travel, Effort(scale=_SCALE), Silent())
        return _reasons(result.notes.unassigned)

    def refused(self, mission: MissionInput) -> dict[str, str]:
        if self.runs:
            return self.confirmed(mission)
        frame = make_frame(mission, mission.teams_wanted(Role.LTO) or None, self._travel)
        ids = frozenset(AreaId(f"A{k:02d}") for k in range(1, frame.teams + 1))
        settled = Settling(
            mission,
            ids,
            lambda town: possible_base(mission, mission.town_of[town]),
            frozenset(district.id for district in frame.districts),
            lambda _pins: True,
        ).settle()
        return {dropped.decision.subject: dropped.reason for dropped in settled.dropped}


class _People:
    def __init__(self, plan: Plan, travel: TravelProvider, role: Role, *, run: bool) -> None:
        self._plan, self._travel, self._role, self.runs = plan, travel, role, run
        self._slots = [team for team in plan.teams if team.kind is role]
        self._views: dict[AreaId, AreaView] | None = None

    def confirmed(self, mission: MissionInput) -> dict[str, str]:
        if self._views is None:
            # No trial changes places or what observers are restricted by.
            self._views = area_views(mission, self._plan.areas, self._travel)
        budget = Budget(_SCALE, 1, None, lambda: False, lambda _value, _bound: None)
        result = solve_role(mission, self._role, self._views, self._slots, budget)
        return _reasons(result.unassigned)

    def refused(self, mission: MissionInput) -> dict[str, str]:
        if self.runs:
            return self.confirmed(mission)
        roster = eligible(mission, self._role)
        barred = {ObserverId(entry.subject): entry.reason for entry in roster.left_out}
        barred |= {person.id: "the observer is a reserve." for person in roster.reserves}
        quota = Counter(team.area for team in self._slots)
        pins = sort_pins(mission, self._role, roster.observers, quota, barred)
        return _reasons(pins.refused)
