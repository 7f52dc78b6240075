"""One area in figures: its districts, load, pairs, span and drives; or all areas in short."""

import math

import streamlit as st

from planner.domain.ids import AreaId, DistrictId
from planner.domain.observer import Role
from planner.domain.plan import Area
from planner.export.sheets.areas import span_tone
from planner.export.sheets.table import Tone
from planner.whatif.areas import AreaState, area_states, drives_min
from ui.components.links import link
from ui.components.text import plain
from ui.state import KEPT, Page, Shown
from ui.strings import _, n_, word
from ui.written import number

SIGNS = {Tone.AMBER: "▲ ", Tone.RED: "■ "}


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _states(_shown: Shown, digest: str) -> dict[AreaId, AreaState]:  # noqa: ARG001 - the key
    return area_states(_shown.view.mission, _shown.view.plan.areas, _shown.travel)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drives(_shown: Shown, digest: str, area: AreaId) -> dict[DistrictId, float]:  # noqa: ARG001
    return drives_min(_shown.view.mission, _shown.view.areas[area], _shown.travel)


def states_of(shown: Shown) -> dict[AreaId, AreaState]:
    """Return the figures of a plan's areas."""
    return _states(shown, shown.digest)


def minutes_text(minutes: float | None) -> str:
    """Return minutes as text; a dash where there is nothing to drive from, words for no way."""
    if minutes is None:
        return "-"
    return _("no way") if math.isinf(minutes) else number(minutes)


def whole_minutes(minutes: float | None) -> int | None:
    """Return whole minutes for a table; None where there is no way or nothing to drive from."""
    return None if minutes is None or math.isinf(minutes) else round(minutes)


def span_text(shown: Shown, area: Area) -> str:
    """Return STO pairs per LTO team with ``▲`` where amber and ``■`` where red."""
    if area.lto_team is None:
        return "▲ " + _("no team")
    tone = span_tone(shown.view.mission, area.sto_pairs)
    return SIGNS.get(tone, "") + number(area.sto_pairs)


def area_card(page: Page, area: AreaId) -> None:
    """Show one area, and the ways to its pairs and their election day."""
    shown = page.shown
    view, state = shown.view, states_of(shown)[area]
    known = view.areas[area]
    st.markdown(
        f"##### {area} · {plain(view.town_name(known.base_town) or _('no base town'))}  \n"
        + _("LTO team {team}").format(team=f"**{known.lto_team or _('none')}**")
    )
    policy = view.mission.mission.policies.areas
    far = state.longest_min is not None and state.longest_min > policy.max_base_to_district_min
    cells = (
        (_("Stations"), number(state.stations), ""),
        (_("Voters"), number(state.voters) if state.voters is not None else "-", ""),
        (
            _("Span"),
            span_text(shown, known),
            _("▲ amber above {amber:g}, ■ red above {red:g} STO pairs per LTO team.").format(
                amber=policy.span_amber, red=policy.span_red
            ),
        ),
        (_("Stations per pair"), _ratio(state.stations, state.sto_pairs), ""),
        (
            _("Longest drive (min)"),
            ("▲ " if far else "") + minutes_text(state.longest_min),
            _("From the base town to a district centre: {district}. Limit {limit} min.").format(
                district=view.district_name(state.farthest) if state.farthest else "-",
                limit=policy.max_base_to_district_min,
            ),
        ),
        (
            _("Mean drive (min)"),
            minutes_text(state.mean_min),
            _("From the base town to the district centres, each counted once."),
        ),
    )
    for start in (0, 2, 4):
        for column, (label, value, help_) in zip(
            st.columns(2), cells[start : start + 2], strict=True
        ):
            column.metric(label, value, help=help_ or None)
    left, right = st.columns(2)
    with left:
        link("pairs", _("Its pairs"), ":material/group:", area=area)
    pairs = [team.id for team in view.teams_of(Role.STO) if team.area == area]
    with right:
        if pairs:
            link("election_day", _("Its election day"), ":material/schedule:", pair=pairs[0])


def districts_table(shown: Shown, area: AreaId) -> None:
    """Show the districts of an area, the farthest from the base town first."""
    view, drives = shown.view, _drives(shown, shown.digest, area)
    districts = sorted(
        view.areas[area].districts, key=lambda d: (-drives.get(d, 0.0), view.district_name(d))
    )
    stations = [view.stations_of_district.get(district, ()) for district in districts]
    records = [view.district(district) for district in districts]
    st.dataframe(
        {
            _("District"): [view.district_name(district) for district in districts],
            _("Id"): list(districts),
            _("Region"): [view.region_name(district) for district in districts],
            _("Stations"): [len(found) for found in stations],
            _("Voters"): [
                sum(s.voters for s in found if s.voters is not None) for found in stations
            ],
            _("Drive from base (min)"): [whole_minutes(drives.get(d)) for d in districts],
            _("Data"): [word(record.status.value) if record else "" for record in records],
        },
        hide_index=True,
        placeholder="-",
        height=300 if len(districts) > 7 else "auto",
        column_config={
            _("Stations"): st.column_config.NumberColumn(format="localized"),
            _("Voters"): st.column_config.NumberColumn(format="localized"),
            _("Drive from base (min)"): st.column_config.NumberColumn(format="%.0f"),
        },
    )


def all_areas_card(shown: Shown) -> None:
    """Show all areas in short: loads, spans and drives at their extremes."""
    states, view = states_of(shown), shown.view
    tones = [span_tone(view.mission, area.sto_pairs) for area in view.plan.areas if area.lto_team]
    count = len(states)
    st.markdown("##### " + n_("{n} area", "{n} areas", count).format(n=count))
    st.caption(_("Click a district or a base town, or choose an area above."))
    loads = [state.load for state in states.values()]
    longest = [s for s in states.values() if s.longest_min is not None]
    worst = max(longest, key=lambda s: s.longest_min or 0.0, default=None)
    policy = view.mission.mission.policies.areas
    left, right = st.columns(2)
    left.metric(_("Smallest load (stations)"), number(min(loads)))
    right.metric(_("Largest load (stations)"), number(max(loads)))
    left.metric(
        _("Spans amber"),
        f"▲ {tones.count(Tone.AMBER)}",
        help=_("Above {n:g} STO pairs per LTO team.").format(n=policy.span_amber),
    )
    right.metric(
        _("Spans red"),
        f"■ {tones.count(Tone.RED)}",
        help=_("Above {n:g} STO pairs per LTO team.").format(n=policy.span_red),
    )
    if worst is not None:
        left.metric(_("Longest drive (min)"), minutes_text(worst.longest_min))
        right.metric(_("in area"), str(worst.area))


def _ratio(stations: int, pairs: int) -> str:
    return number(stations / pairs, 1) if pairs else "-"
