"""A choice of one record that stands in the address by its id, whatever its label says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from ui.components.address import take, tell

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

    The id stands in the address as ``name=id``.

    Parameters
    ----------
    view
        Keeps the choice apart from those of other views.
    options
        Labels by id.
    place
        Where to draw it.
    """
    key = key_of(view, name)
    take(key, name, options, None)
    chosen = (place or st).selectbox(
        label,
        list(options),
        index=None,
        placeholder=placeholder,
        format_func=lambda each: options.get(each, each),
        key=key,
    )
    tell(key, name, chosen)
    return chosen


def key_of(view: str, name: str) -> str:
    """Return the key that a callback sets to choose a record, as a click on a map does."""
    return f"{view}-{name}"
