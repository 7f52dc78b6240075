"""What an exchange of observers would do: points part by part, rules, and who moves where."""

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId, State, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, Team
from planner.errors import PlannerError
from planner.explain.pair_score import PairScore
from planner.explain.records import ScorePart
from planner.whatif.rule_changes import RuleChange, rule_changes

RULES_OF_PAIRS = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "A4", "P9", "P10", "P11")
Members = tuple[ObserverId, ...]
Changes = Mapping[TeamId, Members]
"""New members of the teams that change."""
_PAIR = 2


@dataclass(frozen=True)
class PairState:
    """A team with its points; no parts where it is not a pair of known observers."""

    team: TeamId
    area: AreaId
    base_town: TownId
    members: Members
    parts: tuple[ScorePart, ...]

    @property
    def points(self) -> int:
        """All points of the pair in its area."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True)
class Move:
    """An observer who changes team; None: in no team."""

    observer: ObserverId
    old: Team | None
    new: Team | None

    @property
    def new_area(self) -> AreaId | None:
        """The area that the observer comes to, if it is another one than before."""
        area = self.new.area if self.new else None
        return None if self.old is not None and self.old.area == area else area


@dataclass(frozen=True)
class PairsEffect:
    """What new members of some teams would do.

    Attributes
    ----------
    before, after
        The teams that change, in the order of the plan.
    moves
        Who changes team.
    rules
        Rules that would be broken or mended.
    decisions
        The pins that settle it: the pairs, and the area of everybody who comes to another one.
    """

    before: tuple[PairState, ...]
    after: tuple[PairState, ...]
    moves: tuple[Move, ...]
    rules: tuple[RuleChange, ...]
    decisions: tuple[Decision, ...]

    @property
    def gain(self) -> int:
        """Points of all changed teams after the change less those before it."""
        return sum(p.points for p in self.after) - sum(p.points for p in self.before)


def exchange(plan: Plan, first: ObserverId, second: ObserverId) -> dict[TeamId, Members]:
    """Return the new members if two observers change places.

    Either may be in no team: then the other leaves the teams.

    Raises
    ------
    PlannerError
        ``WHATIF-SAME`` if both are in one team already, or one person, or both in none.
    """
    teams = _teams(plan)
    old, new = teams.get(first), teams.get(second)
    if first == second or old == new:
        raise PlannerError(
            "WHATIF-SAME",
            f"{first} and {second} cannot change places: {_where(old)}",
            "choose observers of two teams, or one without a team",
        )
    found = {}
    if old is not None:
        found[old.id] = tuple(second if one == first else one for one in old.members)
    if new is not None:
        found[new.id] = tuple(first if one == second else one for one in new.members)
    return found


def join(plan: Plan, first: ObserverId, second: ObserverId) -> dict[TeamId, Members]:
    """Return the new members if two observers become one pair.

    They work where the first one works now, and those whom they leave go together; empty if they
    are a pair already, or if neither is in a team, so that only the next plan can place them.
    """
    teams = _teams(plan)
    if teams.get(first) is None:
        first, second = second, first
    old = teams.get(first)
    if old is None or second in old.members:
        return {}
    mate = next((one for one in old.members if one != first), None)
    if mate is None:
        return {old.id: (first, second)}
    return exchange(plan, mate, second)


def pairs_effect(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    changes: Changes,
    score: PairScore | None = None,
) -> PairsEffect:
    """Return what new members of some teams would do.

    Parameters
    ----------
    mission
        With the decisions that are to be kept: those of the next plan, not only of this one.
    changes
        From :func:`exchange` or :func:`join`.
    score
        Reckons points in the areas of the plan; made anew if it is not given, which takes most
        of the time.
    """
    after = plan.model_copy(
        update={
            "teams": tuple(
                team.model_copy(update={"members": changes[team.id]})
                if team.id in changes
                else team
                for team in plan.teams
            )
        }
    )
    score = score or PairScore.of(mission, plan, travel)
    old = [team for team in plan.teams if team.id in changes]
    new = [team for team in after.teams if team.id in changes]
    moves = _moves(plan, after)
    return PairsEffect(
        before=tuple(_state(mission, score, team) for team in old),
        after=tuple(_state(mission, score, team) for team in new),
        moves=moves,
        rules=rule_changes(mission, plan, after, travel, RULES_OF_PAIRS),
        decisions=(
            *(
                Decision(kind=DecisionKind.PAIR, observers=team.members)
                for team in new
                if len(set(team.members)) == _PAIR
            ),
            *(
                Decision(
                    kind=DecisionKind.OBSERVER_AREA, observers=(move.observer,), area=move.new_area
                )
                for move in moves
                if move.new_area is not None
            ),
        ),
    )


def at_work(
    mission: MissionInput, plan: Plan, state: State, area: AreaId
) -> tuple[tuple[ObserverId, Team], ...]:
    """Return the observers of a State who work in an area, with their teams."""
    known = mission.observer_of
    return tuple(
        (member, team)
        for team in plan.teams
        if team.area == area
        for member in team.members
        if member in known and known[member].state == state
    )


def _state(mission: MissionInput, score: PairScore, team: Team) -> PairState:
    people = [mission.observer_of[m] for m in team.members if m in mission.observer_of]
    parts = (
        score.parts(people[0], people[1], team.area)
        if len(people) == _PAIR and team.area in score.views
        else ()
    )
    return PairState(team.id, team.area, team.base_town, team.members, parts)


def _moves(before: Plan, after: Plan) -> tuple[Move, ...]:
    old, new = _teams(before), _teams(after)
    return tuple(
        Move(observer, old.get(observer), new.get(observer))
        for observer in sorted({*old, *new})
        if _id(old.get(observer)) != _id(new.get(observer))
    )


def _teams(plan: Plan) -> dict[ObserverId, Team]:
    return {member: team for team in plan.teams for member in team.members}


def _id(team: Team | None) -> TeamId | None:
    return None if team is None else team.id


def _where(team: Team | None) -> str:
    return "neither is in a team" if team is None else f"both are in {team.id}"
