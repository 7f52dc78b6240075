"""One point of a sweep as work that any process on any machine can do."""

import os
import tempfile
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.domain.mission_input import MissionInput
    from planner.remember.plan import Memory
    from planner.scenario.point import Point

_MOST_MISSIONS = 4
_MOST_MEMORIES = 4


@dataclass(frozen=True)
class MissionSource:
    """Where a worker finds the mission.

    Parameters
    ----------
    input_hash
        Of the mission that is meant; a folder that has changed since is refused.
    folder
        A mission folder that every worker can read; empty if ``archive`` is given.
    archive
        The files of the folder as one archive (:mod:`planner.workspace.snapshot`), for workers on
        other machines.
    """

    input_hash: str
    folder: str = ""
    archive: bytes = b""


@dataclass(frozen=True)
class SweepTask:
    """One point to compute. Plain values only: it can be pickled and sent.

    Parameters
    ----------
    key
        Names the point; the same task has the same key.
    source
        The mission.
    scenario
        The scenario as JSON; its seed is that of draw, search and simulation.
    scale
        Effort of the search for days.
    draws
        Simulated election days.
    cache
        Folder of remembered results; empty: each worker remembers only its own.
    """

    key: str
    source: MissionSource
    scenario: str
    scale: float
    draws: int
    cache: str = ""


@dataclass(frozen=True)
class TaskResult:
    """What came of a task.

    Parameters
    ----------
    key
        Of the task.
    point
        The row as JSON; empty if there is none.
    code, error, remedy
        Why there is none, in words for a person; empty otherwise.
    cpu_s
        Processor time of this task in seconds.
    hits, misses
        Remembered results that were found, and those that had to be computed, by kind.
    """

    key: str
    point: str = ""
    code: str = ""
    error: str = ""
    remedy: str = ""
    cpu_s: float = 0.0
    hits: tuple[tuple[str, int], ...] = ()
    misses: tuple[tuple[str, int], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the point could not be computed; a refused scenario is computed."""
        return not self.point


# A worker does many tasks of one sweep: it reads the mission once.
_missions: "OrderedDict[str, MissionInput]" = OrderedDict()
_memories: "OrderedDict[str, Memory]" = OrderedDict()


def run_task(task: SweepTask, threads: int = 1) -> TaskResult:
    """Compute one point; an error of the planner becomes part of the result.

    Parameters
    ----------
    threads
        Clusters of election days planned at a time; the result does not depend on it.
    """
    from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import
    from planner.scenario.document import Scenario  # noqa: PLC0415 - heavy import
    from planner.scenario.run import run_point  # noqa: PLC0415 - heavy import

    started = time.process_time()
    try:
        mission = _mission(task.source)
        memory = replace(_memory(task.cache), threads=threads)
        before = (memory.cache.hits.copy(), memory.cache.misses.copy())
        point = run_point(
            mission,
            Scenario.model_validate_json(task.scenario),
            effort=Effort(scale=task.scale),
            memory=memory,
            draws=task.draws,
        )
    except PlannerError as error:
        return TaskResult(task.key, code=error.code, error=error.message, remedy=error.remedy)
    counts = (memory.cache.hits - before[0], memory.cache.misses - before[1])
    hits, misses = (tuple(sorted(found.items())) for found in counts)
    return TaskResult(
        task.key,
        point=point.model_dump_json(),
        cpu_s=time.process_time() - started,
        hits=hits,
        misses=misses,
    )


def read_point(result: TaskResult) -> "Point":
    """Return the row of a result that has one."""
    from planner.scenario.point import Point  # noqa: PLC0415 - heavy import

    return Point.model_validate_json(result.point)


def _memory(folder: str) -> "Memory":
    from planner.remember.cache import Cache  # noqa: PLC0415 - heavy import
    from planner.remember.plan import Memory  # noqa: PLC0415 - heavy import

    if folder not in _memories:
        _memories[folder] = Memory(Cache(Path(folder) if folder else None))
        while len(_memories) > _MOST_MEMORIES:
            _memories.popitem(last=False)
    return _memories[folder]


def _mission(source: MissionSource) -> "MissionInput":
    if source.input_hash not in _missions:
        found = _load(source)
        if found.input_hash != source.input_hash:
            raise PlannerError(
                "SW-INPUT",
                f"the mission has changed since the sweep was started: {found.input_hash[:12]} "
                f"instead of {source.input_hash[:12]}",
                "Start a new sweep in another folder.",
            )
        _missions[source.input_hash] = found
        while len(_missions) > _MOST_MISSIONS:
            _missions.popitem(last=False)
    return _missions[source.input_hash]


def _load(source: MissionSource) -> "MissionInput":
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import

    if not source.archive:
        return load_mission(Path(source.folder)).mission_input
    from planner.workspace.snapshot import unpack  # noqa: PLC0415 - heavy import

    # The folder stays: a matrix or a road extract in it is read again for every point.
    name = f"mission-planner-{os.getuid()}-{source.input_hash[:32]}"
    folder = Path(tempfile.gettempdir()) / name
    _mine(folder)
    unpack(source.archive, folder)
    return load_mission(folder).mission_input


def _mine(folder: Path) -> None:
    """Make a folder that nobody else can read: it will hold where stations and people are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PlannerError(
            "SW-TEMP",
            f"{folder} belongs to somebody else",
            "Remove it, or give the worker a temporary folder of its own (TMPDIR).",
        )
