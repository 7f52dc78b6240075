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


def choose_language(
    place: DeltaGenerator | None = None, environ: Mapping[str, str] = os.environ
) -> str:
    """Draw the choice of language, set the language of this run, and return its code.

    To be called once at the start of each run, before any other text is made.

    Parameters
    ----------
    place
        Where the choice is drawn; the page itself if None.
    environ
        Environment of the server; ``MISSION_PLANNER_LANG`` stands behind the browser's language.
    """
    guess = guessed_language(st.context.locale, environ)
    use_language(_session_language() or st.query_params.get(KEY) or guess)
    options = languages()
    if len(options) == 1:
        return use_language(SOURCE)
    chosen = (place or st).selectbox(
        _("Language"),
        options,
        index=options.index(guess),
        format_func=lambda code: NAMES.get(code, code),
        key=KEY,
        bind="query-params",
        persist_state="session",
        icon=":material/language:",
        label_visibility="collapsed",
    )
    return use_language(chosen)


def guessed_language(browser: str | None, environ: Mapping[str, str]) -> str:
    """Return the language of who has chosen none: the browser's, the server's, English."""
    return known(browser) or known(environ.get(VARIABLE)) or SOURCE


def _session_language() -> str | None:
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen = st.session_state.get(KEY)
    return chosen if isinstance(chosen, str) else None


ask_when_unset(_session_language)
