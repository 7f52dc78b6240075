"""Pairs and a bound at given prices by an exact matching, where the assignment is too weak."""

from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from planner.optimizer.pairing.problem import Floats, Ints, PairingProblem
from planner.optimizer.pairing.relaxation import Relaxation

MAX_PEOPLE = 420
"""Larger complete graphs take an exact matching too long."""
_GRID = 256


@dataclass(frozen=True, eq=False)
class Matched:
    """Pairs of everybody, and a valid upper bound on the points of every solution."""

    bound: float
    first: Ints
    second: Ints


def match(problem: PairingProblem, prices: Floats) -> Matched:
    """Pair everybody for the most priced points, areas' quotas aside.

    Assignments may turn in odd circles, matchings may not: of three people of different States only
    two can be a pair. The exact maximum-weight perfect matching closes that gap.

    Parameters
    ----------
    prices
        Shape (areas + 1,), as the relaxation makes them.
    """
    relaxation = Relaxation(problem)
    worth, _ = relaxation.worth(prices)
    whole = np.rint(worth * _GRID).astype(np.int64)
    one, other = np.triu_indices(problem.people, 1)
    graph: rx.PyGraph[int | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(problem.people))
    edges = zip(one.tolist(), other.tolist(), whole[one, other].tolist(), strict=True)
    graph.extend_from_weighted_edge_list(list(edges))
    # The pairs come as a set: sorted, the same input gives the same plan.
    found = sorted(rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    total = int(whole[pairs[:, 0], pairs[:, 1]].sum())
    bound = total / _GRID + float(prices @ relaxation.quota)
    return Matched(bound, pairs[:, 0].copy(), pairs[:, 1].copy())
