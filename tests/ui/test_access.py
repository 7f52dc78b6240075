"""Who is let in, on what the login service says and what the store's table says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from planner.access.config import AUTH_VARIABLE, USER_VARIABLE
from planner.store.access import Role
from planner.store.open import Store
from tests.access.test_config import auth_file
from tests.store.made import ADMIN, opened

CHIEF, VIC = "chief@example.org", "vic@example.org"
NOW_S = 1_664_582_400
"""The first instant of the store's clock in these tests."""


def _page(store: object) -> None:
    import streamlit as page  # noqa: PLC0415 - runs as a script of its own

    from planner.store.access import Role as Least  # noqa: PLC0415 - as above
    from ui.access import account, current_user, require  # noqa: PLC0415 - as above
    from ui.components.boundary import boundary  # noqa: PLC0415 - as above

    user = current_user(store)
    account(user)
    page.title("secret content")

    def deed() -> None:
        with boundary():
            require(Least.PLANNER, "save a plan")
            page.session_state["saved"] = True

    page.button("Save", on_click=deed)


def _panel(store: object) -> None:
    from ui.access import current_user  # noqa: PLC0415 - runs as a script of its own
    from ui.components.boundary import boundary  # noqa: PLC0415 - as above
    from ui.components.people import people_panel  # noqa: PLC0415 - as above

    user = current_user(store)
    with boundary():
        people_panel(store, user)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = opened(tmp_path / "store.db")
    yield found
    found.close()
    st.cache_resource.clear()


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTH_VARIABLE, str(auth_file(tmp_path)))


def _claims(email: str, **more: object) -> dict[str, Any]:
    return {"is_logged_in": True, "email": email, "sub": "7", "iat": NOW_S, **more}


def _run(store: Store, claims: dict[str, Any] | None = None, script: Any = _page) -> AppTest:
    page = AppTest.from_function(script, default_timeout=30, kwargs={"store": store})
    page.user = {"is_logged_in": False} if claims is None else claims
    return page.run()


def _let_in(page: AppTest) -> bool:
    assert not page.exception
    return any(title.value == "secret content" for title in page.title)


def _button(page: AppTest, label: str) -> Any:
    return next(button for button in page.button if button.label == label)


def test_person_at_this_machine_is_an_admin_with_a_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(USER_VARIABLE, "Ada *L*")
    monkeypatch.delenv(AUTH_VARIABLE, raising=False)
    page = _run(store)
    assert _let_in(page)
    assert page.caption[0].value == r"Ada \*L\* · admin"
    assert [button.label for button in page.button] == ["Save"]
    _button(page, "Save").click().run()
    assert page.session_state["saved"]


def test_account_without_a_name_is_let_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    monkeypatch.delenv(USER_VARIABLE, raising=False)
    assert "local user" in _run(store).caption[0].value


def test_address_for_others_without_a_login_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.headers", {"Host": "x:8501"})
    page = _run(store)
    assert not _let_in(page)
    assert "UI\\-ADDRESS" in page.error[0].value


@pytest.mark.usefixtures("login")
def test_anonymous_sees_the_login_page_only(store: Store) -> None:
    page = _run(store)
    assert not _let_in(page)
    assert [button.label for button in page.button] == ["Log in"]


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("said", [None, "true", 1, False])
def test_only_a_true_login_counts(store: Store, said: object) -> None:
    assert not _let_in(_run(store, _claims(CHIEF, is_logged_in=said)))


@pytest.mark.usefixtures("login")
def test_admin_of_the_auth_file_is_let_in(store: Store) -> None:
    page = _run(store, _claims("Chief@Example.org", email_verified=True))
    assert _let_in(page)
    assert page.caption[0].value.endswith("admin")
    assert {button.label for button in page.button} == {"Log out", "Save"}


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize(
    ("claims", "code"),
    [
        (_claims(VIC), "UI\\-ROLE"),
        (_claims(CHIEF, email_verified=False), "AC\\-EMAIL"),
        (_claims("", sub=CHIEF), "UI\\-ROLE"),
        (_claims("", sub=None), "AC\\-PERSON"),
    ],
)
def test_others_are_refused_and_can_log_out(
    store: Store, claims: dict[str, Any], code: str
) -> None:
    page = _run(store, claims)
    assert not _let_in(page)
    assert code in page.error[0].value
    assert [button.label for button in page.button] == ["Log out"]


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("issued", [NOW_S - 90_000, None, "now", True])
def test_old_login_is_asked_for_again(store: Store, issued: object) -> None:
    page = _run(store, _claims(CHIEF, iat=issued))
    assert not _let_in(page)
    assert "24 hours" in page.info[0].value


@pytest.mark.usefixtures("login")
def test_role_that_is_taken_counts_at_the_next_deed(store: Store) -> None:
    person = store.people.add(ADMIN, VIC, Role.PLANNER)
    page = _run(store, _claims(VIC))
    assert _let_in(page)
    person = store.people.change(ADMIN, VIC, Role.VIEWER, expected_version=person.version)
    _button(page, "Save").click().run()
    assert "ST\\-ACCESS" in page.error[0].value
    assert "saved" not in page.session_state
    assert _let_in(page)
    store.people.seed([CHIEF])
    store.people.remove(ADMIN, VIC, expected_version=person.version)
    _button(page, "Save").click().run()
    assert not _let_in(page)
    assert "saved" not in page.session_state


def test_faulty_auth_file_lets_nobody_in(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(AUTH_VARIABLE, str(auth_file(tmp_path, client_id=None)))
    page = _run(store, _claims(CHIEF))
    assert not _let_in(page)
    assert page.error


@pytest.mark.usefixtures("login")
def test_admin_adds_changes_and_removes(store: Store) -> None:
    page = _run(store, _claims(CHIEF), _panel)
    page.text_input(key="people_new").set_value("Vic@example.org")
    _button(page, "Add a person").click().run()
    assert store.people.role_of(VIC) is Role.VIEWER
    page.selectbox(key="people_name").set_value(VIC).run()
    role = next(box for box in page.selectbox if box.label == "New role")
    role.set_value(Role.PLANNER).run()
    page.button(key="people_change").click().run()
    assert store.people.role_of(VIC) is Role.PLANNER
    page.button(key="people_remove").click().run()
    assert store.people.role_of(VIC) is None
    assert not page.exception
    page.button(key="people_remove").click().run()
    assert store.people.role_of(CHIEF) is Role.ADMIN
    assert "ST\\-LAST" in page.error[0].value


@pytest.mark.usefixtures("login")
def test_what_another_admin_changed_is_not_overwritten(store: Store) -> None:
    seen = store.people.add(ADMIN, VIC, Role.PLANNER)
    page = _run(store, _claims(CHIEF), _panel)
    page.selectbox(key="people_name").set_value(VIC).run()
    store.people.change(ADMIN, VIC, Role.VIEWER, expected_version=seen.version)
    page.button(key="people_remove").click().run()
    assert store.people.role_of(VIC) is Role.VIEWER
    assert "ST\\-CHANGED" in page.error[0].value


@pytest.mark.usefixtures("login")
def test_wrong_address_stays_to_be_mended(store: Store) -> None:
    page = _run(store, _claims(CHIEF), _panel)
    page.text_input(key="people_new").set_value("vic")
    _button(page, "Add a person").click().run()
    assert "AC\\-PERSON" in page.error[0].value
    assert page.text_input(key="people_new").value == "vic"


@pytest.mark.usefixtures("login")
def test_panel_is_for_admins(store: Store) -> None:
    store.people.add(ADMIN, VIC, Role.PLANNER)
    page = _run(store, _claims(VIC), _panel)
    assert "ST\\-ACCESS" in page.error[0].value
    assert CHIEF not in str(page.dataframe)


def test_panel_without_a_login_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(AUTH_VARIABLE, raising=False)
    page = _run(store, None, _panel)
    assert "There is no login" in page.info[0].value
