"""Matching the people around kept couples, and parting as few couples as that takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import Team
from planner.objective.pairing import AreaView, area_points, together_points
from planner.optimizer.pairing.pins import RolePins
from planner.optimizer.pairing.role import Members, solve_role
from planner.optimizer.pairing.solve import Budget

TRIED = 8
"""Couples that are tried for one that must be parted, the most promising first."""
LOOKED_AT = 12
"""People without a team among whom partners for a parted couple are looked for."""


@dataclass(frozen=True)
class Seated:
    """Members of all teams of a role, and what is still wrong with them.

    Parameters
    ----------
    broken
        Decisions that are not kept.
    unnamed
        Teams that could have members and have none.
    """

    members: dict[TeamId, Members]
    broken: tuple[Decision, ...]
    unnamed: int

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.broken) + self.unnamed

    @property
    def why(self) -> str:
        """What is wrong, in words."""
        said = [f"{decision.subject} is not kept" for decision in self.broken]
        if self.unnamed:
            said.append(f"{self.unnamed} team(s) would stay unnamed")
        return "around the earlier couples " + " and ".join(said)


@dataclass(frozen=True, eq=False)
class Rematch:
    """The matching problem of one role.

    Parameters
    ----------
    slots
        Teams of the role.
    roster
        Observers who may be deployed.
    pins
        What decisions ask of them.
    decisions
        Decisions that must be kept.
    named
        Teams that must have members.
    """

    mission: MissionInput
    role: Role
    views: Mapping[AreaId, AreaView]
    slots: Sequence[Team]
    roster: Sequence[Observer]
    pins: RolePins
    decisions: Sequence[Decision]
    named: int
    budget: Budget

    def around(self, couples: Mapping[TeamId, Members]) -> Seated:
        """Match everybody else around ``couples``, and part some of them where they must be."""
        kept = dict(couples)
        best = self._matched(kept)
        while best.faults and kept and not self.budget.cancelled():
            trials = []
            for team in self._promising(kept, best):
                fewer = {name: pair for name, pair in kept.items() if name != team}
                trials.append((fewer, self._matched(fewer)))
            if not trials:
                break
            fewer, found = min(trials, key=lambda t: (t[1].faults, -self._points(t[1].members)))
            if found.faults >= best.faults:
                break
            kept, best = fewer, found
        return best

    def _matched(self, kept: Mapping[TeamId, Members]) -> Seated:
        """Solve the role for the people and slots that ``kept`` leaves."""
        seated = {name for pair in kept.values() for name in pair}
        mission = self.mission
        rest = mission.model_copy(
            update={
                "observers": tuple(o for o in mission.observers if o.id not in seated),
                "decisions": tuple(d for d in mission.decisions if seated.isdisjoint(d.observers)),
            }
        )
        open_slots = [slot for slot in self.slots if slot.id not in kept]
        members = dict(kept)
        if open_slots and len(self.roster) - len(seated) > 1:
            members |= solve_role(rest, self.role, self.views, open_slots, self.budget).members
        area_of = {slot.id: slot.area for slot in self.slots}
        at = {name: team for team, pair in members.items() for name in pair}
        broken = tuple(d for d in self.decisions if not _keeps(d, at, area_of))
        return Seated(members, broken, max(0, self.named - len(members)))

    def _promising(self, kept: Mapping[TeamId, Members], found: Seated) -> list[TeamId]:
        """Return couples whose parting may mend something, the most promising first."""
        scores: dict[TeamId, int] = {}
        area_of = {slot.id: slot.area for slot in self.slots}
        seated = {name for pair in found.members.values() for name in pair}
        free = [person for person in self.roster if person.id not in seated][:LOOKED_AT]
        empty = sorted({slot.area for slot in self.slots if slot.id not in found.members})
        wanted = {d.area for d in found.broken if d.area is not None}
        anywhere = any(d.area is None for d in found.broken)
        for team, pair in sorted(kept.items()):
            if any(name in self._bound for name in pair):
                continue
            area = area_of[team]
            if anywhere or area in wanted:
                scores[team] = -self._points({team: pair})
            if found.unnamed and empty:
                gain = self._gain(pair, area, free, empty)
                if gain is not None:
                    scores[team] = max(scores.get(team, gain), gain)
        return sorted(scores, key=lambda team: (-scores[team], team))[:TRIED]

    @property
    def _bound(self) -> set[ObserverId]:
        """Observers whom decisions hold where they are."""
        return {name for decision in self.decisions for name in decision.observers}

    def _gain(
        self, pair: Members, area: AreaId, free: Sequence[Observer], empty: Sequence[AreaId]
    ) -> int | None:
        """Return the points of the best two teams of a couple and two free people, or None."""
        one, other = (self.mission.observer_of[name] for name in pair)
        found = [
            first + second
            for mate, second_mate in permutations(free, 2)
            for mine, theirs in ((one, other), (other, one))
            for elsewhere in empty
            if (first := self._worth(mine, mate, area)) is not None
            and (second := self._worth(theirs, second_mate, elsewhere)) is not None
        ]
        return max(found, default=None)

    def _worth(self, one: Observer, other: Observer, area: AreaId) -> int | None:
        """Return the points of two people in an area, None where they may not be a team there."""
        pins = self.pins
        if (
            one.state == other.state
            or frozenset({one.id, other.id}) in pins.never
            or not (pins.may_work(one, area) and pins.may_work(other, area))
            or pins.mate_of.get(one.id, other.id) != other.id
            or pins.mate_of.get(other.id, one.id) != one.id
        ):
            return None
        policy = self.mission.mission.policies.pairing
        return together_points(one, other, policy) + area_points(
            one, other, self.views[area], policy
        )

    def _points(self, members: Mapping[TeamId, Members]) -> int:
        area_of = {slot.id: slot.area for slot in self.slots}
        known = self.mission.observer_of
        policy = self.mission.mission.policies.pairing
        return sum(
            together_points(known[a], known[b], policy)
            + area_points(known[a], known[b], self.views[area_of[team]], policy)
            for team, (a, b) in members.items()
        )


def _keeps(
    decision: Decision, at: Mapping[ObserverId, TeamId], area_of: Mapping[TeamId, AreaId]
) -> bool:
    """Tell whether a required pair or area is kept; what is forbidden never happens here."""
    teams = {at.get(name) for name in decision.observers}
    if decision.kind is DecisionKind.PAIR:
        return len(teams) == 1 and None not in teams
    if decision.kind is DecisionKind.OBSERVER_AREA:
        return all(team is not None and area_of[team] == decision.area for team in teams)
    return True
