"""The parts of a view: one is drawn at a time, and its name stands in the address."""

from collections.abc import Mapping

import streamlit as st

from ui.components.address import noted, take, tell

PART = "part"


def choose_part(view: str, parts: Mapping[str, str], implied: str | None = None) -> str:
    """Draw the choice between the parts of a view, and return the name of the chosen one.

    The name stands in the address as ``part=…``, in every language the same.

    Parameters
    ----------
    view
        Name of the view; keeps its choice apart from other views'.
    parts
        Labels by name; the first is drawn if nothing else is asked for.
    implied
        The part that an address without ``part`` means.
    """
    key = f"{view}-{PART}"
    first = next(iter(parts))
    unsaid = implied if implied is not None and implied in parts else first
    take(key, PART, parts, first, unsaid)
    chosen = st.segmented_control(
        PART,
        list(parts),
        key=key,
        format_func=lambda name: parts[name],
        label_visibility="collapsed",
        required=True,
    )
    name = chosen or first
    if name == unsaid and PART not in st.query_params:
        noted(key, name)
    else:
        tell(key, PART, name)
    return name
