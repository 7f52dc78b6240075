"""Election day: one pair's route and clock, and the whole country by hour."""

import streamlit as st

from planner.domain.ids import TeamId
from planner.domain.plan import Day
from planner.export.sheets.e_day import e_day_sheet
from planner.export.view import clock, drive_m, drive_s, zone
from ui.components.charts import country_chart, day_chart
from ui.components.deck import show_deck
from ui.components.empty import nothing
from ui.components.legend import legend
from ui.components.palette import ACTIVITIES, BLUE
from ui.components.route_map import route_deck
from ui.components.sheet import show_table
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    view = shown.view
    if not view.plan.days:
        nothing(_("This plan has no election days."), _("Run the stage: `plan DIR --stages days`."))
        return
    ids = [str(day.team) for day in view.plan.days]
    chosen = st.selectbox(
        _("Pair"),
        ids,
        key="pair",
        bind="query-params",
    )
    day = view.days[TeamId(chosen if chosen in ids else ids[0])]
    st.caption(plain(_label(shown, day.team)))
    _figures(day)
    day_chart(view, day)
    show_deck(
        route_deck(shown, day),
        _("Route of {pair} on election day; the table below lists its stops.").format(
            pair=day.team
        ),
    )
    legend(
        [
            ("●", "#888888", _("base town (black)")),
            ("▬", BLUE, _("order of the drives; straight lines, not roads")),
            *(("●", colour, _(what)) for what, colour in ACTIVITIES.items() if what != "travel"),
        ]
    )
    st.subheader(_("Stops"))
    show_table(e_day_sheet(view).table, hide=("Team", "Area"), keep=lambda row: row[0] == day.team)
    st.subheader(_("The country by hour"))
    st.caption(_("All pairs, each by its own local clock, in quarters of an hour."))
    country_chart(view)


def _figures(day: Day) -> None:
    duty_h = (day.reach_base - day.leave_base).total_seconds() / 3600
    values = (
        (_("Leaves base ({zone})").format(zone=zone(day.leave_base)), clock(day.leave_base)),
        (_("Back at base ({zone})").format(zone=zone(day.reach_base)), clock(day.reach_base)),
        (_("Duty"), f"{duty_h:.1f} h"),
        (_("Driving"), f"{drive_s(day) / 3600:.1f} h"),
        (_("Distance"), f"{drive_m(day) / 1000:,.0f} km"),
    )
    for column, (label, value) in zip(st.columns(len(values)), values, strict=True):
        column.metric(label, value)


def _label(shown: Shown, pair: TeamId) -> str:
    team = shown.view.teams.get(pair)
    return f"{pair} · {team.area} · {shown.view.town_name(team.base_town)}" if team else str(pair)
