"""The hard rules on two people in one area, each with what was found: for pairs and exchanges."""

from collections.abc import Collection
from dataclasses import dataclass, field

from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, ObserverId, State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import Plan
from planner.explain.records import Check
from planner.explain.words import label


@dataclass(frozen=True)
class PairRules:
    """Rules and decisions that two observers must keep to be a team in an area.

    Decisions that the plan says cannot be kept are set aside.
    """

    mission: MissionInput
    never: frozenset[frozenset[ObserverId]] = frozenset()
    mate_of: dict[ObserverId, ObserverId] = field(default_factory=dict)
    never_area: frozenset[tuple[State | None, AreaId | None]] = frozenset()
    area_of: dict[ObserverId, AreaId] = field(default_factory=dict)

    @classmethod
    def of(cls, mission: MissionInput, plan: Plan) -> "PairRules":
        """Gather the rules of a mission, and the decisions that a plan keeps."""
        refused = {left.subject for left in plan.unassigned if left.kind == "decision"}
        kept = [d for d in mission.decisions if d.subject not in refused]
        mates = [d.observers for d in kept if d.kind is DecisionKind.PAIR]
        return cls(
            mission,
            frozenset(frozenset(d.observers) for d in kept if d.kind is DecisionKind.NEVER_PAIR),
            {one: other for a, b in mates for one, other in ((a, b), (b, a))},
            frozenset((d.state, d.area) for d in kept if d.kind is DecisionKind.NEVER_STATE_AREA),
            {
                d.observers[0]: d.area
                for d in kept
                if d.kind is DecisionKind.OBSERVER_AREA and d.area is not None
            },
        )

    def alone(self, observer: Observer) -> list[Check]:
        """Return the rules on one observer: P3, P5 (accreditation, presence) and P6."""
        mission = self.mission.mission
        calendar, policy = mission.calendar, mission.policies.pairing
        lto = observer.role is Role.LTO
        first = mission.day(calendar.lto_from_day if lto else calendar.sto_from_day)
        last = mission.day(calendar.lto_to_day if lto else calendar.sto_to_day)
        level = observer.level(policy.working_language)
        present = f"{observer.available_from or 'any day'} to {observer.available_to or 'any day'}"
        return [
            _check(
                "P3",
                observer.state,
                f"any State but {mission.country}",
                kept=observer.state != mission.country,
            ),
            _check(
                "P5",
                "accredited" if observer.accredited else "not accredited",
                "accredited",
                kept=observer.accredited,
            ),
            _check("P5", present, f"{first} to {last}", kept=observer.present(first, last)),
            _check(
                "P6",
                f"{policy.working_language}: {level or 'none'}",
                f"{policy.working_language}: at least {policy.working_level}",
                kept=observer.speaks(policy.working_language, policy.working_level),
            ),
        ]

    def together(self, first: Observer, second: Observer) -> list[Check]:
        """Return the rules on two observers wherever they work: P2 and P7."""
        pair = frozenset({first.id, second.id})
        required = [
            f"{one.id} with {self.mate_of[one.id]}"
            for one, other in ((first, second), (second, first))
            if self.mate_of.get(one.id, other.id) != other.id
        ]
        excluded = pair in self.never
        value = "excluded by a decision" if excluded else "no decision against it"
        return [
            _check(
                "P2",
                f"{first.state} and {second.state}",
                "2 different States",
                kept=first.state != second.state,
            ),
            _check(
                "P7",
                f"required: {required[0]}" if required else value,
                "as decided",
                kept=not excluded and not required,
            ),
        ]

    def placed(self, observer: Observer, area: AreaId) -> list[Check]:
        """Return the rules on an observer in an area: P8 and A4."""
        barred = (observer.state, area) in self.never_area
        pinned = self.area_of.get(observer.id, area)
        return [
            _check(
                "P8",
                f"{observer.state} in {area}",
                f"nobody of {observer.state} in {area}" if barred else "no decision against it",
                kept=not barred,
            ),
            _check(
                "A4", f"{observer.id} in {area}", f"{observer.id} in {pinned}", kept=pinned == area
            ),
        ]

    def checks(self, first: Observer, second: Observer, area: AreaId) -> list[Check]:
        """Return all rules on two observers as a team of an area."""
        return [
            *self.together(first, second),
            *self.alone(first),
            *self.alone(second),
            *self.placed(first, area),
            *self.placed(second, area),
        ]

    def needs_team(self, observer: Observer) -> Check | None:
        """Return the decision that somebody without a team breaks (A4), or None."""
        area = self.area_of.get(observer.id)
        if area is None:
            return None
        return _check("A4", f"{observer.id} in no team", f"{observer.id} in {area}", kept=False)

    def broken(self, first: Observer, second: Observer, area: AreaId) -> Check | None:
        """Return the first rule that two observers would break as a team of an area."""
        return next((c for c in self.checks(first, second, area) if not c.kept), None)

    def open_to(self, first: Observer, second: Observer, areas: Collection[AreaId]) -> bool:
        """Tell whether the two may both work in one of some areas."""
        return any(
            all(check.kept for one in (first, second) for check in self.placed(one, area))
            for area in areas
        )


def _check(rule: str, value: str, limit: str, *, kept: bool) -> Check:
    return Check(rule, label(rule), value, limit, kept)
