"""What election day is worth: weighted presence by phase, summed over all pairs."""

from collections.abc import Iterable

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Day, Phase, Plan

PHASE_VALUE: dict[Phase, int] = {
    Phase.OPENING: 3,
    Phase.VOTING: 1,
    Phase.CLOSING: 0,
    Phase.COUNTING: 3,
    Phase.TABULATION: 1,
}
"""Value of one stop. A pair has one opening and one count but ten visits, so those two are worth
three visits each; the closing is part of the count that follows it."""


def value_of_days(days: Iterable[Day]) -> int:
    """Return the summed value of all stops of ``days``."""
    return sum(PHASE_VALUE[stop.phase] for day in days for stop in day.stops)


def days_objective(mission: MissionInput, plan: Plan, travel: TravelProvider) -> float:  # noqa: ARG001 - one signature for all stages
    """Return the objective of the days stage, recomputed from the plan document alone."""
    return float(value_of_days(plan.days))
