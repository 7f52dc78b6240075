"""Saved scenarios: each with its name, question and author; opened, saved, deleted."""

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.scenario.document import Scenario
from planner.scenario.file import to_toml
from planner.store.access import Role
from planner.store.scenarios import StoredScenario
from ui.access import require
from ui.components.boundary import show_error
from ui.components.scenario_draft import Work, based, begin, put, work
from ui.components.text import plain
from ui.state import Page
from ui.strings import _

_SAID = "scenario-said"
MAX_NAME, MAX_QUESTION = 200, 500


def saved_list(page: Page, stored: tuple[StoredScenario, ...]) -> None:
    """Draw the saved scenarios with the way into the form."""
    if not stored:
        return
    with st.expander(_("Saved scenarios") + f" ({len(stored)})", expanded=False):
        for one in stored:
            left, right = st.columns([5, 2], vertical_alignment="center")
            left.markdown(
                f"**{plain(one.scenario.name)}**  \n{plain(one.scenario.question or '-')}  \n"
                f":small[{plain(one.author)} · {one.at:%d.%m.%Y %H:%M} UTC · "
                + _("version {n}").format(n=one.version)
                + "]"
            )
            with right.container(horizontal=True):
                if page.may_plan:
                    st.button(
                        _("Open"),
                        key=f"scn-open-{one.id}",
                        on_click=begin,
                        args=(page, one.scenario, one.id, one.version),
                    )
                    st.button(
                        ":material/delete:",
                        key=f"scn-delete-{one.id}",
                        help=_("Delete it; the history keeps its document"),
                        on_click=_delete,
                        args=(page, one),
                    )
                st.download_button(
                    ":material/download:",
                    to_toml(one.scenario),
                    f"{one.id}.toml",
                    "application/toml",
                    key=f"scn-toml-{one.id}",
                    help=_("As a file for the command line"),
                    on_click="ignore",
                )


def name_and_question(page: Page, mission: MissionInput, now: Work) -> None:
    """Draw name, question and the buttons that save."""
    _tell()
    for field, label, length in (
        ("name", _("Name"), MAX_NAME),
        ("question", _("Question that it answers"), MAX_QUESTION),
    ):
        key = f"scn-{page.folder.id}-text-{field}"
        st.session_state[key] = getattr(now.scenario, field)
        st.text_input(
            label,
            key=key,
            max_chars=length,
            on_change=_typed,
            args=(page, field, key),
            disabled=not page.may_plan,
        )
    if not page.may_plan:
        return
    with st.container(horizontal=True):
        if now.stored:
            st.button(
                _("Save the change"),
                key="scn-save",
                on_click=_save,
                args=(page, mission),
                kwargs={"anew": False},
                icon=":material/save:",
            )
        st.button(
            _("Save as a new one") if now.stored else _("Save it"),
            key="scn-save-new",
            on_click=_save,
            args=(page, mission),
            kwargs={"anew": True},
            icon=":material/add:",
        )


def _typed(page: Page, field: str, key: str) -> None:
    text = str(st.session_state.get(key, "")).strip()
    if field == "name" and not text:
        return
    now = work(page)
    new = now.scenario.model_copy(update={field: text})
    put(page, Work(new, now.stored, now.version))


def _save(page: Page, mission: MissionInput, *, anew: bool) -> None:
    now = work(page)
    kept = based(now.scenario, mission)
    shelf = page.workspace.store.scenarios
    try:
        user = require(Role.PLANNER, "save a scenario")
        if anew:
            found = shelf.add(user, page.folder.id, kept)
        else:
            found = shelf.change(user, now.stored, kept, expected_version=now.version)
    except PlannerError as error:
        st.session_state[_SAID] = error
        return
    put(page, Work(now.scenario, found.id, found.version))
    st.session_state[_SAID] = _("Saved as {name}.").format(name=plain(found.scenario.name))


def _delete(page: Page, one: StoredScenario) -> None:
    try:
        user = require(Role.PLANNER, "delete a scenario")
        page.workspace.store.scenarios.remove(user, one.id, expected_version=one.version)
    except PlannerError as error:
        st.session_state[_SAID] = error
        return
    now = work(page)
    if now.stored == one.id:
        put(page, Work(now.scenario))
    st.session_state[_SAID] = _("Deleted. The history keeps its document.")


def _tell() -> None:
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, PlannerError):
        show_error(said)
    elif isinstance(said, str):
        st.toast(said)


def plain_scenario() -> Scenario:
    """Return the mission as it is planned, as a scenario to compare others with."""
    return Scenario(name=_("as planned"))
