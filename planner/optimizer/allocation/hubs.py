"""Pairs of one area to the towns where they sleep: a small exact model."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.objective.allocation import Floats, Ints, service_cost

GAP = 5e-4
"""Relative gap at which an area's model may stop."""
NODES = 400
"""Limit of branch-and-bound nodes of one area, times the effort's scale."""
STRONG_FLOWS = 20_000
"""Up to so many flows every single one is tied to the pairs of its hub, which makes the relaxation
close (measured: 11 % of gap after all nodes became a proof at the root, in half the time)."""


@dataclass(frozen=True, eq=False)
class HubProblem:
    """Where the pairs of one area sleep.

    Parameters
    ----------
    minutes
        Shape (hubs, points): drive, ``inf`` beyond reach.
    demand
        Shape (points,): stations.
    pairs
        Pairs to place; ``floor.sum() <= pairs <= cap.sum()``.
    pair_capacity
        Stations that one pair may serve.
    unserved_min
        Minutes that a station counts for which nobody serves.
    floor, cap
        Shape (hubs,): least (pinned) and most (beds) pairs of each hub.
    """

    minutes: Floats
    demand: Ints
    pairs: int
    pair_capacity: float
    unserved_min: float
    floor: Ints
    cap: Ints

    def value(self, counts: Ints) -> float:
        """Return the station-minutes of ``counts`` pairs at the hubs."""
        return service_cost(
            self.minutes, self.demand, counts, self.pair_capacity, self.unserved_min
        )

    def easy_bound(self) -> float:
        """Return a bound that needs no solver: every station at its nearest hub."""
        nearest = self.minutes.min(axis=0, initial=np.inf)
        return float(np.minimum(nearest, self.unserved_min) @ self.demand)


@dataclass(frozen=True, eq=False)
class HubSolution:
    """Pairs at each hub, their station-minutes, a lower bound, and whether time ran out."""

    counts: Ints
    value: float
    bound: float
    late: bool = False


HubSolver = Callable[[HubProblem, int, float | None], HubSolution]
"""Places the pairs of one area within a number of nodes and, if given, of seconds."""


def solve_hubs(problem: HubProblem, nodes: int, seconds: float | None) -> HubSolution:
    """Place the pairs of one area at least station-minutes.

    A mixed-integer model: whole pairs at hubs, stations served in parts. It stops at the gap
    :data:`GAP` or at ``nodes`` nodes (or, if given, after ``seconds``); the better of its solution
    and of :func:`greedy` is returned, with the solver's bound.
    """
    start = greedy(problem)
    easy = problem.easy_bound()
    if problem.pairs == 0 or not np.isfinite(problem.minutes).any():
        return HubSolution(start, problem.value(start), problem.value(start))
    counts, bound, late = _model(problem, nodes, seconds)
    candidates = [start] if counts is None else [counts, start]
    best = min(candidates, key=problem.value)
    value = problem.value(best)
    return HubSolution(best, value, min(value, max(easy, bound)), late)


def greedy(problem: HubProblem) -> Ints:
    """Place pair after pair where the most stations are left unserved (the nearest on ties)."""
    counts = problem.floor.copy()
    left = problem.demand.astype(np.float64)
    for hub in np.repeat(np.arange(len(counts)), counts).tolist():
        _serve(problem, hub, left)
    for _ in range(problem.pairs - int(counts.sum())):
        near = np.isfinite(problem.minutes)
        worth = np.minimum(near @ left, problem.pair_capacity) * problem.unserved_min
        worth -= np.where(near, problem.minutes, 0.0) @ left / max(1.0, left.sum())
        hub = int(np.argmax(np.where(counts < problem.cap, worth, -np.inf)))
        counts[hub] += 1
        _serve(problem, hub, left)
    return counts


def _serve(problem: HubProblem, hub: int, left: Floats) -> None:
    """Take what one more pair at ``hub`` serves, nearest first, out of ``left``."""
    order = np.argsort(problem.minutes[hub], kind="stable")
    order = order[np.isfinite(problem.minutes[hub, order])]
    before = np.concatenate(([0.0], np.cumsum(left[order])[:-1]))
    left[order] -= np.clip(problem.pair_capacity - before, 0.0, left[order])


def _model(
    problem: HubProblem, nodes: int, seconds: float | None
) -> tuple[Ints | None, float, bool]:
    """Return the model's counts (None if it found none), its bound, and whether time ran out."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy import
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy import

    hubs, points = problem.minutes.shape
    hub, point = np.nonzero(np.isfinite(problem.minutes))
    flows, demand = len(hub), problem.demand.astype(np.float64)
    # Variables: pairs at hubs, then flows. Rows: points, hubs, all pairs, and each flow's hub.
    column = hubs + np.arange(flows)
    tied = flows if flows <= STRONG_FLOWS else 0
    last = points + hubs + 1 + np.arange(tied)
    parts = [
        (point, column, np.ones(flows)),
        (points + hub, column, np.ones(flows)),
        (points + np.arange(hubs), np.arange(hubs), np.full(hubs, -problem.pair_capacity)),
        (np.full(hubs, points + hubs), np.arange(hubs), np.ones(hubs)),
        (last, column[:tied], np.ones(tied)),
        (last, hub[:tied], -np.minimum(demand[point[:tied]], problem.pair_capacity)),
    ]
    rows, columns, values = (np.concatenate(part) for part in zip(*parts, strict=True))
    matrix = coo_array((values, (rows, columns)), shape=(points + hubs + 1 + tied, hubs + flows))
    upper = np.concatenate((demand, np.zeros(hubs), [float(problem.pairs)], np.zeros(tied)))
    lower = np.full(len(upper), -np.inf)
    lower[points + hubs] = problem.pairs
    # The solver sees savings against serving nobody: its gap must be finer to be ours.
    total, easy = float(demand.sum()) * problem.unserved_min, problem.easy_bound()
    solved = milp(
        np.concatenate((np.zeros(hubs), problem.minutes[hub, point] - problem.unserved_min)),
        constraints=LinearConstraint(matrix.tocsr(), lower, upper),
        integrality=np.concatenate((np.ones(hubs), np.zeros(flows))),
        bounds=Bounds(
            np.concatenate((problem.floor.astype(np.float64), np.zeros(flows))),
            np.concatenate((problem.cap.astype(np.float64), demand[point])),
        ),
        options={
            "mip_rel_gap": GAP * easy / max(1.0, total - easy),
            "node_limit": nodes,
            "time_limit": np.inf if seconds is None else max(0.1, seconds),
        },
    )
    dual = solved.mip_dual_bound
    bound = -np.inf if dual is None or not np.isfinite(dual) else total + float(dual)
    counts = None if solved.x is None else np.rint(solved.x[:hubs]).astype(np.int64)
    return counts, bound, seconds is not None and solved.status == 1
