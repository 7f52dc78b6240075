"""Work on other machines: a Dask scheduler hands points, or clusters of days, to its workers.

The mission travels to the workers once, as an archive; results come back as rows. Nothing is read
from, or written to, a folder that machines would have to share.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from planner.errors import PlannerError
from planner.remember.reads import engines_key
from planner.sweep.engine import Cancelled
from planner.sweep.task import MissionSource, SweepTask, TaskResult, run_task

if TYPE_CHECKING:
    from distributed import Client, Future


class Keyed(Protocol):
    """What can be sent: plain values with a name of their own."""

    @property
    def key(self) -> str:
        """Names the task; the same task has the same key."""


class Answer(Protocol):
    """What comes back; ``code`` says why there is no result."""

    @property
    def code(self) -> str:
        """Code of the fault, empty if there is none."""

    @property
    def error(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do."""


T = TypeVar("T", bound=Keyed)
R = TypeVar("R", bound=Answer)


@dataclass(frozen=True)
class Work(Generic[T, R]):
    """A kind of task, and how a worker does it.

    Parameters
    ----------
    function
        Does a task on a worker: the task, what all tasks share, and the versions of who asks.
    given_up
        The answer for a task that cannot be done elsewhere, and why.
    light
        The task as it travels.
    shared
        What all tasks read; sent to every worker once.
    """

    function: Callable[[T, bytes, str], R]
    given_up: Callable[[T, str], R]
    light: Callable[[T], T]
    shared: bytes = b""


ATTEMPTS = 3
"""So often a task is sent out anew after whatever held it was lost."""
CONNECT_S = 10.0
"""Time to find the scheduler, and one worker, in seconds."""
PATIENCE_S = 120.0
"""How long a sweep waits for a worker when all are gone, in seconds."""
POLL_S = 0.5
START = "dask scheduler"
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class DaskCluster:
    """Computes tasks on the workers of a Dask scheduler.

    Scheduler and workers must have this version of mission-planner and of what solves. A worker
    that is lost gives its task to another one; a task that takes its worker with it again and again
    is given up, and its result says so.

    Parameters
    ----------
    scheduler
        Address, e.g. ``tcp://10.0.0.5:8786`` or ``tls://…``; certificates are those of Dask's own
        configuration.
    connect_s, patience_s
        Time to find scheduler and first worker, and to wait where all workers are gone.
    clock
        Seconds.
    """

    scheduler: str
    connect_s: float = CONNECT_S
    patience_s: float = PATIENCE_S
    clock: Callable[[], float] = time.monotonic

    @property
    def name(self) -> str:
        """Short name."""
        return f"dask {self.scheduler}"

    def run(self, tasks: Sequence[SweepTask], cancelled: Cancelled) -> Iterator[TaskResult]:
        """Yield the results of ``tasks`` as they come.

        Raises
        ------
        PlannerError
            ``SW-EXTRA`` without Dask; ``SW-SCHEDULER`` if the scheduler cannot be reached, has no
            workers, or is lost; ``SW-VERSION`` if a worker has other versions.
        """
        if tasks:
            shared = archive_of(tasks[0].source)
            yield from self.compute(Work(run_remote, _given_up, _light, shared), tasks, cancelled)

    def compute(self, work: Work[T, R], tasks: Sequence[T], cancelled: Cancelled) -> Iterator[R]:
        """Yield the answers to tasks of any kind as they come.

        Raises
        ------
        PlannerError
            As for :meth:`run`.
        """
        if not tasks:
            return
        client = self._connect()
        try:
            self._check_versions(client)
            yield from _Run(self, client, work, deque(tasks), cancelled).results()
        finally:
            client.close(timeout=self.connect_s)

    def _connect(self) -> "Client":
        try:
            from distributed import Client  # noqa: PLC0415 - an extra
        except ImportError as fault:
            raise PlannerError(
                "SW-EXTRA",
                "the engine dask needs the package distributed, which is not installed",
                "Install mission-planner[dask], or use the engine process.",
            ) from fault
        try:
            client = Client(self.scheduler, timeout=self.connect_s, set_as_default=False)
        except (OSError, ValueError, TypeError) as fault:
            raise _unreachable(
                self.scheduler, f"it cannot be reached ({_first_line(fault)})"
            ) from fault
        try:
            client.wait_for_workers(1, timeout=self.connect_s)
        except TimeoutError as fault:
            client.close(timeout=self.connect_s)
            raise _unreachable(self.scheduler, "it has no workers") from fault
        return client

    def _check_versions(self, client: "Client") -> None:
        """Compare versions with every worker, so that all give the same results.

        Raises
        ------
        PlannerError
            ``SW-VERSION``.
        """
        own = engines_key()
        answers = client.run(versions, on_error="return")
        for worker, answer in sorted(answers.items()):
            if answer != own:
                raise _other_version(str(worker), own, answer)


@dataclass
class _Run(Generic[T, R]):
    """One run: what waits, what is out, and how often it was sent."""

    engine: DaskCluster
    client: "Client"
    work: Work[T, R]
    waiting: deque[T]
    cancelled: Cancelled

    def results(self) -> Iterator[R]:
        out: dict[Future[R], T] = {}
        attempts: dict[str, int] = {}
        own, alone_since = engines_key(), None
        shared: Future[Any] | None = None
        while self.waiting or out:
            room = self._threads()
            alone_since = self._patient(room, alone_since)
            if shared is None and room:
                shared = self._scatter()
            while shared is not None and self.waiting and len(out) < room and not self.cancelled():
                task = self.waiting.popleft()
                attempt = attempts[task.key] = attempts.get(task.key, 0) + 1
                out[self._submit(task, shared, own, attempt)] = task
            if not out:
                if self.cancelled():
                    return
                time.sleep(POLL_S)
                continue
            for future in self._finished(out):
                task = out.pop(future)
                result = self._result(future, task, attempts[task.key])
                future.release()
                if result is None:
                    # What it stood on was lost, perhaps what all share with its last holder.
                    shared = None
                    self.waiting.appendleft(task)
                else:
                    yield result

    def _scatter(self) -> "Future[Any]":
        """Send what all share to all workers once; late ones fetch it from the others."""
        try:
            # Under a new name each time: what was lost is not taken for what is sent anew.
            sent: Future[Any] = self.client.scatter(self.work.shared, broadcast=True, hash=False)
        except (TimeoutError, OSError) as fault:
            raise self._lost(fault) from fault
        return sent

    def _submit(self, task: T, shared: "Future[Any]", own: str, attempt: int) -> "Future[Any]":
        return self.client.submit(
            self.work.function,
            self.work.light(task),
            shared,
            own,
            key=f"mission-planner-{task.key}-{attempt}-{self.client.id}",
            pure=False,
        )

    def _threads(self) -> int:
        """Return how many tasks the workers can do at a time; 0 while there are none."""
        try:
            return sum(self.client.nthreads().values())
        except (OSError, RuntimeError, TimeoutError) as fault:
            raise self._lost(fault) from fault

    def _patient(self, room: int, alone_since: float | None) -> float | None:
        """Return since when there is no worker.

        Raises
        ------
        PlannerError
            ``SW-SCHEDULER`` once that lasts too long, or if the scheduler is gone.
        """
        if self.client.status not in ("running", "connecting", "newly-created"):
            raise self._lost(RuntimeError(self.client.status))
        if room:
            return None
        now = self.engine.clock()
        if alone_since is None:
            return now
        if now - alone_since > self.engine.patience_s:
            raise _unreachable(
                self.engine.scheduler,
                f"all its workers were lost {now - alone_since:.0f} s ago",
            )
        return alone_since

    def _finished(self, out: dict["Future[R]", T]) -> list["Future[R]"]:
        from distributed import wait  # noqa: PLC0415 - an extra

        try:
            with self.client.as_current():
                wait(list(out), timeout=POLL_S, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return []
        except CancelledError:
            # Some were lost with what they stood on; each says so itself.
            pass
        return [future for future in out if future.done()]

    def _result(self, future: "Future[R]", task: T, attempt: int) -> R | None:
        """Return what came of a task; None if it must be sent again.

        Raises
        ------
        PlannerError
            ``SW-VERSION``: a worker that came later has other versions; or the scheduler is lost.
        """
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        if future.status == "cancelled":
            if self.client.status != "running":
                raise self._lost(RuntimeError(self.client.status))
            return None if attempt < ATTEMPTS else self.work.given_up(task, "it was lost")
        fault = future.exception()
        if fault is None:
            result: R = future.result()
            if result.code == "SW-VERSION":
                raise PlannerError(result.code, result.error, result.remedy)
            return result
        if isinstance(fault, KilledWorker):
            return self.work.given_up(task, "its worker died again and again")
        if attempt < ATTEMPTS:
            return None
        return self.work.given_up(task, _first_line(fault))

    def _lost(self, fault: BaseException) -> PlannerError:
        return _unreachable(self.engine.scheduler, f"it was lost ({_first_line(fault)})")


def versions() -> str:
    """Return the versions of where this runs: a worker, when a worker is asked."""
    return engines_key()


def other_versions(wanted: str) -> PlannerError | None:
    """Return why this process must not compute for somebody: ``SW-VERSION``, or None if it may."""
    own = engines_key()
    return None if own == wanted else _other_version("a worker that came later", wanted, own)


def run_remote(task: SweepTask, archive: bytes, wanted: str) -> TaskResult:
    """Compute a point on a worker; one at a time in a process, whatever threads it has.

    Parameters
    ----------
    task
        Without its mission.
    archive
        The mission's files.
    wanted
        Versions of who asks; with others nothing is computed.
    """
    refused = other_versions(wanted)
    if refused is not None:
        return TaskResult(task.key, code=refused.code, error=refused.message, remedy=refused.remedy)
    whole = replace(task, source=replace(task.source, archive=archive))
    with _one_at_a_time:
        return run_task(whole)


def archive_of(source: MissionSource) -> bytes:
    """Return the mission's files as one archive, from its folder if they are not one yet.

    Raises
    ------
    PlannerError
        If the folder cannot be read.
    """
    if source.archive:
        return source.archive
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.workspace.snapshot import pack  # noqa: PLC0415 - heavy import

    folder = Path(source.folder)
    return pack(load_mission(folder).files, folder)


def _light(task: SweepTask) -> SweepTask:
    return replace(task, source=MissionSource(task.source.input_hash), cache="")


def _given_up(task: SweepTask, why: str) -> TaskResult:
    return TaskResult(
        task.key,
        code="SW-WORKER",
        error=f"the point was given up: {why}",
        remedy="Look at the worker's log; give workers more memory, then --resume.",
    )


def _other_version(worker: str, own: str, answer: Any) -> PlannerError:  # noqa: ANN401 - or an error
    found = answer if isinstance(answer, str) else f"no mission-planner ({_first_line(answer)})"
    return PlannerError(
        "SW-VERSION",
        f"{worker} has {found}; here is {own}",
        "Install the same release and the same lock of requirements on all machines.",
    )


def _unreachable(scheduler: str, why: str) -> PlannerError:
    return PlannerError(
        "SW-SCHEDULER",
        f"scheduler '{scheduler}': {why}",
        f"Start it ({START}) and its workers (dask worker ADDRESS), see docs/cluster.md, or use "
        "the engine process. What is done is kept: go on with --resume.",
    )


def _first_line(fault: object) -> str:
    text = str(fault).strip().splitlines()
    return text[0] if text else type(fault).__name__
