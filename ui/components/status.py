"""What stands above a plan: is it the newest, is it still true, does the referee pass it."""

import streamlit as st

from ui.components.links import link
from ui.state import Page
from ui.strings import _, n_


def plan_status(page: Page) -> None:
    """Say in one line which plan is shown, and what a person should know before using it."""
    verdict = page.shown.verdict
    if not page.latest:
        st.info(
            _("You look at revision {number}; the newest is {head}.").format(
                number=page.number, head=page.head
            ),
            icon=":material/history:",
        )
    elif page.outdated:
        st.warning(
            _("The mission or its decisions have changed since this plan was made."),
            icon=":material/update:",
        )
        link("plan", _("Plan again"), ":material/play_circle:")
    if not verdict.passed:
        count = len(verdict.hard)
        st.error(
            n_(
                "The referee refuses this plan: {n} broken rule.",
                "The referee refuses this plan: {n} broken rules.",
                count,
            ).format(n=count)
        )
