"""``simulate`` and ``sweep`` as a user calls them."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from planner.export.document import write_plan
from planner.intake.folder import load_mission
from planner.scenario.document import Scenario
from planner.scenario.file import write_scenario
from tests.cli.command import COMMAND, run
from tests.good_plan import good_mission, good_plan
from tests.mission_folder import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(good_mission(), tmp_path_factory.mktemp("cli") / "mission")


@pytest.fixture(scope="module")
def plan(folder: Path) -> Path:
    mission = load_mission(folder).mission_input
    made = good_plan(mission)
    provenance = made.provenance.model_copy(update={"input_hash": mission.input_hash})
    path = folder / "plan.json"
    write_plan(made.model_copy(update={"provenance": provenance}), path)
    return path


def simulated(folder: Path, plan: Path, *options: object) -> Any:
    made = run("simulate", folder, plan, "--draws", 100, "--json", *options)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def test_simulate_without_noise_repeats_the_plan(folder: Path, plan: Path):
    result = simulated(folder, plan, "--noise", "zero")
    phases = {entry["phase"]: entry for entry in result["phases"]}
    for name, number in (("opening", 5), ("voting", 10), ("counting", 5), ("tabulation", 5)):
        phase = phases[name]
        ends = {phase[end] for end in ("planned", "mean", "p5", "p50", "p95")}
        assert ends == {number}
    assert {entry["kind"] for entry in result["precision"]} == {"planned", "expected"}
    assert len(result["risks"]) == 5


def test_simulate_takes_presets_files_and_seeds(folder: Path, plan: Path):
    few = simulated(folder, plan, "--preset", "delivery-80", "--noise", "zero")
    assert (few["pairs_planned"], few["pairs_delivered"]) == (5, 4)
    assert few["pairs_out"]["mean"] < 5
    write_scenario(Scenario(name="few", seed=7), folder / "scenarios" / "few.toml")
    named = simulated(folder, plan, "--scenario", "few")
    assert named["scenario"]["seed"] == 7
    assert simulated(folder, plan, "--scenario", "few", "--seed", "8")["scenario"]["seed"] == 8
    assert simulated(folder, plan, "--scenario", "few") == named


def test_simulate_shows_a_table_on_standard_error(folder: Path, plan: Path):
    made = run("simulate", folder, plan, "--draws", 50)
    assert made.returncode == 0
    assert made.stdout == ""
    for word in ("opening", "P95", "margin expected", "most at risk", "STO-001"):
        assert word in made.stderr
    # No margin without what it rests on.
    assert "margin of voting: indicative: " in made.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--preset", "holiday"), "SC-PRESET"),
        (("--scenario", "nowhere"), "SC-FILE"),
        (("--noise", "stormy"), "SI-PRESET"),
        (("--preset", "winter", "--scenario", "x"), "SC-TWO"),
    ],
)
def test_simulate_refuses_with_a_code(folder: Path, plan: Path, options: Any, code: str):
    made = run("simulate", folder, plan, *options)
    assert made.returncode == 2
    assert code in made.stderr
    assert "Traceback" not in made.stderr


def test_simulate_says_that_a_plan_is_broken(folder: Path, plan: Path, tmp_path: Path):
    document = json.loads(plan.read_text(encoding="utf-8"))
    document["teams"][-1]["vehicle"] = False
    broken = tmp_path / "plan.json"
    broken.write_text(json.dumps(document), encoding="utf-8")
    made = run("simulate", folder, broken, "--draws", 10)
    assert made.returncode == 1
    assert "L1" in made.stderr or "vehicle" in made.stderr


def sweep(folder: Path, output: Path, *options: object) -> subprocess.CompletedProcess[str]:
    quick = ("--scale", 0.1, "--draws", 20)
    return run("sweep", folder, "-o", output, *quick, *options)


def test_sweep_writes_one_table_and_resumes(folder: Path, tmp_path: Path):
    options = ("--stos", "4:8:2", "--delivery", "0.7,1", "--json")
    made = sweep(folder, tmp_path / "s", *options)
    assert made.returncode == 0, made.stderr
    result = json.loads(made.stdout)
    assert [p["pairs_planned"] for p in result["points"]] == [1, 2, 2, 3, 2, 4]
    assert sorted(Path(path).name for path in result["files"]) == [
        "points.parquet",
        "points.xlsx",
    ]
    assert all(Path(path).is_file() for path in result["files"])
    assert "6 of 6 points" in made.stderr
    assert "± voting, expected; basis of the plans: indicative in 6" in made.stderr
    again = sweep(folder, tmp_path / "s", *options)
    assert again.returncode == 2
    assert "SW-EXISTS" in again.stderr
    resumed = json.loads(sweep(folder, tmp_path / "s", *options, "--resume").stdout)
    assert resumed["resumed"] == 6
    assert resumed["points"] == result["points"]


def test_the_two_meanings_of_delivery_have_their_own_columns(folder: Path, tmp_path: Path):
    options = ("--stos", 10, "--delivery", 0.8, "--json")
    known = json.loads(sweep(folder, tmp_path / "k", *options).stdout)["points"][0]
    unknown = json.loads(sweep(folder, tmp_path / "u", *options, "--unknown-delivery").stdout)
    point = unknown["points"][0]
    assert (known["pairs_requested"], known["pairs_planned"], known["pairs_delivered"]) == (5, 4, 4)
    assert (point["pairs_requested"], point["pairs_planned"], point["pairs_delivered"]) == (5, 5, 4)
    assert known["pairs_out_mean"] == 4
    assert point["pairs_out_mean"] < 5


def test_a_refused_point_ends_with_its_own_exit_code(folder: Path, tmp_path: Path):
    made = sweep(folder, tmp_path / "s", "--stos", "4,400")
    assert made.returncode == 3
    assert "SC-BEDS" in made.stderr
    assert "nearest possible value: 10" in made.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--stos", "301"), "SW-STOS"),
        (("--stos", "9:1"), "SW-RANGE"),
        (("--axis", "day.sleep=3"), "SW-AXIS"),
        (("--engine", "cloud"), "SW-ENGINE"),
        (("--random", 5), "SW-DESIGN"),
        (("--axis", "day.dwell_min=long"), "dwell_min"),
    ],
)
def test_sweep_refuses_before_it_begins(folder: Path, tmp_path: Path, options: Any, code: str):
    made = sweep(folder, tmp_path / "s", *options)
    assert made.returncode == 2
    assert code in made.stderr
    assert "Traceback" not in made.stderr
    assert not (tmp_path / "s").exists()


def test_a_random_design_with_a_preset(folder: Path, tmp_path: Path):
    options = ("--random", 4, "--axis", "staffing.sto_pairs=1..4", "--preset", "dwell-60")
    made = sweep(folder, tmp_path / "s", *options, "--json")
    assert made.returncode == 0, made.stderr
    points = json.loads(made.stdout)["points"]
    assert sorted(point["pairs_planned"] for point in points) == [1, 2, 3, 4]
    assert {point["dwell_min"] for point in points} == {60}


@pytest.mark.parametrize("engine", ["in-process", "process"])
def test_ctrl_c_finishes_what_was_begun(folder: Path, tmp_path: Path, engine: str):
    options = ("--stos", "2:10:2", "--seeds", "1:40", "--engine", engine, "--processes", 2)
    words = ["sweep", folder, "-o", tmp_path / "s", "--scale", 0.1, "--draws", 20, *options]
    running = subprocess.Popen(
        [*COMMAND, *(str(word) for word in words)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not list((tmp_path / "s" / "points").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    # As a terminal does it: to the whole group, workers too.
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 4, said
    assert "Stopping" in said
    done = len(list((tmp_path / "s" / "points").glob("*.json")))
    assert 0 < done < 200
    assert f"{done} of 200 points" in said
    assert (tmp_path / "s" / "points.xlsx").is_file()
