"""Every view of the founding mission in a real browser, light and dark: whole, small, at home.

A picture of each is written to the folder named by ``MISSION_PLANNER_SHOTS``, and what the server
sent for it to ``payload.csv`` beside them.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.cli.dashboard import serve_command, serve_environment
from tests.e2e.serving import WAIT_MS, Visiting, free_port, serving
from ui.app import views

PAYLOAD_BYTES = 500_000
SEEN = {
    "mission": "Settings of the mission",
    "frame": "Colour stations by",
    "observers": "STOs ready",
    "plan": "Plan again",
    "areas": "base town of the LTO team",
    "pairs": "Click a row to see why",
    "election_day": "Substitutes",
    "scenarios": "What one more pair buys",
    "compare": "only one revision",
    "hand_out": "An edited workbook comes back",
    "history": "Who did what",
}
MAPS = {"frame", "areas", "election_day"}
CHOICES = {
    "areas-one": ("areas?area=A03", "Its election day"),
    "areas-district": ("areas?area=A03&part=pin", "Belongs to"),
    "areas-policies": ("areas?part=policies", "What the policies mean"),
    "areas-left_out": ("areas?part=left_out", "Explain"),
    "pairs-one": ("pairs?pair=STO-014", "Change this pair"),
    "pairs-quotas": ("pairs?part=quotas", "State quotas"),
    "election_day-one": ("election_day?pair=STO-007", "STO-007"),
    "election_day-country": ("election_day?part=country", "The country"),
    "election_day-coverage": ("election_day?part=coverage", "Commissions untouched"),
    "observers-quota": ("observers?roster_part=quota", "STOs requested"),
    "observers-fit": ("observers?roster_part=fit", "Experience"),
    "observers-trouble": ("observers?roster_part=trouble", "Explain an observer"),
    "frame-bring": ("frame?frame_part=bring", "What the list holds"),
}
ENGLISH = ("Plan again", "Download", "Choose", "Stations", "Settings", "Area", "Revision", "Why")
pytestmark = pytest.mark.slow


def test_every_view_is_looked_at() -> None:
    assert set(SEEN) == set(views())


@pytest.fixture(scope="module")
def payload(shots: Path) -> Iterator[dict[str, int]]:
    """Return where to note what a view has cost, in bytes; written beside the pictures."""
    noted: dict[str, int] = {}
    yield noted
    with (shots / "payload.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("view", "bytes"), *sorted(noted.items())])


@pytest.mark.parametrize("view", SEEN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_view(
    founding: str, looker: Visiting, shots: Path, payload: dict[str, int], view: str, scheme: str
) -> None:
    ada = looker(founding, color_scheme=scheme)
    ada.open(view, SEEN[view])
    ada.is_whole()
    if view in MAPS:
        ada.page.locator("canvas").first.wait_for(timeout=WAIT_MS)
    payload[view] = ada.received_bytes
    ada.shot(shots / f"{view}-{scheme}.png")
    assert payload[view] <= PAYLOAD_BYTES


def test_first_visit_is_led_through_every_step(founding: str, visit: Visiting) -> None:
    ada = visit(founding)
    ada.open("")
    ada.sees("Invented, for demonstration")
    ada.sees_cell("✱ synthetic")
    ada.sees("The referee passes this plan")
    for number in range(1, 7):
        ada.expand("New here?")
        step = ada.page.get_by_test_id("stPageLink-NavLink").filter(has_text=f"{number}. ").first
        title = step.inner_text().strip().partition(". ")[2].partition(":")[0]
        ada.follow(step, title)
        ada.settle()
        ada.is_whole()
        ada.page.go_back()
        ada.page.get_by_role("heading", name="Mission", level=1).wait_for(timeout=WAIT_MS)
        ada.settle()


@pytest.mark.parametrize("name", CHOICES)
def test_view_with_a_choice_in_its_address(
    founding: str, looker: Visiting, shots: Path, name: str
) -> None:
    address, text = CHOICES[name]
    ada = looker(founding)
    ada.open(address, text)
    ada.is_whole()
    ada.shot(shots / f"{name}-light.png")


def test_station_has_a_card_that_its_address_leads_to(
    founding: str, demo: Path, looker: Visiting, shots: Path
) -> None:
    with (demo / "stations.csv").open(encoding="utf-8") as file:
        station = next(csv.DictReader(file))["id"]
    ada = looker(founding)
    for view in ("election_day", "frame"):
        ada.open(f"{view}?station={station}", station)
        ada.is_whole()
        ada.shot(shots / f"{view}-station-light.png")


@pytest.mark.parametrize("view", SEEN)
def test_view_in_russian(founding: str, looker: Visiting, shots: Path, view: str) -> None:
    ada = looker(founding)
    ada.open(f"{view}?lang=ru")
    ada.is_whole()
    ada.shot(shots / f"{view}-ru.png")
    spoken = ada.page.locator(
        "h1, h2, h3, h5, button, label, [data-testid='stMetricLabel'], summary"
    ).all_inner_texts()
    assert not [text for text in spoken if text.strip() in ENGLISH]
    assert any(is_cyrillic(text) for text in spoken)


def is_cyrillic(text: str) -> bool:
    """Return whether a text is written in Cyrillic letters, Latin names aside."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


@pytest.mark.parametrize(
    ("kind", "starts"), [("xlsx", b"PK"), ("gpkg", b"SQLite format 3"), ("json", b"{")]
)
def test_download_is_made_when_asked_for(
    founding: str, looker: Visiting, kind: str, starts: bytes
) -> None:
    ada = looker(founding)
    ada.open("hand_out")
    assert ada.download(f"Download {kind}").startswith(starts)


def test_from_an_empty_home_to_the_first_mission(
    tmp_path: Path, visit: Visiting, shots: Path
) -> None:
    port = free_port()
    with serving(serve_command(tmp_path, port), port, serve_environment(None, "Ada")):
        ada = visit(f"http://127.0.0.1:{port}")
        ada.open("", "There is no mission here yet")
        ada.shot(shots / "empty-home-light.png")
        ada.click("Set the mission up")
        ada.sees("Name, host country and election day are needed.")
        ada.fill("Name", "Georgia 2024")
        ada.choose("Host country", "Georgia (GE)")
        ada.date("Election day", "20241026")
        ada.click("Set the mission up")
        ada.sees("Settings of the mission")
        for view in SEEN:
            ada.open(view)
            ada.is_whole()
            ada.shot(shots / f"{view}-new-light.png")
