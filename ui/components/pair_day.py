"""Election day of one pair: figures, clock, route, stops, and what could stand in for a stop."""

import streamlit as st

from planner.domain.ids import TeamId
from planner.domain.plan import Day
from planner.export.sheets.e_day import e_day_sheet
from planner.export.sheets.substitutes import substitutes_sheet
from planner.export.sheets.table import Table
from planner.export.view import clock, drive_m, drive_s, e_day_label, longest_leg_s, zone
from ui.components.day_chart import day_chart, day_legend
from ui.components.deck import show_deck
from ui.components.legend import legend
from ui.components.links import link
from ui.components.palette import ACTIVITIES, BLUE
from ui.components.route_map import route_deck
from ui.components.sheet import show_table
from ui.components.text import plain
from ui.state import KEPT, Page, Shown
from ui.strings import _
from ui.written import amount

PAIR = "pair"


def pair_day(page: Page) -> None:
    """Draw the day of the pair that the address names, or of the first."""
    shown = page.shown
    view = shown.view
    ids = [str(day.team) for day in view.plan.days]
    day = view.days[TeamId(_choose(ids))]
    team = view.teams.get(day.team)
    st.caption(plain(_label(shown, day.team)))
    _figures(shown, day)
    day_chart(view, day)
    legend(day_legend(view, day))
    show_deck(
        route_deck(shown, day),
        _("Route of {pair} on election day; the table below lists its stops.").format(
            pair=day.team
        ),
    )
    legend(
        [
            ("●", "#888888", _("base town, with its name")),
            ("▬", BLUE, _("order of the drives; straight lines, not roads")),
            *(("●", colour, _(what)) for what, colour in ACTIVITIES.items() if what != "travel"),
        ]
    )
    st.subheader(_("Stops"))
    show_table(
        _stops(shown, shown.digest),
        hide=("Team", "Area"),
        keep=lambda row: _value(row[0]) == day.team,
        whole=True,
    )
    if team is not None:
        st.subheader(_("Substitutes"))
        sheet = substitutes_sheet(view)
        town = view.town_name(team.base_town)
        st.caption(
            plain(
                _("Drawn for the pairs that sleep in {town}.").format(town=town)
                + f" {_(sheet.intro)}"
            )
        )
        show_table(
            sheet.table,
            hide=("Area", "Hub", "Latitude (°)", "Longitude (°)"),
            keep=lambda row: row[0] == team.area and row[1] == town,
        )
        link("pairs", _("Why this pair"), ":material/group:", pair=str(team.id))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _stops(_shown: Shown, digest: str) -> Table:  # noqa: ARG001 - the key
    return e_day_sheet(_shown.view).table


def _value(cell: object) -> object:
    """Return what a cell of the sheet holds; the first row of a pair is toned."""
    return getattr(cell, "value", cell)


def _choose(ids: list[str]) -> str:
    left, middle, right, _rest = st.columns([4, 1.6, 1.6, 3], vertical_alignment="bottom")
    chosen = left.selectbox(_("Pair"), ids, key=PAIR, bind="query-params")
    at = ids.index(chosen) if chosen in ids else 0
    for place, label, icon, to in (
        (middle, _("Back"), ":material/chevron_left:", at - 1),
        (right, _("Next"), ":material/chevron_right:", at + 1),
    ):
        place.button(
            label,
            icon=icon,
            key=f"{PAIR}-{'back' if to < at else 'next'}",
            disabled=not 0 <= to < len(ids),
            on_click=_go_to,
            args=(ids[max(0, min(to, len(ids) - 1))],),
            width="stretch",
        )
    return ids[at]


def _go_to(pair: str) -> None:
    st.session_state[PAIR] = pair


def _figures(shown: Shown, day: Day) -> None:
    mission = shown.view.mission.mission
    policy = mission.policies.day
    duty_h = (day.reach_base - day.leave_base).total_seconds() / 3600
    drive_h, leg_min = drive_s(day) / 3600, longest_leg_s(day) / 60
    back = e_day_label(mission.e_day, day.reach_base)
    values = (
        (_("Leaves base ({zone})").format(zone=zone(day.leave_base)), clock(day.leave_base), ""),
        (
            _("Back at base ({zone})").format(zone=zone(day.reach_base) if back == "E" else back),
            clock(day.reach_base),
            "",
        ),
        (_("Duty"), amount(duty_h, "h", 1), amount(policy.max_duty_min / 60, "h", 1)),
        (_("Driving"), amount(drive_h, "h", 1), amount(policy.max_drive_min / 60, "h", 1)),
        (_("Longest drive"), amount(leg_min, "min"), amount(policy.max_leg_min, "min")),
        (_("Distance"), amount(drive_m(day) / 1000, "km"), ""),
    )
    for column, (label, value, limit) in zip(st.columns(len(values)), values, strict=True):
        column.metric(label, value, help=_("Limit {limit}").format(limit=limit) if limit else None)


def _label(shown: Shown, pair: TeamId) -> str:
    view = shown.view
    team = view.teams.get(pair)
    if team is None:
        return str(pair)
    crew = " + ".join(
        f"{name} ({known.state})" if known else str(name)
        for name, known in zip(team.members, view.members(team), strict=True)
    )
    return f"{pair} · {team.area} · {view.town_name(team.base_town)} · {crew or _('no names yet')}"
