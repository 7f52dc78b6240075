"""Names and reasons are text and nothing else: no picture, no link, no script, no formula."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.serving import Visit, Visiting
from tests.e2e.test_ways import replan
from ui.app import views

PICTURE = "<img src=x onerror=alert(1)>![x](http://evil.example/x.png)"
FORMULA = "=cmd|'/c calc'!A1 [here](http://evil.example) :red[x] $x^2$"
SEEN = "<img src=x onerror=alert(1)>![x]("
"""As far as the page has it letter by letter; an invisible sign breaks the address after it."""
pytestmark = pytest.mark.slow


def test_names_and_reasons_are_text(small: str, visit: Visiting, shots: Path) -> None:
    ada = visit(small)
    told: list[str] = []

    def dismiss(dialog: Any) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    ada.page.on("dialog", dismiss)
    ada.open("mission", "Settings of the mission")
    ada.fill("Name", PICTURE)
    ada.sees("1 value changed, not saved")
    ada.fill("Reason", FORMULA)
    ada.click("Save")
    ada.gone("1 value changed, not saved")
    ada.sees(SEEN)
    ada.open("areas?area=A01&district=W1&part=pin")
    ada.choose("Belongs to", "A01 · Town T-W1")
    ada.fill("Reason", PICTURE)
    ada.click("Save the decision")
    replan(ada, FORMULA, 2)
    for view in views():
        ada.open(view)
        is_plain(ada)
    ada.open("areas?part=decisions")
    ada.sees(SEEN)
    is_plain(ada)
    ada.shot(shots / "texts-decisions-light.png")
    ada.open("history")
    ada.sees_cell(FORMULA)
    ada.shot(shots / "texts-history-light.png")
    ada.open("compare?old=1&new=2")
    is_plain(ada)
    ada.shot(shots / "texts-compare-light.png")
    ada.open("hand_out")
    workbook = ada.download("Download xlsx")
    assert not told
    parts = zipfile.ZipFile(io.BytesIO(workbook))
    sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not [name for name in sheets if b"<f>" in parts.read(name) or b"<f " in parts.read(name)]
    assert not [
        name
        for name in parts.namelist()
        if b"evil.example" in parts.read(name) and name.endswith(".rels")
    ]


def is_plain(ada: Visit) -> None:
    """Fail if a text became a picture or a link to elsewhere."""
    ada.is_whole()
    assert ada.page.locator("img[src='x'], img[src*='evil.example']").count() == 0
    assert ada.page.locator("a[href*='evil.example']").count() == 0
