"""What the store gives out: plain frozen records, free of the database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planner.domain.decision import Decision


@dataclass(frozen=True)
class Mission:
    """A mission; ``head`` is the number of its newest revision, None before the first."""

    id: str
    name: str
    head: int | None
    created_at: datetime


@dataclass(frozen=True)
class Revision:
    """An immutable plan of a mission, without the document itself.

    Attributes
    ----------
    number
        1, 2, 3, … within the mission, without gaps.
    plan_hash
        SHA-256 of the canonical document; equal plans have equal hashes.
    input_hash
        Of the mission input that it was planned from.
    parent
        The revision that the author saw when saving; None for the first.
    restored_from
        The older revision that it repeats; None for a plan of its own.
    """

    mission: str
    number: int
    plan_hash: str
    input_hash: str
    parent: int | None
    restored_from: int | None
    author: str
    reason: str
    created_at: datetime


@dataclass(frozen=True)
class Withdrawal:
    """Who took a decision back, when and why."""

    author: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class StoredDecision:
    """A decision with its identity; it stands until it is withdrawn."""

    id: str
    mission: str
    decision: Decision
    version: int
    withdrawn: Withdrawal | None


class UploadKind(StrEnum):
    """What an uploaded file is meant to be."""

    STATIONS = "stations"
    OBSERVERS = "observers"
    TOWNS = "towns"
    COMMISSIONS = "commissions"
    DISTRICTS = "districts"
    BOUNDARIES = "boundaries"
    TRAVEL = "travel"
    WORKBOOK = "workbook"


@dataclass(frozen=True)
class Upload:
    """A file as it came in, without its content."""

    id: str
    mission: str
    kind: UploadKind
    name: str
    sha256: str
    size_bytes: int
    author: str
    created_at: datetime


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"
    """Its worker gave no sign of life for too long."""


@dataclass(frozen=True)
class JobProgress:
    """What a running job last said. ``incumbent`` and ``bound`` are in the stage's own unit."""

    stage: str
    incumbent: float | None
    bound: float | None
    message: str


@dataclass(frozen=True)
class Job:
    """A planning job."""

    id: str
    mission: str
    state: JobState
    request: str
    """What to plan and how, as the worker's own JSON text."""
    progress: JobProgress
    revision: int | None
    """The revision that came of it."""
    author: str
    created_at: datetime
    heartbeat: datetime | None
    """The worker's last sign of life."""


@dataclass(frozen=True)
class AuditEntry:
    """Who did what when; written in the transaction of the deed itself."""

    number: int
    mission: str
    who: str
    action: str
    subject: str
    detail: str
    at: datetime
