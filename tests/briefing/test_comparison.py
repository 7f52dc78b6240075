"""The workbook of a comparison, read back by another program's reader."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from planner.briefing.comparison import META_SCHEMA, write_comparison
from planner.briefing.reading import Found
from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.export.document import plan_hash
from planner.scenario.point import COLUMNS, Point
from planner.scenario.run import ScenarioRun

SHEETS = ["Summary", "Scenarios", "Precision", "Assumptions", "Refused", "Data", "Columns", "_meta"]
HEADER = 3
Rename = Callable[..., ScenarioRun]


def written(found: Sequence[Found], folder: Path, **options: Any) -> Path:
    path = folder / "comparison.xlsx"
    write_comparison(found, path, **options)
    return path


def rows(path: Path, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(path)
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    header, *body = rows(path, sheet)[HEADER:]
    return [dict(zip(header, row, strict=True)) for row in body]


def block(path: Path, heading: str) -> dict[str, list[Any]]:
    """Return the lines of one block of the first sheet by their label."""
    found = rows(path, "Summary")
    start = next(k for k, row in enumerate(found) if row[0] == heading)
    lines = {}
    for row in found[start + 1 :]:
        if not any(row):
            break
        lines[str(row[0])] = row[1:]
    return lines


@pytest.fixture
def book(
    base: ScenarioRun, fewer: ScenarioRun, cut_off: ScenarioRun, impossible: Point, tmp_path: Path
) -> Path:
    """Write three runs and a refused scenario."""
    return written([base, fewer, cut_off, impossible], tmp_path)


def test_sheets_in_their_order(book: Path):
    assert CalamineWorkbook.from_path(book).sheet_names == SHEETS


def test_the_same_runs_give_the_same_bytes(base: ScenarioRun, fewer: ScenarioRun, tmp_path: Path):
    first = written([base, fewer], tmp_path).read_bytes()
    assert written([base, fewer], tmp_path).read_bytes() == first


def test_summary(book: Path, base: ScenarioRun, fewer: ScenarioRun):
    planned = block(book, "Planned")
    assert planned["Figure"][1:4] == ["as planned", "two pairs fewer", "west cut off"]
    assert planned["STO pairs"][1:4] == [5, 3, 5]
    expected = block(book, "Expected on election day")
    assert expected["Counts, mean"][1] == base.point.counts_mean
    change = block(book, "Difference to as planned")["Counts"][1:4]
    assert change[0] == "base"
    assert fewer.point.counts_mean is not None
    assert base.point.counts_mean is not None
    assert change[1] == pytest.approx(fewer.point.counts_mean - base.point.counts_mean)
    told = block(book, "Question and answer")
    assert told["Answer"][0].startswith("Against ")
    assert "1 scenario cannot be" in told["Refused"][0]


def test_all_columns_of_all_scenarios(book: Path, base: ScenarioRun):
    found = table(book, "Scenarios")
    assert len(found) == 4
    assert len(found[0]) == len(COLUMNS)
    assert found[0]["Voting visits (visits)"] == base.point.voting_visits
    assert found[3]["Status"] == "refused"
    meanings = {row["Column"]: row for row in table(book, "Columns")}
    assert set(meanings) == {column.name for column in COLUMNS}
    assert set(found[0]) == {row["Title"] for row in meanings.values()}
    assert all(row["Meaning"] for row in meanings.values())


def test_precision_by_phase_and_region(book: Path, cut_off: ScenarioRun):
    found = table(book, "Precision")
    assert len(found) == 3 * 4 * 3
    west = [r for r in found if (r["Scenario"], r["Where"]) == ("west cut off", "West")]
    assert [row["Phase"] for row in west] == ["opening", "voting", "counting", "tabulation"]
    expected = cut_off.forecast.expected
    assert expected is not None
    seen = next(e for e in expected.estimates if (e.kind, e.domain) == ("region", "WEST"))
    assert west[0]["Observed, expected"] == pytest.approx(seen.n)
    assert {row["Basis"] for row in found} <= {"design-based", "indicative", "none"}
    assert all(row["Why"] for row in found if row["Basis"] != "design-based")


def test_assumptions_with_marks(book: Path):
    found = table(book, "Assumptions")
    told = {(row["Scenario"], row["Assumption"]): row for row in found}
    pairs = told["two pairs fewer", "STO pairs asked for"]
    assert (pairs["Value"], pairs["In the mission"], pairs["Mark"]) == ("3", "5", "B")
    cut = told["west cut off", "Regions cut off on election day"]
    assert cut["Mark"] == "entered"
    assert told["as planned", "the mission as it is"]["Value"] == ""
    likeness = next(r for (_, what), r in told.items() if what.startswith("Likeness"))
    assert (likeness["Value"], likeness["Mark"]) == ("0.05", "B")
    assert any("No unit cost is entered" in what for _, what in told)


def test_refused_with_the_nearest_value(book: Path):
    found = {row["Field"]: row for row in table(book, "Refused")}
    pairs = found["staffing.sto_pairs"]
    assert (pairs["Code"], pairs["Value"]) == ("SC-RANGE", "-1")
    assert pairs["Nearest possible value"] == "0"
    assert found["day.dwell_min"]["Nearest possible value"] == "5"


def test_what_is_real(book: Path):
    found = table(book, "Data")
    assert {row["What"] for row in found} >= {"Districts", "Towns", "Polling stations"}


def test_meta_names_input_and_plan(book: Path, base: ScenarioRun, mission: MissionInput):
    found = {row[0]: row[1] for row in rows(book, "_meta")}
    assert found["schema"] == META_SCHEMA
    assert found["mission_input_sha256"] == mission.input_hash
    assert found["scenario:1:plan_sha256"] == plan_hash(base.plan)
    assert found["scenario:4"] == "too many"


@pytest.mark.parametrize("name", ["=1+1", "+x", "@SUM(A1)", "-2", "https://x.org", "{=1}", "0012"])
def test_a_name_is_never_a_formula_or_a_link(
    base: ScenarioRun, named: Rename, tmp_path: Path, name: str
):
    path = written([named(base, name, name)], tmp_path)
    with zipfile.ZipFile(path) as packed:
        text = b"".join(packed.read(part) for part in packed.namelist() if "worksheets" in part)
    assert b"<f>" not in text
    assert b"x.org" not in text
    assert table(path, "Scenarios")[0]["Scenario"] == name


def test_points_of_a_sweep_need_their_mission(
    base: ScenarioRun, fewer: ScenarioRun, mission: MissionInput, tmp_path: Path
):
    points = [base.point, fewer.point]
    with pytest.raises(PlannerError) as caught:
        written(points, tmp_path)
    assert caught.value.code == "BR-MISSION"
    path = written(points, tmp_path, mission=mission)
    assert len(table(path, "Precision")) == 2 * 4
    changed = [row for row in table(path, "Assumptions") if row["Field"] == "pairs_requested"]
    assert [(row["Value"], row["In the mission"]) for row in changed] == [("3", "5")]


def test_more_than_fit_side_by_side_are_named(
    base: ScenarioRun, mission: MissionInput, tmp_path: Path
):
    points = [base.point.model_copy(update={"name": f"n{k}"}) for k in range(12)]
    path = written(points, tmp_path, mission=mission)
    assert block(path, "Question and answer")["Shown"][0].startswith("the first 9; 3 more")
    assert len(table(path, "Scenarios")) == 12


def test_who_may_read_it_and_the_verdict_on_the_first_sheet(book: Path):
    first = [row[0] for row in rows(book, "Summary")[:4]]
    assert first[2] == "Restricted until election day (20 November 2022) has ended"
    assert first[3] == "The referee passed all 3 plans."
