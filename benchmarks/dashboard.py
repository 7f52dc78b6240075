"""How long a click takes in the dashboard: a real browser on the founding mission.

    python -m benchmarks.dashboard [--planned FOLDER] [--runs N]

A click's time runs from the click until the server's script has ended and the page has drawn what
it sent. Jobs are left out. The first click on each view, which fills the caches, is told apart.
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
from pathlib import Path
from typing import Any

from planner.cli.dashboard import serve_command, serve_environment
from tests.e2e.serving import CHROMIUM, FLAGS, WAIT_MS, copy_of, free_port, serving, tool

WATCH = """() => {
  const app = document.querySelector("[data-testid='stApp']");
  window.__ended = [];
  new MutationObserver(() => {
    if (app.getAttribute('data-test-script-state') === 'notRunning')
      requestAnimationFrame(() => window.__ended.push(performance.now()));
  }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
}"""
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


def measure(page: Any, click: Click) -> float:  # noqa: ANN401 - playwright may be absent
    """Return the time of a click in seconds."""
    page.evaluate("window.__ended = []")
    start = page.evaluate("performance.now()")
    click(page)
    page.wait_for_function("window.__ended.length > 0", timeout=WAIT_MS)
    while True:
        count = page.evaluate("window.__ended.length")
        page.wait_for_timeout(QUIET_MS)
        if page.evaluate("window.__ended.length") == count:
            break
    return float(page.evaluate("window.__ended.at(-1)") - start) / 1000


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
            page.goto(f"http://127.0.0.1:{port}/history")
            page.locator("h1").first.wait_for(timeout=WAIT_MS)
            time.sleep(8)  # the worker loads its engines once, when the server starts
            page.evaluate(WATCH)
            _print(_rounds(page, options.runs), as_json=options.json)
            browser.close()


def _rounds(page: Any, runs: int) -> dict[str, list[float]]:  # noqa: ANN401 - playwright may be absent
    found: dict[str, list[float]] = {}
    for _round in range(runs + 1):
        for view, opening, clicks in CLICKS:
            for name, click in ((opening, navigation(view)), *clicks):
                found.setdefault(f"{view}: {name}", []).append(measure(page, click))
    return found


def _print(found: dict[str, list[float]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found))
        return
    print(f"{'click':34}{'first (s)':>10}{'median (s)':>11}{'worst (s)':>10}")
    for name, (first, *later) in found.items():
        print(f"{name:34}{first:10.2f}{statistics.median(later):11.2f}{max(later):10.2f}")


if __name__ == "__main__":
    main()
