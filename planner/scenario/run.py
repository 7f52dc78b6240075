"""From a scenario to its figures: a full plan, the referee's verdict, cost and forecast."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.errors import InputError
from planner.referee.verdict import Verdict
from planner.remember.plan import Memory
from planner.scenario.apply import Applied, apply
from planner.scenario.cost import PlanCost, plan_cost
from planner.scenario.document import Scenario
from planner.scenario.figures import asked, expected, planned
from planner.scenario.forecast import Forecast, forecast
from planner.scenario.joint import JointVisits, joint_visits
from planner.scenario.judged import plan_and_judge
from planner.scenario.point import Point

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider
    from planner.optimizer.stage import Effort, Progress

DRAWS = 1_000


@dataclass(frozen=True)
class ScenarioRun:
    """A scenario with everything that came of it; ``point`` is the same in one row.

    Parameters
    ----------
    scenario, applied
        What was asked, and the mission that was planned.
    plan, verdict
        The plan and what the referee says of it.
    cost, joint, forecast
        What it costs, what joint teams add, and what it will probably observe.
    """

    scenario: Scenario
    applied: Applied
    plan: Plan
    verdict: Verdict
    cost: PlanCost
    joint: JointVisits
    forecast: Forecast
    point: Point


def run_scenario(
    mission: MissionInput,
    scenario: Scenario,
    *,
    effort: "Effort | None" = None,
    memory: Memory | None = None,
    draws: int = DRAWS,
    progress: "Progress | None" = None,
) -> ScenarioRun:
    """Plan a scenario in full, judge the plan, price it and carry it out many times.

    Parameters
    ----------
    mission
        The base mission.
    effort
        Scale and seconds; the seed is the scenario's. By default that of a plan.
    memory
        What was solved before; by default nothing.
    draws
        Simulated election days; 0 simulates none.

    Raises
    ------
    InputError
        If the scenario cannot be; see :func:`planner.scenario.apply.apply`.
    PlannerError
        If travel times cannot be had, or the days cannot be followed.
    """
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    applied = apply(scenario, mission)
    travel = make_provider(applied.mission)
    tried = replace(effort or Effort(), seed=scenario.seed)
    judged = plan_and_judge(
        applied.mission, travel, tried, progress or Silent(), memory or Memory()
    )
    return conclude(
        scenario, applied, judged.plan, judged.verdict, travel, draws=draws, scale=tried.scale
    )


def conclude(
    scenario: Scenario,
    applied: Applied,
    plan: Plan,
    verdict: Verdict,
    travel: "TravelProvider",
    *,
    draws: int,
    scale: float = 1.0,
) -> ScenarioRun:
    """Price a plan that was judged, and carry it out many times.

    Raises
    ------
    PlannerError
        If the days cannot be followed.
    """
    changed = applied.mission
    cost = plan_cost(changed, plan)
    places = {stop.place for day in plan.days for stop in day.stops}
    observed = [station for station in changed.station_of if station in places]
    joint = joint_visits(scenario, changed, travel, observed)
    found = forecast(scenario, applied.numbers, changed, plan, travel, draws)
    point = Point.model_validate(
        asked(scenario, applied, draws, scale)
        | planned(scenario, plan, verdict, cost, joint)
        | expected(found)
    )
    return ScenarioRun(scenario, applied, plan, verdict, cost, joint, found, point)


def run_point(
    mission: MissionInput,
    scenario: Scenario,
    *,
    effort: "Effort | None" = None,
    memory: Memory | None = None,
    draws: int = DRAWS,
    progress: "Progress | None" = None,
) -> Point:
    """Return the figures of a scenario; one that cannot be is answered with the reason.

    Parameters
    ----------
    mission, effort, memory, draws, progress
        As for :func:`run_scenario`.

    Raises
    ------
    PlannerError
        If travel times cannot be had, or the days cannot be followed.
    """
    try:
        return run_scenario(
            mission, scenario, effort=effort, memory=memory, draws=draws, progress=progress
        ).point
    except InputError as error:
        return refused_point(mission, scenario, error)


def refused_point(mission: MissionInput, scenario: Scenario, error: InputError) -> Point:
    """Return the row of a scenario that cannot be, with the reasons and the nearest values."""
    from planner.domain.finding import hard  # noqa: PLC0415 - only for refused ones

    told = [
        f"{f.code} {f.subject}: {f.message} Value {f.value}, allowed {f.limit}; {f.remedy}."
        for f in hard(error.findings)
    ]
    staffing = scenario.staffing.sto_pairs
    return Point(
        name=scenario.name,
        mission=mission.mission.id,
        input_hash=mission.input_hash,
        status="refused",
        reason=" ".join(told) or error.message,
        seed=scenario.seed,
        lto_teams_asked=scenario.staffing.lto_teams,
        stos_requested=None if staffing is None else 2 * staffing,
        pairs_requested=staffing,
        delivery_rate=scenario.delivery.rate,
        delivery_known=scenario.delivery.known,
    )
