"""A legend in words and signs; everything that is not a constant is escaped."""

import html
from collections.abc import Iterable

import streamlit as st


def legend(entries: Iterable[tuple[str, str, str]]) -> None:
    """Show a line of signs.

    Parameters
    ----------
    entries
        Sign (one character), colour (``#RRGGBB``) and label of each.
    """
    signs = "".join(
        '<span style="margin-right:1.2em;display:inline-block">'
        f'<span style="color:{html.escape(colour)};font-size:1.2em">{html.escape(sign)}</span> '
        f"{html.escape(label)}</span>"
        for sign, colour, label in entries
    )
    st.html(f'<div style="font-size:0.85rem;line-height:1.9">{signs}</div>')
