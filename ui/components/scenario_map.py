"""Two scenarios on the map: areas, pairs of each area, and where teams sleep."""

import streamlit as st

from planner.compare import PlanChange, compare_plans
from planner.errors import PlannerError
from planner.export.view import PlanView
from planner.scenario.document import Scenario
from ui.components.area_borders import AREA_LINE
from ui.components.boundary import show_error
from ui.components.change_table import areas_table
from ui.components.deck import show_deck
from ui.components.legend import legend
from ui.components.scenario_deck import FEWER, MORE, MOVED, scenario_deck
from ui.components.scenario_pick import Picked, names_of
from ui.state import KEPT, Page, Shown
from ui.strings import _


def map_beside(page: Page, picked: list[Picked]) -> None:
    """Draw what differs between two of the chosen scenarios."""
    st.subheader(_("Areas and pairs on the map"))
    names = dict(zip((one.id for one in picked), names_of(picked), strict=True))
    known = {one.id: one for one in picked}
    left, right = st.columns(2)
    with left:
        first = _one(_("Old"), "scn-map-old", names, 0)
    with right:
        second = _one(_("New"), "scn-map-new", names, 1)
    if first == second:
        st.info(_("Choose two different scenarios."))
        return
    try:
        old, new = (_shown_of(page, known[name]) for name in (first, second))
    except PlannerError as error:
        show_error(error)
        return
    change = _change(old, new, f"{old.digest} {new.digest}")
    if new.polygons:
        words = (
            _("{area}: {old} → {new} STO pairs"),
            _("was in {old}, is in {new}"),
        )
        show_deck(
            scenario_deck(old, new, change, f"{old.digest} {new.digest}", words),
            _("Map of the areas by how many STO pairs more or fewer they have; the table says it."),
        )
        legend(
            [
                ("■", MORE, _("more STO pairs")),
                ("■", FEWER, _("fewer STO pairs")),
                ("□", MOVED, _("district that has another area")),
                ("▬", AREA_LINE, _("border of the new areas")),
            ]
        )
    areas_table(old, new, change)


def _one(label: str, key: str, names: dict[str, str], usual: int) -> str:
    if key in st.session_state and st.session_state[key] not in names:
        del st.session_state[key]
    chosen = st.selectbox(
        label, list(names), index=usual, format_func=lambda name: names.get(name, name), key=key
    )
    return str(chosen)


def _shown_of(page: Page, one: Picked) -> Shown:
    with st.spinner(_("Reading the plan of the scenario …"), show_time=False):
        return _load(page, one.run, one.scenario, one.id)


@st.cache_resource(max_entries=2 * KEPT, show_spinner=False)
def _load(_page: Page, _run: str, _scenario: Scenario, key: str) -> Shown:  # noqa: ARG001 - the key
    found = _page.workspace.simulations.content(_page.user, _run, _scenario)
    view = PlanView(found.mission, found.plan)
    return Shown(0, found.plan_hash, view, found.verdict, found.travel, found.polygons)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _change(_old: Shown, _new: Shown, digests: str) -> PlanChange:  # noqa: ARG001 - the key
    return compare_plans(_old.view.plan, _new.view.plan)
