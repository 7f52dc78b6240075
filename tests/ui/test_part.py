"""The part of a view in its address: only what was asked for, so that the way back leads on."""

from planner.workspace.workspace import Workspace
from tests.ui.stage import draw


def test_part_that_is_drawn_unasked_stays_out_of_the_address(planned: Workspace) -> None:  # noqa: ARG001
    page = draw("areas")
    assert page.session_state["areas-part"] == "load"
    assert "part" not in page.query_params


def test_chosen_part_comes_into_the_address_and_stays(planned: Workspace) -> None:  # noqa: ARG001
    page = draw("areas")
    page.session_state["areas-part"] = "pin"
    page.run()
    assert page.query_params["part"] in ("pin", ["pin"])
    page.run()
    assert page.session_state["areas-part"] == "pin"


def test_address_without_a_part_asks_for_the_first(planned: Workspace) -> None:  # noqa: ARG001
    page = draw("areas", part="pin")
    assert page.session_state["areas-part"] == "pin"
    del page.query_params["part"]  # as the browser's way back does
    page.run()
    assert page.session_state["areas-part"] == "load"


def test_station_in_the_address_implies_its_part(planned: Workspace) -> None:  # noqa: ARG001
    page = draw("election_day", station="W1-1")
    assert page.session_state["election_day-part"] == "station"
    assert "part" not in page.query_params
