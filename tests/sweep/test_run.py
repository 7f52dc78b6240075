"""Sweeps: whole, resumed, cancelled, refused, damaged, and the same on every engine."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.optimizer.stage import Effort
from planner.remember.cache import Cache
from planner.remember.plan import Memory
from planner.scenario.document import Scenario
from planner.scenario.judged import judged_before
from planner.scenario.run import run_point
from planner.sweep import process_engine
from planner.sweep.design import Axis, Design
from planner.sweep.engine import Cancelled, InProcess
from planner.sweep.folder import MANIFEST, SweepFolder
from planner.sweep.process_engine import ProcessPool
from planner.sweep.run import SweepProgress, run_sweep
from planner.sweep.task import MissionSource, SweepTask, TaskResult, run_task
from planner.travel import make_provider
from planner.workspace.snapshot import pack
from tests.cli.command import COMMAND
from tests.sweep.deadly import deadly_task

DESIGN = Design(
    axes=(
        Axis(path="staffing.sto_pairs", values=(2, 3, 99)),
        Axis(path="delivery.rate", values=(0.7, 1.0)),
    )
)
SCALE, DRAWS = 0.1, 20


def sweep(mission: MissionInput, folder: Path, **options: Any) -> Any:
    return run_sweep(
        mission, options.pop("design", DESIGN), folder, scale=SCALE, draws=DRAWS, **options
    )


@dataclass
class Counting:
    """In this process, and counts what it computes."""

    name: str = "counting"
    computed: int = 0

    def run(self, tasks: Sequence[SweepTask], cancelled: Cancelled) -> Iterator[TaskResult]:
        for result in InProcess().run(tasks, cancelled):
            self.computed += 1
            yield result


def test_every_point_is_what_it_is_alone(mission: MissionInput, tmp_path: Path):
    result = sweep(mission, tmp_path / "s")
    assert [p.status for p in result.points] == ["planned"] * 4 + ["refused"] * 2
    assert not result.failures
    assert not result.cancelled
    assert [p.pairs_planned for p in result.points[:4]] == [1, 2, 2, 3]
    for number, point in enumerate(result.points):
        scenario = Scenario.model_validate(
            {
                "name": point.name,
                "staffing": {"sto_pairs": (2, 2, 3, 3, 99, 99)[number]},
                "delivery": {"rate": (0.7, 1.0)[number % 2]},
            }
        )
        alone = run_point(
            mission, scenario, effort=Effort(scale=SCALE), memory=Memory(), draws=DRAWS
        )
        assert point == alone


def test_parts_are_remembered_and_equal_plans_are_made_once(mission: MissionInput, tmp_path: Path):
    result = sweep(mission, tmp_path / "s")
    # Two pairs asked for at 1.0 and three at 0.7 are the same two pairs.
    assert result.hits["plan"] == 1
    assert result.misses["plan"] == 3
    assert result.misses["areas"] == 1
    assert result.cpu_s > 0


def test_what_is_done_is_not_done_again(mission: MissionInput, tmp_path: Path):
    folder, seen = tmp_path / "s", []

    def stop_after_two() -> bool:
        return len(seen) >= 2

    first = sweep(mission, folder, watch=seen.append, cancelled=stop_after_two)
    assert first.cancelled
    assert len(first.points) == 2
    progress: list[SweepProgress] = []
    engine = Counting()
    second = sweep(mission, folder, engine=engine, resume=True, watch=progress.append)
    assert engine.computed == 4
    assert second.resumed == 2
    assert [(p.done, p.total, p.resumed) for p in progress] == [
        (number, 6, 2) for number in (3, 4, 5, 6)
    ]
    assert progress[-1].left_s == 0
    third = sweep(mission, folder, engine=(again := Counting()), resume=True)
    assert again.computed == 0
    assert third.points == second.points == sweep(mission, tmp_path / "whole").points


def test_time_left_follows_the_pace(mission: MissionInput, tmp_path: Path):
    ticks = iter(range(100))
    progress: list[SweepProgress] = []
    sweep(mission, tmp_path / "s", watch=progress.append, clock=lambda: float(next(ticks)))
    assert [(p.elapsed_s, p.left_s) for p in progress] == [
        (float(number), 6.0 - number) for number in range(1, 7)
    ]


def test_a_damaged_point_is_computed_again(mission: MissionInput, tmp_path: Path):
    folder = tmp_path / "s"
    first = sweep(mission, folder)
    victim = min((folder / "points").iterdir())
    victim.write_bytes(victim.read_bytes()[:50])
    engine = Counting()
    assert sweep(mission, folder, engine=engine, resume=True).points == first.points
    assert engine.computed == 1


def test_a_folder_holds_one_sweep(mission: MissionInput, tmp_path: Path):
    folder = tmp_path / "s"
    sweep(mission, folder)
    with pytest.raises(PlannerError) as caught:
        sweep(mission, folder)
    assert caught.value.code == "SW-EXISTS"
    assert "6 of 6" in caught.value.message
    other = DESIGN.model_copy(update={"seeds": (2,)})
    with pytest.raises(PlannerError) as caught:
        sweep(mission, folder, design=other, resume=True)
    assert caught.value.code == "SW-OTHER"
    assert "design" in caught.value.message
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(PlannerError) as caught:
        sweep(mission, folder, resume=True)
    assert caught.value.code == "SW-MANIFEST"
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PlannerError) as caught:
        sweep(mission, strange)
    assert caught.value.code == "SW-OTHER"


def test_a_mission_that_has_changed_fails_its_points(mission: MissionInput, tmp_path: Path):
    other = mission.model_copy(update={"input_hash": "f" * 64})
    result = sweep(other, tmp_path / "s")
    assert {failure.code for failure in result.failures} == {"SW-INPUT"}
    assert not result.points
    assert not result.cancelled
    with pytest.raises(PlannerError) as caught:
        sweep(mission.model_copy(update={"folder": ""}), tmp_path / "t")
    assert caught.value.code == "SW-SOURCE"


def test_a_worker_elsewhere_gets_the_mission_as_an_archive(
    mission: MissionInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temp"))
    monkeypatch.setattr("planner.sweep.task._missions", {})
    folder = Path(mission.folder)
    archive = pack(sorted(folder.glob("*.*")), folder)
    task = SweepTask(
        "k",
        MissionSource(mission.input_hash, archive=archive),
        Scenario().model_dump_json(),
        SCALE,
        DRAWS,
    )
    there = replace(task, source=MissionSource(mission.input_hash, folder=mission.folder))
    sent = run_task(task)
    monkeypatch.setattr("planner.sweep.task._missions", {})
    assert sent.point == run_task(there).point
    assert sent.point


def test_processes_give_the_same_points(mission: MissionInput, tmp_path: Path):
    alone = sweep(mission, tmp_path / "one")
    two = sweep(mission, tmp_path / "two", engine=ProcessPool(2))
    assert two.points == alone.points
    assert two.engine == "process x2"


def test_a_worker_that_dies_gives_its_work_back(
    mission: MissionInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(process_engine, "run_task", deadly_task)
    monkeypatch.setenv("DEADLY", str(tmp_path / "died"))
    result = sweep(mission, tmp_path / "s", engine=ProcessPool(2))
    assert (tmp_path / "died").is_file()
    assert not result.failures
    assert result.points == sweep(mission, tmp_path / "alone").points


def test_a_point_that_always_kills_is_given_up(
    mission: MissionInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(process_engine, "run_task", deadly_task)
    monkeypatch.setenv("DEADLY", "always")
    result = sweep(mission, tmp_path / "s", engine=ProcessPool(2))
    assert [(f.code, "sto_pairs 3, rate 1.0" in f.name) for f in result.failures] == [
        ("SW-WORKER", True)
    ]
    assert len(result.points) == 5


def test_a_pool_stops_when_asked(mission: MissionInput, tmp_path: Path):
    seen: list[SweepProgress] = []
    result = sweep(
        mission,
        tmp_path / "s",
        engine=ProcessPool(1),
        watch=seen.append,
        cancelled=lambda: bool(seen),
    )
    assert result.cancelled
    assert len(result.points) == 1


def command(mission: MissionInput, folder: Path, *more: str) -> list[str]:
    words = ["sweep", mission.folder, "--stos", "2:10:2", "--delivery", "0.7,1", "--seeds", "1:2"]
    words += ["--scale", "0.1", "--draws", "50", "-o", str(folder), *more]
    return [*COMMAND, *words]


def alive(group: int) -> bool:
    """Tell whether any process of a group is there and no zombie."""
    found = subprocess.run(
        ["ps", "-o", "stat=", "--no-headers", "-g", str(group)],  # noqa: S607 - a system tool
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    return any(not state.startswith("Z") for state in found)


@pytest.fixture(scope="module")
def undisturbed(
    mission: MissionInput, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[dict[str, Any]]]:
    """Return the folder and the points of a sweep that nobody has killed."""
    folder = tmp_path_factory.mktemp("whole") / "s"
    made = subprocess.run(command(mission, folder, "--json"), capture_output=True, check=True)
    return folder, json.loads(made.stdout)["points"]


@pytest.mark.parametrize("engine", ["in-process", "process"])
def test_a_killed_sweep_goes_on_where_it_was(
    mission: MissionInput,
    tmp_path: Path,
    engine: str,
    undisturbed: tuple[Path, list[dict[str, Any]]],
):
    folder = tmp_path / "s"
    options = ("--engine", engine, "--processes", "2")
    running = subprocess.Popen(
        command(mission, folder, *options), stderr=subprocess.DEVNULL, start_new_session=True
    )
    points = folder / "points"
    deadline = time.monotonic() + 60
    while len(list(points.glob("*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    before = {path.name: path.stat().st_mtime_ns for path in points.glob("*.json")}
    assert 3 <= len(before) < 20
    while alive(running.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(running.pid), "workers outlive their parent"
    made = subprocess.run(
        command(mission, folder, *options, "--resume", "--json"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    result = json.loads(made.stdout)
    assert result["total"] == len(result["points"]) == 20
    assert result["resumed"] == len(before)
    after = {name: (points / name).stat().st_mtime_ns for name in before}
    assert after == before
    whole, expected = undisturbed
    assert result["points"] == expected
    for name in ("points.xlsx", "points.parquet"):
        assert (folder / name).read_bytes() == (whole / name).read_bytes()


def test_points_are_kept_apart_from_what_is_half_written(tmp_path: Path):
    place = SweepFolder(tmp_path)
    place.points.mkdir()
    (place.points / ".writing-x").mkdir()
    (place.points / "a.json").write_text("{}", encoding="utf-8")
    assert place.done(["a", "b"]) == {}


def test_sweeps_of_one_mission_may_share_what_they_remember(
    mission: MissionInput, tmp_path: Path
) -> None:
    design = Design(base=Scenario())
    shared = tmp_path / "shared"
    sweep(mission, tmp_path / "one", design=design, cache=shared)
    again = sweep(mission, tmp_path / "two", design=design, cache=shared)
    assert again.hits.get("plan") == 1
    assert not (tmp_path / "two" / "cache").exists()


def test_a_plan_of_a_sweep_is_found_again_without_planning(
    mission: MissionInput, tmp_path: Path
) -> None:
    memory = Memory(Cache(tmp_path / "cache"))
    travel, effort = make_provider(mission), Effort(scale=SCALE)
    assert judged_before(mission, travel, effort, memory) is None
    run_point(mission, Scenario(), effort=effort, memory=memory, draws=0)
    found = judged_before(mission, travel, effort, Memory(Cache(tmp_path / "cache")))
    assert found is not None
    assert found.plan.mission == mission.mission.id
