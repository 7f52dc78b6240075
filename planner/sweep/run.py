"""Runs a sweep: points that are there already are not repeated, new ones are kept at once."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import planner
from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.scenario.point import Point
from planner.sweep.design import Design, scenarios
from planner.sweep.engine import Cancelled, Engine, InProcess
from planner.sweep.folder import Manifest, SweepFolder, point_key
from planner.sweep.task import MissionSource, SweepTask, TaskResult, read_point

SCALE = 0.5
"""Effort of the search for days in a sweep. Measured on the founding mission with 60, 110, 150 and
190 pairs against full effort: 0.5 loses 0.1, 0.2, 0.3 and -0.2 % of the days' value at half the
time, 0.3 loses 0.1 to 0.6 %."""
DRAWS = 500
"""Simulated election days of each point."""


@dataclass(frozen=True)
class SweepProgress:
    """How far a sweep is.

    Parameters
    ----------
    done, total
        Points; those that were there before count as done.
    resumed
        Points that were there before.
    hits, misses
        Remembered parts of plans that were found, and those that were computed.
    elapsed_s, left_s
        Seconds since the start, and until the end at the pace so far; None before the first point.
    """

    done: int
    total: int
    resumed: int
    hits: int
    misses: int
    elapsed_s: float
    left_s: float | None


@dataclass(frozen=True)
class Failure:
    """A point that could not be computed, by the name of its scenario."""

    name: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True)
class SweepResult:
    """What a sweep has so far.

    Parameters
    ----------
    points
        All points that are there, in the order of the design.
    failures
        Those that could not be computed in this run.
    total, resumed
        Points of the design, and those that were there before.
    cancelled
        Whether the user stopped it.
    engine
        Where it was computed.
    wall_s, cpu_s
        Time of this run, and processor time of all its points, in seconds.
    hits, misses
        By kind of what is remembered.
    """

    points: tuple[Point, ...]
    failures: tuple[Failure, ...]
    total: int
    resumed: int
    cancelled: bool
    engine: str
    wall_s: float
    cpu_s: float
    hits: dict[str, int] = field(default_factory=dict)
    misses: dict[str, int] = field(default_factory=dict)


def run_sweep(  # noqa: PLR0913 - the parts of an order
    mission: MissionInput,
    design: Design,
    folder: Path,
    *,
    engine: Engine | None = None,
    scale: float = SCALE,
    draws: int = DRAWS,
    resume: bool = False,
    cache: Path | None = None,
    archive: bytes = b"",
    watch: Callable[[SweepProgress], None] | None = None,
    cancelled: Cancelled = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> SweepResult:
    """Compute all points of a design.

    Parameters
    ----------
    mission
        The base mission, loaded from its folder.
    folder
        Where the sweep is kept; a new one, or with ``resume`` one that was begun before.
    engine
        Where points are computed; in this process by default. The points do not depend on it.
    scale, draws
        Effort of the search for days, and simulated election days of each point.
    cache
        Where parts of plans are remembered; by default in the sweep's own folder. Sweeps of one
        mission may share it.
    archive
        The mission's files, for engines whose workers cannot read its folder.
    watch
        Told after each point.
    cancelled
        Asked before each point; what was begun is finished and kept.
    clock
        Seconds.

    Raises
    ------
    InputError
        If a scenario of the design cannot be read.
    PlannerError
        ``SW-DESIGN``, ``SW-AXIS``, ``SW-EXISTS``, ``SW-OTHER``, ``SW-MANIFEST``, ``SW-SOURCE``,
        ``EX-WRITE``.
    """
    if not archive and not mission.folder:
        raise PlannerError(
            "SW-SOURCE",
            "the mission has neither a folder nor an archive that workers could read",
            "Write it to a folder first.",
        )
    started = clock()
    asked = scenarios(design)
    version = planner.__version__
    keys = tuple(point_key(mission.input_hash, version, one, scale, draws) for one in asked)
    place = SweepFolder(folder)
    place.begin(
        Manifest(
            mission=mission.mission.id,
            input_hash=mission.input_hash,
            version=version,
            scale=scale,
            draws=draws,
            design=design,
            keys=keys,
        ),
        resume=resume,
    )
    points = place.done(keys)
    kept = place.cache if cache is None else cache
    source = MissionSource(
        mission.input_hash, "" if archive else str(Path(mission.folder).resolve()), archive
    )
    tasks = {
        key: SweepTask(key, source, scenario.model_dump_json(), scale, draws, str(kept.resolve()))
        for key, scenario in zip(keys, asked, strict=True)
        if key not in points
    }
    names = dict(zip(keys, (scenario.name for scenario in asked), strict=True))
    tally = _Tally(len(keys) - len(tasks), len(keys))
    engine = engine or InProcess()
    for result in engine.run(list(tasks.values()), cancelled):
        if result.failed:
            tally.failures.append(
                Failure(names[result.key], result.code, result.error, result.remedy)
            )
        else:
            place.write(result.key, result.point)
            points[result.key] = read_point(result)
        tally.add(result)
        if watch is not None:
            watch(tally.progress(clock() - started))
    return SweepResult(
        points=tuple(points[key] for key in dict.fromkeys(keys) if key in points),
        failures=tuple(tally.failures),
        total=len(keys),
        resumed=tally.resumed,
        cancelled=len(points) + len(tally.failures) < len(set(keys)),
        engine=engine.name,
        wall_s=clock() - started,
        cpu_s=tally.cpu_s,
        hits=dict(tally.hits),
        misses=dict(tally.misses),
    )


@dataclass
class _Tally:
    """Counts what has come so far."""

    resumed: int
    total: int
    computed: int = 0
    cpu_s: float = 0.0
    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, result: TaskResult) -> None:
        self.computed += 1
        self.cpu_s += result.cpu_s
        self.hits.update(dict(result.hits))
        self.misses.update(dict(result.misses))

    def progress(self, elapsed_s: float) -> SweepProgress:
        left = self.total - self.resumed - self.computed
        return SweepProgress(
            done=self.resumed + self.computed,
            total=self.total,
            resumed=self.resumed,
            hits=self.hits.total(),
            misses=self.misses.total(),
            elapsed_s=elapsed_s,
            left_s=elapsed_s / self.computed * left if self.computed else None,
        )
