"""What is to be reached: margins, coverage, span, budget; and the run that searches for it."""

import json
import os
from collections.abc import Iterable
from typing import Any

import streamlit as st
from pydantic import ValidationError

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase
from planner.errors import PlannerError
from planner.scenario.document import Scenario
from planner.scenario.target import Target, refused, troubles_of
from planner.scenario.trouble import Trouble
from planner.store.access import Role
from planner.sweep.run import DRAWS
from planner.workspace.simulation import MOST_TITLE, SimulationRequest
from ui.access import require
from ui.components.boundary import show_error
from ui.components.links import go
from ui.components.scenario_ask import MOST_PROCESSES
from ui.components.scenario_draft import based, changed_paths, work
from ui.components.text import plain
from ui.state import Page
from ui.strings import _
from ui.written import number

FIELD = "scenario-target"
_PHASES = (Phase.VOTING, Phase.COUNTING, Phase.OPENING, Phase.TABULATION)
_NUMBERS = (*(phase.value for phase in _PHASES), "districts", "span", "budget", "most_pairs")
PLANS = (8, 16, 24, 40, 80)


def target_form(page: Page, mission: MissionInput) -> None:
    """Draw the form; what is typed survives a reload."""
    values = _values(page)
    st.caption(
        _(
            "Name what is to be reached. The least number of STO pairs for it is searched by "
            "planning: the answer's plan meets the target, and with one pair fewer it does not."
        )
    )
    if not page.may_plan:
        st.caption(_("Only a planner may run scenarios."))
        return
    with st.container(border=True):
        _margins(page, values)
        _coverage(page, values, mission)
        own = work(page).scenario
        differs = bool(changed_paths(own))
        use_own = differs and st.checkbox(
            _("Under the scenario in the form: {name}").format(name=plain(own.name)),
            value=True,
            key="scn-target-own",
        )
        scenario = based(own if use_own else Scenario(), mission)
        plans = _more(page, values)
        _ask(page, mission, values, scenario, plans)


def target_of(values: dict[str, Any]) -> Target:
    """Return the target of what stands in the form."""
    margins = {
        phase: values[phase.value] / 100 for phase in _PHASES if values.get(phase.value) is not None
    }
    districts, most = values.get("districts"), values.get("most_pairs")
    return Target(
        margins=margins,
        design_based=bool(values.get("design_based")),
        regions=bool(values.get("regions")),
        districts=None if districts is None else districts / 100,
        span=values.get("span"),
        budget=values.get("budget"),
        most_pairs=None if most is None else int(most),
        level=values.get("level") or "expected",
    )


def target_words(target: Target) -> str:
    """Return a target in words, as the title of its run."""
    phases = {
        Phase.VOTING: _("voting"),
        Phase.COUNTING: _("the count"),
        Phase.OPENING: _("opening"),
        Phase.TABULATION: _("tabulation"),
    }
    parts = [
        _("{phase} to ±{n} points").format(phase=phases[phase], n=number(100 * margin, 1))
        for phase, margin in target.margins.items()
        if phase in phases
    ]
    if target.regions:
        parts.append(_("every region touched"))
    if target.districts is not None:
        parts.append(_("{n} % of the districts touched").format(n=number(100 * target.districts)))
    if target.span is not None:
        parts.append(_("at most {n} pairs of one LTO team").format(n=number(target.span)))
    if target.budget is not None:
        parts.append(_("at most {n} of money").format(n=number(target.budget)))
    return _("How many pairs for {parts}?").format(parts=", ".join(parts) or "-")


def nearest_values(values: dict[str, Any], troubles: Iterable[Trouble]) -> dict[str, Any]:
    """Return what stands in the form with the nearest possible value wherever one was refused.

    What has none is left out.
    """
    found = dict(values)
    for trouble in troubles:
        name = trouble.path.removeprefix("margins.")
        percent = name != trouble.path or name == "districts"
        nearest = trouble.nearest
        found[name] = 100 * nearest if percent and nearest is not None else nearest
    return found


def _values(page: Page) -> dict[str, Any]:
    key = f"scn-target-{page.folder.id}"
    if key not in st.session_state:
        text = page.workspace.store.drafts.all(page.user, page.folder.id).get(FIELD, "{}")
        try:
            st.session_state[key] = dict(json.loads(text))
        except ValueError:
            st.session_state[key] = {}
    found: dict[str, Any] = st.session_state[key]
    asked = st.query_params.pop("counting", None)
    if asked is not None and asked.isdigit() and page.may_plan:
        found = _put(page, {"counting": float(asked)})
    return found


def _put(page: Page, values: dict[str, Any]) -> dict[str, Any]:
    st.session_state[f"scn-target-{page.folder.id}"] = values
    page.workspace.store.drafts.put(page.user, page.folder.id, FIELD, json.dumps(values))
    return values


def _keep(page: Page, values: dict[str, Any]) -> None:
    _put(page, values)


def _number(page: Page, values: dict[str, Any], name: str, label: str, help_: str = "") -> None:
    key = f"scn-target-{name}"
    value = values.get(name)
    st.session_state[key] = None if value is None else float(value)

    def typed() -> None:
        _put(page, values | {name: st.session_state[key]})

    st.number_input(
        label,
        value=None,
        step=0.5 if name in {phase.value for phase in _PHASES} else 1.0,
        format="%g",
        placeholder=_("not asked for"),
        key=key,
        on_change=typed,
        help=help_ or None,
    )


def _switch(page: Page, values: dict[str, Any], name: str, label: str, help_: str = "") -> None:
    key = f"scn-target-{name}"
    st.session_state[key] = bool(values.get(name))

    def switched() -> None:
        _put(page, values | {name: st.session_state[key]})

    st.toggle(label, key=key, on_change=switched, help=help_ or None)


def _margins(page: Page, values: dict[str, Any]) -> None:
    st.markdown(f"**{_('Margin of error, ± points')}**")
    labels = (_("Voting"), _("Counts"), _("Openings"), _("Tabulations"))
    for column, phase, label in zip(st.columns(4), _PHASES, labels, strict=True):
        with column:
            _number(page, values, phase.value, label)
    left, right = st.columns(2)
    with left:
        _switch(
            page,
            values,
            "design_based",
            _("They must be design-based"),
            _("An indicative margin does not count then."),
        )
    levels = {
        "planned": _("everything goes as planned"),
        "expected": _("on average over simulated election days"),
        "p5": _("on 19 of 20 simulated election days"),
    }
    key = "scn-target-level"
    st.session_state[key] = values.get("level") or "expected"

    def chosen() -> None:
        _put(page, values | {"level": st.session_state[key]})

    with right:
        st.selectbox(
            _("Reached"),
            list(levels),
            format_func=lambda name: levels[name],
            key=key,
            on_change=chosen,
        )


def _coverage(page: Page, values: dict[str, Any], mission: MissionInput) -> None:
    st.markdown(f"**{_('Coverage and limits')}**")
    _switch(page, values, "regions", _("Every region that has stations is touched"))
    columns = st.columns(4)
    with columns[0]:
        _number(page, values, "districts", _("Districts touched (%)"))
    with columns[1]:
        amber = mission.mission.policies.areas.span_amber
        _number(
            page,
            values,
            "span",
            _("Most pairs of one LTO team"),
            _("Then the LTO teams are searched for as well. Amber is above {n}.").format(
                n=number(amber)
            ),
        )
    with columns[2]:
        currency = mission.mission.costs.currency
        _number(page, values, "budget", _("Budget ({currency})").format(currency=currency))
    with columns[3]:
        _number(page, values, "most_pairs", _("More pairs cannot be got than"))


def _more(page: Page, values: dict[str, Any]) -> int:
    key = "scn-target-plans"
    st.session_state[key] = values.get("plans") or 24

    def moved() -> None:
        _put(page, values | {"plans": st.session_state[key]})

    return int(
        st.select_slider(
            _("Most full plans to make"),
            PLANS,
            key=key,
            on_change=moved,
            help=_("A search takes about six to twelve; what it has found is kept."),
        )
    )


def _ask(
    page: Page,
    mission: MissionInput,
    values: dict[str, Any],
    scenario: Scenario,
    plans: int,
) -> None:
    target = target_of(values)
    asks = bool(target.margins or target.regions or target.districts is not None)
    troubles = troubles_of(target, scenario, mission) if asks else []
    possible = asks and not troubles
    if troubles:
        show_error(refused(troubles))
        here = [trouble for trouble in troubles if trouble.path != "format"]  # the scenario's own
        if here:
            st.button(
                _("Use the nearest possible values"),
                key="scn-target-mend",
                icon=":material/healing:",
                on_click=_keep,
                args=(page, nearest_values(values, here)),
            )
    elif asks:
        st.markdown(f"**{plain(target_words(target))}**")
    if st.button(
        _("Search"),
        key="scn-target-run",
        type="primary",
        icon=":material/search:",
        disabled=not possible,
    ):
        try:
            user = require(Role.PLANNER, "run scenarios")
            request = SimulationRequest(
                title=target_words(target)[:MOST_TITLE],
                target=target,
                scenario=scenario,
                draws=DRAWS,
                plans=plans,
                processes=min(MOST_PROCESSES, os.cpu_count() or 1),
            )
            run = page.workspace.simulate(user, page.folder, request)
        except (PlannerError, ValidationError) as error:
            if isinstance(error, PlannerError):
                show_error(error)
            return
        go("scenarios", part="target", run=run.id)
