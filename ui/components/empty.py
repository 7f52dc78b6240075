"""Empty states: what is missing, and the way to it."""

import streamlit as st

from ui.components.links import link
from ui.state import Page
from ui.strings import _


def no_plan(page: Page) -> None:
    """Say that the mission has no plan yet, and lead to where one is made."""
    st.info(_("This mission has no plan yet. Bring your lists in, then make one:"))
    link("frame", _("1. Stations and districts"), ":material/where_to_vote:")
    link("observers", _("2. Observers (can follow later)"), ":material/badge:")
    link("plan", _("3. Plan"), ":material/play_circle:")
    st.caption(_("Mission {key}").format(key=page.folder.key))


def nothing(what: str, remedy: str) -> None:
    """Say that a part of the plan is empty, and what would fill it."""
    st.info(f"{what} {remedy}")
