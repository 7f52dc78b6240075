"""Small rosters to proven optimality: one binary for every possible team in every area."""

from dataclasses import dataclass

import numpy as np

from planner.optimizer.pairing.construct import place
from planner.optimizer.pairing.problem import NEVER, Floats, Ints, Pairing, PairingProblem

MAX_COLUMNS = 8_000
"""Possible teams times areas up to which the model is tried."""
NODES = 2_000
POOL_COLUMNS = 5_000
POOL_NODES = 50
"""The model of a pool is larger in people: 1,000 of them at 8,000 columns ran for over ten minutes
inside its first nodes, and the solver's only reproducible limit is that of nodes."""
SLACK = 1.0
"""Points that a team may lose in an area against its best one, in the model of a pool."""


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
    return columns_of(problem, one, other)


def columns_of(problem: PairingProblem, one: Ints, other: Ints) -> Columns:
    """Return the teams of given pairs, in every area where they may be.

    Parameters
    ----------
    one, other
        Shape (pairs,): people.
    """
    placed = problem.placed[problem.trait[one], problem.trait[other]]
    points = problem.together[one, other][:, None] + placed
    row, area = np.nonzero(points > NEVER // 2)
    return Columns(one[row], other[row], area.astype(np.int64), points[row, area])


def well_priced(found: Columns, prices: Floats) -> Columns:
    """Return the columns that lose little at the prices of slots against their pair's best area.

    Parameters
    ----------
    prices
        Shape (areas + 1,), near the best ones.
    """
    worth = found.points - prices[found.area]
    pair = np.unique(np.stack((found.first, found.second)), axis=1, return_inverse=True)[1]
    best = np.full(int(pair.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, pair, worth)
    keep = np.flatnonzero(worth >= best[pair] - SLACK)
    if len(keep) > POOL_COLUMNS:
        loss = (best[pair] - worth)[keep]
        keep = np.sort(keep[np.argsort(loss, kind="stable")[:POOL_COLUMNS]])
    return Columns(found.first[keep], found.second[keep], found.area[keep], found.points[keep])


def solve_exactly(
    problem: PairingProblem, found: Columns, nodes: int, seconds: float | None
) -> tuple[Pairing | None, float]:
    """Solve the joint problem as a mixed-integer program.

    Returns
    -------
    solution, bound
        The solution, None if none was found; and an upper bound on the value, penalties included,
        of all solutions that ``found`` can make, infinite if there is none.
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
