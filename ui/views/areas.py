"""Areas: the map of areas of responsibility, and who leads how much."""

import streamlit as st

from planner.domain.ids import AreaId
from planner.export.sheets.areas import areas_sheet
from ui.components.area_map import area_deck
from ui.components.deck import show_deck
from ui.components.empty import nothing
from ui.components.legend import legend
from ui.components.palette import BLUE, VERMILION
from ui.components.sheet import show_table
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    view = shown.view
    if not view.plan.areas:
        nothing(_("This plan has no areas."), _("Run the stage: `plan DIR --stages areas`."))
        return
    ids = [str(area.id) for area in view.plan.areas]
    chosen = st.selectbox(
        _("Area"),
        ids,
        index=None,
        placeholder=_("All areas"),
        key="area",
        bind="query-params",
    )
    area = AreaId(chosen) if chosen in ids else None
    if area:
        st.caption(plain(_label(shown, area)))
    if shown.polygons:
        show_deck(
            area_deck(shown, area),
            _("Map of {n} areas of responsibility; the table below says the same.").format(
                n=len(ids)
            ),
        )
        legend(
            [
                ("■", "#999999", _("district, coloured by its area (neighbours differ)")),
                ("●", VERMILION, _("base town of the LTO team, with the area's id")),
                ("●", BLUE, _("town where STO pairs sleep; larger: more pairs")),
            ]
        )
    _stage(shown)
    sheet = areas_sheet(view)
    st.caption(plain(sheet.intro) + " " + _("▲ amber, ■ red."))
    show_table(sheet.table, keep=lambda row: area is None or row[0] == area)


def _label(shown: Shown, area: AreaId) -> str:
    known = shown.view.areas[area]
    return f"{area} · {known.lto_team or '-'} · {shown.view.town_name(known.base_town)}"


def _stage(shown: Shown) -> None:
    for stage in shown.view.plan.stages:
        if stage.name.value == "areas" and stage.objective is not None and stage.bound is not None:
            st.markdown(
                _(
                    "Load and travel: **{got:,.0f}** {unit}; no division can be below {bound:,.0f}."
                ).format(got=stage.objective, unit=plain(stage.unit), bound=stage.bound)
            )
