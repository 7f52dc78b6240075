"""The bound at given prices by an exact matching, where the assignment's is too weak."""

import numpy as np
import rustworkx as rx

from planner.optimizer.pairing.problem import Floats, PairingProblem
from planner.optimizer.pairing.relaxation import Relaxation

MAX_PEOPLE = 420
"""Larger complete graphs take an exact matching too long."""
_GRID = 256


def matching_bound(problem: PairingProblem, prices: Floats) -> float:
    """Return a valid upper bound on the points of every solution, infinite for large rosters.

    Assignments may turn in odd circles, matchings may not: of three people of different States only
    two can be a pair. The exact maximum-weight perfect matching closes that gap.

    Parameters
    ----------
    prices
        Shape (areas + 1,), as the relaxation makes them.
    """
    if problem.people > MAX_PEOPLE or not problem.people:
        return float("inf")
    relaxation = Relaxation(problem)
    worth, _ = relaxation.worth(prices)
    whole = np.rint(worth * _GRID).astype(np.int64)
    one, other = np.triu_indices(problem.people, 1)
    graph: rx.PyGraph[int | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(problem.people))
    edges = zip(one.tolist(), other.tolist(), whole[one, other].tolist(), strict=True)
    graph.extend_from_weighted_edge_list(list(edges))
    pairs = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    total = sum(int(whole[a, b]) for a, b in pairs)
    return total / _GRID + float(prices @ relaxation.quota)
