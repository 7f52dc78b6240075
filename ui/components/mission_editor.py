"""The mission's own values: numbers, calendar, core team, policies, costs; drafted, then saved."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from planner.domain.mission import CalendarEvent, CoreTeamMember, Costs, Mission
from planner.domain.policy import (
    AllocationPolicy,
    AreaPolicy,
    DayPolicy,
    PairingPolicy,
    SamplePolicy,
    TravelPolicy,
)
from planner.errors import PlannerError
from planner.store.access import Role
from planner.workspace.mission_edit import changes, document_of, edited, value_at
from ui.access import require
from ui.components.boundary import show_error
from ui.components.draft import clear_draft, draft_text
from ui.components.model_form import PREFIX, discard, drafted, fields
from ui.components.text import plain
from ui.field_labels import label
from ui.spoken import spoken, yes_or_no
from ui.state import Page
from ui.strings import _, n_

_LEFT_OUT = {"speed_bands"}
"""Fields with a structure of their own; they are edited in mission.toml."""
_SAID = "mission-said"


def mission_editor(page: Page, mission: Mission, digest: str) -> None:
    """Draw all values in tabs, and above them what was changed and not yet saved.

    Parameters
    ----------
    mission
        As it stands now.
    digest
        Of the folder as it was when ``mission`` was read.
    """
    values, document = drafted(page), document_of(mission)
    _tell()
    _unsaved(page, mission, digest, values)
    tabs = st.tabs(
        [
            _("Numbers"),
            _("Calendar"),
            _("Core team"),
            _("Election day"),
            _("Areas and allocation"),
            _("Pairs"),
            _("Sample"),
            _("Travel"),
            _("Costs"),
        ]
    )
    with tabs[0]:
        fields(page, document, "", ("name", "format"), values)
        fields(page, document, "staffing", ("lto_teams", "sto_pairs"), values)
        fields(page, document, "hours", ("opens", "closes"), values)
    with tabs[1]:
        names = [name for name in type(mission.calendar).model_fields if name != "events"]
        fields(page, document, "calendar", names, values)
        _table(page, document, "calendar.events", CalendarEvent, values)
    with tabs[2]:
        st.caption(_("Positions, never a person's name. Days count from election day."))
        _table(page, document, "core_team", CoreTeamMember, values)
    with tabs[3]:
        fields(page, document, "policies.day", list(DayPolicy.model_fields), values)
    with tabs[4]:
        fields(page, document, "policies.areas", list(AreaPolicy.model_fields), values)
        st.divider()
        fields(page, document, "policies.allocation", list(AllocationPolicy.model_fields), values)
    with tabs[5]:
        fields(page, document, "policies.pairing", list(PairingPolicy.model_fields), values)
    with tabs[6]:
        fields(page, document, "policies.sample", list(SamplePolicy.model_fields), values)
    with tabs[7]:
        names = [name for name in TravelPolicy.model_fields if name not in _LEFT_OUT]
        fields(page, document, "policies.travel", names, values)
        st.caption(
            _(
                "Speed bands stand in mission.toml. Nothing is sent anywhere unless a "
                "routing server is named here."
            )
        )
    with tabs[8]:
        fields(page, document, "costs", list(Costs.model_fields), values)
        st.caption(_("Unit costs; none is assumed. Tick 'Illustrative' for invented figures."))


def _unsaved(page: Page, mission: Mission, digest: str, values: Mapping[str, Any]) -> None:
    differing = changes(mission, values)
    if not differing:
        return
    with st.container(border=True):
        count = len(differing)
        words = n_("{n} value changed, not saved", "{n} values changed, not saved", count)
        st.markdown(f":material/edit: **{words.format(n=count)}**")
        st.dataframe(
            {
                _("Value"): [label(path.rpartition(".")[2]) for path in differing],
                _("Now"): [_text(old) for old, _new in differing.values()],
                _("Then"): [_text(new) for _old, new in differing.values()],
            },
            hide_index=True,
        )
        try:
            changed = edited(mission, {path: new for path, (_old, new) in differing.items()})
        except PlannerError as error:
            show_error(error)
            changed = None
        reason = draft_text(page, "mission-reason", _("Reason"))
        left, right, _rest = st.columns([1, 1, 3])

        # The digest goes with the button that was drawn beside the values: what somebody else has
        # saved before the click is shown first, and not overwritten.
        def save() -> None:
            try:
                user = require(Role.PLANNER, "change the mission")
                page.workspace.save_mission(
                    user, page.folder, changed or mission, seen=digest, reason=reason
                )
            except PlannerError as error:
                st.session_state[_SAID] = error
                return
            discard(page, list(values))
            clear_draft(page, "mission-reason")
            st.session_state[_SAID] = _("Saved. Plan again to see its effect.")

        left.button(
            _("Save"),
            type="primary",
            disabled=changed is None or not reason,
            on_click=save,
            width="stretch",
        )
        right.button(_("Discard"), on_click=discard, args=(page, list(values)), width="stretch")


def _tell() -> None:
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, PlannerError):
        show_error(said)
    elif isinstance(said, str):
        st.toast(said)


def _text(value: Any) -> str:  # noqa: ANN401 - any value of the document
    if value is None or value == "":
        return _("not set")
    if isinstance(value, list):
        return n_("{n} row", "{n} rows", len(value)).format(n=len(value))
    if isinstance(value, bool):
        return yes_or_no(value)
    return plain(str(spoken(value))).replace("\\", "")


def _table(
    page: Page,
    document: Mapping[str, Any],
    path: str,
    model: type[CalendarEvent | CoreTeamMember],
    values: Mapping[str, Any],
) -> None:
    key = f"table-{page.folder.id}-{path}"
    stored = value_at(document, path)
    # The rows that the editor starts from; its own edits lie over them and never become them.
    base_key = f"{key}-base-{json.dumps(stored, sort_keys=True)}"
    if base_key not in st.session_state:
        st.session_state[base_key] = values.get(path, stored)
    rows = st.session_state[base_key]
    names = list(model.model_fields)
    # Typed, because a column without values would else be one of numbers.
    found = st.data_editor(
        pd.DataFrame(
            {
                name: pd.array(
                    [row.get(name) for row in rows],
                    dtype="Int64" if name.endswith("day") else "string",
                )
                for name in names
            }
        ),
        num_rows="dynamic" if page.may_plan else "fixed",
        placeholder="",
        disabled=not page.may_plan,
        hide_index=True,
        key=key,
        column_config={
            name: st.column_config.NumberColumn(label(name), format="%d")
            if name.endswith("day")
            else st.column_config.TextColumn(label(name))
            for name in names
        },
    )
    now = _rows(found)
    shown = values.get(path, stored)
    if now != [{k: v for k, v in row.items() if v is not None} for row in shown]:
        page.workspace.store.drafts.put(
            page.user, page.folder.id, f"{PREFIX}{path}", json.dumps(now)
        )
        st.rerun()


def _rows(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the filled cells of the filled rows as JSON values."""
    rows = [
        {
            str(name): int(value) if str(name).endswith("day") else str(value)
            for name, value in row.items()
            if not pd.isna(value) and value != ""
        }
        for row in found.to_dict("records")
    ]
    return [row for row in rows if row]
