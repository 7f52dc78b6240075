"""Frame: stations and districts of the mission as it stands."""

import streamlit as st

from ui.state import Page
from ui.strings import _


def show(page: Page) -> None:
    """Draw the view."""
    mission = page.loaded.mission_input
    st.metric(_("Stations"), f"{len(mission.stations):,}")
