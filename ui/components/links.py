"""Ways from one view to another that keep the session; a plain address would start a new one."""

from collections.abc import Mapping

import streamlit as st

PAGES = "pages"
Pages = Mapping[str, "st.Page"]


def remember(pages: Pages) -> None:
    """Keep the router's pages of this run, by the last part of their address."""
    st.session_state[PAGES] = dict(pages)


def link(name: str, label: str, icon: str | None = None, **query: str) -> None:
    """Draw a link to a view; ``query`` becomes part of its address, e.g. ``pair="STO-007"``."""
    page = st.session_state.get(PAGES, {}).get(name)
    if page is None:
        # A view that is drawn without the router (in a test) has nowhere to lead to.
        st.caption(label)
        return
    st.page_link(page, label=label, icon=icon, query_params=query or None)


def go(name: str, **query: str) -> None:
    """Leave for a view at once."""
    page = st.session_state.get(PAGES, {}).get(name)
    if page is None:
        st.rerun()
    st.switch_page(page, query_params=query or None)
