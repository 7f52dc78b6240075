"""The process that computes runs, one after the other: ``python -m …simulation_runner STATE``.

It is started by the dashboard and outlives it. Started twice, the second one ends at once.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.plan import StageName
from planner.errors import InputError, PlannerError
from planner.jobs.record import JobState
from planner.workspace.simulation import (
    RunFault,
    RunProgress,
    RunStatus,
    SimulationOrder,
)
from planner.workspace.simulation_files import RunFiles

if TYPE_CHECKING:
    from planner.domain.mission_input import MissionInput
    from planner.scenario.found import Tried
    from planner.sweep.design import Design
    from planner.sweep.engine import Engine
    from planner.sweep.run import SweepProgress

NICENESS = 10
"""A plan that somebody waits for goes first; a run takes what is left."""
Clock = Callable[[], datetime]


def work(files: RunFiles, clock: Clock) -> None:
    """Compute the runs that wait, the oldest first, until none is left."""
    while True:
        with files.alone() as mine:
            if not mine:
                return
            _mark_lost(files, clock)
            while (order := files.next()) is not None:
                carry_out(files, order, clock)
        # One that was ordered while the lock was still held found this runner at work.
        if files.next() is None:
            return


def carry_out(files: RunFiles, order: SimulationOrder, clock: Clock) -> None:
    """Compute one run; whatever happens stands in its status."""
    job = _Job(files, order, clock, files.written(order.id))
    job.save(JobState.RUNNING, started_at=clock())
    try:
        found = job.compute()
    except PlannerError as error:
        job.save(JobState.FAILED, fault=fault_of(error), ended_at=clock())
        if error.code == "EX-WRITE":
            raise
    except Exception as error:
        fault = RunFault(
            code="WS-BUG",
            message=f"something went wrong that should not: {type(error).__name__}",
            remedy=f"report it with {files.folder / 'runner.log'}",
        )
        job.save(JobState.FAILED, fault=fault, ended_at=clock())
        raise
    else:
        job.save(found, ended_at=clock())


def fault_of(error: PlannerError, name: str = "") -> RunFault:
    """Return an error as a run keeps it."""
    findings = error.findings if isinstance(error, InputError) else ()
    return RunFault(
        code=error.code,
        message=error.message,
        remedy=error.remedy,
        name=name,
        findings=tuple(findings),
    )


def _mark_lost(files: RunFiles, clock: Clock) -> None:
    """End what an earlier runner was killed at; the lock says that it is gone."""
    for order in files.orders():
        status = files.written(order.id)
        if status.state is JobState.RUNNING:
            stopped = files.stop_wished(order.id)
            state = JobState.CANCELLED if stopped else JobState.LOST
            files.save(order.id, status.model_copy(update={"state": state, "ended_at": clock()}))


@dataclass
class _Job:
    """One run that is being computed."""

    files: RunFiles
    order: SimulationOrder
    clock: Clock
    status: RunStatus
    tried: "list[Tried]" = field(default_factory=list)

    @property
    def cancelled(self) -> bool:
        """Whether somebody wants it to end; the name is that of ``Progress``."""
        return self.files.stop_wished(self.order.id)

    def report(self, stage: StageName, incumbent: float | None, bound: float | None) -> None:
        """Stages of single plans are not told."""

    def save(self, state: JobState, **changes: object) -> None:
        self.status = self.status.model_copy(update={"state": state, **changes})
        self.files.save(self.order.id, self.status)

    def compute(self) -> JobState:
        from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import

        mission = load_mission(self.files.input(self.order)).mission_input
        request = self.order.request
        if request.design is None:
            return self._search(mission)
        return self._sweep(mission, request.design)

    def _sweep(self, mission: "MissionInput", design: "Design") -> JobState:
        from planner.sweep.run import run_sweep  # noqa: PLC0415 - heavy import

        request = self.order.request
        result = run_sweep(
            mission,
            design,
            self.files.sweep(self.order.id).path,
            engine=self._engine(design),
            scale=request.scale,
            draws=request.draws,
            resume=True,
            cache=self.files.cache,
            watch=self._watch,
            cancelled=lambda: self.cancelled,
        )
        failures = tuple(
            RunFault(code=one.code, message=one.message, remedy=one.remedy, name=one.name)
            for one in result.failures
        )
        done = len(result.points)
        progress = self.status.progress.model_copy(
            update={"done": done, "total": result.total, "left_s": None}
        )
        self.status = self.status.model_copy(update={"failures": failures, "progress": progress})
        return JobState.CANCELLED if result.cancelled else JobState.DONE

    def _engine(self, design: "Design") -> "Engine":
        from planner.sweep.design import scenarios  # noqa: PLC0415 - heavy import
        from planner.sweep.options import engine_of  # noqa: PLC0415 - heavy import

        processes = self.order.request.processes
        alone = processes == 1 or len(scenarios(design)) == 1
        return engine_of("in-process" if alone else "process", processes)

    def _watch(self, progress: "SweepProgress") -> None:
        told = RunProgress(
            done=progress.done,
            total=progress.total,
            hits=progress.hits,
            misses=progress.misses,
            elapsed_s=progress.elapsed_s,
            left_s=progress.left_s,
        )
        self.save(JobState.RUNNING, progress=told)

    def _search(self, mission: "MissionInput") -> JobState:
        from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import
        from planner.remember.cache import Cache  # noqa: PLC0415 - heavy import
        from planner.remember.plan import Memory  # noqa: PLC0415 - heavy import
        from planner.scenario.inverse import solve  # noqa: PLC0415 - heavy import
        from planner.workspace.simulation_answer import answer_of, so_far  # noqa: PLC0415 - as above

        request = self.order.request
        if request.target is None:  # pragma: no cover - the request sees to it
            raise AssertionError
        memory = Memory(Cache(self.files.cache), threads=request.processes)
        began = time.monotonic()

        def watch(tried: "Tried") -> None:
            self.tried.append(tried)
            so_far(self.tried, self.files.answer(self.order.id))
            told = RunProgress(
                done=len(self.tried),
                total=request.plans,
                hits=memory.cache.hits.total(),
                misses=memory.cache.misses.total(),
                elapsed_s=time.monotonic() - began,
            )
            self.save(JobState.RUNNING, progress=told)

        found = solve(
            mission,
            request.target,
            request.scenario,
            effort=Effort(scale=request.scale),
            memory=memory,
            plans=request.plans,
            draws=request.draws,
            progress=self,
            watch=watch,
        )
        answer_of(found, self.files.answer(self.order.id))
        return JobState.CANCELLED if self.cancelled else JobState.DONE


def main() -> None:
    """Work on the state folder that the command line names."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    work(RunFiles(Path(sys.argv[1])), lambda: datetime.now(UTC))


if __name__ == "__main__":
    main()
