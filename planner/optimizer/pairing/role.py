"""One role's teams: roster and slots in, members and reasons out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Finding, Severity
from planner.domain.ids import AreaId, ObserverId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import StopReason, Team, Unassigned
from planner.objective.pairing import AreaView
from planner.optimizer.pairing.build import Built, build
from planner.optimizer.pairing.eligible import Eligible, eligible
from planner.optimizer.pairing.leftovers import leftovers
from planner.optimizer.pairing.pins import RolePins, sort_pins
from planner.optimizer.pairing.solve import Budget, Solved, solve

Members = tuple[ObserverId, ObserverId]


@dataclass(frozen=True)
class RoleResult:
    """What became of one role.

    Parameters
    ----------
    members
        The two members of each named team.
    points, bound
        Points of the named teams, and an upper bound for as many teams and kept pins.
    """

    members: dict[TeamId, Members]
    points: int
    bound: int
    stop: StopReason
    slots: int
    unassigned: tuple[Unassigned, ...]
    findings: tuple[Finding, ...]


def solve_role(
    mission: MissionInput,
    role: Role,
    views: Mapping[AreaId, AreaView],
    slots: Sequence[Team],
    budget: Budget,
) -> RoleResult:
    """Name the members of as many ``slots`` as possible, for the most points."""
    roster = eligible(mission, role)
    quota = Counter(team.area for team in slots)
    barred = {ObserverId(entry.subject): entry.reason for entry in roster.left_out}
    barred |= {person.id: "the observer is a reserve." for person in roster.reserves}
    pins = sort_pins(mission, role, roster.observers, quota, barred)
    policy = mission.mission.policies.pairing
    while True:
        built = build(roster.observers, views, quota, pins, policy)
        by_area: dict[AreaId, list[Members]] = {}
        points = bound = 0
        stop = StopReason.PROVEN
        if built.problem.teams:
            solved = solve(built.problem, budget)
            by_area, points = _teams(built, solved)
            bound, stop = points + solved.bound - solved.value, solved.stop
        members = _named(slots, by_area)
        broken = broken_pin(pins, members, slots)
        if broken is None:
            break
        # One at a time: without it, others may be kept after all.
        pins.drop(
            broken,
            "The other decisions, the States on the roster and the slots of the areas leave no way "
            "to keep it.",
            "Withdraw it, or one of the other decisions on these observers and areas.",
        )
    named = {name for pair in members.values() for name in pair}
    free = [person for person in roster.observers if person.id not in named]
    left = {area: count - len(by_area.get(area, ())) for area, count in quota.items()}
    return RoleResult(
        members,
        points,
        bound,
        stop,
        len(slots),
        (
            *roster.left_out,
            *leftovers(role, free, left, len(slots), built.most, pins),
            *pins.refused,
        ),
        vacancies(role, len(slots) - len(members), roster, free),
    )


def _teams(built: Built, solved: Solved) -> tuple[dict[AreaId, list[Members]], int]:
    """Return the teams of each area by their members' ids, and the points of all."""
    solution, problem = solved.solution, built.problem
    teams = problem.is_team(solution)
    points = problem.points(solution.first, solution.second, solution.area)[teams]
    by_area: dict[AreaId, list[Members]] = {}
    for first, second, area in zip(
        solution.first[teams].tolist(),
        solution.second[teams].tolist(),
        solution.area[teams].tolist(),
        strict=True,
    ):
        low, high = sorted((built.observers[first].id, built.observers[second].id))
        by_area.setdefault(built.areas[area], []).append((low, high))
    return by_area, int(points.sum())


def _named(
    slots: Sequence[Team], by_area: Mapping[AreaId, Sequence[Members]]
) -> dict[TeamId, Members]:
    """Give each area's teams to its slots, both in the order of their ids."""
    waiting = {area: sorted(pairs, reverse=True) for area, pairs in by_area.items()}
    members = {}
    for slot in sorted(slots, key=lambda team: team.id):
        if waiting.get(slot.area):
            members[slot.id] = waiting[slot.area].pop()
    return members


def broken_pin(
    pins: RolePins, members: Mapping[TeamId, Members], slots: Sequence[Team]
) -> Decision | None:
    """Return the last of the pins that ``members`` do not keep, or None."""
    area_of = {slot.id: slot.area for slot in slots}
    at = {name: team for team, pair in members.items() for name in pair}
    for decision in reversed(pins.kept):
        teams = {at.get(name) for name in decision.observers}
        team = min(teams, key=str)
        if len(teams) > 1 or team is None:
            return decision
        if decision.kind is DecisionKind.OBSERVER_AREA and area_of[team] != decision.area:
            return decision
    return None


def vacancies(
    role: Role, unnamed: int, roster: Eligible, free: Sequence[Observer]
) -> tuple[Finding, ...]:
    """Return a finding where the roster leaves ``unnamed`` teams of a role without members."""
    if not unnamed:
        return ()
    missing = 2 * unnamed
    return (
        Finding(
            code="OP-PAIR-UNNAMED",
            severity=Severity.SOFT,
            subject=role.value,
            message=f"The roster cannot name all {role} teams; the others stay unnamed slots.",
            value=f"{unnamed} unnamed team(s)",
            limit="0 unnamed teams",
            remedy=(
                f"{missing} places are empty; {len(roster.reserves)} reserve(s) could be called "
                f"up, {len(roster.left_out)} observer(s) are barred by a rule and {len(free)} "
                "found no partner."
            ),
        ),
    )
