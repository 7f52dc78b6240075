"""A bad list of stations is brought in, read, mended and planned with."""

import csv
import io
from pathlib import Path

import pytest

from tests.e2e.serving import Visiting
from tests.e2e.test_ways import replan
from tests.good_plan import good_mission

TITLES = ("PS code", "Name", "Constituency", "Cluster", "Lat", "Lon", "Voters")
COURTS = {"W1": "W2", "W2": "W1", "E1": "E2", "E2": "E3", "E3": "E1"}
"""Another division of the country with the same names: what the column "Constituency" holds."""
BOM = b"\xef\xbb\xbf"
pytestmark = pytest.mark.slow


def good_rows() -> list[list[str]]:
    """Return the mission's own stations as a commission would list them."""
    return [
        [s.id, s.name, COURTS[s.district], s.district, str(s.lat), str(s.lon), str(s.voters)]
        for s in good_mission().stations
    ]


def bad_rows() -> list[list[str]]:
    """Return them with a district missing, one unknown, points swapped and blank, an id twice."""
    rows = good_rows()
    rows[0][3] = ""
    rows[1][3] = "W9"
    rows[2][4], rows[2][5] = rows[2][5], rows[2][4]
    rows[3][4] = rows[3][5] = ""
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
    # By its title the wrong column is taken for the district; the right one is named.
    ada.sees("Not used: Cluster")
    ada.shot(shots / "upload-guessed-light.png")
    ada.choose("District", "Cluster")
    ada.sees("Not used: Constituency")
    ada.page.get_by_role("tab", name="Findings by row").click()
    ada.sees_cell("IN-CONFLICT")
    found = ada.cells()
    for code, row in (("IN-CONFLICT", "7"), ("IN-POINT", "5"), ("IN-SWAPPED", "4")):
        at = found.index(code)
        assert row in found[at : at + 4]
    assert found.count("IN-DISTRICT") == 2
    ada.shot(shots / "upload-findings-light.png")
    ada.page.get_by_role("tab", name="Rows set aside").click()
    aside = ada.download("Download the rows set aside").decode("utf-8-sig")
    told = {
        row["row"]: row["reason"].partition(":")[0] for row in csv.DictReader(io.StringIO(aside))
    }
    assert told == {"2": "IN-DISTRICT", "3": "IN-DISTRICT", "7": "IN-CONFLICT"}
    ada.click("Take it over")
    ada.sees("stations.csv is taken over: 27 records.")
    ada.open("frame?frame_part=bring", "What the list holds")
    ada.upload("mended.csv", written(good_rows()))
    ada.sees("Not used: Constituency")  # what was corrected once is remembered
    ada.click("Take it over")
    ada.sees("mended.csv is taken over: 30 records.")
    replan(ada, "the mended list", 2)
