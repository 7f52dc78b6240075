"""Keeps in the store what becomes of planning jobs; a finished plan becomes a revision."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from planner.errors import PlannerError
from planner.export.document import load_plan, plan_hash
from planner.jobs import JobRecord, JobService
from planner.jobs import JobState as Running
from planner.planning import PlanStatus
from planner.store.access import Role, User
from planner.store.errors import StaleError
from planner.store.open import Store
from planner.store.records import Job, JobProgress, JobState, Revision
from planner.workspace.request import StoredRequest
from planner.workspace.spool import Spool

BEAT_S = 1.0
"""Progress is written to the store at most so often; the page reads it from the service."""
SYSTEM = User("mission-planner", Role.ADMIN)
log = logging.getLogger(__name__)


@dataclass
class Recorder:
    """Follows jobs in threads of its own, whether or not anybody looks at a page.

    Parameters
    ----------
    store, service, spool
        Where it writes, what it watches, and where the plans are.
    saved
        Is told of each new revision.
    """

    store: Store
    service: JobService
    spool: Spool
    saved: Callable[[Revision], None]
    _threads: dict[str, threading.Thread] = field(default_factory=dict)

    def resume(self) -> None:
        """Take up the jobs that an earlier server has left: finished, lost or still to be done."""
        known = {record.id for record in self.service.list()}
        for job in self.store.jobs.open(SYSTEM):
            try:
                if job.id not in known:
                    self.submit(job)
                else:
                    self.follow(job.id)
            except PlannerError as error:
                self._end(job.id, JobState.FAILED, f"{error.code}: {error.message}")

    def submit(self, job: Job) -> None:
        """Hand a queued job to the service, and follow it.

        Raises
        ------
        PlannerError
            If its input cannot be laid out, or the service takes no jobs.
        """
        stored = StoredRequest.model_validate_json(job.request)
        order = self.spool.order(SYSTEM, job.mission, job.id, stored)
        self.service.submit(order, job.id)
        self.follow(job.id)

    def follow(self, job: str) -> None:
        """Follow a job to its end."""
        thread = threading.Thread(
            target=self._follow, args=(job,), name=f"recorder-{job}", daemon=True
        )
        self._threads[job] = thread
        thread.start()

    def wait(self, job: str, timeout_s: float) -> None:
        """Wait until a job's end is in the store, at most ``timeout_s`` seconds."""
        thread = self._threads.get(job)
        if thread is not None:
            thread.join(timeout_s)

    def save(
        self, user: User, job: Job, stored: StoredRequest, expected_head: int | None
    ) -> Revision:
        """Save the plan of a job as the newest revision.

        Raises
        ------
        StaleError
            If there is a newer revision than ``expected_head``.
        StoreError, PlannerError
            If the plan cannot be read or saved.
        """
        plan = load_plan(self.spool.plan_file(job.id))
        revision = self.store.revisions.save(
            user, job.mission, plan, expected_head=expected_head, reason=stored.request.reason
        )
        self.saved(revision)
        return revision

    def _follow(self, job: str) -> None:
        told_at = 0.0
        try:
            for record in self.service.watch(job):
                if record.state is Running.QUEUED:
                    continue
                if record.state.ended:
                    self._conclude(record)
                    return
                if self.store.jobs.get(SYSTEM, job).state is JobState.QUEUED:
                    self.store.jobs.start(SYSTEM, job)
                if time.monotonic() - told_at >= BEAT_S:
                    told_at = time.monotonic()
                    self.store.jobs.beat(SYSTEM, job, _progress(record))
        except PlannerError as error:
            log.warning("job %s: %s: %s", job, error.code, error.message)
            self._end(job, JobState.FAILED, f"{error.code}: {error.message} {error.remedy}")
        except Exception:
            log.exception("job %s cannot be recorded", job)
            self._end(job, JobState.FAILED, "WS-BUG: the job could not be recorded; see the log")

    def _conclude(self, record: JobRecord) -> None:
        job = self.store.jobs.get(SYSTEM, record.id)
        if job.state not in (JobState.QUEUED, JobState.RUNNING):
            return
        if job.state is JobState.QUEUED and record.state is not Running.CANCELLED:
            self.store.jobs.start(SYSTEM, record.id)
        if record.outcome is None:
            state = {Running.LOST: JobState.LOST, Running.CANCELLED: JobState.CANCELLED}.get(
                record.state, JobState.FAILED
            )
            fault = record.fault
            self._end(job.id, state, f"{fault.code}: {fault.message}" if fault else "")
            return
        state = JobState.CANCELLED if record.outcome.cancelled else JobState.DONE
        if record.outcome.status is PlanStatus.NO_PLAN:
            self._end(job.id, state, "Stopped before there was anything to keep.")
            return
        stored = StoredRequest.model_validate_json(job.request)
        author = User(job.author, Role.PLANNER)
        try:
            revision = self.save(author, job, stored, stored.request.base)
        except StaleError as error:
            head = self.store.revisions.get(SYSTEM, job.mission, error.head)
            if head.plan_hash == plan_hash(load_plan(self.spool.plan_file(job.id))):
                self._end(job.id, state, "The newest revision is this very plan.", head.number)
                return
            # Not lost: the plan stays in the spool, and the page offers to save it on top.
            self._end(job.id, state, f"{error.code}: {error.message}")
        else:
            self._end(job.id, state, "", revision.number)

    def _end(self, job: str, state: JobState, message: str, revision: int | None = None) -> None:
        try:
            found = self.store.jobs.get(SYSTEM, job)
            if found.state is JobState.QUEUED and state is not JobState.CANCELLED:
                self.store.jobs.start(SYSTEM, job)
            self.store.jobs.finish(SYSTEM, job, state, message=message, revision=revision)
        except PlannerError as error:
            log.warning("job %s: %s: %s", job, error.code, error.message)


def _progress(record: JobRecord) -> JobProgress:
    if not record.progress:
        return JobProgress("", None, None, "")
    latest = record.progress[-1]
    return JobProgress(latest.stage.value, latest.incumbent, latest.bound, "")
