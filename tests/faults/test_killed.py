"""``kill -9`` in the middle of a plan: the plan of before stands, or the new one, never a half."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.export.document import load_plan
from planner.intake.folder import load_mission
from tests.faults.conftest import Picture
from tests.faults.limited import ROOT, Order, command, run

Look = Callable[[Path], Picture]


@pytest.mark.parametrize("moment", ["half", "whole", "placed"])
def test_killed_while_it_writes(home: Path, moment: str):
    folder = home / "mission"
    document = folder / "plan.json"
    before, known = document.read_bytes(), load_mission(folder).mission_input
    killed = run(Order(die=moment), "cli", "plan", str(folder), "--seed", "2")
    assert killed.returncode == -9
    assert (document.read_bytes() == before) is (moment != "placed")
    load_plan(document)
    assert load_mission(folder).mission_input == known, "what was left behind is no input"
    if moment == "half":
        again = run(Order(), "cli", "plan", str(folder), "--seed", "2")
        assert again.returncode == 0, again.stderr
        assert load_plan(document).provenance.seed == 2


def test_killed_at_any_moment(home: Path, picture: Look):
    words = ("cli", "plan", str(home / "mission"), "--seed", "1")
    started = time.monotonic()
    assert run(Order(), *words).returncode == 0
    took_s = time.monotonic() - started
    before = picture(home)
    for share in (0.4, 0.7, 0.9):
        with subprocess.Popen(
            command(Order(), *words), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as victim:
            time.sleep(share * took_s)
            victim.kill()
        after = picture(home)
        # The same seed gives the same bytes: whole, whichever of the two it is.
        assert {name: after[name] for name in before} == before


def test_an_import_killed_half_way_leaves_the_list_of_before(home: Path):
    stations = home / "mission" / "stations.csv"
    before = stations.read_bytes()
    new = home / "list.csv"
    new.write_bytes(before.replace(b"Station W1-1", b"Station one"))
    words = ("cli", "import", "stations", str(new), "--mission", str(home / "mission"))
    killed = run(Order(die="half", name="stations.csv"), *words)
    assert killed.returncode == -9
    assert stations.read_bytes() == before
    assert run(Order(), *words).returncode == 0
    assert b"Station one" in stations.read_bytes()
