"""The choice of language on a page: a person's own, the address, the browser, the server's."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.language import KEY, guessed_language


def _script(variable: str = "") -> None:
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from ui.language import choose_language  # noqa: PLC0415 - runs as a script of its own
    from ui.strings import _  # noqa: PLC0415 - runs as a script of its own

    st.caption(choose_language(environ={"MISSION_PLANNER_LANG": variable}))
    st.title(_("Areas"))
    st.fragment(lambda: st.button(_("Pairs"), on_click=lambda: st.toast(_("Stages"))))()


def _page(variable: str = "") -> AppTest:
    return AppTest.from_function(_script, default_timeout=60, kwargs={"variable": variable})


def test_english_without_any_wish() -> None:
    page = _page().run()
    assert page.caption[0].value == "en"
    assert page.title[0].value == "Areas"


def test_a_choice_holds_and_goes_back() -> None:
    page = _page().run()
    page.selectbox(key=KEY).set_value("ru").run()
    assert page.title[0].value == "Зоны"
    page.button[0].click().run()
    assert page.title[0].value == "Зоны"
    assert page.button[0].label == "Пары"
    assert page.toast[0].value == "Этапы"
    page.selectbox(key=KEY).set_value("en").run()
    assert page.title[0].value == "Areas"


def test_a_link_carries_its_language() -> None:
    page = _page()
    page.query_params[KEY] = "ru"
    page.run()
    assert not page.exception
    assert page.title[0].value == "Зоны"
    assert page.selectbox(key=KEY).value == "ru"


def test_a_link_with_an_unknown_language_is_english() -> None:
    page = _page()
    page.query_params[KEY] = "klingon"
    page.run()
    assert not page.exception
    assert page.title[0].value == "Areas"


def test_the_server_has_a_language() -> None:
    assert _page("ru_RU.UTF-8").run().title[0].value == "Зоны"


@pytest.mark.parametrize(
    ("browser", "variable", "language"),
    [
        ("ru-RU", "en", "ru"),
        ("de-DE", "ru", "ru"),
        ("en-US", "ru", "en"),
        (None, "ru", "ru"),
        ("de", "", "en"),
    ],
)
def test_the_browser_comes_before_the_server(browser: str, variable: str, language: str) -> None:
    assert guessed_language(browser, {"MISSION_PLANNER_LANG": variable}) == language
