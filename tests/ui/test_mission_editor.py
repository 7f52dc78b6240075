"""Settings of a mission: what somebody else has saved meanwhile is shown before it is replaced."""

from typing import Any

from planner.intake.mission_file import read_mission
from planner.workspace.home import MISSION_FILE
from planner.workspace.mission_edit import edited
from planner.workspace.workspace import Workspace
from tests.ui.stage import ADMIN, PLANNER, draw


def pairs_in_file(space: Workspace) -> int | None:
    mission = read_mission(space.missions(ADMIN)[0].path / MISSION_FILE, [])
    assert mission is not None
    return mission.staffing.sto_pairs


def save_by_somebody_else(space: Workspace, **values: Any) -> None:
    folder = space.missions(ADMIN)[0]
    mission = read_mission(folder.path / MISSION_FILE, [])
    assert mission is not None
    changed = edited(mission, {name.replace("__", "."): value for name, value in values.items()})
    seen = space.digest(folder)
    space.save_mission(PLANNER, folder, changed, seen=seen, reason="there are fewer cars")


def test_stale_save_is_refused_and_what_was_typed_stays(planned: Workspace) -> None:
    key = f"field-{planned.missions(ADMIN)[0].id}-staffing.sto_pairs"
    page = draw("mission")
    page.number_input(key=key).set_value(3).run()
    page.text_area[0].set_value("three cars").run()
    save_by_somebody_else(planned, staffing__sto_pairs=4)
    next(button for button in page.button if button.label == "Save").click().run()
    assert "ST\\-CHANGED" in page.error[0].value
    assert pairs_in_file(planned) == 4
    assert page.number_input(key=key).value == 3
    assert page.text_area[0].value == "three cars"
    next(button for button in page.button if button.label == "Save").click().run()
    assert not page.error
    assert pairs_in_file(planned) == 3


def test_open_page_shows_what_somebody_else_has_saved(planned: Workspace) -> None:
    key = f"field-{planned.missions(ADMIN)[0].id}-staffing.sto_pairs"
    page = draw("mission")
    assert page.number_input(key=key).value == 5
    save_by_somebody_else(planned, staffing__sto_pairs=4)
    page.run()
    assert page.number_input(key=key).value == 4
    assert not page.warning


def test_discard_brings_the_stored_value_back(planned: Workspace) -> None:
    key = f"field-{planned.missions(ADMIN)[0].id}-staffing.sto_pairs"
    page = draw("mission")
    page.number_input(key=key).set_value(3).run()
    next(button for button in page.button if button.label == "Discard").click().run()
    assert page.number_input(key=key).value == 5
    assert not [button for button in page.button if button.label == "Save"]
