"""``target`` as a user calls it."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import run
from tests.good_plan import good_mission
from tests.mission_folder import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(good_mission(), tmp_path_factory.mktemp("cli") / "mission")


def target(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return run("target", folder, "--draws", 50, *words)


def test_target_says_how_many_and_proves_it(folder: Path):
    made = target(folder, "--margin", "voting=0.16", "--regions", "--span", "amber", "--json")
    assert made.returncode == 0, made.stderr
    found = json.loads(made.stdout)
    assert found["status"] == "met"
    answer = found["answer"]
    assert answer["met"]
    assert {one["name"] for one in answer["measures"]} == {
        "margin voting",
        "regions",
        "hard findings",
        "span",
    }
    assert found["below"] is None or not found["below"]["met"]
    assert found["below"] is not None or found["low"] == answer["pairs"] - 1
    pairs = [one["pairs"] for one in found["frontier"]]
    assert answer["pairs"] in pairs
    assert f"{answer['pairs']} pairs" in made.stderr
    assert "the plan meets the target" in made.stderr
    assert "margin voting: indicative" in made.stderr
    assert (folder / "target" / "plan").is_dir()
    again = target(folder, "--margin", "voting=0.16", "--regions", "--span", "amber", "--json")
    assert json.loads(again.stdout) == found


def test_a_target_out_of_reach_has_its_own_exit_code(folder: Path):
    made = target(folder, "--margin", "counting=0.05", "--level", "planned")
    assert made.returncode == 3
    assert "SC-TARGET" in made.stderr
    assert "nearest possible value" in made.stderr
    assert "Traceback" not in made.stderr


def test_a_search_that_is_not_settled_has_its_own(folder: Path):
    made = target(folder, "--margin", "voting=0.14", "--level", "planned", "--plans", 1)
    assert made.returncode == 4
    assert "allowed" in made.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "names nothing"),
        (("--margin", "voting"), "PHASE=SHARE"),
        (("--margin", "lunch=0.1"), "lunch"),
        (("--margin", "voting=7"), "nearest possible value: 0.5"),
        (("--regions", "--level", "surely"), "level"),
        (("--regions", "--span", "green"), "amber or red"),
        (("--regions", "--budget", 100), "SC-COSTS"),
        (("--regions", "--preset", "nothing"), "nothing"),
    ],
)
def test_target_refuses_what_means_nothing(folder: Path, options: Any, said: str):
    made = target(folder, *options)
    assert made.returncode == 2
    assert said in " ".join(made.stderr.split())
    assert "Traceback" not in made.stderr
    assert not made.stdout
