"""A dashboard that runs as people run it, and what a browser needs to look at it."""

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

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
)
WAIT_MS = 30_000
STATUS = "[data-testid='stStatusWidget']"


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
        self.page.wait_for_timeout(300)
        self.page.locator(STATUS).wait_for(state="hidden", timeout=WAIT_MS)

    def sees(self, text: str, *, exact: bool = False) -> Any:
        """Wait for a text and return where it stands."""
        found = self.page.get_by_text(text, exact=exact).first
        found.wait_for(timeout=WAIT_MS)
        return found

    def click(self, name: str, *, exact: bool = True) -> None:
        """Click a button."""
        self.page.get_by_role("button", name=name, exact=exact).first.click(timeout=WAIT_MS)
        self.settle()

    def fill(self, label: str, text: str) -> None:
        """Write into a field and leave it, so that the server hears of it."""
        box = self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first
        box.fill(text, timeout=WAIT_MS)
        box.press("Tab")
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        box = self.page.locator("[data-testid='stSelectbox']").filter(has_text=label).first
        box.locator("input").first.fill(option, timeout=WAIT_MS)
        self.page.get_by_role("option", name=option).first.click(timeout=WAIT_MS)
        self.settle()

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
        viewport={"width": 1400, "height": 1000}, accept_downloads=True, **options
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
    import sys  # noqa: PLC0415 - only here

    return [sys.executable, "-c", "from planner.cli import main; main()", *words]


def copy_of(folder: Path, target: Path) -> Path:
    """Copy a mission folder without what a dashboard has kept beside it."""
    import shutil  # noqa: PLC0415 - only here

    return Path(shutil.copytree(folder, target, ignore=shutil.ignore_patterns(".planner")))
