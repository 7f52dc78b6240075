"""The folder of runs: one folder each, and a lock that only the living runner holds."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from planner.errors import PlannerError
from planner.export.atomic import write_bytes
from planner.jobs.files import ID
from planner.jobs.record import JobState
from planner.sweep.folder import SweepFolder
from planner.workspace.simulation import RunStatus, SimulationOrder, SimulationRun

LOCK_WAIT_S = 2.0
"""A runner waits so long for somebody who only looks whether a runner is there."""
_STOPPED = {JobState.QUEUED: JobState.CANCELLED, JobState.RUNNING: JobState.CANCELLING}


@dataclass(frozen=True)
class RunFiles:
    """Reads and writes runs. A file is whole or not there.

    ``ID/order.json`` is what was asked for, ``ID/status.json`` what the runner says, ``ID/stop`` a
    user's wish, ``ID/sweep`` the points. ``cache`` is what all runs remember together.

    Parameters
    ----------
    state
        State folder of the workspace: inputs lie in it too.
    """

    state: Path

    @property
    def folder(self) -> Path:
        """The folder of all runs."""
        return self.state / "sweeps"

    @property
    def cache(self) -> Path:
        """Where parts of plans are remembered."""
        return self.folder / "cache"

    def input(self, order: SimulationOrder) -> Path:
        """Return the mission folder that a run is for."""
        return self.state / "inputs" / order.input_hash

    def sweep(self, run: str) -> SweepFolder:
        """Return where the points of a run are."""
        return SweepFolder(self.folder / run / "sweep")

    def answer(self, run: str) -> Path:
        """Return where what a search for a target has found is written."""
        return self.folder / run / "target.json"

    def create(self, order: SimulationOrder) -> None:
        """Write down a new run: the order last, because it makes the run visible.

        Raises
        ------
        PlannerError
            ``EX-WRITE``.
        """
        self.save(order.id, RunStatus())
        write_bytes(self.folder / order.id / "order.json", order.model_dump_json().encode())

    def remove(self, run: str) -> None:
        """Forget a run with its points."""
        (self.folder / run / "order.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder / run, ignore_errors=True)

    def orders(self) -> list[SimulationOrder]:
        """Return all readable orders, the oldest first."""
        found = []
        for path in self.folder.glob("*/order.json"):
            try:
                found.append(SimulationOrder.model_validate_json(path.read_bytes()))
            except (OSError, ValidationError):
                continue
        return sorted(found, key=lambda order: (order.at, order.id))

    def order(self, run: str) -> SimulationOrder:
        """Return what was asked for.

        Raises
        ------
        PlannerError
            ``WS-RUN`` if there is no such run, or its file cannot be read.
        """
        if ID.fullmatch(run):
            try:
                content = (self.folder / run / "order.json").read_bytes()
                return SimulationOrder.model_validate_json(content)
            except (OSError, ValidationError):
                pass
        raise PlannerError("WS-RUN", f"there is no run {run[:64]}", "choose one from the list")

    def written(self, run: str) -> RunStatus:
        """Return the status as it was written; a run whose file is damaged counts as lost."""
        try:
            content = (self.folder / run / "status.json").read_bytes()
            return RunStatus.model_validate_json(content)
        except (OSError, ValidationError):
            return RunStatus(state=JobState.LOST)

    def save(self, run: str, status: RunStatus) -> None:
        """Write a status.

        Raises
        ------
        PlannerError
            ``EX-WRITE``.
        """
        write_bytes(self.folder / run / "status.json", status.model_dump_json().encode())

    def look(self, order: SimulationOrder, *, runner: bool) -> SimulationRun:
        """Return a run as it stands.

        Parameters
        ----------
        runner
            Whether a runner is there: without one, a run that is said to go on is lost.
        """
        status = self.written(order.id)
        state = status.state
        if state is JobState.RUNNING and not runner:
            # It may have ended between the two looks.
            status = self.written(order.id)
            state = JobState.LOST if status.state is JobState.RUNNING else status.state
        if self.stop_wished(order.id):
            gone = state is JobState.LOST
            state = JobState.CANCELLED if gone else _STOPPED.get(state, state)
        return SimulationRun(order=order, status=status.model_copy(update={"state": state}))

    def next(self) -> SimulationOrder | None:
        """Return the oldest run that waits."""
        for order in self.orders():
            if self.written(order.id).state is JobState.QUEUED and not self.stop_wished(order.id):
                return order
        return None

    def wish_stop(self, run: str) -> None:
        """Let a run end with the points that were begun; one that waits never begins.

        Raises
        ------
        PlannerError
            ``EX-WRITE``.
        """
        write_bytes(self.folder / run / "stop", b"")

    def stop_wished(self, run: str) -> bool:
        """Tell whether somebody wants a run to end."""
        return (self.folder / run / "stop").is_file()

    def go_on(self, run: str) -> None:
        """Let a run wait for its turn again.

        Raises
        ------
        PlannerError
            ``EX-WRITE``.
        """
        before = self.written(run)
        again = RunStatus(attempt=before.attempt + 1, progress=before.progress)
        # The status first: between the two a runner leaves the run alone.
        self.save(run, again)
        (self.folder / run / "stop").unlink(missing_ok=True)

    @contextmanager
    def alone(self, wait_s: float = LOCK_WAIT_S) -> Iterator[bool]:
        """Hold the runner's lock for the block; False if another process has it.

        The lock is one of SQLite's on a file of its own: the system takes it from a process that
        ends, however it ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "runner.lock"
        with closing(sqlite3.connect(path, timeout=wait_s, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                yield False
                return
            try:
                yield True
            finally:
                lock.execute("ROLLBACK")

    def runner_is_there(self) -> bool:
        """Tell whether a runner is at work."""
        if not (self.folder / "runner.lock").is_file():
            return False
        with self.alone(0) as free:
            return not free
