"""Solutions seen during a search: their routes are days that a later combination can use."""

from typing import TYPE_CHECKING

from planner.optimizer.days.cluster import Route

if TYPE_CHECKING:
    from pyvrp import CostEvaluator, IteratedLocalSearch, Result, Solution

MOST, CLOCKED_MOST = 400, 800
"""Solutions kept without and with a clock; where nothing is priced a pool cannot be too large."""


class Harvest:
    """Callbacks of PyVRP's search that keep the best feasible solutions, each cost once.

    Solutions of one cost nearly always are the same one; the first of them stays. ``plans`` are
    the kept solutions as routes, best first, once the search has ended.

    Parameters
    ----------
    most
        Solutions kept.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.plans: list[list[Route]] = []
        self._kept: dict[int, Solution] = {}
        self._worst: int | None = None

    def solutions(self) -> "list[Solution]":
        """Return what was kept, cheapest first."""
        return [self._kept[cost] for cost in sorted(self._kept)]

    @property
    def routes(self) -> list[Route]:
        """All routes of all plans."""
        return [route for plan in self.plans for route in plan if route.stations]

    def on_start(self, ils: "IteratedLocalSearch") -> None:
        """Do nothing."""

    def on_end(self, result: "Result") -> None:
        """Do nothing."""

    def on_restart(self, best: "Solution") -> None:
        """Do nothing."""

    def on_best(self, best: "Solution") -> None:
        """Do nothing: every new best is also a candidate or the current one."""

    def on_iteration(
        self,
        current: "Solution",
        candidate: "Solution",
        best: "Solution",  # noqa: ARG002 - PyVRP's signature
        cost_evaluator: "CostEvaluator",
    ) -> None:
        """Keep the candidate, and what the search has made of it."""
        for solution in (candidate, current):
            if not solution.is_feasible():
                continue
            cost = cost_evaluator.cost(solution)
            if cost in self._kept or (self._worst is not None and cost >= self._worst):
                continue
            self._kept[cost] = solution
            if len(self._kept) >= 2 * self.most:
                for dear in sorted(self._kept)[self.most :]:
                    del self._kept[dear]
                self._worst = max(self._kept)
