"""Scenarios: build one, run it, compare what comes of it, and make it the mission's own."""

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.scenario.point import Point
from planner.workspace.scenarios import RunPoint
from planner.workspace.simulation import SimulationRun
from ui.components.boundary import boundary, show_error
from ui.components.choose import choose
from ui.components.links import link
from ui.components.part import choose_part
from ui.components.scenario_adopt import adopt
from ui.components.scenario_ask import run_box
from ui.components.scenario_brief import briefing_files
from ui.components.scenario_builder import builder
from ui.components.scenario_changes import changes_panel
from ui.components.scenario_charts import expected_bars
from ui.components.scenario_compare import cost_beside, figures_beside, precision_beside
from ui.components.scenario_curve import curve_part
from ui.components.scenario_draft import begin, changed_paths, work
from ui.components.scenario_first import first_questions
from ui.components.scenario_frontier import frontier_part
from ui.components.scenario_map import map_beside
from ui.components.scenario_pick import pick_points
from ui.components.scenario_results import choose_run, downloads, points_of, table_of_run
from ui.components.scenario_run_panel import run_panel
from ui.components.scenario_saved import name_and_question, saved_list
from ui.components.scenario_target_answer import answer_panel
from ui.components.scenario_target_form import target_form
from ui.components.text import plain
from ui.state import Page
from ui.strings import _


def show(page: Page) -> None:
    """Draw the view."""
    digest = page.workspace.digest(page.folder)
    try:
        mission = page.loaded.mission_input
    except PlannerError as error:
        show_error(error)
        link("frame", _("Bring in stations and districts"), ":material/where_to_vote:")
        return
    runs = page.workspace.simulations.runs(page.user, page.folder.id)
    parts = {
        "build": _("Build"),
        "results": _("Results"),
        "compare": _("Compare"),
        "curve": _("What one more pair buys"),
        "frontier": _("Frontier"),
        "target": _("Target"),
    }
    part = choose_part("scenarios", parts, "results" if "run" in st.query_params else None)
    if part == "build":
        _build(page, mission, digest, first=not runs)
    elif part == "results":
        run = choose_run(runs)
        if run is not None:
            _results(page, mission, digest, run)
    elif part == "compare":
        _compare(page, runs)
    elif part == "target":
        _target(page, mission, runs)
    else:
        run = choose_run(runs)
        if run is not None:
            found = points_of(page, run)
            st.markdown(f"##### {plain(run.order.request.title)}")
            if part == "curve":
                curve_part(run, found)
            else:
                frontier_part(found)
            downloads(_planned(found), f"scenarios-{run.id[:8]}")


def _build(page: Page, mission: MissionInput, digest: str, *, first: bool) -> None:
    stored = page.workspace.store.scenarios.all(page.user, page.folder.id)
    if first and not stored:
        first_questions(page, mission)
    saved_list(page, stored)
    now = work(page)
    left, right = st.columns([3, 2], gap="large")
    with left:
        builder(page, mission, now.scenario)
    with right:
        name_and_question(page, mission, now)
        possible = changes_panel(page, mission, now.scenario)
        run_box(page, mission, now.scenario, stored, possible=possible)
        if possible and changed_paths(now.scenario):
            adopt(page, mission, now.scenario, digest, "build")


def _results(page: Page, mission: MissionInput, digest: str, run: SimulationRun) -> None:
    with st.container(border=True), boundary():
        run_panel(page, run)
    table_of_run(page, run)
    found = points_of(page, run)
    downloads(_planned(found), f"scenarios-{run.id[:8]}")
    _one(page, mission, digest, found)


def _one(page: Page, mission: MissionInput, digest: str, found: tuple[RunPoint, ...]) -> None:
    """Draw what can be done with one scenario of the run."""
    if not page.may_plan or not found:
        return
    known = {one.key: one for one in found}
    chosen = choose(
        "scenarios",
        "scenario",
        _("Go on with a scenario of this run"),
        {key: one.scenario.name for key, one in known.items()},
        placeholder=_("choose one"),
    )
    if chosen is None:
        return
    scenario = known[chosen].scenario
    st.button(
        _("Open it in the form"),
        key="scn-open-point",
        icon=":material/edit:",
        on_click=_open,
        args=(page, known[chosen]),
    )
    adopt(page, mission, scenario, digest, "point")


def _open(page: Page, one: RunPoint) -> None:
    begin(page, one.scenario)
    st.session_state["scenarios-part"] = "build"
    st.query_params["part"] = "build"


def _planned(found: tuple[RunPoint, ...]) -> list[Point]:
    return [one.point for one in found if one.point is not None]


def _compare(page: Page, runs: tuple[SimulationRun, ...]) -> None:
    picked = pick_points(page, runs)
    if not picked:
        return
    parts = {
        "figures": _("Figures"),
        "precision": _("Precision"),
        "expected": _("Expected"),
        "map": _("Map"),
        "cost": _("Cost"),
    }
    side = st.segmented_control(
        _("Show"),
        list(parts),
        default="figures",
        format_func=lambda name: parts[name],
        key="scn-side",
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    if side == "precision":
        precision_beside(picked)
    elif side == "expected":
        expected_bars(picked)
    elif side == "map":
        map_beside(page, picked)
    elif side == "cost":
        cost_beside(picked)
    else:
        figures_beside(picked)
    downloads([one.point for one in picked], "scenarios-compared")
    briefing_files(page, picked)


def _target(page: Page, mission: MissionInput, runs: tuple[SimulationRun, ...]) -> None:
    target_form(page, mission)
    searches = tuple(run for run in runs if run.order.request.target is not None)
    if not searches:
        return
    run = choose_run(searches)
    if run is None:
        return
    with st.container(border=True), boundary():
        run_panel(page, run)
    if run.state.ended:
        answer_panel(page.workspace.simulations.answer(page.user, run.id))
        downloads(_planned(points_of(page, run)), f"target-{run.id[:8]}")
