"""Settling something: its effect before it is saved, the plan around it, the diff; and why not."""

from pathlib import Path

import pytest

from tests.e2e.serving import WAIT_MS, Visit, Visiting

pytestmark = pytest.mark.slow


def test_pin_replan_read_the_diff_and_restore(small: str, visit: Visiting, shots: Path) -> None:
    ada = visit(small)
    ada.open("areas?area=A01&district=W2&part=pin")
    ada.choose("Belongs to", "A02 · Town T-E1")
    ada.sees("What it would change")
    ada.sees_cell("12 → 6")
    save = ada.page.get_by_role("button", name="Save the decision")
    assert save.is_disabled()  # a decision without a reason binds nobody
    ada.fill("Reason", "the road to T-W1 is closed")
    ada.shot(shots / "areas-pin-light.png")
    ada.click("Save the decision")
    ada.sees("The mission or its decisions have changed since this plan was made.")
    replan(ada, "W2 goes to the east", 2)
    ada.open("compare?old=1&new=2", "Decisions that came")
    ada.sees("W2")
    for part in ("areas", "people", "stations", "cost", "figures"):
        ada.open(f"compare?old=1&new=2&part={part}")
        ada.is_whole()
        ada.shot(shots / f"compare-{part}-light.png")
    ada.open("areas?area=A02")
    ada.sees_cell("District W2")
    ada.open("history")
    ada.sees_cell("W2 goes to the east")
    ada.choose("Look closer at revision", "1")
    ada.page.get_by_role("button", name="Restore revision 1").click()
    ada.fill("Reason", "the road is open again")
    ada.click("Restore")
    ada.sees_cell("the road is open again")
    ada.open("areas?area=A01")
    ada.sees_cell("District W2")


def replan(ada: Visit, why: str, revision: int) -> None:
    """Plan again with the stability that is proposed, and wait for the revision."""
    ada.open("plan", "Plan again")
    ada.fill("Why", why)
    ada.click("Plan")
    ada.page.wait_for_url("**/plan?*job=*", timeout=WAIT_MS)
    ada.page.get_by_text(f"the plan is revision {revision}.").wait_for(timeout=2 * WAIT_MS)


def test_why_is_nobody_at_this_station(small: str, visit: Visiting, shots: Path) -> None:
    ada = visit(small)
    ada.open("election_day?station=W1-5", "What stands in the way")
    ada.sees("tried: it works")
    ada.is_whole()
    ada.shot(shots / "why-station-light.png")
    rule, _asks, found, allowed = ada.cells()[:4]
    assert rule == "OP-SAMPLE-SUBSTITUTE"
    assert found.startswith("substitute, rank 5")
    assert "falls out" in allowed
    ada.expand("Make it a decision")
    ada.fill("Reason", "voters complained")
    ada.click("Save the decision")
    ada.sees("There is a decision about this station already")
    ada.open("plan")
    ada.expand("Decisions (1)")
    ada.sees("voters complained")


def test_why_has_this_observer_no_team(small: str, visit: Visiting, shots: Path) -> None:
    ada = visit(small)
    ada.open("observers?roster_part=trouble&observer=STO-P11", "What stands in the way")
    ada.is_whole()
    ada.shot(shots / "why-observer-light.png")
    rule, _asks, found, allowed = ada.cells()[:4]
    assert (rule, found, allowed) == ("OP-PAIR-RESERVE", "reserve", "regular observers first")
    ada.sees("tried: it works")
    ada.sees("Call the reserve up")
