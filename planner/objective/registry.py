"""Which function computes the objective of which stage."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName
from planner.errors import PlannerError

Objective = Callable[[MissionInput, Plan, TravelProvider], float]
"""Mission, plan and travel times to the objective of one stage, in the unit of its report."""


@dataclass(frozen=True)
class Recomputed:
    """An objective computed from documents.

    Parameters
    ----------
    value
        The objective, or None where the documents do not give it.
    why
        The reason where ``value`` is None.
    """

    value: float | None
    why: str = ""


def objective_of(stage: StageName) -> Objective | None:
    """Return the function that computes the objective of ``stage``, or None if there is none."""
    module = f"planner.objective.{stage.value}"
    if find_spec(module) is None:
        return None
    objective: Objective = getattr(import_module(module), f"{stage.value}_objective")
    return objective


def recompute(
    stage: StageName, mission: MissionInput, plan: Plan, travel: TravelProvider | None
) -> Recomputed:
    """Compute the objective of ``stage`` from documents, whatever state they are in."""
    function = objective_of(stage)
    if function is None:
        return Recomputed(None, "this stage states no objective function")
    if travel is None:
        return Recomputed(None, "no travel provider")
    try:
        return Recomputed(float(function(mission, plan, travel)))
    except PlannerError as error:
        return Recomputed(None, error.message)
    except (ArithmeticError, LookupError, ValueError) as error:
        # Objectives trust the references of a plan; a plan that breaks them has no objective.
        return Recomputed(None, f"the document is broken ({type(error).__name__}: {error})")
