"""The same points on other machines: a real scheduler, real workers, and what befalls them."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.sweep import dask_engine
from planner.sweep.dask_engine import DaskCluster, archive_of, run_remote
from planner.sweep.design import Axis, Design
from planner.sweep.folder import SweepFolder
from planner.sweep.options import engine_of
from planner.sweep.run import SweepProgress, run_sweep
from planner.sweep.task import MissionSource, SweepTask
from planner.workspace.snapshot import unpack
from tests.sweep.cluster import Cluster, cluster
from tests.sweep.deadly import deadly_remote

DESIGN = Design(
    axes=(
        Axis(path="staffing.sto_pairs", values=(2, 3, 4, 99)),
        Axis(path="delivery.rate", values=(0.7, 1.0)),
    )
)
SCALE, DRAWS = 0.1, 20


def sweep(mission: MissionInput, folder: Path, **options: Any) -> Any:
    return run_sweep(mission, DESIGN, folder, scale=SCALE, draws=DRAWS, **options)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask") / "two") as made:
        yield made


@pytest.fixture(scope="module")
def alone(mission: MissionInput, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return sweep(mission, tmp_path_factory.mktemp("alone") / "s")


def test_a_cluster_gives_the_same_points(
    mission: MissionInput, two: Cluster, alone: Any, tmp_path: Path
):
    found = sweep(mission, tmp_path / "s", engine=engine_of("dask", None, two.address))
    assert found.points == alone.points
    assert not found.failures
    assert found.engine == f"dask {two.address}"
    # Nothing was remembered in a folder of this machine: workers elsewhere do not have it.
    assert not SweepFolder(tmp_path / "s").cache.exists()


def test_a_cluster_stops_when_asked_and_goes_on(
    mission: MissionInput, two: Cluster, alone: Any, tmp_path: Path
):
    seen: list[SweepProgress] = []
    engine = DaskCluster(two.address)
    first = sweep(
        mission, tmp_path / "s", engine=engine, watch=seen.append, cancelled=lambda: len(seen) > 1
    )
    assert first.cancelled
    # What was begun is finished: two, and at most one more for each worker.
    assert 2 <= len(first.points) <= 4
    second = sweep(mission, tmp_path / "s", engine=engine, resume=True)
    assert second.resumed == len(first.points)
    assert second.points == alone.points


def test_a_worker_with_other_versions_is_refused(
    mission: MissionInput, two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_engine, "engines_key", lambda: "0.0.1, numpy 1")
    with pytest.raises(PlannerError) as caught:
        sweep(mission, tmp_path / "s", engine=DaskCluster(two.address))
    assert caught.value.code == "SW-VERSION"
    assert "here is 0.0.1" in caught.value.message


def test_a_worker_that_came_later_with_other_versions_is_refused(
    mission: MissionInput, two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_engine, "engines_key", lambda: "0.0.1, numpy 1")
    monkeypatch.setattr(DaskCluster, "_check_versions", lambda *_: None)
    with pytest.raises(PlannerError) as caught:
        sweep(mission, tmp_path / "s", engine=DaskCluster(two.address))
    assert caught.value.code == "SW-VERSION"
    assert "came later" in caught.value.message


def test_a_worker_killed_midway_loses_nothing(mission: MissionInput, alone: Any, tmp_path: Path):
    with cluster(tmp_path / "dask") as made:

        def kill_one(progress: SweepProgress) -> None:
            if progress.done == 2:
                made.kill(0)

        found = sweep(mission, tmp_path / "s", engine=DaskCluster(made.address), watch=kill_one)
        assert made.workers[0].returncode == -signal.SIGKILL
    assert not found.failures
    assert found.points == alone.points


def test_a_worker_killed_by_its_point_gives_it_to_another(
    mission: MissionInput, alone: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_engine, "run_remote", deadly_remote)
    with cluster(tmp_path / "dask", DEADLY=str(tmp_path / "died")) as made:
        found = sweep(mission, tmp_path / "s", engine=DaskCluster(made.address))
        ended = [worker.poll() for worker in made.workers]
    assert (tmp_path / "died").is_file()
    assert sorted(ended, key=str) == [-signal.SIGKILL, None]
    assert not found.failures
    assert found.points == alone.points


def test_a_mission_that_is_lost_with_its_only_holder_is_sent_again(
    mission: MissionInput, alone: Any, tmp_path: Path
):
    with cluster(tmp_path / "dask", workers=1) as made:

        def replace_worker(progress: SweepProgress) -> None:
            if progress.done == 2:
                made.kill(0)
                made.add()

        found = sweep(
            mission, tmp_path / "s", engine=DaskCluster(made.address), watch=replace_worker
        )
    assert not found.failures
    assert found.points == alone.points


def test_a_point_that_always_kills_is_given_up(
    mission: MissionInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_engine, "run_remote", deadly_remote)
    env = {"DEADLY": "always", "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with cluster(tmp_path / "dask", **env) as made:
        found = sweep(mission, tmp_path / "s", engine=DaskCluster(made.address))
    assert [(f.code, "sto_pairs 3, rate 1.0" in f.name) for f in found.failures] == [
        ("SW-WORKER", True)
    ]
    assert len(found.points) == 7


def test_a_sweep_whose_workers_are_all_lost_ends_and_goes_on(
    mission: MissionInput, alone: Any, tmp_path: Path
):
    with cluster(tmp_path / "dask", workers=1) as made:
        engine = DaskCluster(made.address, patience_s=0.5, connect_s=3.0)

        def kill(progress: SweepProgress) -> None:
            if progress.done == 2:
                made.kill(0)

        with pytest.raises(PlannerError) as caught:
            sweep(mission, tmp_path / "s", engine=engine, watch=kill)
        assert caught.value.code == "SW-SCHEDULER"
        assert "all its workers were lost" in caught.value.message
        assert "--resume" in caught.value.remedy
        with pytest.raises(PlannerError) as caught:
            sweep(mission, tmp_path / "s", engine=engine, resume=True)
        assert "it has no workers" in caught.value.message
    found = sweep(mission, tmp_path / "s", resume=True)
    assert found.resumed == 2
    assert found.points == alone.points


def test_a_scheduler_that_is_lost_ends_the_sweep(mission: MissionInput, tmp_path: Path):
    with cluster(tmp_path / "dask", workers=1) as made:

        def kill(progress: SweepProgress) -> None:
            if progress.done == 2:
                os.kill(made.scheduler.pid, signal.SIGKILL)

        engine = DaskCluster(made.address, patience_s=1.0, connect_s=3.0)
        with pytest.raises(PlannerError) as caught:
            sweep(mission, tmp_path / "s", engine=engine, watch=kill)
    assert caught.value.code == "SW-SCHEDULER"
    assert "--resume" in caught.value.remedy
    assert len(list((tmp_path / "s" / "points").glob("*.json"))) >= 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "nonsense://x", "127.0.0.1:x"])
def test_a_scheduler_that_is_not_there_is_said_in_seconds(
    mission: MissionInput, tmp_path: Path, address: str
):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(PlannerError) as caught:
        sweep(
            mission,
            tmp_path / "s",
            engine=DaskCluster(address.format(port=port), connect_s=1.0),
        )
    assert caught.value.code == "SW-SCHEDULER"
    assert "cannot be reached" in caught.value.message
    assert "dask scheduler" in caught.value.remedy
    assert time.monotonic() - started < 10


def test_without_points_nobody_is_asked():
    assert list(DaskCluster("tcp://127.0.0.1:1").run([], lambda: False)) == []


def test_engine_and_scheduler_go_together():
    for name, address in (("dask", ""), ("process", "tcp://127.0.0.1:1")):
        with pytest.raises(PlannerError) as caught:
            engine_of(name, 1, address)
        assert caught.value.code == "SW-ENGINE"


def test_the_mission_is_packed_once_and_unpacked_for_its_owner_alone(
    mission: MissionInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    archive = archive_of(MissionSource(mission.input_hash, folder=mission.folder))
    assert archive_of(MissionSource(mission.input_hash, archive=archive)) == archive
    unpack(archive, tmp_path / "there")
    names = {path.name for path in (tmp_path / "there").iterdir()} - {".complete"}
    assert names <= {path.name for path in Path(mission.folder).iterdir()}
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temp"))
    monkeypatch.setattr("planner.sweep.task._missions", {})
    task = SweepTask("k", MissionSource(mission.input_hash), "{}", SCALE, DRAWS)
    assert run_remote(task, archive, dask_engine.versions()).point
    (folder,) = (tmp_path / "temp").iterdir()
    assert folder.stat().st_mode & 0o077 == 0
