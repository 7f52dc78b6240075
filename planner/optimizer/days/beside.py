"""Searches on other cores beside the one that solves a cluster; only where a clock is kept.

PyVRP lets go of Python's lock while it searches, so threads are enough. What they find depends on
how much time each gets, so a result that has to be the same each time must not use them.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from planner.optimizer.days.cluster import Route

Over = Callable[[], bool]
Job = Callable[[Over], list[Route]]
"""A search that asks now and then whether it is over, and returns the routes it has met."""


class Beside:
    """Jobs in threads of their own, each begun at once; used as a context that outlives none.

    Parameters
    ----------
    jobs
        What to run; may be empty.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._over = False
        self._threads = ThreadPoolExecutor(max(1, len(jobs)))
        self._running: list[Future[list[Route]]] = [
            self._threads.submit(job, lambda: self._over) for job in jobs
        ]

    def __enter__(self) -> Self:
        """Return the jobs themselves."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell all jobs that they are over, and wait for them."""
        self._over = True
        self._threads.shutdown(wait=True, cancel_futures=True)

    def ended(self) -> list[list[Route]]:
        """Tell all jobs that they are over and return what each has met; nothing a second time."""
        self._over = True
        running, self._running = self._running, []
        return [job.result() for job in running]
