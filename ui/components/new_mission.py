"""The form that sets a mission up: country, day, numbers."""

from datetime import date

import streamlit as st

from planner.domain.mission import MissionFormat
from planner.intake.states import state_names
from planner.store.access import User
from planner.workspace.workspace import Workspace
from ui.components.boundary import boundary
from ui.strings import _


def new_mission_form(space: Workspace, user: User) -> None:
    """Draw the form; on success the page starts anew with the new mission chosen."""
    names = state_names()
    with st.form("new-mission", border=True):
        left, right = st.columns(2)
        name = left.text_input(_("Name"), placeholder=_("e.g. Georgia 2024"), max_chars=60)
        country = right.selectbox(
            _("Host country"),
            sorted(names, key=names.__getitem__),
            index=None,
            format_func=lambda code: f"{names.get(code, code)} ({code})",
        )
        e_day = left.date_input(_("Election day"), value=None, min_value=date(1990, 1, 1))
        kind = right.selectbox(_("Format"), [each.value for each in MissionFormat])
        lto_teams = left.number_input(_("LTO teams"), 0, 500, 0)
        sto_pairs = right.number_input(
            _("STO pairs"), 0, 5_000, 0, help=_("0: as many as the roster fills")
        )
        zone = left.text_input(
            _("Time zone"),
            placeholder="Asia/Almaty",
            help=_("Only where the country has several; that of the capital"),
        )
        sent = st.form_submit_button(_("Set the mission up"), type="primary")
    if not sent:
        return
    if not name.strip() or country is None or not isinstance(e_day, date):
        st.error(_("Name, host country and election day are needed."))
        return
    with boundary():
        folder = space.create(
            user,
            name,
            country,
            e_day,
            time_zone=zone.strip() or None,
            mission_format=MissionFormat(kind),
            lto_teams=int(lto_teams),
            sto_pairs=int(sto_pairs),
        )
        st.session_state["mission"] = folder.key
        st.rerun()
