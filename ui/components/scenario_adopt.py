"""A scenario becomes the mission's next revision: the changes first, then the deed."""

from typing import Any

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.scenario.document import Scenario
from planner.store.access import Role
from planner.workspace.adoption import Adoption, adoption
from planner.workspace.request import PlanRequest
from ui.access import require
from ui.components.boundary import show_error
from ui.components.draft import clear_draft, draft_text
from ui.components.links import go
from ui.components.scenario_words import town_name
from ui.components.text import plain
from ui.field_labels import label
from ui.spoken import spoken, yes_or_no
from ui.state import Page
from ui.strings import _, n_
from ui.written import number

MOST_REASON = 1_900


def adopt(page: Page, mission: MissionInput, scenario: Scenario, digest: str, field: str) -> None:
    """Draw what would change, the reason and the button.

    Parameters
    ----------
    mission
        As it stands now.
    digest
        Of the folder as it was when ``mission`` was read.
    field
        Tells this form from others on the page.
    """
    if not page.may_plan:
        return
    with st.expander(_("Make it the mission's next revision"), icon=":material/upgrade:"):
        try:
            made = adoption(scenario, mission)
        except PlannerError as error:
            show_error(error)
            return
        _changes(made, mission)
        _left_out(made)
        if made.is_empty:
            st.info(_("The mission would stay as it is: there is nothing to take over."))
            return
        reason = draft_text(
            page,
            f"scenario-adopt-{field}",
            _("Why"),
            placeholder=_("stands in the history; the scenario's name is added"),
        )
        st.caption(
            _(
                "mission.toml is saved, and a plan is queued. Earlier revisions stay; History "
                "brings them back, and Mission changes the values again."
            )
        )
        if st.button(
            _("Save and plan"),
            key=f"scn-adopt-{field}",
            type="primary",
            icon=":material/play_arrow:",
        ):
            _take_over(page, made, digest, reason, field)


def _take_over(page: Page, made: Adoption, digest: str, reason: str, field: str) -> None:
    words = _("scenario {name}").format(name=made.scenario.name)
    told = (f"{words}: {reason}" if reason else words)[:MOST_REASON]
    space = page.workspace
    try:
        user = require(Role.PLANNER, "change the mission")
        space.take_over(user, page.folder, made, seen=digest, reason=told)
        job = space.plan(
            user,
            page.folder,
            PlanRequest(reason=told, seed=made.scenario.seed, base=page.head),
        )
    except PlannerError as error:
        show_error(error)
        return
    clear_draft(page, f"scenario-adopt-{field}")
    go("plan", job=job.id)


def _changes(made: Adoption, mission: MissionInput) -> None:
    rows = [
        (_path(path), _text(old), _text(new)) for path, (old, new) in sorted(made.values.items())
    ]
    for town in made.closed:
        beds = mission.town_of[town].beds
        rows.append(
            (_("Beds in {town}").format(town=town_name(town, mission)), _text(beds), _text(0))
        )
    if not rows:
        return
    heads = (_("Value"), _("Now"), _("Then"))
    st.dataframe(
        {head: [row[i] for row in rows] for i, head in enumerate(heads)},
        hide_index=True,
        height="content",
    )


def _path(path: str) -> str:
    return label(path.rpartition(".")[2])


def _text(value: Any) -> str:  # noqa: ANN401 - any value of the document
    if value is None or value == "":
        return _("not set")
    if isinstance(value, list):
        speeds = [float(band["speed_km_h"]) for band in value if "speed_km_h" in band]
        if speeds:
            return ", ".join(number(speed, 1) for speed in speeds) + " km/h"
        return n_("{n} row", "{n} rows", len(value)).format(n=len(value))
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 2)
    return str(spoken(value))


def _left_out(made: Adoption) -> None:
    words = {
        "noise": _("how much election day differs from the plan"),
        "delivery": _("a delivery that the plan does not know of"),
        "late": _("late withdrawals"),
        "isolated": _("regions cut off by weather"),
        "joint": _("pairs of the joint mission"),
        "budget": _("the budget"),
        "people": _("who of the roster stays away: nobody is taken out of it"),
    }
    if made.left_out:
        st.markdown(
            _("No plan can hold these, so they are left out: {parts}.").format(
                parts=plain("; ".join(words[name] for name in made.left_out))
            )
        )
