"""A bad list of stations is brought in, read, mended and planned with."""

import csv
import io
from pathlib import Path

import pytest

from tests.e2e.serving import WAIT_MS, Visiting
from tests.good_plan import good_mission

TITLES = ("PS code", "Name", "Cluster", "Lat", "Lon", "Voters")
BOM = b"\xef\xbb\xbf"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]


def good_rows() -> list[list[str]]:
    """Return the mission's own stations as a commission would list them."""
    return [
        [s.id, s.name, s.district, str(s.lat), str(s.lon), str(s.voters)]
        for s in good_mission().stations
    ]


def bad_rows() -> list[list[str]]:
    """Return them with a district missing, one unknown, points swapped and blank, an id twice."""
    rows = good_rows()
    rows[0][2] = ""
    rows[1][2] = "W9"
    rows[2][3], rows[2][4] = rows[2][4], rows[2][3]
    rows[3][3] = rows[3][4] = ""
    rows[5][0] = rows[4][0]
    return rows


def written(rows: list[list[str]]) -> bytes:
    """Return rows as a spreadsheet of a Russian office saves them: a mark, and semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([TITLES, *rows])
    return BOM + text.getvalue().encode()


def test_bad_list_is_told_mended_and_planned(small: str, visit: Visiting, shots: Path) -> None:
    ada = visit(small)
    ada.open("frame?frame_part=bring", "What the list holds")
    ada.upload("stations.csv", written(bad_rows()))
    ada.sees("Which column is what")
    ada.shot(shots / "upload-unmapped-light.png")
    print(ada.page.locator("[data-testid='stMain']").inner_text())
    ada.choose("District", "Cluster")
    ada.shot(shots / "upload-mapped-light.png")
    print(ada.page.locator("[data-testid='stMain']").inner_text())
    ada.page.get_by_role("tab", name="Findings by row").click()
    ada.settle()
    print(ada.cells())
    ada.shot(shots / "upload-findings-light.png")
    ada.page.get_by_role("tab", name="Rows set aside").click()
    ada.settle()
    aside = ada.download("Download the rows set aside").decode("utf-8-sig")
    print(aside)
    ada.click("Take it over")
    ada.sees("is taken over")
    ada.shot(shots / "upload-taken-light.png")
    ada.open("plan")
    ada.shot(shots / "upload-plan-light.png")
    ada.open("frame?frame_part=bring", "What the list holds")
    ada.upload("mended.csv", written(good_rows()))
    ada.sees("Which column is what")
    ada.choose("District", "Cluster")
    ada.click("Take it over")
    ada.sees("mended.csv is taken over: 30 records.")
    ada.open("plan", "Plan again")
    ada.fill("Why", "the mended list")
    ada.click("Plan")
    ada.page.wait_for_url("**/plan?*job=*", timeout=WAIT_MS)
    ada.page.get_by_text("the plan is revision 2.").wait_for(timeout=2 * WAIT_MS)
