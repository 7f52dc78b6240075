"""The frame as it stands, and lists on their way into the mission."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from planner.store.records import Upload, UploadKind
from planner.workspace.workspace import Workspace
from tests.ui.stage import ADMIN, PLANNER, VIEWER, Stage, draw

STATIONS = (
    b"No;Place;District;Y;X;Reg\n001;School;W1;41.71;44.81;900\n002;Club;W1;41.72;44.82;700\n"
    b"003;Nowhere;;;;\n"
)
USELESS = b"a,b\n1,2\n"


def _metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def _keep(space: Workspace, content: bytes, kind: UploadKind = UploadKind.STATIONS) -> Upload:
    return space.keep_upload(PLANNER, space.missions(ADMIN)[0], kind, "list.csv", content)


def _button(page: AppTest, key: str) -> Button:
    return next(each for each in page.button if each.key == key)


@pytest.mark.usefixtures("planned")
def test_figures_of_the_frame() -> None:
    page = draw("frame")
    assert not page.exception
    assert not page.error
    figures = _metrics(page)
    assert figures["Stations"] == "30"
    assert figures["Urban"] == "33.3%"
    assert figures["Special stations"] == "3.3%"
    assert figures["Open earlier than usual"] == "1"
    assert len(page.dataframe[0].value) == 2


@pytest.mark.usefixtures("planned")
def test_a_station_is_found_by_its_link_and_leads_to_its_election_day() -> None:
    page = draw("frame", station="W1-6")
    assert any("W1\\-6" in each.value for each in page.markdown)
    assert any("why nobody does" in each.value for each in page.caption)


@pytest.mark.usefixtures("planned")
def test_a_part_of_a_name_offers_those_that_fit() -> None:
    page = draw("frame", station="station w1")
    box = next(each for each in page.selectbox if each.key == "frame-found")
    assert len(box.options) == 6
    box.select("W1-2").run()
    assert any("W1\\-2" in each.value for each in page.markdown)


@pytest.mark.usefixtures("planned")
def test_an_unknown_station_is_told() -> None:
    assert any("No station" in each.value for each in draw("frame", station="zzz").info)


@pytest.mark.usefixtures("planned")
def test_a_district_shows_its_stations_and_unknown_ones_are_ignored() -> None:
    page = draw("frame", frame_district="E3")
    assert len(page.dataframe[0].value) == 6
    page = draw("frame", frame_district="nowhere")
    assert not page.exception
    assert len(page.dataframe) == 2 or len(page.dataframe[0].value) == 2


@pytest.mark.usefixtures("unplanned")
def test_without_a_plan_the_frame_shows_and_no_way_to_election_day() -> None:
    page = draw("frame", station="W1-6")
    assert not page.exception
    assert _metrics(page)["Stations"] == "30"
    assert not any("why nobody does" in each.value for each in page.caption)


@pytest.mark.usefixtures("bare")
def test_a_new_mission_is_led_to_the_upload() -> None:
    page = draw("frame")
    assert not page.exception
    assert not page.error
    assert any("no stations yet" in each.value for each in page.info)
    assert len(page.file_uploader) == 1


@pytest.mark.usefixtures("planned")
def test_viewers_see_the_frame_and_may_not_bring_lists_in() -> None:
    Stage.user = VIEWER
    assert _metrics(draw("frame"))["Stations"] == "30"
    page = draw("frame", frame_part="bring")
    assert not page.file_uploader
    assert not page.button
    assert any("Only a planner" in each.value for each in page.info)


def test_a_file_is_kept_before_anything_else(bare: Workspace) -> None:
    page = draw("frame")
    page.file_uploader[0].upload("list.csv", STATIONS, "text/csv").run()
    uploads = bare.store.uploads.all(ADMIN, bare.missions(ADMIN)[0].id)
    assert [upload.name for upload in uploads] == ["list.csv"]
    assert page.query_params["upload"] in (uploads[0].id, [uploads[0].id])
    assert not page.file_uploader


def test_a_trial_tells_the_account_and_the_columns(bare: Workspace) -> None:
    page = draw("frame", upload=_keep(bare, STATIONS).id)
    assert not page.exception
    figures = _metrics(page)
    assert (figures["Rows in the list"], figures["Accepted"], figures["Set aside"]) == (
        "3",
        "2",
        "1",
    )
    lon = next(each for each in page.selectbox if each.label == "Lon")
    assert lon.value == "X"
    assert lon.options == ["none", "No", "Place", "District", "Y", "X", "Reg"]


def test_another_column_is_tried_at_once_and_survives_a_reload(bare: Workspace) -> None:
    upload = _keep(bare, STATIONS)
    page = draw("frame", upload=upload.id)
    next(each for each in page.selectbox if each.label == "Voters").select("Reg").run()
    again = draw("frame", upload=upload.id)
    assert next(each for each in again.selectbox if each.label == "Voters").value == "Reg"
    _button(again, "upload-accept").click().run()
    stations = bare.load(bare.missions(ADMIN)[0]).mission_input.stations
    assert [station.voters for station in stations] == [900, 700]


def test_an_error_about_a_column_is_mended_by_choosing_it(bare: Workspace) -> None:
    page = draw("frame", upload=_keep(bare, STATIONS.replace(b"District", b"Quux")).id)
    assert any("IN\\-COLUMN" in each.value for each in page.error)
    assert not any(each.key == "upload-accept" for each in page.button)
    next(each for each in page.selectbox if each.label == "District").select("Quux").run()
    assert not page.error
    assert _metrics(page)["Accepted"] == "2"


def test_taking_over_changes_the_mission_and_says_so(bare: Workspace) -> None:
    page = draw("frame", upload=_keep(bare, STATIONS).id)
    _button(page, "upload-accept").click().run()
    assert not page.exception
    assert any("taken over" in each.value for each in page.success)
    assert len(bare.load(bare.missions(ADMIN)[0]).mission_input.stations) == 2
    assert "upload" not in page.query_params


def test_a_mission_that_changed_meanwhile_is_not_overwritten(bare: Workspace) -> None:
    page = draw("frame", upload=_keep(bare, STATIONS).id)
    folder = bare.missions(ADMIN)[0].path
    (folder / "towns.csv").write_text("id,name,district,lat,lon\n", encoding="utf-8")
    _button(page, "upload-accept").click().run()
    assert any("ST\\-CHANGED" in each.value for each in page.error)
    assert not (folder / "stations.csv").exists()
    # The trial on the page is a new one: it can be taken over now.
    _button(page, "upload-accept").click().run()
    assert (folder / "stations.csv").exists()


def test_a_useless_list_is_told_with_its_columns_and_cannot_be_taken_over(
    bare: Workspace,
) -> None:
    page = draw("frame", upload=_keep(bare, USELESS).id)
    assert not page.exception
    assert page.error
    assert not any(each.key == "upload-accept" for each in page.button)
    assert any(each.options == ["none", "a", "b"] for each in page.selectbox)


def test_an_upload_that_waits_can_be_continued_or_removed(bare: Workspace) -> None:
    upload = _keep(bare, STATIONS)
    page = draw("frame")
    _button(page, f"upload-continue-{upload.id}").click().run()
    assert _metrics(page)["Accepted"] == "2"
    page = draw("frame")
    _button(page, f"upload-forget-{upload.id}").click().run()
    assert bare.store.uploads.all(ADMIN, bare.missions(ADMIN)[0].id) == ()


def test_an_upload_that_is_gone_is_told(bare: Workspace) -> None:
    assert bare.home
    page = draw("frame", upload="nothing")
    assert any("no longer here" in each.value for each in page.info)
    assert page.file_uploader


def test_a_faulty_mission_leads_to_what_mends_it(planned: Workspace) -> None:
    folder = planned.missions(ADMIN)[0].path
    (folder / "stations.csv").write_text("id,district\n1,Q9\n", encoding="utf-8")
    page = draw("frame")
    assert not page.exception
    assert any("cannot be planned" in each.value for each in page.error)
    assert len(page.file_uploader) == 1


def test_names_of_files_are_shown_as_they_are(bare: Workspace) -> None:
    place = bare.missions(ADMIN)[0]
    name = "![x](http://evil.example) **b**.csv"
    upload = bare.keep_upload(PLANNER, place, UploadKind.STATIONS, name, STATIONS)
    page = draw("frame", upload=upload.id)
    assert not page.exception
    assert not any("](http" in each.value for each in page.markdown)
