"""Stability against value: what a plan near to an earlier one gives up, and what it keeps."""

from collections.abc import Callable, Iterable

from planner.domain.decision import DecisionKind
from planner.domain.frontier_point import FrontierPoint
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Day, Plan, StageName
from planner.optimizer.pipeline import PipelineResult

STABILITIES = (0.1, 0.5, 0.9, 1.0)
"""Where the frontier is looked at, if nobody says otherwise."""
Visits = set[tuple[str, str]]


def visits(days: Iterable[Day]) -> Visits:
    """Return who sees which station: all (pair, station) of some days."""
    return {(d.team, s.place) for d in days for s in d.stops if s.place_kind == "station"}


def keepable(mission: MissionInput, earlier: Plan) -> Visits:
    """Return the (pair, station) of an earlier plan that a mission still allows.

    At least one of the pair is on the roster if it was named, and the station is there and not
    barred.
    """
    gone = {
        team.id
        for team in earlier.teams
        if team.members and not any(name in mission.observer_of for name in team.members)
    }
    never = {d.station for d in mission.decisions if d.kind is DecisionKind.NEVER_STATION}
    there: set[str] = {station.id for station in mission.stations if station.id not in never}
    return {(t, s) for t, s in visits(earlier.days) if t not in gone and s in there}


def point(mission: MissionInput, earlier: Plan, plan: Plan, stability: float) -> FrontierPoint:
    """Measure one plan against the earlier one."""
    objective = {report.name: report.objective for report in plan.stages}
    could_keep = keepable(mission, earlier)
    return FrontierPoint(
        stability=stability,
        value=objective[StageName.DAYS],
        points=objective[StageName.PAIRING],
        could_keep=len(could_keep),
        lost=len(could_keep - visits(plan.days)),
    )


def frontier(
    mission: MissionInput,
    earlier: Plan,
    repair: Callable[[float], PipelineResult],
    stabilities: Iterable[float] = STABILITIES,
) -> tuple[FrontierPoint, ...]:
    """Repair a plan at several stabilities, and measure what each keeps.

    Parameters
    ----------
    repair
        Makes the plan for a stability.
    """
    return tuple(
        point(mission, earlier, repair(stability).plan, stability) for stability in stabilities
    )
