"""When to stop: cancelled, out of time, or neither."""

import time
from dataclasses import dataclass, field

from planner.domain.plan import StageName, StopReason
from planner.optimizer.stage import Effort, Progress


@dataclass
class Budget:
    """Watches the wish of the user and, only where seconds were given, the clock.

    Parameters
    ----------
    effort
        Seed, seconds and scale of the stage.
    progress
        Hears incumbent and bound, and knows whether the user has cancelled.
    """

    effort: Effort
    progress: Progress
    _until_s: float | None = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock, if there is one."""
        seconds = self.effort.seconds
        self._until_s = None if seconds is None else time.monotonic() + seconds

    @property
    def left_s(self) -> float | None:
        """Seconds left, at least 0; None without a clock."""
        return None if self._until_s is None else max(0.0, self._until_s - time.monotonic())

    @property
    def stopped(self) -> StopReason | None:
        """Why to stop now, or None."""
        if self.progress.cancelled:
            return StopReason.CANCELLED
        return StopReason.TIME if self.left_s == 0.0 else None

    def report(self, incumbent: float | None, bound: float | None) -> None:
        """Tell the best objective and the best bound so far."""
        self.progress.report(StageName.AREAS, incumbent, bound)
