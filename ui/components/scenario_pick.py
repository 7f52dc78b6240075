"""Which points are compared: chosen from all runs of the mission, named in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from planner.scenario.document import Scenario
from planner.scenario.point import Point
from planner.workspace.simulation import SimulationRun
from ui.components.address import tell
from ui.components.scenario_results import RUN, points_of
from ui.components.scenario_words import point_name
from ui.state import Page
from ui.strings import _

POINTS = "points"
MOST_RUNS, MOST_POINTS = 20, 6
KEY = "scn-points"


@dataclass(frozen=True)
class Picked:
    """A point with the run that it comes from."""

    id: str
    run: str
    label: str
    scenario: Scenario
    point: Point


def pick_points(page: Page, runs: tuple[SimulationRun, ...]) -> list[Picked]:
    """Draw the choice; return the points in the order in which they were chosen."""
    known = planned_points(page, runs)
    if len(known) < 2:
        st.info(_("There are not two planned scenarios yet. Build one and run it."))
        return []
    _take(known, st.query_params.get(RUN))
    st.multiselect(
        _("Scenarios to compare; the first is what the others are compared with"),
        list(known),
        format_func=lambda name: known[name].label if name in known else name,
        key=KEY,
        max_selections=MOST_POINTS,
        placeholder=_("choose"),
    )
    chosen = [known[name] for name in st.session_state[KEY] if name in known]
    tell(KEY, POINTS, ",".join(one.id for one in chosen) or None)
    if len(chosen) < 2:
        st.info(_("Choose at least two scenarios."))
        return []
    return chosen


def planned_points(page: Page, runs: tuple[SimulationRun, ...]) -> dict[str, Picked]:
    """Return the planned points of the newest runs by ``run.key``."""
    found: dict[str, Picked] = {}
    for run in runs[:MOST_RUNS]:
        points = points_of(page, run)
        seeds = len({one.scenario.seed for one in points}) > 1
        for one in points:
            if one.point is None or one.point.status != "planned":
                continue
            name = f"{run.id}.{one.key}"
            label = point_name(one.point, seeds=seeds)
            if len(runs) > 1:
                label += f" · {run.order.at:%d.%m. %H:%M}"
            found[name] = Picked(name, run.id, label, one.scenario, one.point)
    return found


def _take(known: Mapping[str, Picked], run: str | None) -> None:
    """Bring what the address names, or the first two points of the run at hand."""
    asked = st.query_params.get(POINTS)
    seen = st.session_state.get(f"{KEY}-seen")
    if asked and (asked != seen or KEY not in st.session_state):
        named = [name for name in asked.split(",") if name in known][:MOST_POINTS]
        if named:
            st.session_state[KEY] = named
            return
    if KEY in st.session_state:
        st.session_state[KEY] = [name for name in st.session_state[KEY] if name in known]
        return
    own = [name for name, one in known.items() if one.run == run] or list(known)
    first = known[own[0]].run
    st.session_state[KEY] = [name for name in own if known[name].run == first][:2]


def names_of(picked: list[Picked]) -> list[str]:
    """Return names that tell the points apart, each with a letter of its own."""
    return [f"{chr(65 + place)} · {point_name(one.point)}" for place, one in enumerate(picked)]
