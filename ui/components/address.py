"""Choices that stand in the page's address by their own value, whatever the language shows."""

from collections.abc import Callable, Collection

import streamlit as st


def in_address(key: str, options: Collection[str], default: str | None) -> Callable[[], None]:
    """Give a widget the value that the address names; return its ``on_change``.

    Streamlit's own binding writes the label that a person sees, which differs by language and
    cannot be written by a link.

    Parameters
    ----------
    key
        Key of the widget, and name in the address.
    options
        What may be chosen.
    default
        Chosen where the address names nothing known; it does not stand in the address.
    """
    if key not in st.session_state:
        named = st.query_params.get(key)
        st.session_state[key] = named if named in options else default
    elif st.session_state[key] not in options and st.session_state[key] != default:
        # What was chosen is no longer there, e.g. a district of an older list.
        st.session_state[key] = default

    def keep() -> None:
        value = st.session_state[key]
        if value is None or value == default:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = value

    return keep
