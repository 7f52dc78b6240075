"""The login with a real browser and a login service of our own: who gets in, and who does what.

The guards run in a small dashboard of their own (``login_app.py``), so that the tests do not
depend on what the views look like; the last ones run the real dashboard.
"""

import socket
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.store.access import Role, User
from planner.store.open import Store, open_store
from planner.workspace.home import Home
from planner.workspace.open import STORE_FILE
from tests.e2e.logins import CHIEF, log_in, serving_with_login
from tests.e2e.oidc import Service
from tests.e2e.serving import WAIT_MS, tool
from ui.app import views

PIA, VIC = "pia@example.org", "vic@example.org"
LOCAL_ADMIN = User("test", Role.ADMIN)
pytestmark = pytest.mark.slow


@dataclass
class Served:
    """A dashboard that is running, its store, and the service that people log in with."""

    address: str
    store: Store
    service: Service


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def served(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001 - no browser, no server
    folder = tmp_path_factory.mktemp("mission")
    (folder / "mission.toml").touch()
    store = open_store(
        folder / "store.sqlite",
        clock=lambda: datetime.now(UTC),
        new_id=lambda: uuid.uuid4().hex,
    )
    store.missions.add(LOCAL_ADMIN, "M", "Mission")
    store.people.seed([CHIEF])
    store.people.add(LOCAL_ADMIN, PIA, Role.PLANNER)
    store.people.add(LOCAL_ADMIN, VIC, Role.VIEWER)
    with serving_with_login(folder, Path(__file__).with_name("login_app.py")) as (address, service):
        yield Served(address, store, service)
    store.close()


def _version(store: Store, name: str) -> int:
    return next(p.version for p in store.people.all(LOCAL_ADMIN) if p.name == name)


@pytest.mark.parametrize("path", ["", "overview", "people", "people?mission=M", "nowhere"])
def test_anonymous_sees_the_login_page_only(page: Any, served: Served, path: str) -> None:
    received: list[bytes] = []

    def listen(socket_: Any) -> None:
        socket_.on("framereceived", lambda data: received.append(bytes(data)))

    page.on("websocket", listen)
    page.goto(f"{served.address}/{path}")
    page.get_by_role("button", name="Log in").wait_for()
    page.wait_for_timeout(500)
    assert page.get_by_text("observers go").count() == 0
    assert page.get_by_text("Who may see it").count() == 0
    sent = b"".join(received)
    assert b"Log in" in sent
    assert b"observers go" not in sent
    assert b"Overview" not in sent
    assert CHIEF.encode() not in sent


def test_viewer_sees_and_cannot_save(page: Any, served: Served) -> None:
    log_in(page, served.address, "Vic@Example.org")
    page.get_by_text("Where observers go").wait_for()
    page.get_by_text("vic@example.org · viewer").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("ST-ACCESS").wait_for()
    assert page.get_by_text("saved: typed").count() == 0
    page.goto(f"{served.address}/people")
    page.get_by_text("ST-ACCESS").wait_for()
    assert page.get_by_text(CHIEF).count() == 0


def test_planner_saves_and_gives_no_roles(page: Any, served: Served) -> None:
    log_in(page, served.address, PIA)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("saved: typed").wait_for()
    page.goto(f"{served.address}/people")
    page.get_by_text("ST-ACCESS").wait_for()


def test_admin_gives_a_role_and_the_person_comes_in(
    browser: Any, page: Any, served: Served
) -> None:
    new = "new@example.org"
    log_in(page, served.address, CHIEF)
    page.get_by_text("Where observers go").wait_for()
    other = browser.new_context().new_page()
    log_in(other, served.address, new)
    other.get_by_text("UI-ROLE").wait_for(timeout=WAIT_MS)
    assert other.get_by_text("observers go").count() == 0
    page.goto(f"{served.address}/people")
    page.get_by_label("E-mail address").fill(new)
    page.get_by_role("button", name="Add a person").click()
    page.get_by_text("Added.").wait_for()
    other.reload()
    other.get_by_text("Where observers go").wait_for(timeout=WAIT_MS)
    other.context.close()


def test_unknown_person_is_refused_and_can_log_out(page: Any, served: Served) -> None:
    before = served.service.logged_out
    log_in(page, served.address, "stranger@example.org")
    page.get_by_text("UI-ROLE").wait_for()
    page.goto(f"{served.address}/people")
    page.get_by_text("UI-ROLE").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in").wait_for()
    assert served.service.logged_out == before + 1


def test_name_becomes_no_link_to_elsewhere(page: Any, served: Served) -> None:
    log_in(page, served.address, "www.evil.example@example.org")
    page.get_by_text("UI-ROLE").wait_for()
    assert page.get_by_text("evil.example@example.org").count() == 1
    assert page.locator("a[href^='http']").count() == 0


def test_unverified_address_is_refused(page: Any, served: Served) -> None:
    log_in(page, served.address, CHIEF, verified=False)
    page.get_by_text("AC-EMAIL").wait_for()
    assert page.get_by_text("observers go").count() == 0


def test_removed_person_is_out_at_the_next_click(page: Any, served: Served) -> None:
    leaver = "leaver@example.org"
    served.store.people.add(LOCAL_ADMIN, leaver, Role.PLANNER)
    log_in(page, served.address, leaver)
    page.get_by_role("button", name="Save").wait_for()
    served.store.people.remove(LOCAL_ADMIN, leaver, expected_version=_version(served.store, leaver))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("UI-ROLE").wait_for()
    assert page.get_by_text("observers go").count() == 0
    assert served.store.drafts.all(User(leaver, Role.VIEWER), "M") == {}


def test_forged_cookie_is_no_login(page: Any, served: Served) -> None:
    page.context.add_cookies(
        [{"name": "_streamlit_user", "value": "2|1:0|forged|x", "url": served.address}]
    )
    page.goto(served.address)
    page.get_by_role("button", name="Log in").wait_for()


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({}, True),
        ({"Host": "evil.example:80"}, False),
        ({"Origin": "http://evil.example"}, False),
    ],
)
def test_foreign_host_and_origin_get_no_connection(
    served: Served, headers: dict[str, str], accepted: bool
) -> None:
    host = served.address.removeprefix("http://")
    asked = {
        "Host": host,
        "Origin": f"http://{host}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    } | headers
    lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
    name, _colon, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=20) as connection:
        connection.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
        answer = connection.recv(100)
    assert (b" 101 " in answer) is accepted


@pytest.fixture(scope="module")
def dashboard(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001 - no browser, no server
    folder = tmp_path_factory.mktemp("real") / "kz"
    subprocess.run(tool("demo", "kazakhstan-2022", str(folder)), check=True)
    place = Home(folder).state
    place.mkdir()
    store = open_store(
        place / STORE_FILE, clock=lambda: datetime.now(UTC), new_id=lambda: uuid.uuid4().hex
    )
    store.people.seed([CHIEF])
    store.people.add(LOCAL_ADMIN, VIC, Role.VIEWER)
    with serving_with_login(folder) as (address, service):
        yield Served(address, store, service)
    store.close()


@pytest.mark.parametrize("path", ["", *views(), "plan?mission=kz&job=1", "areas?rev=1"])
def test_no_view_of_the_dashboard_is_open(page: Any, dashboard: Served, path: str) -> None:
    received: list[bytes] = []

    def listen(socket_: Any) -> None:
        socket_.on("framereceived", lambda data: received.append(bytes(data)))

    page.on("websocket", listen)
    page.goto(f"{dashboard.address}/{path}")
    page.get_by_role("button", name="Log in").wait_for()
    page.wait_for_timeout(500)
    sent = b"".join(received)
    assert b"Log in" in sent
    for word in (b"Kazakhstan", b"Observers", b"Calendar", CHIEF.encode()):
        assert word not in sent


def test_viewer_sees_every_view_until_the_role_is_taken(page: Any, dashboard: Served) -> None:
    log_in(page, dashboard.address, VIC)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Observers").wait_for()
    for path in views():
        page.goto(f"{dashboard.address}/{path}")
        page.locator("[data-testid='stMain'] h1").first.wait_for()
        assert page.get_by_text("UI-BUG").count() == 0
    dashboard.store.people.remove(LOCAL_ADMIN, VIC, expected_version=_version(dashboard.store, VIC))
    for path in views():
        page.goto(f"{dashboard.address}/{path}")
        page.get_by_text("UI-ROLE").wait_for()
