"""A real browser, a planned founding mission, and visits that may ask nobody but this machine.

Screenshots go to the folder named by ``MISSION_PLANNER_SHOTS``, else to a temporary one.
"""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.cli.dashboard import serve_command, serve_environment
from tests.e2e.serving import CHROMIUM, FLAGS, Visit, Visiting, copy_of, free_port, serving
from tests.e2e.serving import visit as open_visit
from tests.ui.stage import write_home


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a real browser; in CI its absence is a failure."""
    absent = [] if importlib.util.find_spec("playwright") else ["playwright"]
    absent += [] if Path(CHROMIUM).is_file() else [CHROMIUM]
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


@pytest.fixture
def visit(browser: Any) -> Iterator[Visiting]:
    """Open visits; at the end, fail if one of them asked anybody but this machine."""
    visits: list[Visit] = []

    def begin(address: str, **options: Any) -> Visit:
        visits.append(open_visit(browser, address, **options))
        return visits[-1]

    yield begin
    for each in visits:
        each.page.context.close()
    assert not [host for each in visits for host in each.foreign_hosts()]


@pytest.fixture(scope="module")
def looker(browser: Any) -> Iterator[Visiting]:
    """Return one visit a kind of browser for the whole module: its next page opens faster."""
    kept: dict[tuple[object, ...], Visit] = {}

    def look(address: str, **options: Any) -> Visit:
        key = (address, *sorted(options.items()))
        if key not in kept:
            kept[key] = open_visit(browser, address, **options)
        kept[key].received_bytes = 0
        return kept[key]

    yield look
    for each in kept.values():
        each.page.context.close()
    assert not [host for each in kept.values() for host in each.foreign_hosts()]


@pytest.fixture(scope="session")
def demo(
    browser: Any,  # noqa: ARG001 - no browser, no plan
    founding_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return the planned founding mission; to be copied, never changed."""
    return copy_of(founding_folder, tmp_path_factory.mktemp("founding") / "kz")


@pytest.fixture(scope="module")
def founding(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the founding mission to this module; return its address."""
    home = tmp_path_factory.mktemp("home")
    copy_of(demo, home / "kz")
    port = free_port()
    with serving(serve_command(home, port), port, serve_environment(None, "Ada")):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[str]:
    """Serve the small good mission, planned, to one test; return its address."""
    write_home(tmp_path)
    port = free_port()
    with serving(serve_command(tmp_path, port), port, serve_environment(None, "Ada")):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for screenshots."""
    named = os.environ.get("MISSION_PLANNER_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
