"""What is known of a planning job; stored as one small JSON file each."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.finding import Finding
from planner.domain.frontier_point import FrontierPoint
from planner.domain.plan import StageName, StageReport
from planner.domain.stage_point import StagePoint
from planner.planning import PlanStatus


class JobState(StrEnum):
    """Where a job stands.

    ``LOST``: its worker process is gone without a result. ``FAILED``: the input or the program
    did not allow a plan. ``CANCELLED``: stopped by a user; if it had begun, the best plan so far
    is written.
    """

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to the job by itself."""
        return self in {JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.LOST}


class JobRequest(Frozen):
    """What to plan.

    Attributes
    ----------
    mission_folder, output, earlier
        Paths of the mission folder, of the plan document to write, and of the earlier plan to
        take the other stages from.
    seed, seconds
        Seed, and time limit of all stages together (None: reproducible).
    stages
        Stages to run.
    earlier_folder
        Mission folder that the earlier plan was made from.
    stability
        From 0 (plan freely) to 1 (keep all of the earlier plan that can be kept).
    quick
        Repair the earlier plan in seconds, and look at other stabilities too.
    """

    mission_folder: str
    output: str
    seed: int = 1
    seconds: float | None = Field(default=None, gt=0)
    stages: tuple[StageName, ...] = tuple(StageName)
    earlier: str | None = None
    earlier_folder: str | None = None
    stability: float = Field(default=0.0, ge=0, le=1)
    quick: bool = False


class StageProgress(Frozen):
    """The latest that a stage has told.

    Attributes
    ----------
    incumbent, bound, gap
        Best objective and best bound so far, and the gap between them as a fraction; None where
        not known.
    elapsed_s
        Seconds since the job was begun.
    """

    stage: StageName
    incumbent: float | None = None
    bound: float | None = None
    gap: float | None = None
    elapsed_s: float = Field(ge=0)


class JobOutcome(Frozen):
    """The plan that came out, in short; ``plan`` is where the document stands.

    ``points`` are the candidates of each stage, where an earlier plan was to be stayed near to;
    ``frontier`` holds quick repairs at other stabilities, ``frontier_fault`` why there are none.
    """

    status: PlanStatus
    plan: str
    cancelled: bool
    wall_s: float
    stages: tuple[StageReport, ...]
    counts: dict[str, int]
    hard_findings: tuple[Finding, ...]
    soft_findings: tuple[Finding, ...]
    unassigned: int
    points: tuple[StagePoint, ...] = ()
    frontier: tuple[FrontierPoint, ...] = ()
    frontier_fault: "JobFault | None" = None


class JobFault(Frozen):
    """Why there is no result: code, message, remedy; ``log`` names the file with the trace."""

    code: str
    message: str
    remedy: str
    findings: tuple[Finding, ...] = ()
    log: str = ""


class JobResult(Frozen):
    """What a worker leaves behind when a job ends: an outcome or a fault."""

    job: str
    attempt: int
    outcome: JobOutcome | None = None
    fault: JobFault | None = None


class ProcessMark(Frozen):
    """A process: ``pid`` and, because pids are used again, its ``start`` (None if not known)."""

    pid: int
    start: int | None = None


class JobRecord(Frozen):
    """A job as it stands.

    Attributes
    ----------
    attempt
        Counts from 1; a restart adds one.
    owner, worker
        The process whose service has the job, and the worker that runs it.
    heartbeat_at
        When the worker was last heard of.
    progress
        The latest of each stage that has begun, in the order in which they began.
    outcome, fault
        What came out, or why nothing did.
    """

    id: str
    request: JobRequest
    state: JobState
    attempt: int = Field(default=1, ge=1)
    submitted_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    heartbeat_at: datetime | None = None
    owner: ProcessMark
    worker: ProcessMark | None = None
    progress: tuple[StageProgress, ...] = ()
    outcome: JobOutcome | None = None
    fault: JobFault | None = None

    def with_progress(self, news: StageProgress, at: datetime) -> "JobRecord":
        """Return the record with the latest of one stage."""
        if any(known.stage is news.stage for known in self.progress):
            progress = tuple(
                news if known.stage is news.stage else known for known in self.progress
            )
        else:
            progress = (*self.progress, news)
        return self.model_copy(update={"progress": progress, "heartbeat_at": at})

    def with_result(self, result: JobResult, at: datetime) -> "JobRecord":
        """Return the record after its end."""
        if result.outcome is None:
            state = JobState.FAILED
        elif result.outcome.cancelled:
            state = JobState.CANCELLED
        else:
            state = JobState.DONE
        return self.model_copy(
            update={
                "state": state,
                "ended_at": at,
                "outcome": result.outcome,
                "fault": result.fault,
            }
        )
