"""Submitting, watching, cancelling and restarting planning jobs."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from planner.errors import PlannerError
from planner.jobs.child import COMMAND, Child
from planner.jobs.files import JobFiles, checked
from planner.jobs.messages import Cancel, Event, Progressed, Ready, Start
from planner.jobs.process import alive, mark
from planner.jobs.record import JobFault, JobRecord, JobRequest, JobState, ProcessMark

STALE_S = 30.0
"""Where the system does not tell whether a process lives, silence of this length means no."""
PATIENCE_S = 60.0
"""How long a closing service waits for the worker to write the best plan so far."""
log = logging.getLogger(__name__)


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class JobService:
    """Runs planning jobs one at a time in a warm worker process.

    All methods may be called from any thread. One service (one server process) has a jobs folder
    at a time; what an earlier one left there is taken over: queued jobs are queued again, jobs
    whose worker has still left a result get it, the others are lost and can be restarted.

    Parameters
    ----------
    folder
        The jobs folder.
    clock
        Present moment, aware; for the times in the records.
    new_id
        Makes the id of a job that is submitted without one.
    command
        How to start the worker.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime] = now,
        new_id: Callable[[], str] = lambda: secrets.token_hex(8),
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._files = JobFiles(folder.absolute())
        self._clock = clock
        self._new_id = new_id
        self._command = command
        self._self = mark()
        self._changed = threading.Condition(threading.RLock())
        self._mine: dict[str, JobRecord] = {}
        self._queue: list[str] = []
        self._closed = False
        self._child: Child | None = None
        with self._changed:
            self._take_over()
        self._thread = threading.Thread(target=self._work, name="planning-jobs", daemon=True)
        self._thread.start()

    def submit(self, request: JobRequest, job: str | None = None) -> JobRecord:
        """Queue a job.

        Raises
        ------
        PlannerError
            ``JOB-EXISTS`` if the id is taken, ``JOB-ID`` if it is none, ``JOB-CLOSED`` after
            :meth:`close`, ``EX-WRITE`` if the record cannot be written.
        """
        with self._changed:
            self._refuse_if_closed()
            record = JobRecord(
                id=checked(self._new_id() if job is None else job),
                request=request,
                state=JobState.QUEUED,
                submitted_at=self._clock(),
                owner=self._self,
            )
            self._files.create(record)
            return self._enqueue(record)

    def get(self, job: str) -> JobRecord:
        """Return a job as it stands.

        Raises
        ------
        PlannerError
            ``JOB-ID``, ``JOB-NONE`` or ``JOB-FILE``.
        """
        with self._changed:
            if job in self._mine:
                return self._mine[job]
            return self._settled(self._files.load(job))

    def list(self) -> tuple[JobRecord, ...]:
        """Return all jobs, the oldest first."""
        with self._changed:
            return tuple(
                self._mine.get(record.id) or self._settled(record) for record in self._files.all()
            )

    def cancel(self, job: str) -> JobRecord:
        """Stop a job and keep its best plan so far; a queued one never begins.

        Never waits for the worker. A job that has ended or is being cancelled stays as it is.

        Raises
        ------
        PlannerError
            As :meth:`get`.
        """
        with self._changed:
            record = self.get(job)
            if job not in self._mine:
                return record
            if record.state is JobState.QUEUED:
                self._queue.remove(job)
                return self._set(record, state=JobState.CANCELLED, ended_at=self._clock())
            if record.state is JobState.RUNNING:
                if self._child is not None:
                    self._child.tell(Cancel(job=job, attempt=record.attempt))
                return self._set(record, state=JobState.CANCELLING)
            return record

    def restart(self, job: str) -> JobRecord:
        """Queue a job again that has ended, with the same request.

        Raises
        ------
        PlannerError
            ``JOB-ACTIVE`` if it has not ended, ``JOB-CLOSED``; else as :meth:`get`.
        """
        with self._changed:
            self._refuse_if_closed()
            record = self.get(job)
            if not record.state.ended:
                raise PlannerError(
                    "JOB-ACTIVE", f"job {job} is {record.state.value}", "cancel it first, or wait"
                )
            again = JobRecord(
                id=job,
                request=record.request,
                state=JobState.QUEUED,
                attempt=record.attempt + 1,
                submitted_at=self._clock(),
                owner=self._self,
            )
            self._files.save(again)
            return self._enqueue(again)

    def watch(self, job: str, timeout_s: float | None = None) -> Iterator[JobRecord]:
        """Yield the job now and after each change, until it has ended or time is up.

        Changes that follow each other faster than they are read are told as one.

        Raises
        ------
        PlannerError
            As :meth:`get`.
        """
        until = None if timeout_s is None else time.monotonic() + timeout_s
        seen = None
        while True:
            record = self.get(job)
            if record != seen:
                yield record
            seen = record
            if record.state.ended:
                return
            left = 1.0 if until is None else min(1.0, until - time.monotonic())
            if left <= 0:
                return
            with self._changed:
                if self.get(job) == seen:
                    self._changed.wait(left)

    def close(self, patience_s: float = PATIENCE_S) -> None:
        """Take no more jobs, end the running one with its best plan so far, end the worker.

        Queued jobs stay queued for the next service on this folder.
        """
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            child = self._child
        if child is not None:
            child.end(patience_s)
        self._thread.join(patience_s)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise PlannerError("JOB-CLOSED", "planning is being shut down", "start it again")

    def _enqueue(self, record: JobRecord) -> JobRecord:
        self._mine[record.id] = record
        self._queue.append(record.id)
        self._changed.notify_all()
        return record

    def _set(self, record: JobRecord, **changes: object) -> JobRecord:
        return self._keep(record.model_copy(update=changes))

    def _keep(self, record: JobRecord) -> JobRecord:
        """Remember and store; a full disk must not stop the job, its plan may fit elsewhere."""
        self._mine[record.id] = record
        try:
            self._files.save(record)
        except PlannerError as error:
            log.warning("%s: %s", error.code, error.message)
        self._changed.notify_all()
        return record

    def _take_over(self) -> None:
        """Adopt what an earlier service on this folder has left."""
        for record in self._files.all():
            if record.state is JobState.QUEUED and not self._lives(record, record.owner):
                self._enqueue(self._set(record, owner=self._self))
            else:
                self._settled(record)

    def _settled(self, record: JobRecord) -> JobRecord:
        """Return another service's job, ended if it can have no other end any more."""
        if record.state.ended or record.state is JobState.QUEUED:
            return record
        result = self._files.result(record.id, record.attempt)
        if result is not None:
            return self._keep(record.with_result(result, self._clock()))
        if self._lives(record, record.worker or record.owner):
            return record
        return self._lose(record, "the server and its worker ended before the job did")

    def _lives(self, record: JobRecord, process: ProcessMark) -> bool:
        known = alive(process)
        if known is not None:
            return known
        heard = record.heartbeat_at or record.submitted_at
        return (self._clock() - heard).total_seconds() < STALE_S

    def _lose(self, record: JobRecord, why: str) -> JobRecord:
        fault = JobFault(
            code="JOB-LOST",
            message=f"job {record.id} is lost: {why}",
            remedy="restart the job; if it is lost again, plan fewer stations at a time or free "
            "memory. What the worker printed stands in the log",
            log=str(self._files.folder / "worker.log"),
        )
        return self._set(record, state=JobState.LOST, ended_at=self._clock(), fault=fault)

    def _work(self) -> None:
        """Hand out one job after the other until closed; the only thread that reads events."""
        self._warm()
        while True:
            with self._changed:
                while not self._queue and not self._closed:
                    self._changed.wait()
                if self._closed:
                    break
                child = self._warm()
                record = self._mine[self._queue.pop(0)]
                if child is None:
                    self._lose(record, "no worker process can be started")
                    continue
                record = self._set(
                    record,
                    state=JobState.RUNNING,
                    started_at=self._clock(),
                    heartbeat_at=self._clock(),
                    worker=child.mark,
                )
                child.tell(
                    Start(
                        job=record.id,
                        attempt=record.attempt,
                        request=record.request,
                        folder=str(self._files.folder),
                    )
                )
            self._follow(record.id, child)
        if self._child is not None:
            self._child.end(PATIENCE_S)
            self._child.drop()

    def _warm(self) -> Child | None:
        """Return the worker; start one where there is none."""
        with self._changed:
            if self._closed:
                return self._child
            if self._child is None or not self._child.running:
                if self._child is not None:
                    self._child.end(0)
                    self._child.drop()
                try:
                    self._child = Child(self._files.folder / "worker.log", self._command)
                except OSError:
                    log.exception("no worker")
                    self._child = None
            return self._child

    def _follow(self, job: str, child: Child) -> None:
        """Take the worker's events until the job has ended or the worker is gone."""
        for event in child.events():
            if isinstance(event, Ready) or event.job != job:
                continue
            if self._hear(event):
                return
        code = child.end(PATIENCE_S)
        with self._changed:
            record = self._mine[job]
            result = self._files.result(job, record.attempt)
            if result is not None:
                self._keep(record.with_result(result, self._clock()))
            else:
                self._lose(record, f"its worker process ended (exit code {code})")

    def _hear(self, event: Event) -> bool:
        """Take one event of the running job; True when it was the last."""
        if isinstance(event, Ready):
            return False
        with self._changed:
            record = self._mine[event.job]
            if isinstance(event, Progressed):
                self._keep(record.with_progress(event.progress, self._clock()))
                return False
            if event.say == "beat":
                self._set(record, heartbeat_at=self._clock())
                return False
            result = self._files.result(record.id, record.attempt)
            if result is None:
                self._lose(record, "its worker could not write the result")
            else:
                self._keep(record.with_result(result, self._clock()))
            return True
