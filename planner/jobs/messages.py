"""What service and worker say to each other: one JSON document a line, one pipe each way."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from planner.domain.base import Frozen
from planner.jobs.record import JobRequest, StageProgress


class Start(Frozen):
    """Service → worker: do this job next; ``folder`` is where result and log go."""

    say: Literal["start"] = "start"
    job: str
    attempt: int
    request: JobRequest
    folder: str


class Cancel(Frozen):
    """Service → worker: finish this job with the best plan so far."""

    say: Literal["cancel"] = "cancel"
    job: str
    attempt: int


class Ready(Frozen):
    """Worker → service: the engines are loaded."""

    say: Literal["ready"] = "ready"


class Beat(Frozen):
    """Worker → service: still alive and at work on this job."""

    say: Literal["beat"] = "beat"
    job: str


class Progressed(Frozen):
    """Worker → service: a stage has found something."""

    say: Literal["progressed"] = "progressed"
    job: str
    progress: StageProgress


class Ended(Frozen):
    """Worker → service: the job's result file is written."""

    say: Literal["ended"] = "ended"
    job: str


Order = Annotated[Start | Cancel, Field(discriminator="say")]
Event = Annotated[Ready | Beat | Progressed | Ended, Field(discriminator="say")]
ORDERS: TypeAdapter[Order] = TypeAdapter(Order)
EVENTS: TypeAdapter[Event] = TypeAdapter(Event)
