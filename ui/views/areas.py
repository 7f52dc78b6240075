"""Areas: who is responsible for which districts, how much, how far; pins; allocation policies."""

from dataclasses import replace

import streamlit as st

from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, DistrictId
from planner.export.sheets.areas import areas_sheet
from planner.export.sheets.table import Cell, Column, Kind, Table
from ui.components.area_card import (
    all_areas_card,
    area_card,
    districts_table,
    states_of,
    whole_minutes,
)
from ui.components.area_map import show_area_map
from ui.components.area_pins import area_pins
from ui.components.choose import choose, key_of
from ui.components.decide import decisions_panel
from ui.components.empty import nothing
from ui.components.left_out import left_out_districts, refused_decisions
from ui.components.legend import legend
from ui.components.palette import BLUE, VERMILION
from ui.components.part import choose_part
from ui.components.policies_table import policies_table
from ui.components.sheet import show_table
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _
from ui.written import number

AREAS = "areas"
LOAD, PIN, POLICIES, DECISIONS, LEFT_OUT = "load", "pin", "policies", "decisions", "left_out"
LONGEST, MEAN = "longest", "mean"
KINDS = frozenset({DecisionKind.DISTRICT_AREA, DecisionKind.BASE_TOWN, DecisionKind.TEAM_TOWN})


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    if not shown.view.plan.areas:
        nothing(_("This plan has no areas."), _("Plan again with the stage Areas."))
        return
    area, district = _choose(shown)
    if shown.polygons:
        left, right = st.columns([5, 3], gap="medium")
        with left:
            show_area_map(shown, area, district, _pick)
            _legend()
        place = right
    else:
        st.caption(_("The mission has no outlines of its districts, so there is no map."))
        place = st.container()
    with place:
        if area:
            area_card(page, area)
        else:
            all_areas_card(shown)
    _sections(page, area, district)


def _choose(shown: Shown) -> tuple[AreaId | None, DistrictId | None]:
    """Draw the two choices that double the map; return what is chosen."""
    view = shown.view
    left, right = st.columns(2)
    area = choose(
        AREAS,
        "area",
        _("Area"),
        {area.id: _label(shown, area.id) for area in view.plan.areas},
        placeholder=_("All areas"),
        place=left,
    )
    districts = view.areas[AreaId(area)].districts if area else view.area_of_district
    district = choose(
        AREAS,
        "district",
        _("District"),
        {d: f"{view.district_name(d)} · {d}" for d in sorted(districts, key=view.district_name)},
        placeholder=_("No district chosen"),
        place=right,
    )
    return AreaId(area) if area else None, DistrictId(district) if district else None


def _label(shown: Shown, name: AreaId) -> str:
    known = shown.view.areas[name]
    return f"{name} · {known.lto_team or '-'} · {shown.view.town_name(known.base_town)}"


def _pick(area: AreaId | None, district: DistrictId | None) -> None:
    st.session_state[key_of(AREAS, "area")] = area
    st.session_state[key_of(AREAS, "district")] = district


def _pick_row(row: tuple[Cell, ...]) -> None:
    _pick(AreaId(str(row[0])), None)


def _legend() -> None:
    legend(
        [
            ("■", "#999999", _("district, coloured by its area (neighbours differ)")),
            ("●", VERMILION, _("base town of the LTO team, with the area's id")),
            ("●", BLUE, _("town where STO pairs sleep; larger: more pairs")),
        ]
    )


def _sections(page: Page, area: AreaId | None, district: DistrictId | None) -> None:
    parts = {
        LOAD: _("Load and travel"),
        PIN: _("Pin"),
        POLICIES: _("Allocation policies"),
        DECISIONS: _("Decisions"),
        LEFT_OUT: _("Left out"),
    }
    part = choose_part(AREAS, parts)
    if part == PIN:
        area_pins(page, area, district)
    elif part == POLICIES:
        policies_table(page)
    elif part == DECISIONS:
        refused_decisions(page, KINDS)
        decisions_panel(page, [kind.value for kind in KINDS])
    elif part == LEFT_OUT:
        left_out_districts(page, area)
    else:
        _load(page, area)


def _load(page: Page, area: AreaId | None) -> None:
    shown = page.shown
    if area:
        districts_table(shown, area)
    for stage in shown.view.plan.stages:
        if stage.name.value == "areas" and stage.objective is not None and stage.bound is not None:
            st.markdown(
                _("Load and travel: **{got}** {unit}; no division can be below {bound}.").format(
                    got=number(stage.objective),
                    unit=plain(_(stage.unit)),
                    bound=number(stage.bound),
                )
            )
    sheet = areas_sheet(shown.view)
    policy = shown.view.mission.mission.policies.areas
    st.caption(
        _(
            "Span of control: amber above {amber:g} STO pairs per LTO team, red above {red:g}. The "
            "longest drive is the longest single leg that any pair of the area is planned to drive "
            "on election day."
        ).format(amber=policy.span_amber, red=policy.span_red)
        + " "
        + _("▲ amber, ■ red. Click a row to choose its area.")
    )
    show_table(_table(shown, sheet.table), key="areas-table", on_pick=_pick_row)


def _table(shown: Shown, table: Table) -> Table:
    """Return the workbook's table of areas with short headings, what matters first, and drives.

    Headings are translated here: units stand in them, and the page has less room than a sheet.
    """
    states = states_of(shown)
    headings = {
        "Area": _("Area"),
        "LTO team": _("LTO team"),
        "Base town": _("Base town"),
        "Stations (number)": _("Stations"),
        "STO pairs (number)": _("STO pairs"),
        "Span (pairs per LTO team)": _("Span"),
        "Stations per STO pair": _("Stations per pair"),
        LONGEST: _("Longest drive (min)"),
        MEAN: _("Mean drive (min)"),
        "Longest drive on E-day (min)": _("Longest leg on E-day (min)"),
        "Voters (number)": _("Voters"),
        "Districts (number)": _("Districts"),
        "Regions": _("Regions"),
    }
    columns = (*table.columns, Column(LONGEST, 12, Kind.COUNT), Column(MEAN, 12, Kind.COUNT))
    at = {column.title: number for number, column in enumerate(columns)}
    rows = []
    for row in table.rows:
        state = states[AreaId(str(row[0]))]
        cells = (*row, whole_minutes(state.longest_min), whole_minutes(state.mean_min))
        rows.append(tuple(cells[at[title]] for title in headings))
    return replace(
        table,
        columns=tuple(
            replace(columns[at[title]], title=heading) for title, heading in headings.items()
        ),
        rows=tuple(rows),
    )
