"""The frame in figures and tables: the whole, by place, and one station."""

from collections.abc import Sequence

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.domain.place import (
    CoordinatePrecision,
    DataStatus,
    SettlementType,
    Station,
    StationKind,
)
from planner.overview.frame import PlaceTally, Tally
from ui.components.links import link
from ui.components.station_map import class_words
from ui.components.text import plain
from ui.state import Page
from ui.strings import _, n_, word
from ui.written import number, share

HEIGHT_PX = 420
MANY_ROWS = 11


def frame_figures(mission: MissionInput, whole: Tally) -> None:
    """Show the figures of the whole frame, and what of it is not official."""
    first = st.columns(4)
    first[0].metric(_("Stations"), number(whole.stations))
    first[1].metric(
        _("Districts"),
        number(len(mission.districts)),
        help=n_("in {n} region", "in {n} regions", len(mission.regions)).format(
            n=number(len(mission.regions))
        ),
    )
    first[2].metric(_("Registered voters"), number(whole.voters))
    first[3].metric(_("Open earlier than usual"), number(whole.early))
    second = st.columns(4)
    for place, label, count in (
        (second[0], _("Urban"), whole.settlement[SettlementType.URBAN]),
        (second[1], _("Rural"), whole.settlement[SettlementType.RURAL]),
        (second[2], _("Special stations"), whole.kind[StationKind.SPECIAL]),
        (second[3], _("Exact coordinates"), whole.precision[CoordinatePrecision.EXACT]),
    ):
        place.metric(label, share(whole.share(count)), help=number(count))
    st.caption(" · ".join(_remarks(whole)))


def _remarks(whole: Tally) -> list[str]:
    found = [
        _("Status of the stations: {parts}").format(
            parts=", ".join(
                f"{word(status.value)} {number(whole.status[status])}"
                for status in DataStatus
                if whole.status[status]
            )
        )
    ]
    if whole.settlement[SettlementType.UNKNOWN]:
        found.append(
            _("neither urban nor rural known: {n}").format(
                n=number(whole.settlement[SettlementType.UNKNOWN])
            )
        )
    if whole.voters_unknown:
        found.append(_("voters unknown: {n}").format(n=number(whole.voters_unknown)))
    found += [
        f"{class_words(precision.value)}: {number(whole.precision[precision])}"
        for precision in CoordinatePrecision
        if whole.precision[precision] and precision is not CoordinatePrecision.EXACT
    ]
    return found


def place_table(places: Sequence[PlaceTally], *, districts: bool) -> None:
    """Show regions or districts with their stations.

    Parameters
    ----------
    districts
        Whether the places are districts, with their region, or regions, with their districts.
    """
    tallies = [place.tally for place in places]
    columns: dict[str, list[object]] = {_("Id"): [place.id for place in places]}
    columns[_("District") if districts else _("Region")] = [place.name for place in places]
    if districts:
        columns[_("Region")] = [place.region for place in places]
    else:
        columns[_("Districts")] = [place.districts for place in places]
    columns |= {
        _("Stations"): [each.stations for each in tallies],
        _("Voters"): [each.voters for each in tallies],
        _("Urban"): [
            round(each.share(each.settlement[SettlementType.URBAN]), 3) for each in tallies
        ],
        _("Special"): [each.kind[StationKind.SPECIAL] for each in tallies],
        _("Open earlier"): [each.early for each in tallies],
        _("Exact points"): [
            round(each.share(each.precision[CoordinatePrecision.EXACT]), 3) for each in tallies
        ],
        _("Status"): [_statuses(each) for each in tallies],
    }
    if any(each.voters_unknown for each in tallies):
        columns[_("Voters unknown")] = [each.voters_unknown for each in tallies]
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if len(places) > MANY_ROWS else "auto",
        column_config={
            _("Voters"): st.column_config.NumberColumn(format="localized"),
            _("Stations"): st.column_config.NumberColumn(format="localized"),
            _("Urban"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
            _("Exact points"): st.column_config.NumberColumn(format="percent"),
        },
    )


def _statuses(found: Tally) -> str:
    return ", ".join(word(status.value) for status in DataStatus if found.status[status])


def station_table(stations: Sequence[Station]) -> None:
    """Show stations one by one."""
    st.dataframe(
        {
            _("Id"): [each.id for each in stations],
            _("Name"): [each.name for each in stations],
            _("Voters"): [each.voters for each in stations],
            _("Urban or rural"): [class_words(each.settlement.value) for each in stations],
            _("Kind"): [class_words(each.kind.value) for each in stations],
            _("Coordinates"): [class_words(each.precision.value) for each in stations],
            _("Commission"): [each.commission or "" for each in stations],
            _("Status"): [word(each.status.value) for each in stations],
        },
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if len(stations) > MANY_ROWS else "auto",
        column_config={_("Voters"): st.column_config.NumberColumn(format="localized")},
    )


def station_card(page: Page, mission: MissionInput, station: Station) -> None:
    """Show one station with the way to why it is visited or not."""
    district = mission.district_of[station.district]
    usual = mission.mission.hours
    opens, closes = station.opens or usual.opens, station.closes or usual.closes
    precision = class_words(station.precision.value)
    with st.container(border=True):
        st.markdown(f"##### {plain(station.id)} · {plain(station.name)}")
        left, middle, right = st.columns(3)
        left.markdown(
            _lines(
                (_("District"), f"{district.name} ({district.id})"),
                (_("Region"), mission.region_of[district.region].name),
                (_("Commission"), station.commission or "-"),
            )
        )
        middle.markdown(
            _lines(
                (_("Voters"), _("unknown") if station.voters is None else number(station.voters)),
                (_("Urban or rural"), class_words(station.settlement.value)),
                (_("Kind"), class_words(station.kind.value)),
            )
        )
        right.markdown(
            _lines(
                (_("Open"), f"{opens:%H:%M} - {closes:%H:%M}"),
                (_("Coordinates"), f"{station.lat:.4f}, {station.lon:.4f} ({precision})"),
                (_("Status"), word(station.status.value)),
            )
        )
        if page.number is not None:
            link(
                "election_day",
                _("Who goes there, or why nobody does"),
                ":material/schedule:",
                station=station.id,
            )


def _lines(*pairs: tuple[str, str]) -> str:
    return "  \n".join(f"{label}: **{plain(value)}**" for label, value in pairs)
