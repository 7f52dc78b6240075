"""The parts of a view: one is drawn at a time, and its name stands in the address."""

from collections.abc import Mapping

import streamlit as st

PART = "part"


def choose_part(view: str, parts: Mapping[str, str], implied: str | None = None) -> str:
    """Draw the choice between the parts of a view, and return the name of the chosen one.

    The name stands in the address as ``part=…``, in every language the same; a bound widget would
    write the translated label there.

    Parameters
    ----------
    view
        Name of the view; keeps its choice apart from other views'.
    parts
        Labels by name; the first is drawn if nothing else is asked for.
    implied
        The part that an address without ``part`` means.
    """
    key, seen = f"{view}-{PART}", f"{view}-{PART}-seen"
    asked = st.query_params.get(PART, implied)
    if asked in parts and (asked != st.session_state.get(seen) or key not in st.session_state):
        st.session_state[key] = asked
    elif st.session_state.get(key) not in parts:
        st.session_state[key] = next(iter(parts))
    chosen = st.segmented_control(
        PART,
        list(parts),
        key=key,
        format_func=lambda name: parts[name],
        label_visibility="collapsed",
        required=True,
    )
    name = chosen or next(iter(parts))
    st.session_state[seen] = name
    if st.query_params.get(PART) != name:
        st.query_params[PART] = name
    return name
