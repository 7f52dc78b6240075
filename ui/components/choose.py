"""A choice of one record that stands in the address by its id, whatever its label says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def choose(
    view: str,
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    placeholder: str,
    place: "DeltaGenerator | None" = None,
) -> str | None:
    """Draw the choice, and return the id that is chosen, or None.

    The id stands in the address as ``name=id``; a bound widget would write the label there, which
    changes with the language.

    Parameters
    ----------
    view
        Keeps the choice apart from those of other views.
    options
        Labels by id.
    place
        Where to draw it.
    """
    key, seen = key_of(view, name), f"{view}-{name}-seen"
    asked = st.query_params.get(name)
    if asked in options and (asked != st.session_state.get(seen) or key not in st.session_state):
        st.session_state[key] = asked
    elif st.session_state.get(key) not in options:
        st.session_state[key] = None
    chosen = (place or st).selectbox(
        label,
        list(options),
        index=None,
        placeholder=placeholder,
        format_func=lambda each: options.get(each, each),
        key=key,
    )
    st.session_state[seen] = chosen
    if chosen is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != chosen:
        st.query_params[name] = chosen
    return chosen


def key_of(view: str, name: str) -> str:
    """Return the key that a callback sets to choose a record, as a click on a map does."""
    return f"{view}-{name}"
