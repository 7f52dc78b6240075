"""What would bring an observer into a team: each remedy is a pairing solved again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import ObserverId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import LanguageSkill, Observer, Role
from planner.domain.plan import Plan, Team
from planner.explain.pair_rules import PairRules
from planner.explain.records import Check, Remedy
from planner.explain.variant import with_decision, with_observer
from planner.objective.pairing import area_views
from planner.optimizer.pairing.eligible import eligible
from planner.optimizer.pairing.role import RoleResult, solve_role
from planner.optimizer.pairing.solve import Budget

_SCALE = 0.2
"""Effort of a trial: enough to place everybody who can be placed."""
_PLACES_TRIED = 3


@dataclass(frozen=True)
class Mending:
    """An observer as the roster would have to know them to be deployed.

    Parameters
    ----------
    person
        The observer, mended.
    steps
        What has to change, as parts of a sentence.
    mission
        The mission with the mended roster.
    works
        Whether the pairing stage then counts them among those who may be deployed.
    """

    person: Observer
    steps: tuple[str, ...]
    mission: MissionInput
    works: bool


@dataclass(frozen=True)
class Candidate:
    """A place in a team that an observer could take.

    Parameters
    ----------
    leaver, stayer
        Who would make room, and who would be the partner.
    gain
        Points of the team after less before.
    broken
        The first rule that the new pair breaks, or None.
    pinned
        Whether a decision asks for the leaver's place.
    """

    team: Team
    leaver: Observer
    stayer: Observer
    gain: int
    broken: Check | None
    pinned: bool


def mending(mission: MissionInput, person: Observer) -> Mending:
    """Return what has to change before an observer may be deployed at all (P5, P6, reserve).

    A national of the host country stays one (P3): nothing is mended there.
    """
    rules = PairRules(mission)
    policy, calendar = mission.mission.policies.pairing, mission.mission.calendar
    fields: dict[str, Any] = {}
    steps = []
    if person.reserve:
        fields["reserve"] = False
        steps.append("call the reserve up (reserve = no)")
    if not person.accredited:
        fields["accredited"] = True
        steps.append(f"accredit the observer before E{calendar.accreditation_closes_day:+d}")
    lto = person.role is Role.LTO
    first = mission.mission.day(calendar.lto_from_day if lto else calendar.sto_from_day)
    last = mission.mission.day(calendar.lto_to_day if lto else calendar.sto_to_day)
    if not person.present(first, last):
        fields |= {"available_from": first, "available_to": last}
        steps.append(f"agree on a presence from {first} to {last}")
    language, level = policy.working_language, policy.working_level
    if not person.speaks(language, level):
        others = tuple(skill for skill in person.languages if skill.language != language)
        fields["languages"] = (LanguageSkill(language=language, level=level), *others)
        steps.append(f"correct {language} to {level} in the roster, if it is spoken so well")
    mended = person.model_copy(update=fields)
    trial = with_observer(mission, person.id, **fields) if fields else mission
    named = {other.id for other in eligible(trial, person.role).observers}
    sound = all(check.kept for check in rules.alone(mended))
    return Mending(mended, tuple(steps), trial, person.id in named and sound)


def observer_remedies(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    mend: Mending,
    candidates: Sequence[Candidate],
    free: Sequence[Observer],
) -> list[Remedy]:
    """Return what would bring the observer into a team.

    Parameters
    ----------
    mission
        The mission as it is.
    candidates
        Places that the observer could take, the best first.
    free
        Others without a team who may be deployed.
    """
    if not mend.works:
        text = "Correct the State in the roster, if it is wrong; nobody observes at home."
        return [Remedy(text, verified=False, effect="")]
    pairing = _Pairing(mission, plan, travel, mend)
    found = list(pairing.alone())
    if not found:
        found += pairing.in_place(candidates)
    found += pairing.one_team_more(free)
    if not found:
        text = "Keep the observer as a reserve."
        found = [Remedy(text, verified=False, effect="no pairing that was tried deploys them")]
    return found


class _Pairing:
    """Solves the pairing of a role again under changes."""

    def __init__(
        self, mission: MissionInput, plan: Plan, travel: TravelProvider, mend: Mending
    ) -> None:
        self._mend = mend
        self._slots = [team for team in plan.teams if team.kind is mend.person.role]
        self._views = area_views(mission, plan.areas, travel)
        self._named = sum(bool(team.members) for team in self._slots)

    def alone(self) -> Iterator[Remedy]:
        """Yield the change of the roster itself, or pairing again, where that is enough."""
        result = self._solve(self._mend.mission, self._slots)
        team = _team_of(result, self._mend.person.id)
        if team is not None:
            text = self._sentence("plan the pairing again")
            yield Remedy(text, verified=True, effect=self._effect(result, team))

    def in_place(self, candidates: Sequence[Candidate]) -> Iterator[Remedy]:
        """Yield a required pair that takes somebody's place."""
        person = self._mend.person
        fine = [c for c in candidates if c.broken is None and not c.pinned]
        for candidate in fine[:_PLACES_TRIED]:
            stayer = candidate.stayer.id
            pin = Decision(kind=DecisionKind.PAIR, observers=(person.id, stayer))
            result = self._solve(with_decision(self._mend.mission, pin), self._slots)
            team = _team_of(result, person.id)
            if team is None or len(result.members) < self._named:
                continue
            yield Remedy(
                self._sentence(f"require the pair {person.id} and {stayer}"),
                verified=True,
                effect=self._effect(result, team),
                decision=pin,
            )
            return

    def one_team_more(self, free: Sequence[Observer]) -> Iterator[Remedy]:
        """Yield one more team, where somebody is left to be the partner."""
        others = [other for other in free if other.id != self._mend.person.id]
        if self._named < len(self._slots) or not others or not self._slots:
            return
        last = self._slots[-1]
        more = last.model_copy(update={"id": TeamId(f"{last.kind}-more"), "members": ()})
        result = self._solve(self._mend.mission, [*self._slots, more])
        team = _team_of(result, self._mend.person.id)
        if team is not None and len(result.members) > self._named:
            name = "lto_teams" if last.kind is Role.LTO else "sto_pairs"
            mate = next(m for m in result.members[team] if m != self._mend.person.id)
            yield Remedy(
                self._sentence(f"plan {len(self._slots) + 1} teams (staffing.{name})"),
                verified=True,
                effect=f"with one more in {more.area} all are named, and "
                f"{self._mend.person.id} works with {mate}",
            )

    def _solve(self, mission: MissionInput, slots: Sequence[Team]) -> RoleResult:
        budget = Budget(_SCALE, 1, None, lambda: False, lambda _value, _bound: None)
        return solve_role(mission, self._mend.person.role, self._views, slots, budget)

    def _sentence(self, last: str) -> str:
        words = ", and ".join((*self._mend.steps, last))
        return f"{words[0].upper()}{words[1:]}."

    def _effect(self, result: RoleResult, team: TeamId) -> str:
        person = self._mend.person.id
        area = next(slot.area for slot in self._slots if slot.id == team)
        mate = next(
            m for pair in result.members.values() if person in pair for m in pair if m != person
        )
        left = [
            entry.subject
            for entry in result.unassigned
            if entry.kind == "observer" and entry.subject != person
        ]
        known = ", ".join(left[:3]) + (" and others" if len(left) > 3 else "")
        without = f"; without a team: {known}" if left else ""
        return f"{person} works with {mate} in {area}, {len(result.members)} teams named{without}"


def _team_of(result: RoleResult, person: ObserverId) -> TeamId | None:
    return next((team for team, pair in result.members.items() if person in pair), None)
