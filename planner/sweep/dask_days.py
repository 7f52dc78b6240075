"""Clusters of one plan's election days on the workers of a Dask scheduler."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from planner.remember.elsewhere import ClusterAnswer, ClusterTask, routes_text
from planner.sweep.dask_engine import DaskCluster, Work, other_versions


@dataclass(frozen=True)
class DaskDays:
    """Searches clusters where the points of sweeps are computed; an ``Elsewhere``.

    Parameters
    ----------
    engine
        Scheduler and patience.
    """

    engine: DaskCluster

    def __call__(
        self, tasks: Sequence[ClusterTask], cancelled: Callable[[], bool]
    ) -> Iterator[ClusterAnswer]:
        """Yield an answer to each task as it comes; one that was given up has a code.

        Raises
        ------
        PlannerError
            As for :meth:`DaskCluster.run`.
        """
        work = Work(search_cluster, _given_up, _as_it_is)
        yield from self.engine.compute(work, tasks, cancelled)


def search_cluster(task: ClusterTask, _shared: bytes, wanted: str) -> ClusterAnswer:
    """Search a cluster on a worker; the same numbers give the same routes on every machine."""
    from planner.optimizer.days.stage import searched  # noqa: PLC0415 - heavy import
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415 - heavy import

    refused = other_versions(wanted)
    if refused is not None:
        return ClusterAnswer(
            task.key, code=refused.code, error=refused.message, remedy=refused.remedy
        )
    effort = Effort(seed=task.seed, scale=task.scale)
    routes, bound, _late = searched(task, task.bound, effort, Silent())
    return ClusterAnswer(task.key, routes_text(routes), bound)


def _as_it_is(task: ClusterTask) -> ClusterTask:
    return task


def _given_up(task: ClusterTask, why: str) -> ClusterAnswer:
    return ClusterAnswer(
        task.key,
        code="SW-WORKER",
        error=f"a cluster was given up: {why}",
        remedy="It is searched on this machine.",
    )
