"""How long a click takes in the dashboard: a real browser on the founding mission.

    python -m benchmarks.dashboard [--planned FOLDER] [--runs N]

A click is answered when the last message of the server's run has reached the browser. What the
browser then draws by itself is told apart: a map's first picture takes it two seconds here, for
want of a graphics card (SwiftShader compiles the shaders); only then is the page at rest.
Jobs are left out. The first click on each view, which fills the caches, is told apart.
Needs Debian's chromium and the development environment.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.cli.dashboard import serve_command, serve_environment
from tests.e2e.serving import CHROMIUM, FLAGS, WAIT_MS, copy_of, free_port, serving, tool

WATCH = """() => {
  window.__changed = 0;
  new MutationObserver(() => { window.__changed = performance.now(); })
    .observe(document.querySelector("[data-testid='stApp']"),
             {attributes: true, childList: true, characterData: true, subtree: true});
}"""
IDLE = """([start, quiet]) => window.__changed > start
  && performance.now() - window.__changed > quiet
  && document.querySelector("[data-testid='stApp']")
       .getAttribute('data-test-script-state') === 'notRunning'"""
QUIET_MS = 400
Click = Callable[[Any], None]


def navigation(title: str) -> Click:
    """Return the click on a view in the sidebar."""
    return lambda page: (
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    )


def option(label: str, *numbers: int) -> Click:
    """Return the choice of an option of a list, another one each time: the same is no change."""
    turns = itertools.cycle(numbers)

    def click(page: Any) -> None:  # noqa: ANN401 - playwright may be absent
        box = page.get_by_test_id("stSelectbox").filter(has_text=label).first
        box.locator("input").first.click()
        page.get_by_role("option").nth(next(turns)).click()

    return click


def control(label: str) -> Click:
    """Return the click on a part of a view."""
    return lambda page: page.get_by_role("radio", name=label).first.click()


CLICKS: tuple[tuple[str, str, tuple[tuple[str, Click], ...]], ...] = (
    ("Mission", "open", ()),
    ("Frame", "open", ()),
    ("Observers", "open", ()),
    ("Plan", "open", ()),
    ("Areas", "open", (("choose an area", option("Area", 2, 4)),)),
    ("Pairs", "open", (("choose an area", option("Area", 2, 4)),)),
    (
        "Election day",
        "open",
        (
            ("choose a pair", option("Pair", 6, 8)),
            ("the country", control("The country")),
            ("coverage", control("Coverage")),
            ("back to the pair", control("A pair")),
        ),
    ),
    ("Compare", "open", ()),
    ("Hand out", "open", ()),
    ("History", "open", ()),
)


@dataclass
class Stopwatch:
    """A page, and when its server last said something (``time.perf_counter``)."""

    page: Any
    heard: float = 0.0

    def listen(self) -> None:
        """Note every message that comes from the server."""

        def hear(_data: object) -> None:
            self.heard = time.perf_counter()

        self.page.on("websocket", lambda socket: socket.on("framereceived", hear))

    def measure(self, click: Click) -> tuple[float, float]:
        """Return the seconds from a click until the server has answered, and until all is still."""
        page = self.page
        start, start_ms = time.perf_counter(), page.evaluate("performance.now()")
        click(page)
        page.wait_for_function(IDLE, arg=[start_ms, QUIET_MS], timeout=WAIT_MS, polling=50)
        return self.heard - start, (page.evaluate("window.__changed") - start_ms) / 1000


def main() -> None:
    """Measure and print a table."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--planned", type=Path, help="a planned founding mission")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        if options.planned:
            copy_of(options.planned, home / "kz")
        else:
            subprocess.run(tool("demo", "kazakhstan-2022", str(home / "kz")), check=True)  # noqa: S603 - ours
            subprocess.run(tool("plan", str(home / "kz")), check=True)  # noqa: S603 - ours
        port = free_port()
        with (
            serving(serve_command(home, port), port, serve_environment(None, "bench")),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            watch = Stopwatch(page)
            watch.listen()
            page.goto(f"http://127.0.0.1:{port}/history")
            page.locator("h1").first.wait_for(timeout=WAIT_MS)
            time.sleep(8)  # the worker loads its engines once, when the server starts
            page.evaluate(WATCH)
            _print(_rounds(watch, options.runs), as_json=options.json)
            browser.close()


def _rounds(watch: Stopwatch, runs: int) -> dict[str, list[tuple[float, float]]]:
    from playwright.sync_api import Error  # noqa: PLC0415 - only here

    found: dict[str, list[tuple[float, float]]] = {}
    for _round in range(runs + 1):
        for view, opening, clicks in CLICKS:
            for name, click in ((opening, navigation(view)), *clicks):
                what = f"{view}: {name}"
                try:
                    found.setdefault(what, []).append(watch.measure(click))
                except Error as error:
                    watch.page.screenshot(path="benchmark-failed.png")
                    msg = f"{what} was not answered; see benchmark-failed.png"
                    raise SystemExit(msg) from error
    return found


def _print(found: dict[str, list[tuple[float, float]]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found))
        return
    print(f"{'click':34}{'first (s)':>10}{'median (s)':>11}{'worst (s)':>10}{'at rest (s)':>15}")
    for name, (first, *later) in found.items():
        answered = [each for each, _drawn in later]
        drawn = statistics.median(each for _answered, each in later)
        print(
            f"{name:34}{first[0]:10.2f}{statistics.median(answered):11.2f}{max(answered):10.2f}"
            f"{drawn:15.2f}"
        )


if __name__ == "__main__":
    main()
