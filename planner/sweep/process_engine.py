"""A pool of processes on this machine; a process that dies gives its work to a new one."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for

from planner.sweep.engine import Cancelled
from planner.sweep.task import SweepTask, TaskResult, run_task

ATTEMPTS = 3
"""So often a task is begun; then the task itself is taken for what kills its process."""
POLL_S = 0.5
_QUIET = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _alone() -> None:
    """Keep a worker to one thread, and to its parent: two processes must not fight for two cores.

    Runs before any library for arrays is loaded, because these read it once.
    """
    for name in _QUIET:
        os.environ[name] = "1"
    # Ctrl-C is for the parent, which lets workers finish their points.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this worker when its parent was killed: a pool does not notice that by itself."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


@dataclass(frozen=True)
class ProcessPool:
    """Computes tasks in processes that are started anew (spawn), one thread each.

    Parameters
    ----------
    processes
        How many; by default one for each core.
    """

    processes: int = os.cpu_count() or 1

    @property
    def name(self) -> str:
        """Short name."""
        return f"process x{self.processes}"

    def run(self, tasks: Sequence[SweepTask], cancelled: Cancelled) -> Iterator[TaskResult]:
        """Yield the results of ``tasks`` as they come.

        The first task is done before the others begin: what all points share (areas, catchments)
        is then remembered, not computed in every process.
        """
        waiting = deque(tasks)
        attempts: dict[str, int] = {}
        while waiting and not cancelled():
            lost = yield from self._until_broken(waiting, cancelled)
            for task in lost:
                attempts[task.key] = attempts.get(task.key, 0) + 1
                if attempts[task.key] >= ATTEMPTS:
                    yield TaskResult(
                        task.key,
                        code="SW-WORKER",
                        error=f"the process died {ATTEMPTS} times on this point",
                        remedy="Give the machine more memory, or take fewer processes.",
                    )
                else:
                    waiting.appendleft(task)

    def _until_broken(
        self, waiting: deque[SweepTask], cancelled: Cancelled
    ) -> Generator[TaskResult, None, list[SweepTask]]:
        """Yield results until all are done, or a process dies; return the tasks that it took."""
        context = multiprocessing.get_context("spawn")
        begun: dict[Future[TaskResult], SweepTask] = {}
        with ProcessPoolExecutor(self.processes, context, initializer=_alone) as pool:
            room = 1
            while waiting or begun:
                while waiting and len(begun) < room and not cancelled():
                    task = waiting.popleft()
                    try:
                        begun[pool.submit(run_task, task)] = task
                    except BrokenProcessPool:
                        return [task, *begun.values()]
                if not begun:
                    break
                finished, _ = wait(begun, timeout=POLL_S, return_when=FIRST_COMPLETED)
                for future in finished:
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        return list(begun.values())
                    del begun[future]
                    yield result
                    room = self.processes
        return []
