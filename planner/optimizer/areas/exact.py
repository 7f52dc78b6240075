"""The exact step: solve the reduced model, cut off stray districts, and solve it again."""

from dataclasses import dataclass, replace

import numpy as np

from planner.optimizer.areas.bound import Relaxed
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import construct
from planner.optimizer.areas.fixing import Rest, survivors
from planner.optimizer.areas.graph import border, components
from planner.optimizer.areas.improve import improve
from planner.optimizer.areas.model import Limits, ReducedModel
from planner.optimizer.areas.problem import AreasProblem, Ints


@dataclass(frozen=True)
class Proof:
    """What the exact step achieved.

    Attributes
    ----------
    owner
        The best solution known now, or None if there was none before and none was found.
    bound
        Lower bound of the whole problem.
    finished
        False if a limit ended the step before the wanted gap was proven.
    """

    owner: Ints | None
    bound: float
    finished: bool


def within(rest: Rest, relaxed: Relaxed, upper: float, limit: int) -> float:
    """Return the largest target value up to ``upper`` whose model has at most ``limit`` choices.

    Every solution below the target is in the model, so that its bound, cut at the target, is valid.
    """

    def choices(target: float) -> int:
        return int(rest.lifted(survivors(rest.problem, relaxed, target)).serve.sum())

    if choices(upper) <= limit:
        return upper
    low, high = relaxed.value, upper
    for _ in range(20):
        middle = 0.5 * (low + high)
        if choices(middle) <= limit:
            low = middle
        else:
            high = middle
    return low


def prove(
    problem: AreasProblem,
    model: ReducedModel,
    owner: Ints | None,
    target: float,
    limits: Limits,
    budget: Budget,
) -> Proof:
    """Solve a reduced model with contiguity cuts as they are needed.

    Parameters
    ----------
    problem, model
        The problem, and its model over the choices that a solution below ``target`` may use.
    owner
        Incumbent or None.
    target
        Value below which the model is complete.
    limits
        Nodes and gap of each model, and the work over all of them.
    budget
        Clock and cancellation, asked between models.
    """
    best = np.inf if owner is None else problem.value(owner)
    bound = -np.inf
    work = 0
    while work <= limits.work and not budget.stopped:
        work += model.size + model.cuts
        seconds = budget.left_s
        answer = model.solve(replace(limits, seconds=seconds))
        bound = max(bound, min(target, answer.bound))
        if answer.owner is None:
            return Proof(owner, min(bound, best), finished=answer.finished)
        whole = not _cut_strays(problem, model, answer.owner)
        found = answer.owner if whole else _repaired(problem, answer.owner, budget)
        if found is not None and problem.value(found) < best:
            owner, best = found, problem.value(found)
        if whole or best - bound <= limits.gap * abs(best):
            return Proof(owner, min(bound, best), finished=answer.finished)
        if not answer.finished:
            break
    return Proof(owner, min(bound, best), finished=False)


def _cut_strays(problem: AreasProblem, model: ReducedModel, owner: Ints) -> bool:
    """Add a cut for each part that hangs apart from its base; tell whether there was one."""
    if problem.neighbours is None:
        return False
    strays = False
    for base in np.unique(owner):
        members = np.flatnonzero(owner == base).tolist()
        for part in components(problem.neighbours, members):
            if int(problem.home[base]) not in part:
                model.cut(part, border(problem.neighbours, part))
                strays = True
    return strays


def _repaired(problem: AreasProblem, owner: Ints, budget: Budget) -> Ints | None:
    """Grow contiguous areas from the bases of a solution that is not contiguous."""
    grown = construct(problem, np.unique(owner).tolist())
    return None if grown is None else improve(problem, grown, lambda: budget.stopped is not None)
