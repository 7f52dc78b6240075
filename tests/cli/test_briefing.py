"""``brief`` as a user calls it."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from planner.scenario.document import Scenario
from planner.scenario.file import write_scenario
from tests.cli.command import run
from tests.good_plan import good_mission
from tests.mission_folder import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = write_folder(good_mission(), tmp_path_factory.mktemp("cli") / "mission")
    few = {"name": "three pairs", "staffing": {"sto_pairs": 3}}
    write_scenario(Scenario.model_validate(few), place / "scenarios" / "few.toml")
    none = {"name": "impossible", "staffing": {"sto_pairs": -1}}
    write_scenario(Scenario.model_validate(none), place / "scenarios" / "none.toml")
    return place


def names(path: Path) -> list[str]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Scenarios")
    return [str(row[0]) for row in sheet.to_python(skip_empty_area=False)[4:]]


def test_both_files_with_the_mission_first(folder: Path, tmp_path: Path):
    words = ("brief", folder, "--scenario", "few", "--draws", 50, "--at", "2022-10-01", "-o")
    made = run(*words, tmp_path / "a")
    assert made.returncode == 0, made.stderr
    assert names(tmp_path / "a" / "comparison.xlsx") == ["as planned", "three pairs"]
    run(*words, tmp_path / "b")
    for name in ("briefing.pdf", "comparison.xlsx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_refused_scenario_is_answered_and_counts(folder: Path, tmp_path: Path):
    made = run("brief", folder, "--scenario", "none", "--draws", 0, "--as", "xlsx", "-o", tmp_path)
    assert made.returncode == 3, made.stderr
    assert "nearest possible value: 0" in made.stderr
    assert names(tmp_path / "comparison.xlsx") == ["as planned", "impossible"]
    assert not (tmp_path / "briefing.pdf").exists()


def test_a_sweep_is_not_planned_again(folder: Path, tmp_path: Path):
    sweep, out = tmp_path / "sweep", tmp_path / "out"
    made = run("sweep", folder, "--stos", "4,6", "--draws", 50, "-o", sweep)
    assert made.returncode == 0, made.stderr
    made = run("brief", folder, "--points", sweep, "-o", out)
    assert made.returncode == 0, made.stderr
    assert len(names(out / "comparison.xlsx")) == 2
    assert (out / "briefing.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--as", "docx"), "BR-KIND"),
        (("--points", "nowhere"), "BR-SWEEP"),
        (("--points", "nowhere", "--preset", "winter"), "BR-TWO"),
        (("--preset", "nothing"), "SC-PRESET"),
        (("--as", "pdf", *(("--preset", "winter") * 9)), "BR-MANY"),
    ],
)
def test_bad_orders_have_a_code_and_a_remedy(folder: Path, options: tuple[str, ...], code: str):
    made = run("brief", folder, *options)
    assert made.returncode == 2
    assert code in made.stderr
    assert "What to do:" in made.stderr
    assert "Traceback" not in made.stderr


def test_many_scenarios_write_the_workbook_alone(folder: Path, tmp_path: Path):
    made = run("brief", folder, *(("--preset", "winter") * 9), "--draws", 0, "-o", tmp_path)
    assert made.returncode in (0, 1), made.stderr
    assert "do not fit on two pages" in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["comparison.xlsx"]
