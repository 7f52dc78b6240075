"""One plan's election days on other machines: the same plan, whatever befalls the workers."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.optimizer.pipeline import make_plan
from planner.optimizer.stage import Effort, Silent
from planner.planning import make, prepare
from planner.remember.elsewhere import ClusterAnswer, ClusterTask
from planner.remember.plan import Memory, plan_remembered
from planner.sweep.dask_days import DaskDays, search_cluster
from planner.sweep.dask_engine import DaskCluster, versions
from planner.travel import make_provider
from tests.cli.command import run
from tests.sweep.cluster import Cluster, cluster


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask") / "days") as made:
        yield made


def test_other_machines_find_the_same_plan(mission: MissionInput, two: Cluster):
    travel = make_provider(mission)
    alone = make_plan(mission, travel, Effort(), Silent()).plan
    asked: list[ClusterTask] = []
    engine = DaskDays(DaskCluster(two.address))

    def elsewhere(tasks: Sequence[ClusterTask], cancelled: object) -> Iterator[ClusterAnswer]:
        asked.extend(tasks)
        yield from engine(tasks, cancelled)  # type: ignore[arg-type]

    found = plan_remembered(mission, travel, Effort(), Silent(), Memory(elsewhere=elsewhere)).plan
    assert found == alone
    assert asked
    assert all(task.cluster.teams for task in asked)


def test_what_is_given_up_elsewhere_is_searched_here(mission: MissionInput):
    travel = make_provider(mission)

    def nobody(tasks: Sequence[ClusterTask], _cancelled: object) -> Iterator[ClusterAnswer]:
        for task in tasks:
            yield ClusterAnswer(task.key, code="SW-WORKER", error="lost", remedy="none")

    alone = make_plan(mission, travel, Effort(), Silent()).plan
    found = plan_remembered(mission, travel, Effort(), Silent(), Memory(elsewhere=nobody)).plan
    assert found == alone


def test_a_worker_with_other_versions_searches_nothing(mission: MissionInput):
    seen: list[ClusterTask] = []

    def look(tasks: Sequence[ClusterTask], _cancelled: object) -> Iterator[ClusterAnswer]:
        seen.extend(tasks)
        return iter(())

    travel = make_provider(mission)
    plan_remembered(mission, travel, Effort(), Silent(), Memory(elsewhere=look))
    assert search_cluster(seen[0], b"", "0.0.1, numpy 1").code == "SW-VERSION"
    answer = search_cluster(seen[0], b"", versions())
    assert answer.routes
    assert not answer.code


def test_a_clock_or_an_earlier_plan_is_refused(mission: MissionInput, tmp_path: Path):
    folder = Path(mission.folder)
    engine = DaskDays(DaskCluster("tcp://127.0.0.1:9"))
    with pytest.raises(PlannerError, match="same") as caught:
        make(prepare(folder), Silent(), seconds=5, elsewhere=engine)
    assert caught.value.code == "OP-ENGINE"
    plan = tmp_path / "plan.json"
    assert run("plan", folder, "-o", plan).returncode == 0
    with pytest.raises(PlannerError, match="earlier plan") as caught:
        make(prepare(folder, plan), Silent(), elsewhere=engine)
    assert caught.value.code == "OP-ENGINE"


def test_the_command_line_plans_with_a_cluster(mission: MissionInput, two: Cluster, tmp_path: Path):
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    options = ("--engine", "dask", "--scheduler", two.address)
    assert run("plan", mission.folder, "-o", here).returncode == 0
    made = run("plan", mission.folder, "-o", there, *options)
    assert made.returncode == 0, made.stderr
    assert there.read_bytes() == here.read_bytes()
    refused = run("plan", mission.folder, "-o", there, "--engine", "dask")
    assert refused.returncode == 2
    assert "SW-ENGINE" in refused.stderr
    lost = run(
        "plan", mission.folder, "-o", there, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"
    )
    assert lost.returncode == 2
    assert "SW-SCHEDULER" in lost.stderr
