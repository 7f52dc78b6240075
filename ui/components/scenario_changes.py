"""What a scenario changes in the mission as it stands, and what in it cannot be."""

import math
from typing import Any

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.scenario.apply import apply
from planner.scenario.check import check
from planner.scenario.document import Scenario
from planner.scenario.trouble import Trouble, mended
from ui.components.boundary import show_error
from ui.components.scenario_draft import (
    base_of,
    begin,
    changed_paths,
    put,
    reset,
    value_of,
    work,
)
from ui.components.scenario_words import path_label, value_words
from ui.components.text import plain
from ui.state import Page
from ui.strings import _
from ui.written import number


def changes_panel(page: Page, mission: MissionInput, scenario: Scenario) -> bool:
    """Draw the differences and the troubles; return whether the scenario can be run."""
    st.markdown(f"##### {_('Differs from the mission as it stands')}")
    paths = changed_paths(scenario)
    if not paths:
        st.caption(_("In nothing so far: this is the mission as it is planned."))
    for path in paths:
        left, right = st.columns([7, 1], vertical_alignment="center")
        left.markdown(f"**{plain(path_label(path))}:** {_change(path, scenario, mission)}")
        if page.may_plan:
            right.button(
                ":material/undo:",
                key=f"scn-reset-{path}",
                help=_("Take this change back"),
                on_click=reset,
                args=(page, path),
                type="tertiary",
            )
    if paths and page.may_plan:
        st.button(
            _("Take all changes back"),
            key="scn-reset-all",
            on_click=begin,
            args=(page, Scenario()),
            type="tertiary",
            icon=":material/restart_alt:",
        )
    troubles = check(scenario, mission)
    for number_, trouble in enumerate(troubles):
        _trouble(page, mission, trouble, number_)
    if any(trouble.refused for trouble in troubles):
        return False
    try:
        numbers = apply(scenario, mission).numbers
    except PlannerError as error:
        show_error(error)
        return False
    st.caption(
        _(
            "{lto} LTO teams; {stos} STOs asked for, {come} come, which make up {pairs} pairs; the "
            "plan is made for {planned} pairs."
        ).format(
            lto=number(numbers.lto_teams),
            stos=number(numbers.stos_requested),
            come=number(numbers.stos_delivered),
            pairs=number(numbers.pairs_delivered),
            planned=number(numbers.pairs_planned),
        )
    )
    return True


def _change(path: str, scenario: Scenario, mission: MissionInput) -> str:
    old, new = base_of(path, mission), value_of(scenario, path)
    words = f"{value_words(path, old, mission)} → {value_words(path, new, mission)}"
    if path in {"staffing.sto_pairs", "staffing.lto_teams"}:
        words += f" ({new - old:+d})"
    return plain(words)


def _trouble(page: Page, mission: MissionInput, trouble: Trouble, place: int) -> None:
    finding = trouble.finding
    say = st.error if trouble.refused else st.info
    limit = f" {_('Allowed')}: {plain(finding.limit)}." if finding.limit else ""
    found = f" {_('Found')}: {plain(finding.value)}." if finding.value else ""
    remedy = "" if trouble.refused or not finding.remedy else f" {plain(finding.remedy)}"
    say(
        f"**{plain(path_label(trouble.path))}** ({plain(finding.code)}): "
        f"{plain(finding.message)}{found}{limit}{remedy}",
        icon=":material/error:" if trouble.refused else ":material/info:",
    )
    if not (trouble.refused and page.may_plan):
        return
    if trouble.nearest is None:
        label = _("Leave it out")
    else:
        label = _("Use the nearest possible value: {value}").format(
            value=_nearest(trouble.path, trouble.nearest, mission)
        )
    st.button(
        label,
        key=f"scn-mend-{place}-{trouble.path}",
        on_click=_mend,
        args=(page, trouble),
        icon=":material/healing:",
    )


def _nearest(path: str, value: Any, mission: MissionInput) -> str:  # noqa: ANN401 - any field
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return plain(value_words(path, value, mission)).replace("\\", "")


def _mend(page: Page, trouble: Trouble) -> None:
    now = work(page)
    put(page, type(now)(mended(now.scenario, [trouble]), now.stored, now.version))
