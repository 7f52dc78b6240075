"""The pairing stage: observers to pairs to areas, jointly, for each role."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, StageName, StageReport, StopReason, Team
from planner.objective.pairing import area_views
from planner.optimizer.pairing.role import RoleResult, solve_role
from planner.optimizer.pairing.solve import Budget
from planner.optimizer.stage import Effort, Progress, StageNotes, report, skipped

UNIT = "points"
_WORST_FIRST = (
    StopReason.CANCELLED,
    StopReason.TIME,
    StopReason.ITERATIONS,
    StopReason.PROVEN,
)


@dataclass(frozen=True)
class PairingResult:
    """All teams, now with members where the roster fills them; the report and its remarks."""

    teams: tuple[Team, ...]
    report: StageReport
    notes: StageNotes


def solve_pairing(
    mission: MissionInput,
    travel: TravelProvider,
    areas: Sequence[Area],
    teams: Sequence[Team],
    effort: Effort,
    progress: Progress,
) -> PairingResult:
    """Fill team slots with pairs of observers.

    Only ``members`` change, so that a roster that arrives late moves nothing else. As many teams as
    possible are filled; among all such solutions the one of most points is looked for (see
    :mod:`planner.objective.pairing`). A role without observers keeps its slots as they are.
    """
    roles = [role for role in Role if any(o.role is role for o in mission.observers)]
    if not roles:
        return PairingResult(tuple(teams), _nothing(effort), StageNotes())
    views = area_views(mission, areas, travel)
    deadline = None if effort.seconds is None else time.monotonic() + effort.seconds
    results: dict[Role, RoleResult] = {}
    for role in roles:
        earlier = sum(result.points for result in results.values())
        slack = sum(result.bound for result in results.values())

        def watch(value: float, bound: float, earlier: int = earlier, slack: int = slack) -> None:
            progress.report(StageName.PAIRING, earlier + value, slack + bound)

        results[role] = solve_role(
            mission,
            role,
            views,
            [team for team in teams if team.kind is role],
            Budget(effort.scale, effort.seed, deadline, lambda: progress.cancelled, watch),
        )
    members = {team: pair for result in results.values() for team, pair in result.members.items()}
    filled = tuple(
        team.model_copy(update={"members": members.get(team.id, ())})
        if team.kind in results
        else team
        for team in teams
    )
    stops = {result.stop for result in results.values()}
    return PairingResult(
        filled,
        report(
            StageName.PAIRING,
            sense="max",
            unit=UNIT,
            objective=float(sum(result.points for result in results.values())),
            bound=float(sum(result.bound for result in results.values())),
            stop=next(stop for stop in _WORST_FIRST if stop in stops),
            seed=effort.seed,
            partial=any(len(result.members) < result.slots for result in results.values()),
            note="; ".join(_note(role, result) for role, result in results.items()),
        ),
        StageNotes(
            tuple(finding for result in results.values() for finding in result.findings),
            tuple(entry for result in results.values() for entry in result.unassigned),
        ),
    )


def _note(role: Role, result: RoleResult) -> str:
    return (
        f"{role.value}: {len(result.members)} of {result.slots} teams named, {result.points} of at "
        f"most {result.bound} points"
    )


def _nothing(effort: Effort) -> StageReport:
    return skipped(
        StageName.PAIRING, "max", UNIT, effort.seed, "no roster yet: teams stay unnamed slots"
    )
