"""A dashboard that runs as people run it, and what a browser needs to look at it."""

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.cli.command import COMMAND

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
)
WAIT_MS = 60_000
QUIET_MS = 200
TRIES = 4
AT_REST = "[data-testid='stApp'][data-test-script-state='notRunning']"
STATUS = "[data-testid='stStatusWidget']"
WIDTH_PX, HEIGHT_PX, TALLEST_PX = 1400, 1000, 4000
NO_SKELETON = "() => !document.querySelector('[data-testid=stSkeleton]')"
TABLE_ROW_PX, BOX_PX = 35, 46
DRAWN_MS = 1000
"""A map and a chart need this long after the page stands."""


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(
    command: list[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; its worker ends with it."""
    with subprocess.Popen(command, env=os.environ | dict(environment or {})) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield server
        finally:
            server.terminate()


def _wait(address: str) -> None:
    for _attempt in range(240):
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"{address} does not answer")


@dataclass
class Visit:
    """One person's browser on one dashboard. ``called`` are all addresses that were asked."""

    address: str
    page: Any
    called: list[str] = field(default_factory=list)
    received_bytes: int = 0

    def open(self, view: str = "", text: str | None = None) -> None:
        """Go to a view and wait until it stands; ``text`` must then be on it."""
        self.page.goto(f"{self.address}/{view}")
        self.page.locator("h1").first.wait_for(timeout=WAIT_MS)
        self.settle()
        if text is not None:
            self.sees(text)

    def settle(self) -> None:
        """Wait until the server has nothing more to say."""
        self.page.wait_for_timeout(QUIET_MS)
        self.page.locator(AT_REST).wait_for(timeout=WAIT_MS)
        self.page.locator(STATUS).wait_for(state="hidden", timeout=WAIT_MS)

    def sees(self, text: str, *, exact: bool = False) -> Any:
        """Wait for a text and return where it stands."""
        found = self.page.get_by_text(text, exact=exact).first
        found.wait_for(timeout=WAIT_MS)
        return found

    def gone(self, text: str) -> None:
        """Wait until a text is nowhere on the page."""
        self.page.get_by_text(text).first.wait_for(state="hidden", timeout=WAIT_MS)

    def click(self, name: str, *, exact: bool = True) -> None:
        """Click a button."""
        self.page.get_by_role("button", name=name, exact=exact).first.click(timeout=WAIT_MS)
        self.settle()

    def field(self, label: str) -> Any:
        """Return the first field in sight that one types into under a label."""
        named = f"[aria-label={json.dumps(label)}]:visible"
        return self.page.locator(f"input{named}, textarea{named}").first

    def fill(self, label: str, text: str) -> None:
        """Write into a field and leave it, so that the server hears of it."""
        self.settle()
        box = self.field(label)
        box.fill(text, timeout=WAIT_MS)
        box.press("Tab")
        self.settle()

    def typed(self, label: str) -> str:
        """Return what stands in a field."""
        return str(self.field(label).input_value())

    def date(self, label: str, digits: str) -> None:
        """Type a day into a field for days, as year, month and day: ``20241026``."""
        self.settle()
        self.page.get_by_role("spinbutton", name=f"year, {label}").click(timeout=WAIT_MS)
        self.page.keyboard.type(digits)
        self.page.keyboard.press("Escape")  # its calendar would lie over the rest
        self.page.keyboard.press("Tab")
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list; open it anew, as a person would, if the page is redrawn under it."""
        from playwright.sync_api import TimeoutError as Late  # noqa: PLC0415 - may be absent

        self.settle()
        named = self.page.get_by_text(label, exact=True)
        box = self.page.get_by_test_id("stSelectbox").filter(has=named).last
        typing = box.locator("input").first
        wanted = self.page.get_by_role("option", name=option).first
        for left in reversed(range(TRIES)):
            # Filled at once, a closed list stays closed.
            typing.click(timeout=WAIT_MS)
            typing.fill(option, timeout=WAIT_MS)
            try:
                wanted.click(timeout=WAIT_MS / TRIES)
                break
            except Late:
                if not left:
                    raise
                self.page.keyboard.press("Escape")
                self.settle()
        self.settle()

    def follow(self, link: Any, title: str) -> None:
        """Click a link to a view; again, as a person would, if the page moved under the click."""
        from playwright.sync_api import TimeoutError as Late  # noqa: PLC0415 - may be absent

        heading = self.page.get_by_role("heading", name=title, level=1)
        for left in reversed(range(TRIES)):
            link.click(timeout=WAIT_MS)
            try:
                heading.wait_for(timeout=WAIT_MS / TRIES)
                break
            except Late:
                if not left:
                    raise
                self.settle()

    def radio(self, name: str) -> None:
        """Choose a part of a view, or one of a few values."""
        self.page.get_by_role("radio", name=name).first.click(timeout=WAIT_MS)
        self.settle()

    def expand(self, label: str) -> None:
        """Open what is folded away, unless it is open."""
        part = self.page.locator("[data-testid='stExpander'] details").filter(
            has=self.page.locator("summary", has_text=label)
        )
        if part.first.get_attribute("open", timeout=WAIT_MS) is None:
            part.first.locator("summary").click(timeout=WAIT_MS)
            self.settle()

    def upload(self, name: str, content: bytes) -> None:
        """Give a file to the page's place for files."""
        place = self.page.locator("input[type=file]").first
        place.set_input_files({"name": name, "mimeType": "", "buffer": content})
        self.settle()

    def download(self, button: str) -> bytes:
        """Click a download and return its bytes."""
        with self.page.expect_download(timeout=WAIT_MS) as waiting:
            self.page.get_by_role("button", name=button).first.click(timeout=WAIT_MS)
        return Path(waiting.value.path()).read_bytes()

    def tick(self, row: int) -> None:
        """Click the box in the first column of the page's first table with boxes."""
        table = self.page.locator("[data-testid='stDataFrame']").first
        first = table.locator(f"[data-testid='glide-cell-0-{row}']").first
        first.wait_for(state="attached", timeout=WAIT_MS)
        middle = TABLE_ROW_PX * (row + 1) + TABLE_ROW_PX // 2
        table.click(position={"x": BOX_PX, "y": middle})
        self.settle()

    def cells(self) -> list[str]:
        """Return the texts of all tables, as far as they are in sight."""
        found = self.page.locator("[data-testid='stDataFrame'] canvas td").all_text_contents()
        return [str(text) for text in found]

    def sees_cell(self, text: str) -> None:
        """Wait until a cell or a title of a table holds a text."""
        cell = self.page.locator("[data-testid='stDataFrame'] canvas :is(td, th)")
        cell.filter(has_text=text).first.wait_for(state="attached", timeout=WAIT_MS)

    def is_whole(self) -> None:
        """Fail if the page shows a trace or a fault of the program."""
        assert self.page.locator("[data-testid='stException']").count() == 0
        assert self.page.get_by_text(re.compile("UI.?-BUG")).count() == 0

    def shot(self, path: Path) -> None:
        """Take a picture of the whole page, as far down as a person would scroll."""
        main = self.page.locator("[data-testid='stMain']")
        # Twice: parts that come into sight are only then drawn, and may be taller than their place.
        for _turn in range(2):
            tall = int(main.evaluate("node => node.scrollHeight"))
            height = min(TALLEST_PX, max(HEIGHT_PX, tall))
            self.page.set_viewport_size({"width": WIDTH_PX, "height": height})
            self.page.wait_for_timeout(DRAWN_MS // 2)
            self.page.wait_for_function(NO_SKELETON, timeout=WAIT_MS)
        self.page.screenshot(path=path)
        self.page.set_viewport_size({"width": WIDTH_PX, "height": HEIGHT_PX})

    def foreign_hosts(self) -> set[str]:
        """Return hosts other than this machine that were asked."""
        hosts = {
            urlsplit(url).hostname or ""
            for url in self.called
            if urlsplit(url).scheme in {"http", "https", "ws", "wss"}
        }
        return hosts - {"127.0.0.1", "localhost"}


Visiting = Callable[..., Visit]


def visit(browser: Any, address: str, **options: Any) -> Visit:
    """Open a browser of one's own on a dashboard."""
    context = browser.new_context(
        viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, accept_downloads=True, **options
    )
    context.set_default_timeout(WAIT_MS)
    found = Visit(address, context.new_page())
    found.page.on("request", lambda request: found.called.append(request.url))

    def listen(socket_: Any) -> None:
        found.called.append(socket_.url)

        def count(data: Any) -> None:
            found.received_bytes += len(data)

        socket_.on("framereceived", count)

    found.page.on("websocket", listen)
    return found


def tool(*words: str) -> list[str]:
    """Return a call of the command line in this very environment."""
    return [*COMMAND, *words]


def copy_of(folder: Path, target: Path) -> Path:
    """Copy a mission folder without what a dashboard has kept beside it."""
    import shutil  # noqa: PLC0415 - only here

    return Path(shutil.copytree(folder, target, ignore=shutil.ignore_patterns(".planner")))
