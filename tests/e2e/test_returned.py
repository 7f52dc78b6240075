"""A workbook goes out, comes back edited, and binds the next plan as far as it was accepted."""

from pathlib import Path

import pytest

from tests.e2e.serving import Visiting
from tests.e2e.test_ways import replan
from tests.returned.edited import Edited

pytestmark = pytest.mark.slow


def test_workbook_comes_back_line_by_line(small: str, visit: Visiting, shots: Path) -> None:
    ada = visit(small)
    ada.open("hand_out")
    sent = ada.download("Download xlsx")
    book = Edited(sent)
    for team, column, member in (
        ("STO-001", "Member 2", "STO-P04"),
        ("STO-002", "Member 2", "STO-P02"),
    ):
        book.put("Teams", team, column, member)
    edited = book.save()
    ada.upload("edited.xlsx", edited)
    ada.sees("Changes that can be decisions (2)")
    ada.sees_cell("pair STO-P01 with STO-P04")
    ada.shot(shots / "returned-light.png")
    ada.tick(0)
    ada.fill("Reason", "they know the district")
    # What was ticked and typed outlives a reload.
    ada.page.reload()
    ada.sees("Accept 1 change")
    ada.click("Accept 1 change")
    ada.sees("Saved: 1 decision. They bind the next plan.")
    ada.sees("1 change stands as a decision already.")
    ada.sees("Changes that can be decisions (1)")
    replan(ada, "one line of the workbook", 2)
    ada.open("pairs?pair=STO-001")
    ada.shot(shots / "pairs-kept-light.png")
    ada.sees_cell("STO-P04")
    # The other line was refused: it binds nothing.
    ada.open("plan")
    ada.expand("Decisions (1)")
    ada.sees("STO-P01, STO-P04")
    # The workbook of the old plan is refused by its code.
    ada.open("hand_out")
    ada.upload("edited.xlsx", edited)
    ada.sees("RW-STALE")
    ada.shot(shots / "returned-stale-light.png")
