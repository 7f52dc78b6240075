"""Decisions that a person has composed on a page, without those that stand already."""

from collections.abc import Sequence

import streamlit as st

from planner.domain.decision import Decision
from planner.domain.mission_input import MissionInput
from planner.workspace.decisions_file import meaning
from ui.components.decide import decide
from ui.state import Page
from ui.strings import _


def settle(page: Page, field: str, decisions: Sequence[Decision], what: str) -> None:
    """Draw reason and button for what is not decided yet; say so where all of it is.

    Parameters
    ----------
    field
        Names the form within the mission.
    decisions
        What would be settled; empty: nothing is chosen yet, and the button waits.
    what
        The decision in words, as markdown.
    """
    standing = {meaning(stored.decision) for stored in page.decisions}
    fresh = [each for each in decisions if meaning(each) not in standing]
    if decisions and not fresh:
        st.info(_("This is decided already; it binds the next plan."))
        return
    decide(page, field, fresh, what)


def bound_mission(page: Page) -> MissionInput:
    """Return the mission of the plan that is shown, with the decisions of the next plan."""
    return page.shown.view.mission.model_copy(
        update={"decisions": tuple(stored.decision for stored in page.decisions)}
    )
