"""Scenarios in the browser: a question, its run, the comparison, the next revision; a lost run."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from planner.cli.dashboard import serve_command, serve_environment
from tests.e2e.serving import WAIT_MS, Visit, Visiting, copy_of, free_port, serving

pytestmark = pytest.mark.slow
LONG_MS = 5 * WAIT_MS


def test_a_question_is_run_watched_compared_and_made_the_next_revision(
    small: str, visit: Visiting, shots: Path
) -> None:
    ada = visit(small)
    ada.open("scenarios", "before anyone travels")
    ada.click("What if only 80 % arrive?", exact=False)
    ada.sees("100% → 80%")
    # What was typed survives a reload.
    ada.page.reload()
    ada.sees("100% → 80%")
    ada.is_whole()
    ada.shot(shots / "scenarios-build.png")
    ada.click("Run")
    ada.page.wait_for_url(re.compile(r"scenarios\?.*run="), timeout=WAIT_MS)
    link = ada.page.url
    # Somebody else watches the same run by its link.
    other = visit(small)
    other.page.goto(link)
    other.page.get_by_text("Done: 2 of 2 plans.").wait_for(timeout=LONG_MS)
    ada.page.get_by_text("Done: 2 of 2 plans.").wait_for(timeout=LONG_MS)
    ada.settle()
    ada.sees_cell("80 % come")
    assert ada.download("Download CSV").startswith(b"\xef\xbb\xbfname,")
    assert ada.download("Download PARQUET").startswith(b"PAR1")
    ada.shot(shots / "scenarios-results.png")
    ada.radio("Compare")
    ada.sees("Asked for")
    ada.sees_cell("▼ worse")
    ada.shot(shots / "scenarios-compare.png")
    for side, text in (
        ("Precision", "Precision by phase"),
        ("Expected", "Expected by phase"),
        ("Map", "Areas and pairs on the map"),
        ("Cost", "No unit costs"),
    ):
        ada.radio(side)
        ada.sees(text)
        ada.is_whole()
    assert ada.download("Two-page briefing (PDF)").startswith(b"%PDF")
    assert ada.download("Comparison workbook (XLSX)").startswith(b"PK")
    # Back in the form, one step makes it the mission's own and queues the plan.
    ada.radio("Build")
    ada.expand("next revision")
    ada.fill("Why", "fewer have confirmed")
    ada.click("Save and plan")
    ada.page.wait_for_url(re.compile(r"plan\?.*job="), timeout=WAIT_MS)
    ada.page.get_by_text("the plan is revision 2.").wait_for(timeout=LONG_MS)
    ada.open("history")
    ada.sees_cell("scenario 80 % come: fewer have confirmed")
    ada.is_whole()


def test_a_chart_is_saved_as_an_image_and_asks_nobody(small: str, visit: Visiting) -> None:
    ada = visit(small)
    ada.open("scenarios")
    ada.page.get_by_text("A grid of STOs and delivery").click()
    ada.settle()
    for label, number in (("STOs from", "6"), ("to", "10"), ("step", "2")):
        ada.fill(label, number)
    ada.click("Run")
    ada.page.wait_for_url(re.compile(r"scenarios\?.*run="), timeout=WAIT_MS)
    ada.page.get_by_text("Done: 6 of 6 plans.").wait_for(timeout=LONG_MS)
    for part in ("What one more pair buys", "Frontier"):
        ada.radio(part)
        chart = ada.page.locator("[data-testid='stVegaLiteChart']").first
        chart.wait_for(timeout=WAIT_MS)
        ada.settle()
        chart.hover()
        with ada.page.expect_download(timeout=WAIT_MS) as waiting:
            ada.page.get_by_role("button", name="Download as PNG").first.click()
        assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
        ada.is_whole()


def test_a_killed_run_is_told_and_goes_on(demo: Path, tmp_path: Path, visit: Visiting) -> None:
    # The founding mission: its plans take long enough to be killed in the middle.
    home = tmp_path / "home"
    copy_of(demo, home / "kz")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with serving(serve_command(home, port), port, serve_environment(None, "Ada")):
        ada = visit(address)
        ada.open("scenarios")
        ada.page.get_by_text("A grid of STOs and delivery").click()
        ada.sees("14 plans")
        ada.click("Run")
        ada.page.wait_for_url(re.compile(r"scenarios\?.*run="), timeout=WAIT_MS)
        link = ada.page.url
        ada.page.get_by_text(re.compile(r"[1-9]\d* of 14 plans")).wait_for(timeout=LONG_MS)
        ada.sees_cell("STOs, 100% come")  # each plan stands in the table as it is made
        for runner in _runners(home):
            os.kill(runner, signal.SIGKILL)
        ada.sees("Lost: its process is gone")
        done = _done(ada)
        assert done >= 1
        ada.click("Go on")
        ada.page.get_by_text("Stop, keep what is done").wait_for(timeout=WAIT_MS)
    # The server ends, the run does not; the next server finds it by its link.
    (runner,) = _runners(home)
    with serving(serve_command(home, port), port, serve_environment(None, "Ada")):
        ada.page.goto(link)
        ada.page.get_by_text("Stop, keep what is done").wait_for(timeout=WAIT_MS)
        assert _runners(home) == [runner]
        ada.page.get_by_text(re.compile(r"[1-9]\d* of 14 plans")).wait_for(timeout=LONG_MS)
        ada.click("Stop, keep what is done")
        ada.page.get_by_text("Stopped:").wait_for(timeout=LONG_MS)
        assert _done(ada) >= done
        ada.is_whole()


def _done(visit: Visit) -> int:
    told = visit.page.get_by_text(re.compile(r"\d+ of 14 plans")).first.inner_text()
    found = re.search(r"(\d+) of 14", told)
    assert found is not None
    return int(found[1])


def _runners(home: Path) -> list[int]:
    """Return the processes that compute runs of a home."""
    listed = subprocess.run(
        ["/usr/bin/env", "ps", "-eww", "-o", "pid=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    state = str((home / ".planner").resolve())
    found = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, words in found if "simulation_runner" in words and state in words]
