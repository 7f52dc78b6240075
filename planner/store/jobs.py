"""Planning jobs: who asked for what, and what came of it. Running them is ``planner.jobs``."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.store.access import User
from planner.store.context import Context, mission_row
from planner.store.errors import StoreError, unknown
from planner.store.records import Job, JobProgress, JobState
from planner.store.tables import JobRow, RevisionRow
from planner.store.text import MAX_REASON

ENDED = (JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.LOST)


@dataclass(frozen=True)
class Jobs:
    """The jobs of a store's missions."""

    context: Context

    def queue(self, user: User, mission: str, request: str) -> Job:
        """Put a job at the end of the queue; ``request`` is the worker's own JSON text.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "plan") as session:
            mission_row(session, mission)
            return self._queue(session, user, mission, request)

    def restart(self, user: User, job_id: str) -> Job:
        """Queue the request of a job that ended, as a new job.

        Raises
        ------
        StoreError
            ``ST-STATE`` if it has not ended, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "plan") as session:
            row = _row(session, job_id)
            _expect(row, *ENDED)
            return self._queue(session, user, row.mission, row.request)

    def start(self, user: User, job_id: str) -> Job:
        """Note that a worker has begun a queued job.

        Raises
        ------
        StoreError
            ``ST-STATE`` if it is not queued (any more), ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "run a job") as session:
            row = _row(session, job_id)
            _expect(row, JobState.QUEUED)
            self._move(session, user, row, JobState.RUNNING, "")
            row.heartbeat = self.context.clock()
            session.flush()
            return _record(row)

    def beat(self, user: User, job_id: str, progress: JobProgress) -> Job:
        """Keep what a running job says, and that it lives. Not audited: it is no deed.

        Raises
        ------
        StoreError
            ``ST-STATE`` if it does not run (any more), ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "run a job") as session:
            row = _row(session, job_id)
            _expect(row, JobState.RUNNING)
            row.stage, row.message = progress.stage, progress.message[:MAX_REASON]
            row.incumbent, row.bound = progress.incumbent, progress.bound
            row.heartbeat = self.context.clock()
            session.flush()
            return _record(row)

    def finish(
        self,
        user: User,
        job_id: str,
        state: JobState,
        *,
        message: str = "",
        revision: int | None = None,
    ) -> Job:
        """End a job: a queued one can only be cancelled, a running one in any way.

        Raises
        ------
        StoreError
            ``ST-STATE`` if it has ended before or ``state`` is no end, ``ST-UNKNOWN`` also for a
            revision that is not there, ``ST-ACCESS``.
        """
        with self.context.writing(user, "end a job") as session:
            row = _row(session, job_id)
            if state is JobState.CANCELLED:
                _expect(row, JobState.QUEUED, JobState.RUNNING)
            else:
                _expect(row, JobState.RUNNING)
            if state not in ENDED:
                raise StoreError(
                    "ST-STATE",
                    f"A job does not end as {state}; it ends as {', '.join(ENDED)}.",
                    "Report this as a fault of the worker.",
                )
            if revision is not None and session.get(RevisionRow, (row.mission, revision)) is None:
                raise unknown(
                    "revision", f"{revision} of mission {row.mission}", "Save the plan first."
                )
            row.revision = revision
            self._move(session, user, row, state, message)
            session.flush()
            return _record(row)

    def attach(self, user: User, job_id: str, revision: int) -> Job:
        """Note that the plan of an ended job was saved after all.

        Raises
        ------
        StoreError
            ``ST-STATE`` if it has not ended or has its revision, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "save a plan") as session:
            row = _row(session, job_id)
            _expect(row, JobState.DONE, JobState.CANCELLED)
            if row.revision is not None:
                raise StoreError(
                    "ST-STATE",
                    f"The plan of job {job_id} is already revision {row.revision}.",
                    "Look at that revision.",
                )
            if session.get(RevisionRow, (row.mission, revision)) is None:
                raise unknown("revision", f"{revision} of mission {row.mission}", "Save it first.")
            self._move(session, user, row, JobState(row.state), f"saved as revision {revision}")
            row.revision = revision
            session.flush()
            return _record(row)

    def declare_lost(self, user: User, silent_for_s: float) -> tuple[Job, ...]:
        """Give up running jobs without a heartbeat for longer than ``silent_for_s`` seconds.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.writing(user, "give up a job") as session:
            since = self.context.clock() - timedelta(seconds=silent_for_s)
            lost = [row for row in session.scalars(_in(JobState.RUNNING)) if _silent(row, since)]
            for row in lost:
                message = f"No sign of life of the worker for more than {silent_for_s:g} s."
                self._move(session, user, row, JobState.LOST, message)
            session.flush()
            return tuple(_record(row) for row in lost)

    def get(self, user: User, job_id: str) -> Job:
        """Return a job.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see a job") as session:
            return _record(_row(session, job_id))

    def open(self, user: User) -> tuple[Job, ...]:
        """Return the jobs of all missions that have not ended, the oldest first.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the jobs") as session:
            query = select(JobRow).where(JobRow.state.in_([JobState.QUEUED, JobState.RUNNING]))
            rows = session.scalars(query.order_by(JobRow.created_at, JobRow.id))
            return tuple(_record(row) for row in rows)

    def all(self, user: User, mission: str) -> tuple[Job, ...]:
        """Return a mission's jobs, the newest first.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the jobs") as session:
            mission_row(session, mission)
            query = select(JobRow).where(JobRow.mission == mission)
            rows = session.scalars(query.order_by(JobRow.created_at.desc(), JobRow.id))
            return tuple(_record(row) for row in rows)

    def _queue(self, session: Session, user: User, mission: str, request: str) -> Job:
        key = self.context.new_id()
        now = self.context.note(session, user, mission, "job.queue", key, "")
        row = JobRow(
            id=key,
            mission=mission,
            state=JobState.QUEUED.value,
            request=request,
            stage="",
            message="",
            author=user.name,
            created_at=now,
        )
        session.add(row)
        session.flush()
        return _record(row)

    def _move(
        self, session: Session, user: User, row: JobRow, state: JobState, message: str
    ) -> None:
        self.context.note(session, user, row.mission, f"job.{state}", row.id, message)
        row.state, row.message = state.value, message[:MAX_REASON]


def _in(state: JobState) -> Select[JobRow]:
    return select(JobRow).where(JobRow.state == state.value).order_by(JobRow.created_at, JobRow.id)


def _silent(row: JobRow, since: datetime) -> bool:
    return row.heartbeat is None or row.heartbeat < since


def _row(session: Session, job_id: str) -> JobRow:
    row = session.get(JobRow, job_id)
    if row is None:
        raise unknown("job", job_id, "Choose one of the mission's jobs.")
    return row


def _expect(row: JobRow, *states: JobState) -> None:
    if row.state not in states:
        raise StoreError(
            "ST-STATE",
            f"Job {row.id} is {row.state}; this takes one that is {' or '.join(states)}.",
            "Look at the job again: it has gone on meanwhile.",
        )


def _record(row: JobRow) -> Job:
    return Job(
        id=row.id,
        mission=row.mission,
        state=JobState(row.state),
        request=row.request,
        progress=JobProgress(row.stage, row.incumbent, row.bound, row.message),
        revision=row.revision,
        author=row.author,
        created_at=row.created_at,
        heartbeat=row.heartbeat,
    )
