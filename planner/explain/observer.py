"""Why is this observer in no team, and what would change that."""

from collections import Counter
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer
from planner.domain.plan import Plan, Team
from planner.explain.observer_remedies import Candidate, Mending, mending, observer_remedies
from planner.explain.pair_rules import PairRules
from planner.explain.pair_score import PairScore
from planner.explain.records import FITS, Binding, Check, Explanation, Trial
from planner.explain.words import binding, ranked, times, unknown
from planner.optimizer.pairing.eligible import eligible

_TRIALS = 10


def explain_observer(
    mission: MissionInput, plan: Plan, travel: TravelProvider, observer: ObserverId
) -> Explanation:
    """Explain why an observer is in no team.

    Every possible partner is tried, and every place that the observer could take. Remedies are
    tried by solving the pairing of the role again with that one change.

    Raises
    ------
    PlannerError
        ``WHY-SUBJECT``: there is no such observer on the roster.
    """
    person = mission.observer_of.get(observer)
    if person is None:
        raise unknown("observer", observer)
    rules = PairRules.of(mission, plan)
    team = next((team for team in plan.teams if observer in team.members), None)
    if team is not None:
        return _assigned(mission, rules, team, person)
    mend = mending(mission, person)
    partners = _Partners.of(mission, plan, rules, mend)
    candidates = _candidates(mission, plan, travel, rules, mend)
    bars = [check for check in rules.alone(person) if not check.kept]
    bindings = [
        *(binding(check.rule, check.value, check.limit) for check in bars),
        *([binding("OP-PAIR-RESERVE", "reserve", "regular observers first")] * person.reserve),
        *_slots(plan, person),
        *partners.bindings(),
    ]
    return Explanation(
        "observer",
        observer,
        _headline(person, bars, plan, partners),
        tuple(bindings),
        ranked(observer_remedies(mission, plan, travel, mend, candidates, partners.free)),
        (*partners.trials(), *_place_trials(candidates)),
    )


def _assigned(mission: MissionInput, rules: PairRules, team: Team, person: Observer) -> Explanation:
    others = [mission.observer_of[m] for m in team.members if m in mission.observer_of]
    mates = [other for other in others if other.id != person.id]
    faults = (
        [check for check in rules.checks(person, mates[0], team.area) if not check.kept]
        if len(mates) == 1
        else []
    )
    company = f" with {mates[0].id}" if len(mates) == 1 else ""
    end = "; the pair breaks a rule" if faults else "; nothing is wrong"
    return Explanation(
        "observer",
        person.id,
        f"{person.id} is in {team.id} ({team.area}){company}{end}.",
        tuple(binding(check.rule, check.value, check.limit) for check in faults),
    )


def _headline(person: Observer, bars: list[Check], plan: Plan, partners: "_Partners") -> str:
    start = f"{person.id} is in no team"
    if bars:
        first = bars[0]
        more = f" (and {times(len(bars) - 1, 'more rule')})" if len(bars) > 1 else ""
        return f"{start}: {first.value}, but {first.limit} is asked for ({first.rule}){more}."
    if person.reserve:
        return f"{start}: a reserve stands by and is not deployed until somebody calls them up."
    slots = [team for team in plan.teams if team.kind is person.role]
    if all(team.members for team in slots):
        return f"{start}: all {len(slots)} {person.role} teams of the plan have their members."
    if not partners.free:
        return f"{start}: nobody else is left to make a pair with."
    fine = sum(other.id not in partners.broken for other in partners.free)
    left = times(len(partners.free), "other observer")
    if fine:
        return f"{start}, though a team has no members and {fine} of {left} would be allowed."
    return f"{start}: {left} without a team, and none of them is allowed as a partner."


def _slots(plan: Plan, person: Observer) -> list[Binding]:
    slots = [team for team in plan.teams if team.kind is person.role]
    named = sum(bool(team.members) for team in slots)
    if named < len(slots):
        return []
    return [binding("OP-PAIR-SLOTS", f"{named} teams have members", f"{len(slots)} teams")]


@dataclass(frozen=True)
class _Partners:
    """What stands between an observer and every possible partner.

    ``free`` are those in no team; ``broken`` the first rule of each partner that forbids the pair
    (a place in another team counts as P4).
    """

    total: int
    free: tuple[Observer, ...]
    broken: dict[ObserverId, Check]
    taken: int
    person: Observer

    @classmethod
    def of(cls, mission: MissionInput, plan: Plan, rules: PairRules, mend: Mending) -> "_Partners":
        person = mend.person
        roster = [o for o in eligible(mission, person.role).observers if o.id != person.id]
        busy = {name for team in plan.teams for name in team.members}
        areas = {team.area for team in plan.teams if team.kind is person.role}
        broken: dict[ObserverId, Check] = {}
        for other in roster:
            check = next((c for c in rules.together(person, other) if not c.kept), None)
            if check is None and not rules.open_to(person, other, areas):
                check = _closed(rules, person, other, areas)
            if check is not None:
                broken[other.id] = check
        free = tuple(other for other in roster if other.id not in busy)
        taken = sum(other.id in busy for other in roster)
        return cls(len(roster), free, broken, taken, person)

    def bindings(self) -> list[Binding]:
        """Return how many partners each rule forbids, the most frequent first."""
        found = (
            [
                binding(
                    "P4",
                    f"{self.taken} of {self.total} are in a team",
                    "1 team a person",
                    self.taken,
                )
            ]
            if self.taken
            else []
        )
        count = Counter(check.rule for check in self.broken.values())
        for rule, number in sorted(count.items(), key=lambda item: (-item[1], item[0])):
            example = next(check for check in self.broken.values() if check.rule == rule)
            value = f"{number} of {self.total} possible partners, e.g. {example.value}"
            found.append(binding(rule, value, example.limit, number))
        return found

    def trials(self) -> list[Trial]:
        """Return the pair with each of those who are left."""
        found = []
        for other in self.free[:_TRIALS]:
            check = self.broken.get(other.id)
            pair = f"{self.person.id} with {other.id} ({other.state})"
            if check is None:
                found.append(Trial(other.id, FITS, "", "", f"{pair} would be a pair"))
            else:
                found.append(Trial(other.id, check.rule, check.value, check.limit, pair))
        return found


def _closed(
    rules: PairRules, person: Observer, other: Observer, areas: set[AreaId]
) -> Check | None:
    """Return the first rule that closes some area to the two."""
    for area in sorted(areas):
        for one in (person, other):
            for check in rules.placed(one, area):
                if not check.kept:
                    return check
    return None


def _candidates(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    rules: PairRules,
    mend: Mending,
) -> list[Candidate]:
    """Return the places of others that the observer could take, those that gain most first."""
    score, person, known = PairScore.of(mission, plan, travel), mend.person, mission.observer_of
    found = []
    for team in plan.teams:
        members = [known[m] for m in team.members if m in known]
        if team.kind is not person.role or len(members) != 2:
            continue
        for leaver, stayer in (members, members[::-1]):
            asked = leaver.id in rules.mate_of or leaver.id in rules.area_of
            gain = score.points(person, stayer, team.area)
            gain -= score.points(leaver, stayer, team.area)
            broken = rules.broken(person, stayer, team.area)
            found.append(Candidate(team, leaver, stayer, gain, broken, pinned=asked))
    return sorted(found, key=lambda c: (c.pinned, c.broken is not None, -c.gain, c.team.id))


def _place_trials(candidates: list[Candidate]) -> list[Trial]:
    return [
        Trial(
            candidate.team.id,
            FITS if candidate.broken is None else candidate.broken.rule,
            f"{candidate.gain:+d} points" if candidate.broken is None else candidate.broken.value,
            "" if candidate.broken is None else candidate.broken.limit,
            f"in the place of {candidate.leaver.id}, with {candidate.stayer.id}",
        )
        for candidate in candidates[:_TRIALS]
    ]
