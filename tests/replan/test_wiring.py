"""From folders to a plan near to an earlier one: planning, worker and command line alike."""

import io
import json
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli.main import app
from planner.domain.plan import StageName
from planner.errors import PlannerError
from planner.export.document import load_plan
from planner.jobs.messages import Start
from planner.jobs.record import JobOutcome, JobRequest
from planner.optimizer.stage import Silent
from planner.planning import PlanStatus, conclude, known_repairs, make, prepare, repairs
from planner.worker.job import do
from planner.worker.voice import Voice
from tests.good_plan import good_mission
from tests.mission_folder import write_folder

PIN = """[[decision]]
kind = "never_pair"
observers = ["{}", "{}"]
author = "LTO co-ordinator"
reason = "both asked for another partner"
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a mission folder with its plan."""
    folder = write_folder(good_mission(), tmp_path_factory.mktemp("before"))
    prepared = prepare(folder)
    conclude(prepared, make(prepared, Silent()), folder / "plan.json")
    return folder


@pytest.fixture(scope="module")
def now(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder as it is after a decision that parts a couple."""
    folder = write_folder(good_mission(), tmp_path_factory.mktemp("now"))
    couple = next(t.members for t in load_plan(before / "plan.json").teams if t.id == "STO-003")
    (folder / "decisions.toml").write_text(PIN.format(*couple), encoding="utf-8")
    return folder


def test_a_plan_is_made_near_to_the_one_of_another_folder(before: Path, now: Path, tmp_path: Path):
    prepared = prepare(now, before / "plan.json", before)
    made = make(prepared, Silent(), stability=0.5)
    done = conclude(prepared, made, tmp_path / "plan.json")
    assert done.status is PlanStatus.FINE
    assert done.points == made.points
    labels = {point.stage: point.label for point in done.points if point.chosen}
    assert labels.pop(StageName.PAIRING) == "kept"
    assert set(labels.values()) == {"unchanged"}


def test_without_the_earlier_folder_the_present_one_is_taken_and_the_difference_noticed(
    before: Path, now: Path
):
    for earlier_folder in (None, now / "no such folder"):
        prepared = prepare(now, before / "plan.json", earlier_folder)
        made = make(prepared, Silent(), stability=1.0)
        assert "OP-REPLAN-INPUT" in {found.code for found in made.plan.findings}
        assert made.plan.days == load_plan(before / "plan.json").days


def test_a_stability_needs_an_earlier_plan(now: Path):
    with pytest.raises(PlannerError, match="needs an earlier plan") as error:
        make(prepare(now), Silent(), stability=0.5)
    assert error.value.code == "OP-STABILITY"


def _order(before: Path, now: Path, tmp_path: Path, *, quick: bool = False) -> Start:
    """Return the order to plan ``now`` as near as can be to the plan of ``before``."""
    request = JobRequest(
        mission_folder=str(now),
        output=str(tmp_path / "plan.json"),
        earlier=str(before / "plan.json"),
        earlier_folder=str(before),
        stability=1.0,
        quick=quick,
    )
    return Start(job="j", attempt=1, request=request, folder=str(tmp_path))


def test_a_job_carries_the_candidates_home(before: Path, now: Path, tmp_path: Path):
    order = _order(before, now, tmp_path)
    outcome = do(order, Voice(io.BytesIO()), threading.Event()).outcome
    assert outcome is not None
    assert {p.label for p in outcome.points if p.stage is StageName.PAIRING} == {"free", "kept"}
    assert JobOutcome.model_validate_json(outcome.model_dump_json()) == outcome


def test_a_frontier_that_fails_does_not_take_the_plan_with_it(
    before: Path, now: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_args: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr("planner.worker.job.repairs", full)
    order = _order(before, now, tmp_path, quick=True)
    result = do(order, Voice(io.BytesIO()), threading.Event())
    assert result.fault is None
    assert result.outcome is not None
    assert result.outcome.frontier == ()
    assert result.outcome.frontier_fault is not None
    assert result.outcome.frontier_fault.code == "PL-MEMORY"
    assert load_plan(tmp_path / "plan.json").teams


def test_what_is_known_is_not_repaired_again(
    before: Path, now: Path, monkeypatch: pytest.MonkeyPatch
):
    prepared = prepare(now, before / "plan.json", before)
    made = make(prepared, Silent(), stability=0.7, quick=True)
    asked: list[float] = []

    def repair(*_args: object, stability: float, **_options: object) -> object:
        asked.append(stability)
        return made

    monkeypatch.setattr("planner.planning.make", repair)
    points = repairs(prepared, Silent(), made={0.7: made, 0.9: made})
    assert [each.stability for each in points] == [0.1, 0.5, 0.7, 0.9, 1.0]
    assert asked == [0.1, 0.5, 1.0]


def test_a_repair_with_a_clock_or_of_some_stages_tells_nothing_of_the_others(
    before: Path, now: Path
):
    made = make(prepare(now, before / "plan.json", before), Silent(), stability=0.5, quick=True)
    all_stages = tuple(StageName)
    assert known_repairs(made, stability=0.5, seconds=None, stages=all_stages) == {0.5: made}
    assert not known_repairs(made, stability=0.5, seconds=60, stages=all_stages)
    assert not known_repairs(made, stability=0.5, seconds=None, stages=all_stages[:-1])


def test_an_outcome_of_an_earlier_version_has_no_candidates():
    old = JobOutcome(
        status=PlanStatus.FINE,
        plan="plan.json",
        cancelled=False,
        wall_s=1.0,
        stages=(),
        counts={},
        hard_findings=(),
        soft_findings=(),
        unassigned=0,
    ).model_dump(mode="json")
    del old["points"]
    assert JobOutcome.model_validate(old).points == ()


def test_the_command_line_plans_near_to_an_earlier_plan(before: Path, now: Path, tmp_path: Path):
    target = tmp_path / "plan.json"
    words = ["plan", str(now), "--from", str(before / "plan.json"), "-o", str(target)]
    words += ["--from-mission", str(before), "--stability", "0.5", "--json"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert {p["label"] for p in told["points"]} == {"unchanged", "free", "kept"}
    assert load_plan(target).days == load_plan(before / "plan.json").days


def test_the_command_line_repairs_and_shows_the_frontier(before: Path, now: Path, tmp_path: Path):
    target = tmp_path / "plan.json"
    words = ["plan", str(now), "--from", str(before / "plan.json"), "-o", str(target), "--json"]
    words += ["--from-mission", str(before), "--stability", "0.5", "--quick", "--frontier"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [point["stability"] for point in told["frontier"]] == [0.1, 0.5, 0.9, 1.0]
    assert {point["lost"] for point in told["frontier"]} == {0}
    assert "value of the days" in done.stderr
    assert "planned again quickly" in load_plan(target).provenance.notes[-1]


def test_a_frontier_needs_an_earlier_plan(now: Path):
    with pytest.raises(PlannerError, match="needs an earlier plan") as error:
        repairs(prepare(now), Silent())
    assert error.value.code == "OP-STABILITY"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stability", "0.5"], "--from"),
        (["--stability", "1.5"], "equal to 1"),
        (["--quick"], "above 0"),
        (["--frontier"], "--quick"),
    ],
)
def test_wrong_stabilities_are_refused(now: Path, words: list[str], said: str):
    done = CliRunner().invoke(app, ["plan", str(now), *words])
    assert done.exit_code == 2
    assert said in done.stderr
