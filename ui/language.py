"""Which language a person reads: their own choice, the address, the browser, the server's."""

import os
from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.strings import SOURCE, _, ask_when_unset, known, languages, use_language

KEY = "lang"
"""In the session and in the address: a link can carry its language."""
VARIABLE = "MISSION_PLANNER_LANG"
NAMES = {"en": "English", "ru": "Русский"}
"""Each language by its own name, so that it is found by who cannot read the present one."""


def settle_language(environ: Mapping[str, str] = os.environ) -> str:
    """Set the language of this run without drawing anything, and return its code.

    To be called before the first text of a run is made, such as the title of the browser's tab.

    Parameters
    ----------
    environ
        Environment of the server; ``MISSION_PLANNER_LANG`` stands behind the browser's language.
    """
    if known(_session_language()) is None:
        linked = known(st.query_params.get(KEY))
        st.session_state[KEY] = linked or guessed_language(st.context.locale, environ)
    return use_language(_session_language())


def choose_language(
    place: DeltaGenerator | None = None, environ: Mapping[str, str] = os.environ
) -> str:
    """Settle the language of this run, draw the choice of another one, and return its code.

    Parameters
    ----------
    place
        Where the choice is drawn; the page itself if None.
    environ
        As in :func:`settle_language`.
    """
    settle_language(environ)
    chosen = (place or st).selectbox(
        _("Language"),
        languages(),
        format_func=lambda code: NAMES.get(code, code),
        key=KEY,
        persist_state="session",
        icon=":material/language:",
        label_visibility="collapsed",
    )
    _write_address(chosen if chosen != guessed_language(st.context.locale, environ) else None)
    return use_language(chosen)


def guessed_language(browser: str | None, environ: Mapping[str, str]) -> str:
    """Return the language of who has chosen none: the browser's, the server's, English."""
    return known(browser) or known(environ.get(VARIABLE)) or SOURCE


def _write_address(language: str | None) -> None:
    """Put a language that was chosen into the address, so that a copied link carries it.

    A bound widget would do so too, but with the language's name where its code belongs.
    """
    if language is None:
        st.query_params.pop(KEY, None)
    elif st.query_params.get(KEY) != language:
        st.query_params[KEY] = language


def _session_language() -> str | None:
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen = st.session_state.get(KEY)
    return chosen if isinstance(chosen, str) else None


ask_when_unset(_session_language)
