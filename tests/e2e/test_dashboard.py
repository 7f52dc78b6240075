"""The dashboard of a planned demo in a real browser: no request leaves the machine.

Screenshots go to the folder named by ``MISSION_PLANNER_SHOTS``, else to a temporary one. A planned
demo folder can be lent with ``MISSION_PLANNER_PLANNED_DEMO``; else it is planned here.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from planner.cli.dashboard import serve_command

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
)
VIEWS = {
    "": "Calendar",
    "areas": "base town of the LTO team",
    "pairs": "State quotas",
    "election_day?pair=STO-007": "The country by hour",
    "hand_out": "Download xlsx",
}
PAYLOAD_KB = 500
WAIT_MS = 60_000
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    absent = [
        what
        for what, missing in (
            ("playwright", not _importable()),
            (CHROMIUM, not Path(CHROMIUM).is_file()),
        )
        if missing
    ]
    if absent:
        reason = f"no real browser: {', '.join(absent)} not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be absent

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


def _importable() -> bool:
    try:
        import playwright  # noqa: F401, PLC0415 - may be absent
    except ImportError:
        return False
    return True


@pytest.fixture(scope="module")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no browser, no server
    folder = tmp_path_factory.mktemp("demo") / "kz"
    lent = os.environ.get("MISSION_PLANNER_PLANNED_DEMO")
    if lent:
        shutil.copytree(lent, folder)
    else:
        tool = [sys.executable, "-c", "from planner.cli import main; main()"]
        subprocess.run([*tool, "demo", "kazakhstan-2022", str(folder)], check=True)
        subprocess.run([*tool, "plan", str(folder)], check=True, timeout=300)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(serve_command(folder, port)) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(address: str) -> None:
    for _attempt in range(120):
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("MISSION_PLANNER_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_view_in_a_browser(browser: Any, address: str, shots: Path, view: str, scheme: str) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 1400, "height": 1000}, accept_downloads=True
    )
    page = context.new_page()
    called: list[str] = []
    page.on("request", lambda request: called.append(request.url))
    received = [0]

    def listen(socket_: Any) -> None:
        socket_.on("framereceived", lambda data: received.__setitem__(0, received[0] + len(data)))

    page.on("websocket", listen)
    page.goto(f"{address}/{view}")
    page.get_by_text(VIEWS[view]).first.wait_for(timeout=WAIT_MS)
    page.locator("[data-testid='stStatusWidget']").wait_for(state="hidden", timeout=WAIT_MS)
    page.wait_for_timeout(2500)
    if view.startswith("election_day"):
        chosen = page.locator("[data-testid='stSelectbox']").first.evaluate(
            "node => node.innerText + (node.querySelector('input')?.value ?? '')"
        )
        assert "STO-007" in chosen
    name = view.partition("?")[0] or "mission"
    page.screenshot(path=shots / f"{name}-{scheme}.png")
    main = page.locator("[data-testid='stMain']")
    main.evaluate("node => node.scrollTo(0, node.scrollHeight)")
    page.wait_for_timeout(1500)
    page.screenshot(path=shots / f"{name}-{scheme}-end.png")
    assert page.locator("[data-testid='stException']").count() == 0
    hosts = {urlsplit(url).hostname for url in called if urlsplit(url).scheme in {"http", "https"}}
    assert hosts == {"127.0.0.1"}
    if name == "areas":
        assert received[0] < PAYLOAD_KB * 1000
        assert page.locator("canvas").count() > 0
    context.close()


@pytest.mark.parametrize(
    ("kind", "starts"), [("xlsx", b"PK"), ("gpkg", b"SQLite format 3"), ("json", b"{")]
)
def test_download_is_made_when_asked_for(
    browser: Any, address: str, kind: str, starts: bytes
) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{address}/hand_out")
    button = page.get_by_role("button", name=f"Download {kind}")
    button.wait_for(timeout=WAIT_MS)
    with page.expect_download(timeout=WAIT_MS) as waiting:
        button.click()
    assert Path(waiting.value.path()).read_bytes().startswith(starts)
    context.close()
