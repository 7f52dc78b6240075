"""Small rosters to proven optimality: one binary for every possible team in every area."""

from dataclasses import dataclass

import numpy as np

from planner.optimizer.pairing.construct import place
from planner.optimizer.pairing.problem import NEVER, Ints, Pairing, PairingProblem

MAX_COLUMNS = 6_000
"""Possible teams times areas up to which the model is tried."""
NODES = 2_000


@dataclass(frozen=True, eq=False)
class Columns:
    """All possible teams: people and area of each, and its points."""

    first: Ints
    second: Ints
    area: Ints
    points: Ints


def columns(problem: PairingProblem) -> Columns:
    """Return every team that may be, in every area."""
    one, other = np.nonzero(np.triu(problem.together > NEVER // 2, 1))
    kinds = problem.trait[one], problem.trait[other]
    placed = problem.placed[kinds[0], kinds[1]]
    row, area = np.nonzero(placed > NEVER // 2)
    points = problem.together[one[row], other[row]] + placed[row, area]
    return Columns(one[row], other[row], area.astype(np.int64), points)


def solve_exactly(
    problem: PairingProblem, found: Columns, nodes: int, seconds: float | None
) -> tuple[Pairing | None, float]:
    """Solve the joint problem as a mixed-integer program.

    Returns
    -------
    solution, bound
        The solution, None if none was found; and a valid upper bound on its value, penalties
        included, infinite if there is none.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy import
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy import

    count = len(found.points)
    must = -problem.benched.diagonal()[problem.trait] // 2
    nothing = -problem.penalty * problem.teams - int(must.sum())
    if not count:
        return None, float(nothing)
    gain = found.points + problem.penalty + must[found.first] + must[found.second]
    column = np.arange(count)
    rows = np.concatenate(
        (
            found.first,
            found.second,
            problem.people + found.area,
            np.full(count, problem.people + problem.areas),
        )
    )
    shape = (problem.people + problem.areas + 1, count)
    matrix = coo_array((np.ones(4 * count), (rows, np.tile(column, 4))), shape=shape)
    limit = np.concatenate((np.ones(problem.people), problem.quota, [problem.teams]))
    solved = milp(
        -gain.astype(np.float64),
        constraints=LinearConstraint(matrix.tocsr(), ub=limit),
        integrality=np.ones(count, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={
            "mip_rel_gap": 0.0,
            "node_limit": nodes,
            "time_limit": np.inf if seconds is None else max(0.1, seconds),
        },
    )
    dual = solved.mip_dual_bound
    bound = np.inf if dual is None or not np.isfinite(dual) else nothing - float(dual)
    if solved.x is None:
        return None, bound
    chosen = np.flatnonzero(solved.x > 0.5)
    in_team = np.zeros(problem.people, dtype=bool)
    in_team[found.first[chosen]] = in_team[found.second[chosen]] = True
    rest = np.flatnonzero(~in_team)
    first = np.concatenate((found.first[chosen], rest[::2]))
    second = np.concatenate((found.second[chosen], rest[1::2]))
    return place(problem, first, second), bound
