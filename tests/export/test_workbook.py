"""The workbook, read back as another program would."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.export.document import plan_hash
from planner.export.workbook import META_SHEET, write_workbook
from tests.export.made_up import Build, Case

SHEETS = [
    *("Summary", "Areas", "Teams", "E-day", "Stations", "Reserve", "Substitutes", "Unassigned"),
    *("Findings", "State quotas", "Logistics", "Sources", META_SHEET),
]


def written(case: Case, folder: Path) -> Path:
    path = folder / "plan.xlsx"
    write_workbook(case.mission, case.plan, case.verdict, path)
    return path


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by column title; the header row is what ``_meta`` says."""
    book = CalamineWorkbook.from_path(path)
    meta = dict(row[:2] for row in book.get_sheet_by_name(META_SHEET).to_python())
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    start = int(meta[f"header_row:{sheet}"])
    return [dict(zip(rows[start - 1], row, strict=True)) for row in rows[start:]]


def text(path: Path, sheet: str) -> str:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return "\n".join(" | ".join(str(cell) for cell in row) for row in rows)


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def renamed(mission: MissionInput, name: str) -> MissionInput:
    """Return the mission with every name of a place and every origin replaced."""
    return mission.model_copy(
        update={
            "stations": tuple(s.model_copy(update={"name": name}) for s in mission.stations),
            "towns": tuple(t.model_copy(update={"name": name}) for t in mission.towns),
            "districts": tuple(d.model_copy(update={"name": name}) for d in mission.districts),
            "regions": tuple(r.model_copy(update={"name": name}) for r in mission.regions),
            "mission": mission.mission.model_copy(update={"name": name}),
        }
    )


def test_all_sheets_are_there_and_meta_is_hidden(case: Case, tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(written(case, tmp_path))
    assert book.sheet_names == SHEETS
    hidden = [s.name for s in book.sheets_metadata if s.visible is not SheetVisibleEnum.Visible]
    assert hidden == [META_SHEET]


def test_meta_binds_the_workbook_to_its_plan(case: Case, tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(written(case, tmp_path)).get_sheet_by_name(META_SHEET)
    meta = dict(row[:2] for row in rows.to_python())
    assert meta["plan_sha256"] == plan_hash(case.plan)
    assert meta["mission"] == "test-2022"
    assert meta["plan_schema_version"] == "1"


def test_the_same_plan_gives_the_same_bytes(case: Case, tmp_path: Path) -> None:
    first = written(case, tmp_path).read_bytes()
    assert written(case, tmp_path).read_bytes() == first


def test_the_summary_tells_verdict_status_and_figures(case: Case, tmp_path: Path) -> None:
    summary = text(written(case, tmp_path), "Summary")
    assert "The referee passed this plan" in summary
    assert "SYNTHETIC DATA" in summary
    assert "Restricted until election day (20 November 2022) has ended" in summary
    assert re.search(r"Openings \| 4\.0", summary)
    assert "412345" in summary
    assert plan_hash(case.plan) in summary
    assert "as the planning claims" in summary


def test_a_refused_plan_says_so(case: Case, tmp_path: Path) -> None:
    fault = Finding(code="P2", severity=Severity.HARD, subject="STO-001", message="One State.")
    refused = Case(case.mission, case.plan, case.verdict.model_copy(update={"hard": (fault,)}))
    path = written(refused, tmp_path)
    assert "The referee refused this plan" in text(path, "Summary")
    rows = table(path, "Findings")
    assert [row["Severity"] for row in rows] == ["hard", "soft", "info"]
    assert [row["Said by"] for row in rows] == ["referee", "referee", "planning"]


def test_clock_times_are_local_in_both_zones(case: Case, tmp_path: Path) -> None:
    rows = table(written(case, tmp_path), "E-day")
    openings = [row for row in rows if row["What"] == "opening"]
    assert {row["Zone"] for row in openings} == {"UTC+5", "UTC+6"}
    assert {str(row["Arrive (local)"]) for row in openings} == {"2022-11-20 06:15:00"}
    back = [row for row in rows if row["What"] == "back at base"]
    assert {(str(row["Arrive (local)"]), row["Day"]) for row in back} == {
        ("2022-11-21 00:30:00", "E+1")
    }


def test_a_day_has_every_stop_between_leaving_and_coming_back(case: Case, tmp_path: Path) -> None:
    rows = [row for row in table(written(case, tmp_path), "E-day") if row["Team"] == "STO-001"]
    assert [row["What"] for row in rows] == [
        *("leave base", "opening", "voting", "voting", "closing", "counting", "tabulation"),
        "back at base",
    ]
    assert rows[1]["Drive there (min)"] == 15
    assert rows[1]["Drive there (km)"] == pytest.approx(8.25)
    assert rows[5]["Remarks"] == "same place"
    assert "18 h 30 min" in rows[-1]["Remarks"]


def test_every_pair_has_a_page_of_its_own(case: Case, tmp_path: Path) -> None:
    sheet = parts(written(case, tmp_path))["xl/worksheets/sheet4.xml"]
    assert 'rowBreaks count="3"' in sheet
    assert "fitToPage" not in sheet, "Excel ignores page breaks on fitted sheets"


def test_print_setup_of_every_visible_sheet(case: Case, tmp_path: Path) -> None:
    files = parts(written(case, tmp_path))
    for number in range(1, len(SHEETS)):
        sheet = files[f"xl/worksheets/sheet{number}.xml"]
        assert 'paperSize="9"' in sheet
        assert "Restricted until election day" in sheet
        assert "SYNTHETIC DATA" in sheet
        assert "Page &amp;P of &amp;N" in sheet
        assert "Test mission &amp;&amp; rehearsal" in sheet
        assert 'state="frozen"' in sheet
        if number > 1:
            assert 'orientation="landscape"' in sheet
            assert "autoFilter" in sheet
    assert files["xl/workbook.xml"].count("Print_Titles") == len(SHEETS) - 2


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "+1", "@x", "-2+3", "=1+1", "\t=1", "{=1}", "http://a.example"]
)
def test_a_name_is_never_a_formula_or_a_link(case: Case, tmp_path: Path, name: str) -> None:
    path = written(Case(renamed(case.mission, name), case.plan, case.verdict), tmp_path)
    assert table(path, "Stations")[0]["Name"] == name
    files = parts(path)
    assert not [file for file, content in files.items() if re.search(r"<f[ >]", content)]
    assert not [file for file, content in files.items() if 'TargetMode="External"' in content]


def test_a_dangerous_name_stays_text_when_it_is_edited(case: Case, tmp_path: Path) -> None:
    mission = renamed(case.mission, "=1+1")
    assert (
        "quotePrefix"
        in parts(written(Case(mission, case.plan, case.verdict), tmp_path))["xl/styles.xml"]
    )


def test_long_and_odd_names_survive(case: Case, tmp_path: Path) -> None:
    name = "ქ. თბილისი & <b>\x07\n" + "ұзын " * 8_000
    path = written(Case(renamed(case.mission, name), case.plan, case.verdict), tmp_path)
    assert table(path, "Stations")[0]["Name"].startswith("ქ. თბილისი & <b>")


def test_a_plan_of_nothing_is_a_workbook_of_empty_tables(case: Case, tmp_path: Path) -> None:
    nothing = case.plan.model_copy(
        update=dict.fromkeys(
            ("areas", "teams", "days", "sample", "unassigned", "findings", "stages"), ()
        )
        | {"kpis": {}}
    )
    mission = case.mission.model_copy(update={"observers": (), "stations": (), "commissions": ()})
    verdict = case.verdict.model_copy(update={"kpis": {}})
    path = written(Case(mission, nothing, verdict), tmp_path)
    assert "No election day is planned." in text(path, "E-day")
    assert "There is no roster yet." in text(path, "State quotas")


def test_without_a_roster_teams_are_unnamed_slots(build: Build, tmp_path: Path) -> None:
    path = written(build(roster=False), tmp_path)
    rows = table(path, "Teams")
    assert {row["Member 1"] for row in rows} == {"unnamed slot"}
    assert "6 of 6 teams are unnamed slots" in text(path, "Teams")
    assert "unnamed slot" in text(path, "E-day")


def test_teams_show_states_and_languages_but_no_gender(case: Case, tmp_path: Path) -> None:
    rows = table(written(case, tmp_path), "Teams")
    first = next(row for row in rows if row["Team"] == "STO-001")
    assert (first["State 1"], first["State 2"]) == ("NO", "SE")
    assert first["Languages 1"] == "en C1, ru B2"
    assert not [title for title in first if "ender" in title or "estriction" in title]


def test_stations_tell_who_comes_when(case: Case, tmp_path: Path) -> None:
    rows = {row["Station"]: row for row in table(written(case, tmp_path), "Stations")}
    assert len(rows) == len(case.mission.stations)
    visited = rows["01-0003"]
    assert (visited["Visited by"], visited["Phases"]) == ("STO-003", "closing, counting")
    assert str(visited["First arrival (local)"]) == "2022-11-20 19:20:00"
    assert rows["01-0010"]["Visited by"] == ""
    assert rows["01-0010"]["Opens (local)"].hour == 6


def test_logistics_count_beds_vehicles_and_interpreters(case: Case, tmp_path: Path) -> None:
    known, short = table(written(case, tmp_path), "Logistics")
    assert known["Beds needed (number)"] == 6
    assert known["Beds available (number)"] == ""
    assert short["Beds left (number)"] == -2
    assert short["Vehicles with driver (number)"] == short["Interpreters (number)"] == 3


def test_quotas_warn_above_the_limit(case: Case, tmp_path: Path) -> None:
    rows = {row["State"]: row for row in table(written(case, tmp_path), "State quotas")}
    assert rows["NO"]["STO nominated (number)"] == 1
    assert rows["NO"]["Share of requested STOs (%)"] == pytest.approx(1 / 8)
    assert rows["NO"]["Over the limit?"] == "over"


def test_reserve_and_substitutes(case: Case, tmp_path: Path) -> None:
    path = written(case, tmp_path)
    assert [row["Observer"] for row in table(path, "Reserve")] == ["STO-0008"]
    assert [row["Station"] for row in table(path, "Substitutes")] == ["00-0008", "01-0008"]


def test_the_founding_mission_fits(build: Build, tmp_path: Path) -> None:
    case = build(areas=15, pairs=10, visits=9, spare=560)
    path = written(case, tmp_path)
    assert len(table(path, "Stations")) == len(case.mission.stations) == 10_050
    assert len(table(path, "E-day")) == 150 * 15
