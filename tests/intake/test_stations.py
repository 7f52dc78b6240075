# ruff: noqa: RUF001 - lists in Cyrillic are the matter here
"""One defect of a station list at a time."""

from pathlib import Path

import pytest

from planner.domain.finding import Severity
from planner.errors import InputError, PlannerError
from planner.intake.importing import import_file
from planner.intake.report import ImportReport
from tests.intake import lists

HEADER = ["id", "name", "district", "lat", "lon", "voters"]


def bring(folder: Path, rows: list[list[str]], **mapping: str) -> ImportReport:
    """Import rows as the stations of a mission in Georgia."""
    if not (folder / "mission.toml").exists():
        lists.mission(folder)
    report = import_file("stations", lists.write(folder / "list.csv", rows), folder, mapping)
    assert report.rows_in == report.accepted + report.set_aside
    return report


def stations(folder: Path) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in lists.records(folder / "stations.csv")}


def with_row(*row: str) -> list[list[str]]:
    return [*lists.GEORGIAN, list(row)]


def codes(report: ImportReport) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_clean_list_comes_in_without_a_word(tmp_path: Path) -> None:
    report = bring(tmp_path, lists.GEORGIAN)
    assert report.findings == ()
    assert report.records_out == 5
    assert stations(tmp_path)["01"]["voters"] == "1200"
    assert not (tmp_path / "rejected_stations.csv").exists()


@pytest.mark.parametrize("written", ["1 200", "1\u00a0200", "1,200", "1.200", "1'200", "1200.0"])
def test_numbers_with_spaces_are_numbers(tmp_path: Path, written: str) -> None:
    bring(tmp_path, with_row("06", "School 6", "A", "41.7", "44.8", written))
    assert stations(tmp_path)["06"]["voters"] == "1200"


@pytest.mark.parametrize("written", ["", "0", "many", "-5", "12,5", "99999999"])
def test_voters_that_are_no_figure_are_unknown_and_told(tmp_path: Path, written: str) -> None:
    report = bring(tmp_path, with_row("06", "School 6", "A", "41.7", "44.8", written))
    assert codes(report) == {"IN-VOTERS"}
    assert stations(tmp_path)["06"]["voters"] == ""


@pytest.mark.parametrize("lat", ["41,7", "41.7°", "N41.7", "41°42'0\"N", "41 42 0"])
def test_coordinates_in_every_dress(tmp_path: Path, lat: str) -> None:
    bring(tmp_path, with_row("06", "School 6", "A", lat, "44.8", "100"))
    assert stations(tmp_path)["06"]["lat"] == "41.7"


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("", "", "IN-POINT"),
        ("0", "0", "IN-POINT"),
        ("0.0", "0,0", "IN-POINT"),
        ("north", "east", "IN-POINT"),
        ("48.85", "2.35", "IN-POINT"),
        ("141.7", "544.8", "IN-POINT"),
        ("nan", "inf", "IN-POINT"),
    ],
)
def test_a_point_that_cannot_be_right_is_replaced_by_its_district(
    tmp_path: Path, lat: str, lon: str, code: str
) -> None:
    report = bring(tmp_path, with_row("06", "School 6", "A", lat, lon, "100"))
    assert codes(report) == {code, "IN-PLACED"}
    placed = stations(tmp_path)["06"]
    assert placed["precision"] == "district"
    assert (float(placed["lat"]), float(placed["lon"])) == pytest.approx((41.715, 44.785))


def test_one_swapped_row_is_put_right_and_told(tmp_path: Path) -> None:
    rows = with_row("06", "School 6", "B", "42.5", "41.9", "100")
    rows = [*rows, ["07", "School 7", "A", "44.80", "41.72", "90"]]
    report = bring(tmp_path, rows)
    assert codes(report) == {"IN-SWAPPED"}
    assert stations(tmp_path)["07"]["lat"] == "41.72"
    finding = report.findings[0]
    assert (finding.row, finding.severity) == (8, Severity.SOFT)


def test_columns_that_are_swapped_as_a_whole_are_put_right(tmp_path: Path) -> None:
    rows = [lists.GEORGIAN[0], *([*r[:3], r[4], r[3], r[5]] for r in lists.GEORGIAN[1:])]
    report = bring(tmp_path, rows)
    assert "IN-SWAPPED" in codes(report)
    assert stations(tmp_path)["01"]["lat"] == "41.71"


def test_shared_points_are_told_in_one_line(tmp_path: Path) -> None:
    more = [[f"1{k}", f"Room {k}", "A", "41.70", "44.70", "100"] for k in range(3)]
    report = bring(tmp_path, [*lists.GEORGIAN, *more])
    assert codes(report) == {"IN-SHARED"}
    assert "1 points" in report.findings[0].message
    assert stations(tmp_path)["10"]["precision"] == "exact"


def test_a_crowd_on_one_point_is_no_exact_place(tmp_path: Path) -> None:
    more = [[f"1{k:02d}", f"Room {k}", "A", "41.70", "44.70", "100"] for k in range(30)]
    report = bring(tmp_path, [*lists.GEORGIAN, *more])
    assert report.findings[0].severity is Severity.SOFT
    assert stations(tmp_path)["100"]["precision"] == "settlement"
    assert stations(tmp_path)["01"]["precision"] == "exact"


def test_the_same_row_twice_and_a_contradiction_differ(tmp_path: Path) -> None:
    rows = [*with_row(*lists.GEORGIAN[1]), ["02", "Another", "A", "41.72", "44.79", "900"]]
    more = [[f"2{k}", f"Hall {k}", "B", f"41.6{k}", "41.66", "80"] for k in range(6)]
    report = bring(tmp_path, [*rows, *more])
    assert {"IN-TWICE", "IN-CONFLICT"} <= codes(report)
    assert report.set_aside == 2
    assert stations(tmp_path)["02"]["name"] == "School 2"
    rejected = lists.records(tmp_path / "rejected_stations.csv")
    assert [row["row"] for row in rejected] == ["7", "8"]
    assert "name" in rejected[1]["reason"]


def test_numbers_that_start_anew_are_composed_with_the_district(tmp_path: Path) -> None:
    rows = [["station number", "name", "district", "lat", "lon"]]
    for district, lat in (("A", 41.7), ("B", 42.0), ("C", 42.2)):
        rows += [[f"{k:02d}", f"Hall {k}", district, f"{lat}{k}", "43.1"] for k in range(1, 5)]
    report = bring(tmp_path, rows)
    assert set(stations(tmp_path)) >= {"A-01", "B-01", "C-04"}
    assert "start anew" in report.findings[0].message


def test_a_list_without_ids_gets_some(tmp_path: Path) -> None:
    rows = [row[1:] for row in lists.GEORGIAN]
    report = bring(tmp_path, rows)
    assert next(iter(stations(tmp_path))) == "S-000002"
    assert codes(report) == {"IN-ID"}


def test_a_row_that_stands_for_several_becomes_several(tmp_path: Path) -> None:
    rows = [[*lists.GEORGIAN[0], "number of polling stations"]]
    rows += [[*row, "1"] for row in lists.GEORGIAN[1:5]]
    rows += [[*lists.GEORGIAN[5], "3"], ["06", "Nothing", "A", "41.7", "44.8", "10", "0"]]
    report = bring(tmp_path, rows)
    assert (report.rows_in, report.accepted, report.records_out) == (6, 5, 7)
    made = stations(tmp_path)
    assert [made[f"05/{k}"]["voters"] for k in (1, 2, 3)] == ["214", "213", "213"]
    assert made["05/1"]["status"] == "estimate"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("abroad", "yes"),
        ("За рубежом", "да"),
        ("country", "Germany"),
        ("region", "Out of country"),
        ("region", "Peste hotare"),
    ],
)
def test_stations_abroad_are_set_aside(tmp_path: Path, column: str, value: str) -> None:
    home = {"abroad": "no", "За рубежом": "нет", "country": "Georgia", "region": "Imereti"}[column]
    rows = [[*lists.GEORGIAN[0], column], *([*row, home] for row in lists.GEORGIAN[1:])]
    report = bring(tmp_path, [*rows, ["99", "Embassy", "X", "", "", "50", value]])
    assert report.set_aside == 1
    assert "IN-ABROAD" in codes(report)
    assert "99" not in stations(tmp_path)


def test_notes_and_sums_are_no_stations(tmp_path: Path) -> None:
    rows = [*with_row("Imereti region", "", "", "", "", ""), ["Total", "", "", "", "", "4090"]]
    rows.insert(1, ["1", "2", "3", "4", "5", "6"])
    report = bring(tmp_path, rows)
    assert (report.rows_in, report.set_aside) == (8, 3)
    assert codes(report) == {"IN-NOTE"}


def test_special_stations_hours_and_settlements_are_understood(tmp_path: Path) -> None:
    rows = [[*lists.GEORGIAN[0], "type", "urban/rural", "opening time"]]
    kinds = ["prison", "ordinary", "Hospital ward", "", "ordinary"]
    rows += [
        [*row, kind, "Urban" if kind else "village", "6:00" if kind == "prison" else "07:00"]
        for row, kind in zip(lists.GEORGIAN[1:], kinds, strict=True)
    ]
    bring(tmp_path, rows)
    made = stations(tmp_path)
    assert [made[f"0{k}"]["kind"] for k in range(1, 6)].count("special") == 2
    assert made["01"]["opens"] == "06:00"
    assert made["02"]["opens"] == ""
    assert made["04"]["settlement"] == "rural"


def test_towns_place_stations_at_their_settlement(tmp_path: Path) -> None:
    lists.mission(tmp_path)
    rows = [[*lists.GEORGIAN[0], "settlement"], *([*r, "Tbilisi"] for r in lists.GEORGIAN[1:])]
    bring(tmp_path, rows)
    towns = [["id", "name", "district", "lat", "lon"], ["t", "Khulo", "B", "41.645", "42.31"]]
    import_file("towns", lists.write(tmp_path / "t.csv", towns), tmp_path)
    report = bring(tmp_path, [*rows, ["06", "School", "B", "", "", "90", "town of KHULO"]])
    assert "IN-PLACED" in codes(report)
    placed = stations(tmp_path)["06"]
    assert (placed["lat"], placed["lon"], placed["precision"]) == ("41.645", "42.31", "settlement")


def test_a_missing_district_is_that_of_the_nearest_station(tmp_path: Path) -> None:
    report = bring(tmp_path, with_row("06", "School", "", "41.645", "41.647", "90"))
    assert stations(tmp_path)["06"]["district"] == "B"
    assert "IN-DISTRICT" in codes(report)


def test_a_district_name_in_two_regions_is_two_districts(tmp_path: Path) -> None:
    rows = [["id", "district", "region", "lat", "lon"]]
    for region, lat in (("North", "42.1"), ("South", "41.6")):
        rows += [[f"{region}{k}", "Oktober", region, f"{lat}{k}", "43.5"] for k in range(3)]
    bring(tmp_path, rows)
    assert {row["district"] for row in stations(tmp_path).values()} == {
        "North - Oktober",
        "South - Oktober",
    }


def test_without_any_district_the_remedy_is_named(tmp_path: Path) -> None:
    rows = [[row[0], row[1], *row[3:]] for row in lists.GEORGIAN]
    with pytest.raises(PlannerError) as caught:
        bring(tmp_path, rows)
    assert "--map district" in caught.value.remedy


def test_ids_of_a_workbook_keep_their_form(tmp_path: Path) -> None:
    lists.mission(tmp_path)
    rows = [lists.GEORGIAN[0], *([float(r[0]), *r[1:]] for r in lists.GEORGIAN[1:])]
    import_file("stations", lists.workbook(tmp_path / "list.xlsx", rows), tmp_path)
    assert set(stations(tmp_path)) == {"1", "2", "3", "4", "5"}


def test_a_formula_in_a_name_is_disarmed(tmp_path: Path) -> None:
    bring(tmp_path, with_row("06", '=HYPERLINK("http://x")', "A", "41.7", "44.8", "10"))
    assert stations(tmp_path)["06"]["name"].startswith("'=")


def test_a_mapping_is_followed_remembered_and_checked(tmp_path: Path) -> None:
    rows = [["a", "b", "c", "d", "e", "f"], *lists.GEORGIAN[1:]]
    mapping = {"id": "a", "name": "b", "district": "c", "lat": "D", "lon": "e", "voters": "f"}
    bring(tmp_path, rows, **mapping)
    again = bring(tmp_path, rows)
    assert again.mapping == mapping | {"lat": "d"}
    with pytest.raises(PlannerError, match="no column 'dd'"):
        bring(tmp_path, rows, lat="dd")
    with pytest.raises(PlannerError, match="no field 'longitude'"):
        bring(tmp_path, rows, longitude="e")
    assert "voters" not in bring(tmp_path, rows, voters="").mapping


def test_findings_in_thousands_stay_short_on_screen_and_whole_in_the_file(tmp_path: Path) -> None:
    rows = [[f"{k:05d}", f"Hall {k}", f"D{k % 9}", "0", "0", "0"] for k in range(3_000)]
    good = [[f"g{k}", f"Hall {k}", f"D{k}", f"41.{k}5", "44.2", "5"] for k in range(9)]
    report = bring(tmp_path, [HEADER, *rows, *good])
    assert len(report.findings) <= 4
    assert all(len(finding.message) < 300 for finding in report.findings)
    assert len(lists.records(tmp_path / "import_findings.csv")) >= 9_000


@pytest.mark.parametrize("content", ["", "\n", "id,name,district\n"])
def test_nothing_to_import_is_an_error_with_a_remedy(tmp_path: Path, content: str) -> None:
    lists.mission(tmp_path)
    (tmp_path / "list.csv").write_text(content, "utf-8")
    with pytest.raises(PlannerError) as caught:
        import_file("stations", tmp_path / "list.csv", tmp_path)
    assert caught.value.remedy
    assert not (tmp_path / "stations.csv").exists()


def test_a_folder_without_a_mission_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no mission folder yet") as caught:
        import_file("stations", lists.write(tmp_path / "l.csv", lists.GEORGIAN), tmp_path)
    assert "mission-planner new" in caught.value.remedy
