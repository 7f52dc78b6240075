"""Planning in the browser: progress, reload, cancel, a killed worker, a restarted server."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.cli.dashboard import serve_command
from tests.e2e.serving import WAIT_MS, Visit, Visiting, copy_of, free_port, serving

pytestmark = pytest.mark.slow


def _start(visit: Visit, why: str) -> str:
    """Start a plan that nothing is kept for; return the job's address."""
    visit.open("plan", "Plan again")
    visit.fill("Why", why)
    slider = visit.page.get_by_role("slider").first
    slider.focus()
    slider.press("Home")
    visit.settle()
    visit.click("Plan")
    visit.page.wait_for_url("**/plan?*job=*", timeout=WAIT_MS)
    visit.sees("Stop, keep the best")
    return str(visit.page.url)


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """Return a folder of missions with the planned founding mission, of this test alone."""
    copy_of(demo, tmp_path / "home" / "kz")
    return tmp_path / "home"


def test_progress_reload_and_cancel(home: Path, visit: Visiting, shots: Path) -> None:
    port = free_port()
    with serving(serve_command(home, port), port) as server:
        ada = visit(f"http://127.0.0.1:{port}")
        link = _start(ada, "a plan that is stopped")
        ada.page.locator("[data-testid='stDataFrame']").first.wait_for(timeout=WAIT_MS)
        with _held(server.pid):
            # Reload in the middle: the job is found again by its link, and goes on.
            ada.page.reload()
            ada.sees("Stop, keep the best")
            ada.page.locator("[data-testid='stDataFrame']").first.wait_for(timeout=WAIT_MS)
            ada.shot(shots / "plan-running-light.png")
            # Somebody else finds it by the same link, and sees that a second plan waits.
            other = visit(ada.address)
            other.open("plan", "Plan again")
            other.fill("Why", "the second in the queue")
            other.click("Plan")
            other.sees("waiting")
            second = other.page.url
            other.page.goto(link)
            other.sees("Stop, keep the best")
            other.click("Stop, keep the best")
        ada.sees("Stopped: the plan is revision 2.")
        # The second is not written over what its author has not seen, and not lost either.
        other.page.goto(second)
        other.sees("Nothing is lost")
        other.click("Save it as the newest revision")
        other.sees("the plan is revision 3.")
        # What has moved can be looked at, in numbers and on the map.
        for part in ("figures", "areas"):
            ada.open(f"compare?old=1&new=3&part={part}", "People who travel")
            ada.is_whole()
            ada.shot(shots / f"compare-{part}-founding-light.png")
        ada.page.locator("canvas").first.wait_for(timeout=WAIT_MS)


def test_a_killed_worker_is_told_and_can_start_again(home: Path, visit: Visiting) -> None:
    port = free_port()
    with serving(serve_command(home, port), port) as server:
        ada = visit(f"http://127.0.0.1:{port}")
        link = _start(ada, "a plan whose worker dies")
        for worker in _workers(server.pid):
            os.kill(worker, signal.SIGKILL)
        ada.sees("Lost: its worker is gone.")
        ada.click("Start it again")
        ada.sees("Stop, keep the best")
        again = ada.page.url
        assert again != link
    # The server itself ends in the middle; the next one finds the job, and what came of it.
    with serving(serve_command(home, port), port):
        ada.page.goto(again)
        ada.page.get_by_text(re.compile(r"the plan is revision \d|Start it again")).first.wait_for(
            timeout=2 * WAIT_MS
        )


@contextmanager
def _held(server: int) -> Iterator[None]:
    """Hold the planning workers of a server still: what they do cannot end while one looks."""
    held = _workers(server)
    assert held
    for worker in held:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in held:
            os.kill(worker, signal.SIGCONT)


def _workers(server: int) -> list[int]:
    """Return the processes of planning workers under a server."""
    listed = subprocess.run(
        ["/usr/bin/env", "ps", "-o", "pid=,args=", "--ppid", str(server)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, words in found if "planner.worker" in words]
