"""Runs of scenarios behind the workspace's door: ordered, watched, stopped, gone on with."""

import hashlib
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.jobs.record import JobState
from planner.scenario.document import Scenario
from planner.scenario.point import Point
from planner.store.access import Access, Role, User
from planner.store.context import Clock, NewId
from planner.workspace.simulation import (
    SimulationOrder,
    SimulationRequest,
    SimulationRun,
    resumable,
)
from planner.workspace.simulation_answer import TargetAnswer, read_answer
from planner.workspace.simulation_files import RunFiles

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider
    from planner.domain.mission_input import MissionInput
    from planner.scenario.apply import Applied
    from planner.scenario.judged import Judged
    from planner.scenario.run import ScenarioRun
    from planner.workspace.content import Content, Polygons

RUNNER = (sys.executable, "-m", "planner.workspace.simulation_runner")
KEPT_INPUTS = 2
"""Missions kept in memory, so that a second plan of a run is shown at once."""


@dataclass(frozen=True)
class RunPoint:
    """One scenario of a run.

    Attributes
    ----------
    key
        Names the point within its run.
    scenario
        What was asked.
    point
        What came of it; None while it is not computed.
    """

    key: str
    scenario: Scenario
    point: Point | None


@dataclass
class Simulations:
    """The runs of a workspace. May be shared by threads.

    Runs are computed one at a time by a process of their own, which outlives page and server. It
    has a lower priority than the worker that plans, and the two may be at work side by side.

    Parameters
    ----------
    files
        Where runs lie.
    access
        The guard.
    clock, new_id
        Where instants and ids come from.
    command
        How to start the process; the state folder is added.
    """

    files: RunFiles
    access: Access
    clock: Clock
    new_id: NewId
    command: tuple[str, ...] = RUNNER
    _process: "subprocess.Popen[bytes] | None" = None
    _inputs: "dict[str, tuple[MissionInput, Polygons]]" = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(
        self, user: User, mission: str, input_hash: str, request: SimulationRequest
    ) -> SimulationRun:
        """Queue a run for an input that is laid out already.

        Raises
        ------
        StoreError, InputError, PlannerError
            ``ST-ACCESS``; ``SW-DESIGN``, ``SW-AXIS`` or findings if the design means nothing;
            ``EX-WRITE``.
        """
        from planner.sweep.design import scenarios  # noqa: PLC0415 - heavy import

        self.access.require(user, Role.PLANNER, "run scenarios")
        if request.design is not None:
            scenarios(request.design)
        order = SimulationOrder(
            id=self.new_id(),
            mission=mission,
            input_hash=input_hash,
            author=user.name,
            at=self.clock(),
            request=request,
        )
        self.files.create(order)
        self.wake()
        return self.run_of(user, order.id)

    def runs(self, user: User, mission: str) -> tuple[SimulationRun, ...]:
        """Return a mission's runs, the newest first.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        runner = self.files.runner_is_there()
        found = [order for order in self.files.orders() if order.mission == mission]
        return tuple(self.files.look(order, runner=runner) for order in reversed(found))

    def run_of(self, user: User, run: str) -> SimulationRun:
        """Return a run as it stands.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``; ``WS-RUN`` if there is none.
        """
        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        order = self.files.order(run)
        found = self.files.look(order, runner=self.files.runner_is_there())
        if found.state is JobState.QUEUED:
            self.wake()
        return found

    def ahead(self, user: User, run: str) -> int:
        """Return how many runs come before one that waits.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        runner, number = self.files.runner_is_there(), 0
        for order in self.files.orders():
            if order.id == run:
                break
            number += not self.files.look(order, runner=runner).state.ended
        return number

    def cancel(self, user: User, run: str) -> None:
        """Stop a run; points that were begun are finished, and all are kept.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``; ``WS-RUN``, ``EX-WRITE``.
        """
        self.access.require(user, Role.PLANNER, "stop a run")
        if not self.run_of(user, run).state.ended:
            self.files.wish_stop(run)

    def resume(self, user: User, run: str) -> SimulationRun:
        """Let a run go on that was stopped, lost or failed; finished points are not repeated.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``; ``WS-RUN``, ``EX-WRITE``; ``WS-RUN-STATE`` if it has not ended, or is
            done.
        """
        self.access.require(user, Role.PLANNER, "run scenarios")
        found = self.run_of(user, run)
        if not resumable(found.state):
            raise PlannerError(
                "WS-RUN-STATE", f"run {run} is {found.state.value}", "look at the run again"
            )
        self.files.go_on(run)
        self.wake()
        return self.run_of(user, run)

    def remove(self, user: User, run: str) -> None:
        """Forget a run that has ended, with its points.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``; ``WS-RUN``; ``WS-RUN-STATE`` if it has not ended.
        """
        self.access.require(user, Role.PLANNER, "remove a run")
        found = self.run_of(user, run)
        if not found.state.ended:
            raise PlannerError("WS-RUN-STATE", f"run {run} has not ended", "stop it first")
        self.files.remove(run)

    def results(self, user: User, run: str) -> tuple[RunPoint, ...]:
        """Return all scenarios of a run in the order of its design, with the points so far.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``; ``WS-RUN``, ``SW-MANIFEST``.
        """
        from planner.sweep.design import scenarios  # noqa: PLC0415 - heavy import

        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        order = self.files.order(run)
        design = order.request.design
        if design is None:
            return _of_answer(self.answer(user, run))
        asked = scenarios(design)
        place = self.files.sweep(run)
        manifest = place.manifest()
        if manifest is None:
            return tuple(RunPoint(f"{n}", one, None) for n, one in enumerate(asked))
        points = place.done(manifest.keys)
        return tuple(
            RunPoint(key, scenario, points.get(key))
            for key, scenario in dict(zip(manifest.keys, asked, strict=True)).items()
        )

    def answer(self, user: User, run: str) -> TargetAnswer | None:
        """Return what a search for a target has found so far; None before its first plan.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``; ``WS-RUN``.
        """
        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        return read_answer(self.files.answer(self.files.order(run).id))

    def content(self, user: User, run: str, scenario: Scenario) -> "Content":
        """Return the plan of a scenario of a run, to be looked at; nothing is planned.

        Raises
        ------
        StoreError, InputError, PlannerError
            ``ST-ACCESS``; ``WS-RUN``; ``WS-PLAN-GONE`` if the plan is not remembered any more, or
            never was; the findings of a scenario that cannot be.
        """
        from planner.workspace.content import Content  # noqa: PLC0415 - heavy import

        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        order = self.files.order(run)
        _base, polygons = self._input(order)
        applied, judged, travel = self._kept(order, scenario)
        key = f"{order.input_hash}|{order.request.scale}|{scenario.model_dump_json()}"
        digest = hashlib.sha256(key.encode()).hexdigest()
        return Content(applied.mission, judged.plan, judged.verdict, travel, polygons, digest)

    def scenario_run(
        self, user: User, run: str, scenario: Scenario
    ) -> "tuple[MissionInput, ScenarioRun]":
        """Return a run's mission and a scenario of it with its plan; nothing is planned.

        Raises
        ------
        StoreError, InputError, PlannerError
            As for :meth:`content`.
        """
        from planner.scenario.run import conclude  # noqa: PLC0415 - heavy import

        self.access.require(user, Role.VIEWER, "see runs of scenarios")
        order = self.files.order(run)
        applied, judged, travel = self._kept(order, scenario)
        asked = order.request
        found = conclude(
            scenario,
            applied,
            judged.plan,
            judged.verdict,
            travel,
            draws=asked.draws,
            scale=asked.scale,
        )
        return self._input(order)[0], found

    def _kept(
        self, order: SimulationOrder, scenario: Scenario
    ) -> "tuple[Applied, Judged, TravelProvider]":
        """Return the plan of a scenario as it was made; refuse one that is not remembered."""
        from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import
        from planner.remember.cache import Cache  # noqa: PLC0415 - heavy import
        from planner.remember.plan import Memory  # noqa: PLC0415 - heavy import
        from planner.scenario.apply import apply  # noqa: PLC0415 - heavy import
        from planner.scenario.judged import judged_before  # noqa: PLC0415 - heavy import
        from planner.travel import make_provider  # noqa: PLC0415 - heavy import

        applied = apply(scenario, self._input(order)[0])
        travel = make_provider(applied.mission)
        effort = Effort(seed=scenario.seed, scale=order.request.scale)
        found = judged_before(applied.mission, travel, effort, Memory(Cache(self.files.cache)))
        if found is None:
            raise PlannerError(
                "WS-PLAN-GONE",
                f"the plan of scenario '{scenario.name}' is not kept",
                "run the scenario again; its figures stay as they are",
            )
        return applied, found, travel

    def _input(self, order: SimulationOrder) -> "tuple[MissionInput, Polygons]":
        """Return a run's mission and outlines; those that were read last are kept."""
        with self._lock:
            if order.input_hash in self._inputs:
                return self._inputs[order.input_hash]
        from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
        from planner.intake.polygons import load_polygons  # noqa: PLC0415 - heavy import

        folder = self.files.input(order)
        found = load_mission(folder).mission_input, load_polygons(folder)
        with self._lock:
            while len(self._inputs) >= KEPT_INPUTS:
                self._inputs.pop(next(iter(self._inputs)))
            self._inputs[order.input_hash] = found
        return found

    def wake(self) -> None:
        """Start the process that computes, if a run waits and no process is there."""
        with self._lock:
            if self.files.next() is None:
                return
            if self._process is not None and self._process.poll() is None:
                return
            if self.files.runner_is_there():
                return
            self.files.folder.mkdir(parents=True, exist_ok=True)
            with (self.files.folder / "runner.log").open("ab") as printed:
                # A session of its own: Ctrl-C in the server's terminal is not meant for it.
                process = subprocess.Popen(  # noqa: S603 - our own module
                    (*self.command, str(self.files.state.resolve())),
                    stdin=subprocess.DEVNULL,
                    stdout=printed,
                    stderr=printed,
                    start_new_session=True,
                )
            self._process = process
            # Somebody has to take note of its end, or it would stay as a zombie.
            threading.Thread(target=process.wait, name="runner-end", daemon=True).start()


def _of_answer(answer: TargetAnswer | None) -> tuple[RunPoint, ...]:
    rows = () if answer is None else answer.rows
    return tuple(RunPoint(f"{row.lto_teams}-{row.pairs}", row.scenario, row.point) for row in rows)
