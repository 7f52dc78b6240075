"""Workbooks that are another's, too large, or came back in another shape."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from planner.errors import PlannerError
from planner.export.workbook import META_SHEET
from planner.returned import opening, reading
from tests.export.made_up import build
from tests.returned.edited import Edited, Sent


def refused(good: Sent, content: bytes | Edited) -> PlannerError:
    with pytest.raises(PlannerError) as caught:
        good.read(content)
    assert caught.value.remedy
    assert "plan.xlsx" in caught.value.message
    return caught.value


def meta(good: Sent, key: str, value: str) -> Edited:
    book = good.edited()
    next(row for row in book.sheets[META_SHEET] if row[0] == key)[1] = value
    return book


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0" + bytes(600), b"PK\x03\x04" + bytes(90)),
        zipped({"content.xml": b"<office/>", "mimetype": b"ods"}),
        zipped({"xl/workbook.xml": b"<workbook>"}),
        zipped({"xl/workbook.xml": b"\x00\x01"}),
    ],
)
def test_what_is_no_workbook_is_told(good: Sent, content: bytes) -> None:
    assert refused(good, content).code == "IN-WORKBOOK"


def test_a_cut_workbook_is_told(good: Sent) -> None:
    assert refused(good, good.content[: len(good.content) // 2]).code == "IN-WORKBOOK"


def test_sizes_are_capped(good: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(good, bytes(25_000_001)).code == "IN-SIZE"
    caps = opening.Caps(file_bytes=10**6, unzipped_bytes=10_000, cells=10**6)
    monkeypatch.setattr(opening, "CAPS", caps)
    assert "once unzipped" in refused(good, good.content).message


def test_a_cell_in_the_last_corner_is_refused_and_ends_nothing(good: Sent) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("Teams")
        page.write(0, 0, "Team")
        page.write(1_048_575, 16_383, "far")
    assert refused(good, stream.getvalue()).code == "IN-SIZE"


def test_another_programs_workbook_is_told(good: Sent) -> None:
    book = good.edited()
    del book.sheets[META_SHEET]
    assert refused(good, book).code == "RW-FOREIGN"
    assert refused(good, meta(good, "schema", "budget 1")).code == "RW-FOREIGN"


def test_a_newer_layout_is_told(good: Sent) -> None:
    assert refused(good, meta(good, "schema", "mission-planner workbook 2")).code == "RW-SCHEMA"
    assert refused(good, meta(good, "plan_schema_version", "9")).code == "RW-SCHEMA"


def test_another_mission_is_told(good: Sent) -> None:
    error = refused(good, meta(good, "mission", "elsewhere"))
    assert error.code == "RW-MISSION"
    assert "elsewhere" in error.message


def test_another_revision_is_told_with_both_hashes(good: Sent) -> None:
    error = refused(good, meta(good, "plan_sha256", "ab" * 32))
    assert error.code == "RW-STALE"
    assert f"another plan: {'ab' * 6}," in error.message
    assert f"{good.read(good.content).plan_hash[:12]}." in error.message
    assert "Download" in error.remedy


def test_a_plan_of_another_mission_is_refused(good: Sent) -> None:
    mission = good.mission.mission.model_copy(update={"id": "other"})
    with pytest.raises(PlannerError, match="not of other") as caught:
        good.read(good.content, mission=mission)
    assert caught.value.code == "RW-MISSION"


def remove_sheet(book: Edited) -> None:
    del book.sheets["Teams"]


def new_sheet(book: Edited) -> None:
    book.sheets["Notes"] = [["remember"]]


def remove_column(book: Edited) -> None:
    book.drop_column("Teams", "Member 2")


def remove_key(book: Edited) -> None:
    book.drop_column("Teams", "Team")


def new_column(book: Edited) -> None:
    for row in book.sheets["Teams"]:
        row.append("note" if row[0] == "STO-001" else "")


def rename_column(book: Edited) -> None:
    book.sheets["Teams"][3][5] = "Colleague"


def copy_row(book: Edited) -> None:
    book.sheets["Teams"].append(list(book.row("Teams", "STO-001")))


def copy_and_change(book: Edited) -> None:
    copy_row(book)
    book.sheets["Teams"][-1][5] = "STO-P11"


def unknown_row(book: Edited) -> None:
    book.sheets["Teams"].append(["STO-099", *[""] * (len(book.sheets["Teams"][0]) - 1)])


def unnamed_row(book: Edited) -> None:
    book.sheets["Stations"].append(["", "total", *[""] * (len(book.sheets["Stations"][0]) - 2)])


def remove_row(book: Edited) -> None:
    book.sheets["Teams"].remove(book.row("Teams", "STO-001"))


def change_heading(book: Edited) -> None:
    book.sheets["Teams"][0][0] = "My teams"


def change_summary(book: Edited) -> None:
    book.sheets["Summary"][3][0] = "All is well"


@pytest.mark.parametrize(
    ("change", "codes", "sheet"),
    [
        (remove_sheet, ["RW-SHEET"], "Teams"),
        (new_sheet, ["RW-SHEET"], "Notes"),
        (remove_column, ["RW-COLUMN"], "Teams"),
        (remove_key, ["RW-COLUMN"], "Teams"),
        (new_column, ["RW-COLUMN"], "Teams"),
        (rename_column, ["RW-COLUMN", "RW-COLUMN"], "Teams"),
        (copy_row, ["RW-DUPLICATE"], "Teams"),
        (copy_and_change, ["RW-DUPLICATE"], "Teams"),
        (unknown_row, ["RW-ROW"], "Teams"),
        (unnamed_row, ["RW-ROW"], "Stations"),
        (remove_row, ["RW-ROW"], "Teams"),
        (change_heading, ["RW-COMPUTED"], "Teams"),
        (change_summary, ["RW-COMPUTED"], "Summary"),
    ],
)
def test_another_shape_is_told_and_changes_nothing(
    good: Sent, change: Callable[[Edited], None], codes: list[str], sheet: str
) -> None:
    book = good.edited()
    change(book)
    returned = good.read(book)
    assert returned.edits == ()
    assert [told.code for told in returned.ignored] == codes
    assert {told.file for told in returned.ignored} == {f"plan.xlsx, sheet {sheet}"}
    assert all(told.message and told.remedy for told in returned.ignored)


def test_a_row_without_a_key_is_told_as_one_that_went_and_one_that_came(tmp_path: Path) -> None:
    case = build()
    made_up = Sent(tmp_path, case.mission, case.plan)
    book = made_up.edited()
    book.sheets["Sources"][4][1] = "me"
    came, went = made_up.read(book).ignored
    assert (came.code, came.row, went.code) == ("RW-ROW", 5, "RW-ROW")
    assert "me" in came.value
    assert "Stations" in went.limit


def test_edits_are_found_beside_a_missing_column_and_under_a_moved_header(good: Sent) -> None:
    book = good.edited().put("Teams", "STO-002", "Member 2", "STO-P11")
    book.drop_column("Teams", "Member 1")
    book.sheets["Teams"].insert(0, [""] * len(book.sheets["Teams"][0]))
    (edit,) = good.read(book).edits
    assert edit.acceptable
    assert edit.row == book.number("Teams", "STO-002")


def test_more_edits_than_anybody_makes_are_counted(
    good: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_EDITS", 3)
    book = good.edited()
    for row in book.rows("Stations"):
        row[book.column("Stations", "Visited by")] = ""
        row[1] = "x"
    returned = good.read(book)
    assert len(returned.edits) == 3
    told = [each for each in returned.ignored if each.code == "RW-MANY"]
    assert [each.value for each in told] == ["20", "30"]
    assert len(returned.ignored) == 2 + 3


@pytest.mark.parametrize("value", ["=1+1", "<img src=x>", "x" * 32_000, "\u202e", "a|b *c*", 1e300])
def test_what_a_cell_holds_stays_text(good: Sent, value: Any) -> None:
    book = good.edited().put("Teams", "STO-002", "Member 2", value)
    (edit,) = good.read(book).edits
    assert edit.problem
    assert len(edit.new) <= 300
    assert len(edit.problem) <= 300
    assert len(edit.message) <= 300
