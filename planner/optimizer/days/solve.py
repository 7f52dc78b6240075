"""One cluster solved: routes, the most that any routes could be worth, and why the search ended."""

from dataclasses import dataclass

from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Cluster, Route, value
from planner.optimizer.days.search import search
from planner.optimizer.days.stop import SearchStop
from planner.optimizer.stage import Effort, Progress

ITERATIONS = 3_000
PATIENCE = 1_000
CLOCKED = 1_000


@dataclass(frozen=True)
class Solved:
    """Routes in the order of their teams, an upper bound on the value, and how the search ended.

    Parameters
    ----------
    late
        Whether a deadline ended the search.
    """

    routes: tuple[Route, ...]
    value: int
    bound: int
    late: bool


def solve_cluster(
    cluster: Cluster,
    effort: Effort,
    progress: Progress,
    deadline_s: float | None = None,
    bound: int | None = None,
) -> Solved:
    """Search the routes of a cluster's pairs.

    Parameters
    ----------
    effort
        Its seed and scale; its seconds are for the whole stage and not read here.
    deadline_s
        Reading of the monotonic clock, or None for a search that no clock may end.
    bound
        An upper bound that is already known.
    """
    known = upper_bound(cluster) if bound is None else bound
    scale = effort.scale if deadline_s is None else CLOCKED * effort.scale
    stop = SearchStop(int(ITERATIONS * scale), int(PATIENCE * scale), progress, deadline_s)
    routes = search(cluster, stop, known, effort.seed)
    worth = sum(value(cluster, route) for route in routes)
    return Solved(tuple(routes), worth, known, stop.late)
