"""Why are these two one pair: points, rules, and what an exchange would bring."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.ids import ObserverId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer
from planner.domain.plan import Plan, Team
from planner.explain.pair_rules import PairRules
from planner.explain.pair_score import PairScore
from planner.explain.records import Alternative, PairReason
from planner.explain.words import unknown

SHOWN = 5
"""Alternatives told of each member."""
_FORBIDDEN_FIRST = 2
"""Of them, those at most that would gain more than any exchange that may be made."""


def explain_pair(
    mission: MissionInput, plan: Plan, travel: TravelProvider, team: TeamId
) -> PairReason:
    """Explain why a team's members are a pair.

    Every exchange of a member with another observer of the role is reckoned: what all teams would
    gain or lose, and the first rule that it would break. Reserves and others without a team are
    tried too.

    Raises
    ------
    PlannerError
        ``WHY-SUBJECT``: the plan has no such team.
    """
    record = next((one for one in plan.teams if one.id == team), None)
    if record is None or not any(area.id == record.area for area in plan.areas):
        raise unknown("team", team)
    score = PairScore.of(mission, plan, travel)
    people = [mission.observer_of[m] for m in record.members if m in mission.observer_of]
    if len(people) != 2:
        headline = f"{team} has no pair yet: {len(people)} of 2 members are named."
        return PairReason(team, record.members, record.area, headline, 0, 0, (), (), ())
    first, second = people
    rules = PairRules.of(mission, plan)
    parts = score.parts(first, second, record.area)
    points, most = sum(part.points for part in parts), sum(part.most for part in parts)
    exchanges = _Exchanges(mission, plan, record, rules, score)
    told = tuple(
        alternative
        for member, partner in ((first, second), (second, first))
        for alternative in exchanges.best(member, partner)
    )
    better = [one for one in told if one.gain > 0 and not one.forbidden]
    verdict = (
        "no exchange of one member would gain points"
        if not better
        else f"the best exchange would gain {max(one.gain for one in better)} points"
    )
    return PairReason(
        team,
        record.members,
        record.area,
        f"{first.id} and {second.id} have {points} of at most {most} points in {record.area}; "
        f"{verdict}.",
        points,
        most,
        parts,
        tuple(rules.checks(first, second, record.area)),
        told,
    )


@dataclass(frozen=True)
class _Exchanges:
    """Exchanges of a member of one team."""

    mission: MissionInput
    plan: Plan
    team: Team
    rules: PairRules
    score: PairScore

    def best(self, member: Observer, partner: Observer) -> list[Alternative]:
        """Return the best exchanges of ``member``; forbidden ones first where they would gain."""
        found = sorted(self._all(member, partner), key=lambda one: (-one.gain, one.other))
        allowed = [one for one in found if not one.forbidden]
        barred = [one for one in found if one.forbidden]
        top = allowed[0].gain if allowed else None
        tempting = [one for one in barred if top is None or one.gain > top]
        chosen = [*tempting[:_FORBIDDEN_FIRST], *allowed]
        chosen += [one for one in barred if one not in chosen]
        return chosen[:SHOWN]

    def _all(self, member: Observer, partner: Observer) -> Iterable[Alternative]:
        team_of = {name: team for team in self.plan.teams for name in team.members}
        known = self.mission.observer_of
        for other in self.mission.observers:
            if other.role is not member.role or other.id in self.team.members:
                continue
            theirs = team_of.get(other.id)
            if theirs is None:
                yield self._swap(member, partner, other, None, None)
                continue
            mates = [known[m] for m in theirs.members if m != other.id and m in known]
            if len(mates) == 1:
                yield self._swap(member, partner, other, theirs, mates[0])

    def _swap(
        self,
        member: Observer,
        partner: Observer,
        other: Observer,
        theirs: Team | None,
        mate: Observer | None,
    ) -> Alternative:
        area = self.team.area
        gain = self.score.points(other, partner, area) - self.score.points(member, partner, area)
        broken = self.rules.broken(other, partner, area)
        words = f"{other.id} ({other.state}) with {partner.id}"
        if theirs is not None and mate is not None:
            gain += self.score.points(member, mate, theirs.area)
            gain -= self.score.points(other, mate, theirs.area)
            broken = broken or self.rules.broken(member, mate, theirs.area)
            words += f", and {member.id} with {mate.id} in {theirs.id}"
        else:
            broken = broken or self.rules.needs_team(member)
            words += f", and {member.id} without a team"
        if broken is not None:
            words += f": {broken.label.lower()}, {broken.value}"
        return Alternative(
            ObserverId(member.id),
            ObserverId(other.id),
            None if theirs is None else theirs.id,
            gain,
            "" if broken is None else broken.rule,
            words,
        )
