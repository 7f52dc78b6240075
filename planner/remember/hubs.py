"""Hubs of an area: one more pair in the country changes one area's problem, not all of them."""

import json
from dataclasses import dataclass

import numpy as np

from planner.optimizer.allocation.hubs import HubProblem, HubSolution, solve_hubs
from planner.remember.cache import Cache
from planner.remember.digest import Digester

KIND = "hubs"


@dataclass(frozen=True)
class RememberedHubs:
    """Solves an area's hubs, or takes what was found for the same numbers before.

    Parameters
    ----------
    engines
        Versions of everything that solves.
    """

    cache: Cache
    digest: Digester
    engines: str

    def __call__(self, problem: HubProblem, nodes: int, seconds: float | None) -> HubSolution:
        """Place the pairs of one area; with a clock nothing is remembered."""
        if seconds is not None:
            return solve_hubs(problem, nodes, seconds)
        key = self.digest(
            (self.engines, nodes, problem.pairs, problem.pair_capacity, problem.unserved_min),
            (problem.minutes, problem.demand, problem.floor, problem.cap),
        )
        text = self.cache.get(KIND, key)
        if text is not None:
            counts, value, bound, late = json.loads(text)
            return HubSolution(np.array(counts, dtype=np.int64), value, bound, late)
        solved = solve_hubs(problem, nodes, seconds)
        found = (solved.counts.tolist(), float(solved.value), float(solved.bound), solved.late)
        self.cache.put(KIND, key, json.dumps(found))
        return solved
