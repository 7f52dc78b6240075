"""Pairs: who goes with whom and where, and how many observers each State sends."""

import streamlit as st

from planner.export.sheets.quotas import quotas_sheet
from planner.export.sheets.table import Cell
from planner.export.sheets.teams import teams_sheet
from ui.components.empty import nothing
from ui.components.sheet import show_table
from ui.components.text import plain
from ui.state import Page
from ui.strings import _


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    view = shown.view
    if not view.plan.teams:
        nothing(_("This plan has no teams."), _("Run the stage: `plan DIR --stages allocation`."))
        return
    ids = [str(area.id) for area in view.plan.areas]
    left, middle, _right = st.columns(3)
    area = left.selectbox(
        _("Area"), ids, index=None, placeholder=_("All areas"), key="area", bind="query-params"
    )
    kind = middle.segmented_control(_("Kind"), ["LTO", "STO"], key="kind", bind="query-params")

    def wanted(row: tuple[Cell, ...]) -> bool:
        return (area is None or row[2] == area) and (kind is None or row[1] == kind)

    unnamed = sum(not team.members for team in view.plan.teams)
    if unnamed:
        st.info(
            _(
                "{n} teams have no names yet: import a roster and run `plan DIR --stages pairing`."
            ).format(n=unnamed)
        )
    show_table(teams_sheet(view).table, keep=wanted)
    sheet = quotas_sheet(view)
    st.subheader(_("State quotas"))
    st.caption(plain(sheet.intro))
    show_table(sheet.table)
