"""Uploads on trial: nothing of the mission changes, and everything is told before it does."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from planner.intake.folder import load_mission
from planner.store.access import Role, User
from planner.store.errors import StoreError
from planner.store.records import UploadKind
from planner.workspace.folder_desk import folder_digest
from planner.workspace.imports import ImportOptions, csv_rows, preview, try_import
from planner.workspace.waiting import waiting_uploads
from planner.workspace.workspace import Workspace
from tests.good_plan import good_mission
from tests.mission_folder import write_folder
from tests.ui.stage import PLANNER, VIEWER, opened

STATIONS = (
    b"No;Polling place;Dist;Y;X;Reg\n"
    b"001;School;W1;50.01;60.01;900\n"
    b"002;Club;W1;50.02;60.02;abc\n"
    b"002;Club again;W1;50.03;60.03;700\n"
    b"003;Nowhere;;;;\n"
)
ROSTER = b"Passport No;Full name;State;Role;Languages\nA1234567;Jane Roe;NO;STO;en:C1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(good_mission(), tmp_path / "home" / "good")


@pytest.fixture
def space(folder: Path) -> Iterator[Workspace]:
    with opened(folder.parent) as space:
        yield space


def test_a_trial_leaves_the_folder_as_it_is(folder: Path) -> None:
    before = folder_digest(folder)
    names = sorted(path.name for path in folder.iterdir())
    trial = try_import(folder, "stations", "s.csv", STATIONS, ImportOptions())
    assert trial.usable
    assert folder_digest(folder) == before == trial.seen
    assert sorted(path.name for path in folder.iterdir()) == names


def test_rows_add_up_and_those_set_aside_are_named(folder: Path) -> None:
    trial = try_import(folder, "stations", "s.csv", STATIONS, ImportOptions())
    assert trial.report is not None
    report = trial.report
    assert report.rows_in == report.accepted + report.set_aside == 4
    assert trial.rejected is not None
    aside = csv_rows(trial.rejected)
    assert [(row[0], row[1].split(":")[0]) for row in aside[1:]] == [
        ("4", "IN-CONFLICT"),
        ("5", "IN-NO-PLACE"),
    ]
    assert trial.findings_csv is not None
    assert csv_rows(trial.findings_csv)[0][:2] == ["code", "severity"]
    assert preview(trial, "stations")[0][0] == "id"


def test_columns_can_be_named_and_only_those_of_the_list(folder: Path) -> None:
    first = try_import(folder, "stations", "s.csv", STATIONS, ImportOptions())
    assert first.form.columns == ("No", "Polling place", "Dist", "Y", "X", "Reg")
    named = ImportOptions(mapping={"voters": "Reg"})
    second = try_import(folder, "stations", "s.csv", STATIONS, named)
    assert second.report is not None
    assert second.report.mapping["voters"] == "Reg"
    wrong = ImportOptions(mapping={"voters": "Elsewhere"})
    third = try_import(folder, "stations", "s.csv", STATIONS, wrong)
    assert third.error is not None
    assert third.error.code == "IN-MAP"
    assert third.form.columns == first.form.columns


def test_private_columns_are_named_and_cannot_be_chosen(folder: Path) -> None:
    trial = try_import(folder, "observers", "o.csv", ROSTER, ImportOptions())
    assert trial.usable
    assert trial.form.private == ("Passport No", "Full name")
    assert not set(trial.form.columns) & set(trial.form.private)
    written = b"".join(content for content in trial.changed.values() if content)
    assert b"A1234567" not in written
    assert b"Jane" not in written


def test_a_useless_list_keeps_its_form_and_names_no_folder_of_ours(folder: Path) -> None:
    trial = try_import(folder, "stations", "s.csv", b"a,b\n1,2\n", ImportOptions())
    assert not trial.usable
    assert trial.error is not None
    assert trial.form.columns == ("a", "b")
    assert "/" not in trial.error.message + trial.error.remedy
    assert trial.changed == {}
    assert preview(trial, "stations") == []


def test_what_still_forbids_planning_is_told_beside_the_account(folder: Path) -> None:
    other = b"id,name,district,lat,lon\nC-X,New,W1,50.0,60.0\n"
    trial = try_import(folder, "commissions", "c.csv", other, ImportOptions())
    assert trial.usable
    # The stations still name the commissions that the list no longer has.
    assert {finding.code for finding in trial.problems} == {"IN-REFERENCE"}


def test_sheets_are_offered_and_one_can_be_chosen(folder: Path) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in (
            ("Cover", [["see next sheet"]]),
            ("West", [["id", "district", "lat", "lon"], ["7", "W1", "50.0", "60.0"]]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    trial = try_import(folder, "stations", "s.xlsx", target.getvalue(), ImportOptions(sheet="West"))
    assert trial.form.sheets == ("Cover", "West")
    assert trial.report is not None
    assert trial.report.accepted == 1
    other = try_import(folder, "stations", "s.xlsx", target.getvalue(), ImportOptions(sheet="X"))
    assert other.error is not None
    assert other.error.code == "IN-SHEET"
    assert other.form.sheets == ("Cover", "West")


def test_a_list_takes_the_place_of_its_older_format(folder: Path) -> None:
    (folder / "observers.csv").rename(folder / "observers.ods")
    trial = try_import(folder, "observers", "o.csv", ROSTER, ImportOptions())
    assert trial.replaced == ("observers.ods",)
    assert trial.problems == ()


def test_an_older_list_of_rejected_rows_goes_when_nothing_is_set_aside(folder: Path) -> None:
    (folder / "rejected_observers.csv").write_text("row,reason\n", encoding="utf-8")
    trial = try_import(folder, "observers", "o.csv", ROSTER, ImportOptions())
    assert trial.changed["rejected_observers.csv"] is None
    assert trial.replaced == ()


def test_accepting_changes_the_mission_and_is_refused_when_it_was_changed(
    space: Workspace, folder: Path
) -> None:
    place = space.missions(PLANNER)[0]
    upload = space.keep_upload(PLANNER, place, UploadKind.OBSERVERS, "o.csv", ROSTER)
    stale = space.try_upload(PLANNER, place, upload, ImportOptions())
    (folder / "towns.csv").write_bytes((folder / "towns.csv").read_bytes() + b"\n")
    with pytest.raises(StoreError, match="changed by somebody else"):
        space.accept_upload(PLANNER, place, upload, stale)
    assert len(load_mission(folder).mission_input.observers) == 15
    fresh = space.try_upload(PLANNER, place, upload, ImportOptions())
    space.accept_upload(PLANNER, place, upload, fresh)
    assert [str(o.state) for o in load_mission(folder).mission_input.observers] == ["NO"]


def test_an_upload_waits_until_it_is_taken_over_or_removed(space: Workspace) -> None:
    place = space.missions(PLANNER)[0]
    kinds = (UploadKind.OBSERVERS, UploadKind.STATIONS)

    def waiting() -> list[str]:
        found = waiting_uploads(space.store, PLANNER, place.id, kinds)
        return [upload.name for upload in found]

    assert waiting() == []
    space.keep_upload(PLANNER, place, UploadKind.OBSERVERS, "old.csv", ROSTER)
    upload = space.keep_upload(PLANNER, place, UploadKind.OBSERVERS, "new.csv", ROSTER + b"\n")
    assert waiting() == ["new.csv"]
    trial = space.try_upload(PLANNER, place, upload, ImportOptions())
    space.accept_upload(PLANNER, place, upload, trial)
    assert waiting() == []
    other = space.keep_upload(PLANNER, place, UploadKind.STATIONS, "s.csv", STATIONS)
    assert waiting() == ["s.csv"]
    space.store.uploads.forget(PLANNER, other.id)
    assert waiting() == []
    with pytest.raises(StoreError, match="upload"):
        space.store.uploads.content(PLANNER, other.id)


def test_viewers_can_neither_read_nor_remove_an_upload(space: Workspace) -> None:
    place = space.missions(PLANNER)[0]
    upload = space.keep_upload(PLANNER, place, UploadKind.OBSERVERS, "o.csv", ROSTER)
    for deed in (space.store.uploads.content, space.store.uploads.forget):
        with pytest.raises(StoreError) as caught:
            deed(VIEWER, upload.id)
        assert caught.value.code == "ST-ACCESS"
    assert space.store.uploads.content(User("Pat", Role.PLANNER), upload.id) == ROSTER
