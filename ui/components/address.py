"""Choices that stand in the page's address by their own value, whatever the language shows.

Streamlit's own binding writes the label that a person sees, which differs by language and cannot be
written by a link.
"""

from collections.abc import Callable, Collection

import streamlit as st


def take(
    key: str,
    name: str,
    options: Collection[str],
    default: str | None,
    unsaid: str | None = None,
) -> None:
    """Give a widget, before it is drawn, the value that the address names.

    A value that was chosen on the page stays until the address names another one (a link within
    the dashboard, or the browser's way back).

    Parameters
    ----------
    key
        Key of the widget.
    name
        Name in the address.
    options
        What may be chosen.
    default
        Chosen where the address names nothing known, and where what was chosen is gone.
    unsaid
        What an address without the name asks for; None: nothing.
    """
    asked, seen = st.query_params.get(name, unsaid), st.session_state.get(_seen(key))
    if asked in options and (asked != seen or key not in st.session_state):
        st.session_state[key] = asked
    elif key not in st.session_state or (
        st.session_state[key] not in options and st.session_state[key] != default
    ):
        st.session_state[key] = default


def tell(key: str, name: str, value: str | None, silent: str | None = None) -> None:
    """Write what is chosen to the address; ``silent`` (and nothing) is left out of it."""
    st.session_state[_seen(key)] = value
    if value is None or value == silent:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def noted(key: str, value: str) -> None:
    """Note what is chosen where the address says it without a word, and leave the address alone.

    Writing it there would be a step in the browser's history that the way back leads to again and
    again.
    """
    st.session_state[_seen(key)] = value


def in_address(key: str, options: Collection[str], default: str | None) -> Callable[[], None]:
    """Do both for a widget whose key is its name in the address; return its ``on_change``.

    The default does not stand in the address.
    """
    take(key, key, options, default)

    def keep() -> None:
        tell(key, key, st.session_state[key], default)

    return keep


def _seen(key: str) -> str:
    return f"{key}-seen"
