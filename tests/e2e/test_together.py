"""Two people on one mission: nothing of either is lost; and what is typed outlives the server."""

from pathlib import Path

import pytest

from planner.cli.dashboard import serve_command, serve_environment
from planner.intake.mission_file import read_mission
from planner.workspace.home import MISSION_FILE
from tests.e2e.logins import CHIEF, log_in, serving_with_login
from tests.e2e.serving import Visit, Visiting, free_port, serving
from tests.ui.stage import write_home

PIA = "pia@example.org"
pytestmark = pytest.mark.slow


def come_in(visit: Visiting, address: str, who: str) -> Visit:
    """Log somebody in, in a browser of their own."""
    person = visit(address)
    log_in(person.page, address, who)
    person.page.get_by_text(who).wait_for()
    return person


def test_two_people_edit_one_mission(tmp_path: Path, visit: Visiting, shots: Path) -> None:
    folder = write_home(tmp_path)
    with serving_with_login(tmp_path, admins=(CHIEF, PIA)) as (address, _service):
        chief = come_in(visit, address, CHIEF)
        pia = come_in(visit, address, PIA)
        for person, pairs in ((chief, "4"), (pia, "3")):
            person.open("mission", "Settings of the mission")
            person.fill("STO pairs", pairs)
            person.sees("1 value changed, not saved")
            person.fill("Reason", f"there are cars for {pairs}")
        chief.click("Save")
        chief.gone("1 value changed, not saved")
        assert sto_pairs(folder) == 4
        # Pia has not seen that: her save is refused with what is there now, and hers is kept.
        pia.click("Save")
        pia.sees("ST-CHANGED")
        pia.sees_cell("4")
        assert sto_pairs(folder) == 4
        pia.shot(shots / "mission-stale-light.png")
        assert pia.typed("STO pairs") == "3"
        assert pia.typed("Reason") == "there are cars for 3"
        pia.click("Save")  # now she has seen it
        pia.gone("1 value changed, not saved")
        assert sto_pairs(folder) == 3
        # What she has saved is what the other sees at the next click.
        chief.page.get_by_role("tab", name="Calendar").click()
        chief.open("mission", "Settings of the mission")
        assert chief.typed("STO pairs") == "3"
        # Both settle something at once; each sees the other's at the next click.
        for person, observer in ((chief, "STO-P02"), (pia, "STO-P04")):
            person.open("pairs", "Click a row to see why")
            person.expand("Swap, require, forbid")
            person.radio("Forbid a pair")
            person.choose("One", "STO-P01")
            person.choose("The other", observer)
            person.fill("Reason", f"{observer} asks for it")
        chief.click("Save the decision")
        pia.click("Save the decision")
        for person in (chief, pia):
            person.radio("Decisions")
            person.sees("STO-P02 asks for it")
            person.sees("STO-P04 asks for it")
            person.sees(PIA)


def sto_pairs(folder: Path) -> int | None:
    """Return the number of pairs that the mission's file asks for."""
    mission = read_mission(folder / MISSION_FILE, [])
    assert mission is not None
    return mission.staffing.sto_pairs


def test_what_is_typed_outlives_a_reload_and_the_server(tmp_path: Path, visit: Visiting) -> None:
    write_home(tmp_path)
    port = free_port()
    command, environment = serve_command(tmp_path, port), serve_environment(None, "Ada")
    with serving(command, port, environment):
        ada = visit(f"http://127.0.0.1:{port}")
        ada.open("mission", "Settings of the mission")
        ada.fill("STO pairs", "4")
        ada.fill("Reason", "a car is missing")
        ada.page.reload()
        still_there(ada)
        ada.open("plan", "Plan again")
        ada.fill("Why", "to see whether it fits")
    with serving(command, port, environment):
        ada.open("mission", "Settings of the mission")
        still_there(ada)
        ada.open("plan", "Plan again")
        assert ada.typed("Why") == "to see whether it fits"


def still_there(ada: Visit) -> None:
    """Fail if what was typed into the mission's settings is gone."""
    ada.sees("1 value changed, not saved")
    assert ada.typed("STO pairs") == "4"
    assert ada.typed("Reason") == "a car is missing"
