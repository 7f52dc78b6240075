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


def no_stations(page: Page) -> bool:
    """Say so if the mission has no list of stations yet: that is a beginning, not a fault."""
    if any(page.folder.path.glob("stations.*")):
        return False
    st.info(_("This mission has no stations yet. Bring their list in; districts follow from it."))
    return True


def nothing(what: str, remedy: str) -> None:
    """Say that a part of the plan is empty, and what would fill it."""
    st.info(f"{what} {remedy}")


def first_steps(page: Page) -> None:
    """Lead a first-time visitor: what is here, and what to do next."""
    has_plan = page.number is not None
    with st.expander(
        _("New here? Five minutes through this mission"),
        icon=":material/explore:",
        expanded=not has_plan,
    ):
        if has_plan:
            st.markdown(
                _(
                    "This mission is planned: who leads where, who goes with whom, and which "
                    "stations each pair visits on election day. Walk through it in this order:"
                )
            )
            link("areas", _("1. Areas: does each LTO team lead a fair share?"), ":material/map:")
            link("pairs", _("2. Pairs: who goes with whom, and why?"), ":material/group:")
            link(
                "election_day",
                _("3. Election day: walk through one pair's day"),
                ":material/schedule:",
            )
            link(
                "plan",
                _("4. Plan: settle something you want otherwise, and plan again"),
                ":material/play_circle:",
            )
            link("compare", _("5. Compare: see what moved"), ":material/compare_arrows:")
            link(
                "hand_out", _("6. Hand out: take the workbook and the maps"), ":material/download:"
            )
        else:
            st.markdown(_("This mission has no plan yet. Three steps lead to one:"))
            link(
                "frame", _("1. Frame: bring in stations and districts"), ":material/where_to_vote:"
            )
            link(
                "observers",
                _("2. Observers: bring in the roster, or plan with numbers first"),
                ":material/badge:",
            )
            link("plan", _("3. Plan"), ":material/play_circle:")
