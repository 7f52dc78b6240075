"""Where the points of a sweep are computed; what comes of them does not depend on it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.sweep.task import SweepTask, TaskResult, run_task

Cancelled = Callable[[], bool]
"""Tells whether the user wants to stop: tasks that have begun are finished, no more are begun."""


class Engine(Protocol):
    """Computes tasks.

    An engine is given tasks and yields their results as they come, in any order; each task gives
    the same result on every engine. A worker that dies is the engine's business: its task is given
    to another one, or its result says so.
    """

    @property
    def name(self) -> str:
        """Short name, for the protocol of the sweep."""

    def run(self, tasks: Sequence[SweepTask], cancelled: Cancelled) -> Iterator[TaskResult]:
        """Yield the results of ``tasks`` as they come."""


@dataclass(frozen=True)
class InProcess:
    """Computes one task after the other in this process.

    Parameters
    ----------
    threads
        Clusters of election days planned at a time.
    """

    threads: int = 1

    @property
    def name(self) -> str:
        """Short name."""
        return "in-process"

    def run(self, tasks: Sequence[SweepTask], cancelled: Cancelled) -> Iterator[TaskResult]:
        """Yield the results of ``tasks`` in their order."""
        for task in tasks:
            if cancelled():
                return
            yield run_task(task, self.threads)
