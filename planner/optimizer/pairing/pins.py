"""Decisions about people: sorted into those that can be kept and those refused, with reasons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId, State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import Unassigned

CODE = "OP-PAIR-PIN"


@dataclass
class RolePins:
    """What decisions ask of the observers of one role.

    Parameters
    ----------
    mate_of
        Required partner, both ways (P7).
    never
        Excluded pairs (P7).
    never_area
        States that are kept away from areas (P8).
    area_of
        Areas that observers are pinned to (A4).
    refused
        Decisions that cannot be kept.
    """

    mate_of: dict[ObserverId, ObserverId] = field(default_factory=dict)
    never: set[frozenset[ObserverId]] = field(default_factory=set)
    never_area: set[tuple[State, AreaId]] = field(default_factory=set)
    area_of: dict[ObserverId, AreaId] = field(default_factory=dict)
    refused: list[Unassigned] = field(default_factory=list)
    kept: list[Decision] = field(default_factory=list)

    def kept_from(self, observer: Observer) -> frozenset[AreaId]:
        """Return the areas that the observer's State is kept away from."""
        return frozenset(area for state, area in self.never_area if state == observer.state)

    def may_work(self, observer: Observer, area: AreaId) -> bool:
        """Tell whether decisions let the observer work in ``area``."""
        pinned = self.area_of.get(observer.id, area)
        return pinned == area and (observer.state, area) not in self.never_area

    def refuse(self, decision: Decision, reason: str, remedy: str) -> None:
        """Note that ``decision`` is not kept."""
        self.refused.append(
            Unassigned(
                kind="decision", subject=decision.subject, code=CODE, reason=reason, remedy=remedy
            )
        )

    def drop(self, decision: Decision, reason: str, remedy: str) -> None:
        """Give up a decision that was kept so far, and its equals."""
        for name in decision.observers:
            if decision.kind is DecisionKind.PAIR:
                self.mate_of.pop(name, None)
            else:
                self.area_of.pop(name, None)
        equals = [
            other
            for other in self.kept
            if other.kind is decision.kind and set(other.observers) == set(decision.observers)
        ]
        for equal in equals:
            self.kept.remove(equal)
            self.refuse(equal, reason, remedy)


def sort_pins(
    mission: MissionInput,
    role: Role,
    eligible: Sequence[Observer],
    quota: Mapping[AreaId, int],
    barred: Mapping[ObserverId, str],
) -> RolePins:
    """Sort the decisions that concern ``role``; of contradictory ones the earlier is kept.

    Prohibitions come first: a required pair that is also excluded is refused. Decisions about
    people of both roles are refused with the LTOs.

    Parameters
    ----------
    eligible
        Observers who may be deployed.
    quota
        Slots of each area.
    barred
        Why other observers of the role may not be deployed.
    """
    sorter = _Sorter(mission, role, eligible, quota, barred)
    for decision in mission.decisions:
        sorter.forbid(decision)
    for decision in mission.decisions:
        sorter.require(decision)
    return sorter.pins


class _Sorter:
    def __init__(
        self,
        mission: MissionInput,
        role: Role,
        eligible: Sequence[Observer],
        quota: Mapping[AreaId, int],
        barred: Mapping[ObserverId, str],
    ) -> None:
        self.pins = RolePins()
        self._known = mission.observer_of
        self._role = role
        self._eligible = {observer.id: observer for observer in eligible}
        self._quota = quota
        self._barred = barred
        self._pinned: Counter[AreaId] = Counter()

    def forbid(self, decision: Decision) -> None:
        if decision.kind is DecisionKind.NEVER_PAIR:
            self.pins.never.add(frozenset(decision.observers))
        elif decision.kind is DecisionKind.NEVER_STATE_AREA and decision.state and decision.area:
            self.pins.never_area.add((decision.state, decision.area))

    def require(self, decision: Decision) -> None:
        if decision.kind not in {DecisionKind.PAIR, DecisionKind.OBSERVER_AREA}:
            return
        if not self._mine(decision):
            return
        objection = self._absent(decision) or (
            self._pair_objection(decision)
            if decision.kind is DecisionKind.PAIR
            else self._area_objection(decision)
        )
        if objection is not None:
            self.pins.refuse(decision, *objection)
            return
        if decision.kind is DecisionKind.PAIR:
            first, second = decision.observers
            self.pins.mate_of[first], self.pins.mate_of[second] = second, first
        elif decision.area and decision.observers[0] not in self.pins.area_of:
            self.pins.area_of[decision.observers[0]] = decision.area
            self._pinned[decision.area] += 1
        self.pins.kept.append(decision)

    def _mine(self, decision: Decision) -> bool:
        """Tell whether this role answers for the decision; LTOs do for unclear ones."""
        roles = {self._known[name].role for name in decision.observers if name in self._known}
        return roles == {self._role} or (self._role is Role.LTO and len(roles) != 1)

    def _absent(self, decision: Decision) -> tuple[str, str] | None:
        for name in decision.observers:
            if name not in self._known:
                return f"There is no observer {name} on the roster.", "Correct the observer's id."
        if len({self._known[name].role for name in decision.observers}) > 1:
            return (
                "One of the two is an LTO and the other an STO.",
                "Require two observers of one role, or withdraw the decision.",
            )
        for name in decision.observers:
            if name not in self._eligible:
                why = self._barred.get(name, "the observer is not deployed")
                return f"{name} cannot be deployed: {why}", "Correct the roster, or withdraw it."
        return None

    def _pair_objection(self, decision: Decision) -> tuple[str, str] | None:
        first, second = decision.observers
        withdraw = "Withdraw one of the two decisions."
        state = self._eligible[first].state
        if state == self._eligible[second].state:
            return (
                f"Rule P2: {first} and {second} both come from {state}.",
                "Require a pair of two different States.",
            )
        if frozenset(decision.observers) in self.pins.never:
            return f"Rule P7: another decision excludes the pair {first} and {second}.", withdraw
        for name, mate in ((first, second), (second, first)):
            if self.pins.mate_of.get(name, mate) != mate:
                earlier = self.pins.mate_of[name]
                return f"Rule P4: {name} is already required with {earlier}.", withdraw
        areas = {self.pins.area_of.get(name) for name in decision.observers} - {None}
        if len(areas) > 1:
            named = " and ".join(sorted(str(area) for area in areas))
            return f"Rule A4: the two are pinned to different areas, {named}.", withdraw
        if not any(self._both_may(first, second, area) for area in self._quota):
            return (
                f"Rule P8: no area with slots is open to both {first} and {second}.",
                "Allow one of their States in an area, or require another pair.",
            )
        return None

    def _both_may(self, first: ObserverId, second: ObserverId, area: AreaId) -> bool:
        return bool(self._quota[area]) and all(
            self.pins.may_work(self._eligible[name], area) for name in (first, second)
        )

    def _area_objection(self, decision: Decision) -> tuple[str, str] | None:
        (name,) = decision.observers
        area = AreaId(decision.area or "")
        withdraw = "Withdraw one of the two decisions."
        observer = self._eligible[name]
        slots = self._quota.get(area, 0)
        if not slots:
            return (
                f"Area {area} has no {self._role} slot in this plan.",
                "Choose an area with slots, or allocate a pair to this one.",
            )
        earlier = self.pins.area_of.get(name)
        if earlier is not None:
            clash = f"Rule A4: {name} is already pinned to {earlier}.", withdraw
            return None if earlier == area else clash
        if (observer.state, area) in self.pins.never_area:
            return f"Rule P8: another decision keeps {observer.state} out of {area}.", withdraw
        return self._mate_objection(name, area) or self._crowd_objection(area)

    def _mate_objection(self, name: ObserverId, area: AreaId) -> tuple[str, str] | None:
        mate = self.pins.mate_of.get(name)
        if mate is None or self.pins.may_work(self._eligible[mate], area):
            return None
        return (
            f"Rule P7: {name} is required with {mate}, who may not work in {area}.",
            "Withdraw one of the decisions on the two.",
        )

    def _crowd_objection(self, area: AreaId) -> tuple[str, str] | None:
        places = 2 * self._quota[area]
        if self._pinned[area] < places:
            return None
        return (
            f"All {places} places of {area} are taken by other pins.",
            "Pin fewer observers to this area, or allocate more pairs to it.",
        )
