"""Rosters: what is understood, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from planner.domain.observer import Role
from planner.errors import PlannerError
from planner.intake.importing import import_file
from planner.intake.report import ImportReport
from tests.intake import lists

HEADER = ["ID", "Role", "Nationality", "Languages", "Missions", "Gender", "From", "To"]
PEOPLE = [
    ["A1", "LTO", "Norway", "English (C1), Russian B2", "5", "F", "2024-10-01", "2024-11-02"],
    ["A2", "STO", "FRA", "en:C2 fr:native", "0", "Male", "22.10.2024", "29.10.2024"],
    ["A3", "Short-term observer", "Норвегия", "English; French", "1-3", "", "", ""],
]


def bring(folder: Path, rows: list[list[Any]], **options: Any) -> ImportReport:
    if not (folder / "mission.toml").exists():
        lists.mission(folder)
    report = import_file("observers", lists.write(folder / "roster.csv", rows), folder, **options)
    assert report.rows_in == report.accepted + report.set_aside
    return report


def people(folder: Path) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in lists.records(folder / "observers.csv")}


def everything_written(folder: Path) -> str:
    files = [path for path in folder.iterdir() if path.name != "roster.csv"]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_a_roster_in_ordinary_words(tmp_path: Path) -> None:
    report = bring(tmp_path, [HEADER, *PEOPLE])
    made = people(tmp_path)
    assert (made["A1"]["role"], made["A1"]["state"]) == ("LTO", "NO")
    assert made["A1"]["languages"] == "en:C1 ru:B2"
    assert made["A1"]["experience"] == "senior"
    assert (made["A2"]["gender"], made["A2"]["available_from"]) == ("M", "2024-10-22")
    assert made["A2"]["languages"] == "en:C2 fr:native"
    assert (made["A3"]["role"], made["A3"]["state"]) == ("STO", "NO")
    assert made["A3"]["languages"] == "en:B2 fr:B2"
    assert "IN-LEVEL" in {f.code for f in report.findings}


def test_columns_of_languages(tmp_path: Path) -> None:
    rows = [
        ["Observer ID", "Country", "English", "Russian level", "Georgian"],
        ["x1", "Sweden", "Fluent", "B1", ""],
        ["x2", "Italy", "C2", "", "basic"],
    ]
    bring(tmp_path, rows, role=Role.STO)
    assert people(tmp_path)["x1"]["languages"] == "en:C1 ru:B1"
    assert people(tmp_path)["x2"]["languages"] == "en:C2 ka:A2"


SECRETS: list[tuple[str, list[str]]] = [
    ("Passport No.", ["N1234567", "P7654321", "C0000001"]),
    ("Серия и номер паспорта", ["4509 123456", "4510 654321", "4511 111111"]),
    ("Date of birth", ["1980-01-02", "1975-05-06", "1990-07-08"]),
    ("Год рождения", ["1980", "1975", "1990"]),
    ("Birth Year", ["1981", "1976", "1991"]),
    ("Blood type", ["A+", "0 neg", "AB+"]),
    ("Группа крови", ["II(+)", "I(-)", "IV(+)"]),
    ("Medical conditions", ["asthma", "diabetes", "none known"]),
    ("Dietary requirements", ["vegan", "halal", "kosher"]),
    ("Allergies", ["nuts", "milk", "bees"]),
    # Only the content gives these away.
    ("Field 9", ["A+", "O-", "AB+"]),
    ("Column X", ["02.01.1980", "06.05.1975", "08.07.1990"]),
    ("Doc", ["AB1234567", "CD7654321", "EF0000001"]),
]


@pytest.mark.parametrize(("column", "cells"), SECRETS)
def test_private_columns_are_refused_and_written_nowhere(
    tmp_path: Path, column: str, cells: list[str]
) -> None:
    rows = [[*row, cell] for row, cell in zip(PEOPLE, cells, strict=True)]
    bad = ["A4", "STO", "Atlantis", "en:C1", "1", "F", "", "", cells[0]]
    report = bring(tmp_path, [[*HEADER, column], *rows, bad])
    finding = next(f for f in report.findings if f.code == "IN-PRIVATE")
    assert finding.value == column
    assert finding.remedy
    written = everything_written(tmp_path)
    assert not any(cell in written for cell in cells)
    assert report.set_aside == 1  # Atlantis is no State, and its row is told without the secret
    with pytest.raises(PlannerError) as caught:
        bring(tmp_path, [[*HEADER, column], *rows], mapping={"id": column})
    assert caught.value.code == "IN-PRIVATE"


def test_names_and_addresses_are_dropped_and_ids_made(tmp_path: Path) -> None:
    rows = [
        ["Full Name", "E-mail", "Main Phone", "Nationality", "Role"],
        ["Ada Lovelace", "ada@example.org", "+44 20 7946 0000", "UK", "STO"],
        ["Carl Gauss", "carl@example.org", "+49 30 123456 78", "Germany", "STO"],
    ]
    report = bring(tmp_path, rows)
    assert set(people(tmp_path)) == {"O-0001", "O-0002"}
    personal = next(f for f in report.findings if f.code == "IN-PERSONAL")
    assert personal.value == "Full Name, E-mail, Main Phone"
    written = everything_written(tmp_path)
    assert not any(word in written for word in ("Ada", "Gauss", "example.org", "7946"))


def test_ids_that_are_addresses_are_replaced(tmp_path: Path) -> None:
    rows = [["id", "state"], ["ada@example.org", "GB"], ["carl@example.org", "DE"]]
    bring(tmp_path, rows)
    assert set(people(tmp_path)) == {"O-0001", "O-0002"}
    assert "example.org" not in everything_written(tmp_path)


def test_what_cannot_be_understood_is_set_aside_or_told(tmp_path: Path) -> None:
    rows = [
        [*HEADER, "Restrictions"],
        *([*row, "no_stairs"] for row in PEOPLE),
        ["A1", "STO", "NO", "en:C1", "1", "F", "", "", ""],
        ["B1", "driver", "NO", "en:C1", "1", "F", "", "", ""],
        ["B2", "STO", "", "en:C1", "1", "F", "", "", ""],
        ["B3", "STO", "NO", "en:C1", "1", "F", "2024-10-29", "2024-10-20", ""],
        ["B4", "STO", "NO", "klingon", "?", "?", "soon", "", "bad knee"],
    ]
    report = bring(tmp_path, rows)
    assert (report.accepted, report.set_aside) == (4, 4)
    made = people(tmp_path)
    assert set(made) == {"A1", "A2", "A3", "B4"}
    assert made["A1"]["restrictions"] == "no_stairs"
    assert (made["B4"]["experience"], made["B4"]["gender"]) == ("new", "")
    assert "bad knee" not in everything_written(tmp_path)
    told = {f.code for f in report.findings}
    assert {"IN-TWICE", "IN-VALUE", "IN-DATES", "IN-LANGUAGE", "IN-FLAG"} <= told


def test_american_dates_are_seen(tmp_path: Path) -> None:
    rows = [["id", "state", "arrival"], ["1a", "US", "10/22/2024"], ["2b", "CA", "10/05/2024"]]
    bring(tmp_path, rows)
    made = people(tmp_path)
    assert [made[k]["available_from"] for k in ("1a", "2b")] == ["2024-10-22", "2024-10-05"]


def test_a_roster_without_states_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="State") as caught:
        bring(tmp_path, [["id", "languages"], ["a", "en:C1"]])
    assert "--map state" in caught.value.remedy
