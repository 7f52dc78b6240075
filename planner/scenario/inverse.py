"""The least number of STO pairs, and of LTO teams, for a target: searched by planning."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.domain.mission_input import MissionInput
from planner.remember.plan import Memory
from planner.scenario.apply import apply
from planner.scenario.bounds import with_staffing
from planner.scenario.document import Scenario
from planner.scenario.found import Inverse, Tried
from planner.scenario.inverse_job import InverseJob
from planner.scenario.run import DRAWS
from planner.scenario.target import Target, refuse_impossible

if TYPE_CHECKING:
    from planner.optimizer.stage import Effort, Progress

PLANS = 24
"""Full plans that a search may make."""
SCALE = 0.5
"""Effort of the search for days, as in sweeps: it loses at most 0.3 % of the days' value."""


def solve(  # noqa: PLR0913 - the parts of an order
    mission: MissionInput,
    target: Target,
    scenario: Scenario | None = None,
    *,
    effort: "Effort | None" = None,
    memory: Memory | None = None,
    plans: int = PLANS,
    draws: int = DRAWS,
    progress: "Progress | None" = None,
    watch: Callable[[Tried], None] | None = None,
) -> Inverse:
    """Search the least number of STO pairs for a target; every number tried is a full plan.

    A closed formula says where to begin, and below which number nothing can be enough. The rest is
    bracketing and interpolation on plans that the referee has judged, until the answer's plan meets
    the target and the plan with one pair fewer does not. The same order gives the same answer.

    Parameters
    ----------
    mission
        The base mission.
    scenario
        Everything but the number of pairs: delivery, noise, roads, seed. With ``target.span`` its
        LTO teams are where the search for them begins, otherwise they stay.
    effort
        Scale and seconds; by default half that of a plan. The seed is the scenario's.
    memory
        What was solved before; by default nothing.
    plans
        Most full plans; an answer that needs more is left open and says so.
    draws
        Simulated election days of each plan; none at level ``planned``.
    progress
        Watches the stages and may cancel: the answer is then what was found so far.
    watch
        Told each plan that was tried.

    Raises
    ------
    InputError
        If the target or the scenario cannot be, whatever the staffing, with the nearest that can.
    PlannerError
        If travel times cannot be had, or the days cannot be followed.
    """
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415 - heavy import

    asked = scenario or Scenario()
    refuse_impossible(target, asked, mission)
    # Judged once with the budget; tries are measured against it, not refused for it.
    priced = asked.model_copy(update={"budget": target.budget})
    applied = apply(with_staffing(priced, 0), mission)
    job = InverseJob(
        mission,
        applied.mission,
        target,
        asked,
        effort or Effort(scale=SCALE),
        memory or Memory(),
        plans,
        0 if target.level == "planned" else max(1, draws),
        progress or Silent(),
        watch,
    )
    return job.answer(applied.numbers.lto_teams)
