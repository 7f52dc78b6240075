"""When the search of a cluster ends."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from planner.optimizer.stage import Progress


@dataclass
class SearchStop:
    """Ends a search after its iterations, without improvement, at a deadline or when cancelled.

    Parameters
    ----------
    iterations
        Most iterations.
    patience
        Iterations without improvement after which the search ends.
    progress
        Asked whether the user wants to stop.
    deadline_s
        Reading of the monotonic clock, or None for a search that no clock may end.
    goal_cost
        Cost at which the value has met its bound: from there on only driving can get better, and
        a tenth of the patience is enough.
    over
        Asked whether the search is to end for any other reason; None if there is none.
    """

    iterations: int
    patience: int
    progress: Progress
    deadline_s: float | None = None
    goal_cost: int | None = None
    over: Callable[[], bool] | None = None
    _done: int = field(default=0, init=False)
    _since_best: int = field(default=0, init=False)
    _best: int | None = field(default=None, init=False)

    def __call__(self, best_cost: int) -> bool:
        """Count one iteration; True ends the search."""
        self._done += 1
        self._since_best = 0 if self._best is None or best_cost < self._best else self._since_best
        self._best = best_cost if self._best is None else min(self._best, best_cost)
        self._since_best += 1
        at_goal = self.goal_cost is not None and self._best <= self.goal_cost
        patience = self.patience // 10 if at_goal else self.patience
        return (
            self._done > self.iterations
            or self._since_best > patience
            or self.progress.cancelled
            or self.late
            or (self.over is not None and self.over())
        )

    @property
    def done(self) -> int:
        """Iterations so far."""
        return self._done

    @property
    def late(self) -> bool:
        """True once the deadline has passed."""
        return self.deadline_s is not None and time.monotonic() >= self.deadline_s
