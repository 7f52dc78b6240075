"""The roster: edited against the stored one, counted, and explained."""

import json

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from planner.domain.ids import State
from planner.domain.observer import Observer
from planner.store.records import UploadKind
from planner.workspace.workspace import Workspace
from tests.ui.stage import ADMIN, PLANNER, VIEWER, Stage, draw

ROSTER = b"Passport No,State,Role,Languages\nA1234567,NO,STO,en:C1\nB1234568,SE,STO,en:C1\n"


def _observers(space: Workspace) -> tuple[Observer, ...]:
    return space.load(space.missions(ADMIN)[0]).mission_input.observers


def _edit(page: AppTest, row: int, **cells: object) -> AppTest:
    """Edit cells of the table as a person does; AppTest has no way of its own."""
    states = page._tree.get_widget_states()
    edits = {"edited_rows": {str(row): cells}, "added_rows": [], "deleted_rows": []}
    states.widgets.add(id=page.data_editor[0].proto.id, string_value=json.dumps(edits))
    return page._run(states)


def _key(page: AppTest, key: str) -> Button:
    return next(each for each in page.button if each.key == key)


def _reason(page: AppTest, text: str) -> AppTest:
    next(each for each in page.text_area if "roster-reason" in each.key).set_value(text)
    return page.run()


@pytest.mark.usefixtures("planned")
def test_the_roster_is_shown_and_nothing_is_to_be_saved() -> None:
    page = draw("observers")
    assert not page.exception
    assert {metric.label: metric.value for metric in page.metric}["STOs ready"] == "10"
    assert not any(each.key == "roster-save" for each in page.button)


def test_an_edit_is_shown_then_saved_with_its_reason(planned: Workspace) -> None:
    page = _edit(draw("observers"), 0, state="SE")
    assert any("1 change" in each.value for each in page.markdown)
    assert _key(page, "roster-save").disabled
    _reason(page, "corrected")
    _key(page, "roster-save").click().run()
    assert not page.exception
    assert not page.error
    assert _observers(planned)[0].state == "SE"
    assert not any(each.key == "roster-save" for each in page.button)
    entry = planned.store.audit.entries(ADMIN, planned.missions(ADMIN)[0].id)[0]
    assert (entry.action, entry.detail) == ("input.change", "corrected")


@pytest.mark.usefixtures("planned")
def test_faults_are_told_by_row_and_nothing_can_be_saved() -> None:
    page = _reason(_edit(draw("observers"), 1, languages="en", state="??"), "why")
    assert any("2 things" in each.value for each in page.error)
    told = page.dataframe[-1].value
    assert set(told["Row"]) == {2}
    assert set(told["Column"]) == {"state", "languages"}
    assert _key(page, "roster-save").disabled


@pytest.mark.usefixtures("planned")
def test_what_was_typed_survives_a_new_session() -> None:
    _reason(_edit(draw("observers"), 0, state="??", languages="en:C1"), "because")
    page = draw("observers")
    assert page.data_editor[0].value["state"].iloc[0] == "??"
    assert next(e for e in page.text_area if "roster-reason" in e.key).value == "because"
    assert any("not saved yet" in each.value for each in page.markdown)


def test_discarding_brings_the_stored_roster_back(planned: Workspace) -> None:
    page = _edit(draw("observers"), 0, state="SE")
    _key(page, "roster-discard").click().run()
    assert page.data_editor[0].value["state"].iloc[0] == _observers(planned)[0].state
    assert not any("not saved yet" in each.value for each in draw("observers").markdown)


def test_a_stale_save_is_refused_shows_what_changed_and_keeps_what_was_typed(
    planned: Workspace,
) -> None:
    page = _reason(_edit(draw("observers"), 0, state="SE"), "mine")
    place = planned.missions(ADMIN)[0]
    others = list(_observers(planned))
    others[2] = others[2].model_copy(update={"state": State("NL")})
    seen = planned.digest(place)
    planned.save_observers(PLANNER, place, others, seen=seen, reason="theirs")
    _key(page, "roster-save").click().run()
    assert any("ST\\-CHANGED" in each.value for each in page.error)
    assert any("Somebody else" in each.value for each in page.warning)
    assert _observers(planned)[0].state != "SE"
    assert any("1 change, not saved yet" in each.value for each in page.markdown)
    assert _key(page, "roster-save").disabled
    _key(page, "roster-rebase").click().run()
    assert not page.warning
    _key(page, "roster-save").click().run()
    assert (_observers(planned)[0].state, _observers(planned)[2].state) == ("SE", "NL")


def test_two_changes_of_one_cell_are_shown_side_by_side(planned: Workspace) -> None:
    page = _edit(draw("observers"), 0, state="SE")
    place = planned.missions(ADMIN)[0]
    others = list(_observers(planned))
    others[0] = others[0].model_copy(update={"state": State("NL")})
    planned.save_observers(PLANNER, place, others, seen=planned.digest(place), reason="theirs")
    page.run()
    _key(page, "roster-rebase").click().run()
    assert any("meets one of somebody else" in each.value for each in page.warning)
    met = page.dataframe[0].value
    assert (met["Yours"].iloc[0], met["Theirs"].iloc[0]) == ("SE", "NL")


def test_another_file_of_the_mission_may_change_meanwhile(planned: Workspace) -> None:
    page = _reason(_edit(draw("observers"), 0, state="SE"), "mine")
    folder = planned.missions(ADMIN)[0].path
    (folder / "towns.csv").write_bytes((folder / "towns.csv").read_bytes() + b"\n")
    page.run()
    assert not page.warning
    _key(page, "roster-save").click().run()
    assert not page.error
    assert _observers(planned)[0].state == "SE"


@pytest.mark.usefixtures("planned")
def test_viewers_see_the_roster_and_have_no_table_to_edit() -> None:
    Stage.user = VIEWER
    page = draw("observers")
    assert not page.data_editor
    assert not page.button
    assert len(page.dataframe[0].value) == 15


@pytest.mark.usefixtures("planned")
def test_quota_marks_states_at_and_above_with_a_sign() -> None:
    page = draw("observers", roster_part="quota")
    assert not page.exception
    assert any(each.value.startswith("▲ 10 States") for each in page.warning)
    assert "▲ at" in set(page.dataframe[0].value["Quota"])


def test_a_state_above_its_quota_is_red(planned: Workspace) -> None:
    place = planned.missions(ADMIN)[0]
    people = [
        o.model_copy(update={"state": State("BE")}) if o.role.value == "STO" else o
        for o in _observers(planned)
    ]
    planned.save_observers(PLANNER, place, people, seen=planned.digest(place), reason="x")
    page = draw("observers", roster_part="quota")
    assert any(each.value == "■ 1 State is above its quota: BE." for each in page.error)


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("role", ["STO", "LTO"])
def test_languages_and_presence_of_each_role(role: str) -> None:
    page = draw("observers", roster_part="fit", role=role)
    assert not page.exception
    ready = {metric.label: metric.value for metric in page.metric}["Ready"]
    assert ready == {"STO": "10", "LTO": "4"}[role]


def test_who_is_barred_is_named_with_the_rule(planned: Workspace) -> None:
    place = planned.missions(ADMIN)[0]
    people = list(_observers(planned))
    people[0] = people[0].model_copy(update={"accredited": False})
    planned.save_observers(PLANNER, place, people, seen=planned.digest(place), reason="x")
    page = draw("observers", roster_part="trouble")
    assert not page.exception
    told = page.dataframe[0].value
    assert (told["Observer"].iloc[0], told["Rule"].iloc[0]) == (people[0].id, "P5")


@pytest.mark.usefixtures("planned")
def test_an_observer_is_explained_by_link() -> None:
    page = draw("observers", roster_part="trouble", observer="STO-P11")
    assert not page.exception
    assert not page.error
    assert any("STO\\-P11" in each.value for each in page.markdown)


@pytest.mark.usefixtures("unplanned")
@pytest.mark.parametrize("part", ["roster", "quota", "fit", "trouble", "bring"])
def test_every_part_without_a_plan(part: str) -> None:
    page = draw("observers", roster_part=part)
    assert not page.exception
    assert not page.error


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("part", ["roster", "quota", "fit", "trouble", "bring"])
def test_every_part_of_a_new_mission(part: str) -> None:
    page = draw("observers", roster_part=part)
    assert not page.exception
    assert page.data_editor or page.info or page.file_uploader


def test_a_roster_is_taken_over_without_its_private_columns(planned: Workspace) -> None:
    place = planned.missions(ADMIN)[0]
    upload = planned.keep_upload(PLANNER, place, UploadKind.OBSERVERS, "o.csv", ROSTER)
    page = draw("observers", upload=upload.id)
    assert any("Passport No" in each.value for each in page.warning)
    _key(page, "upload-accept").click().run()
    assert [str(o.state) for o in _observers(planned)] == ["NO", "SE"]
    assert planned.store.uploads.all(ADMIN, place.id) == ()
    assert any("was removed" in each.value for each in page.success)


def test_a_roster_in_another_format_is_led_to_the_upload(planned: Workspace) -> None:
    folder = planned.missions(ADMIN)[0].path
    (folder / "observers.csv").rename(folder / "observers.xls")
    page = draw("observers")
    assert not page.exception
    assert any("WS\\-ROSTER" in each.value for each in page.error)
