"""Mission: what is here, what is real, the calendar, core team, policies, costs, data, verdict."""

import streamlit as st

from planner.domain.finding import Finding
from planner.domain.mission import Mission
from planner.errors import PlannerError
from planner.intake.mission_file import read_mission
from planner.workspace.home import MISSION_FILE
from ui.components.boundary import show_error
from ui.components.charts import calendar_chart
from ui.components.data_status import data_status_table
from ui.components.empty import first_steps, no_stations
from ui.components.findings import findings_table
from ui.components.mission_editor import mission_editor
from ui.components.new_mission import new_mission_form
from ui.components.plan_summary import plan_details, plan_headline
from ui.components.text import plain
from ui.state import Page
from ui.strings import _
from ui.written import long_date


def show(page: Page) -> None:
    """Draw the view."""
    findings: list[Finding] = []
    digest = page.workspace.digest(page.folder)
    mission = read_mission(page.folder.path / MISSION_FILE, findings)
    if mission is None:
        st.error(_("mission.toml has faults; correct them in the folder and reload this page."))
        findings_table(findings)
        return
    _heading(mission)
    if page.number is not None:
        plan_headline(page.shown)
    first_steps(page)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("Calendar"))
        calendar_chart(mission)
    with right:
        st.subheader(_("What is real"))
        _data(page)
    st.subheader(_("Settings of the mission"))
    mission_editor(page, mission, digest)
    if page.number is not None:
        st.subheader(_("The plan in figures"))
        plan_details(page.shown)
    if not page.workspace.home.single and page.may_plan:
        with st.expander(_("Set up another mission"), icon=":material/add:"):
            new_mission_form(page.workspace, page.user)


def _heading(mission: Mission) -> None:
    st.markdown(
        f"### {plain(mission.name)}\n"
        + _("{format} · election day {day}, voting {opens} to {closes} local time").format(
            format=mission.format.value,
            day=long_date(mission.e_day),
            opens=f"{mission.hours.opens:%H:%M}",
            closes=f"{mission.hours.closes:%H:%M}",
        )
    )


def _data(page: Page) -> None:
    try:
        data_status_table(page.loaded.mission_input)
    except PlannerError as error:
        if not no_stations(page):
            show_error(error)
