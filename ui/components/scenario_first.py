"""The empty state of scenarios: what they are for, and three questions to begin with."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from planner.domain.mission_input import MissionInput
from ui.components.links import go
from ui.components.scenario_draft import begin_preset
from ui.state import Page
from ui.strings import _

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def first_questions(page: Page, mission: MissionInput) -> None:
    """Draw what scenarios are for, and the three questions."""
    st.info(
        _(
            "Try the mission out before anyone travels: change numbers, delivery, roads or rules, "
            "and see what would be observed, how precisely, and at what cost. Each scenario is "
            "planned in full and judged by the referee; the mission itself stays as it is."
        )
    )
    if not page.may_plan:
        return
    left, middle, right = st.columns(3)
    _question(left, _("What would 50 more STOs buy?"), "50", _preset(page, mission, "50-more-stos"))
    _question(middle, _("What if only 80 % arrive?"), "80", _preset(page, mission, "delivery-80"))
    if right.button(
        _("How many pairs for the count to ±5 points?"),
        key="scn-first-target",
        width="stretch",
        icon=":material/help:",
    ):
        go("scenarios", part="target", counting="5")


def _question(place: "DeltaGenerator", words: str, name: str, take: Callable[[], None]) -> None:
    place.button(
        words, key=f"scn-first-{name}", on_click=take, width="stretch", icon=":material/help:"
    )


def _preset(page: Page, mission: MissionInput, key: str) -> Callable[[], None]:
    return lambda: begin_preset(page, mission, key)
