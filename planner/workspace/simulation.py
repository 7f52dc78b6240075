"""A run of scenarios: what was asked for, how far it is, and what became of it."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, model_validator

from planner.domain.base import Frozen
from planner.domain.finding import Finding
from planner.jobs.record import JobState
from planner.scenario.document import Scenario
from planner.scenario.inverse import PLANS
from planner.scenario.target import Target
from planner.sweep.design import Design
from planner.sweep.run import DRAWS, SCALE

MOST_TITLE = 200


def resumable(state: JobState) -> bool:
    """Whether a person can let a run go on; what was finished before is kept."""
    return state in {JobState.CANCELLED, JobState.FAILED, JobState.LOST}


class SimulationRequest(Frozen):
    """What a person asks for: the points of a design, or the least staffing for a target.

    Attributes
    ----------
    title
        What the run is called in lists.
    design
        Scenarios to plan; None where a target is searched for.
    target, scenario
        What is to be reached, and everything but the numbers (delivery, noise, roads).
    scale
        Effort of the search for days; 1 is that of a plan.
    draws
        Simulated election days of each plan.
    plans
        Most full plans of a search for a target.
    processes
        Points computed at a time.
    """

    title: Annotated[str, Field(min_length=1, max_length=MOST_TITLE)]
    design: Design | None = None
    target: Target | None = None
    scenario: Scenario | None = None
    scale: Annotated[float, Field(gt=0, le=10)] = SCALE
    draws: Annotated[int, Field(ge=0, le=100_000)] = DRAWS
    plans: Annotated[int, Field(ge=1, le=500)] = PLANS
    processes: Annotated[int, Field(ge=1, le=256)] = 1

    @model_validator(mode="after")
    def _one_of_both(self) -> "SimulationRequest":
        if (self.design is None) == (self.target is None):
            raise ValueError("Expected either a design or a target.")
        return self


class SimulationOrder(Frozen):
    """A request with its author and the input that it is for."""

    id: str
    mission: str
    input_hash: str
    author: str
    at: datetime
    request: SimulationRequest


class RunProgress(Frozen):
    """How far a run is.

    Attributes
    ----------
    done, total
        Points (for a target: plans that were tried, and at most how many there will be).
    hits, misses
        Remembered parts of plans that were found, and those that had to be computed.
    elapsed_s, left_s
        Seconds of this attempt, and until its end at the pace so far; None: not known yet.
    """

    done: int = 0
    total: int = 0
    hits: int = 0
    misses: int = 0
    elapsed_s: float = 0.0
    left_s: float | None = None


class RunFault(Frozen):
    """Why a run, or one point of it (by ``name``), came to nothing, and what to do."""

    code: str
    message: str
    remedy: str
    name: str = ""
    findings: tuple[Finding, ...] = ()


class RunStatus(Frozen):
    """How a run stands, as its process has written it down.

    Attributes
    ----------
    attempt
        Counts from 1; going on adds one.
    fault, failures
        Why the run ended, and points that could not be computed.
    """

    state: JobState = JobState.QUEUED
    attempt: Annotated[int, Field(ge=1)] = 1
    started_at: datetime | None = None
    ended_at: datetime | None = None
    progress: RunProgress = RunProgress()
    fault: RunFault | None = None
    failures: tuple[RunFault, ...] = ()


class SimulationRun(Frozen):
    """A run as it stands now."""

    order: SimulationOrder
    status: RunStatus

    @property
    def id(self) -> str:
        """Names the run; part of its address."""
        return self.order.id

    @property
    def state(self) -> JobState:
        """Where the run stands."""
        return self.status.state
