"""Frame: stations and districts as they stand, and the way of new lists into the mission."""

import streamlit as st

from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station
from planner.errors import PlannerError
from planner.export.registry import Polygons
from planner.overview.find import MOST, find_stations
from planner.overview.frame import PlaceTally, Tally, by_district, by_region, whole_frame
from planner.store.records import UploadKind
from ui.components.address import in_address
from ui.components.boundary import show_error
from ui.components.deck import show_deck
from ui.components.empty import no_stations
from ui.components.findings import findings_table
from ui.components.frame_tables import frame_figures, place_table, station_card, station_table
from ui.components.station_map import (
    By,
    by_words,
    class_of,
    class_words,
    classes,
    modes,
    show_legend,
    station_deck,
)
from ui.components.text import plain
from ui.components.upload import PARAMETER, tell_upload, upload_section
from ui.state import KEPT, Page
from ui.strings import _, n_
from ui.written import number

KINDS = (
    UploadKind.STATIONS,
    UploadKind.BOUNDARIES,
    UploadKind.TOWNS,
    UploadKind.COMMISSIONS,
)
FRAME, BRING = "frame", "bring"


def show(page: Page) -> None:
    """Draw the view."""
    tell_upload()
    try:
        mission = page.loaded.mission_input
    except PlannerError as error:
        _cannot_load(page, error)
        return
    start = BRING if PARAMETER in st.query_params else FRAME
    keep = in_address("frame_part", (FRAME, BRING), start)
    part = st.segmented_control(
        _("Part"),
        (FRAME, BRING),
        required=True,
        format_func=lambda each: {FRAME: _("As it stands"), BRING: _("Bring a list in")}[each],
        key="frame_part",
        on_change=keep,
        label_visibility="collapsed",
    )
    if part == BRING:
        upload_section(page, KINDS)
    else:
        _frame(page, mission)


def _cannot_load(page: Page, error: PlannerError) -> None:
    if not no_stations(page):
        st.warning(_("The mission cannot be planned as it stands. A corrected list mends it:"))
        with st.expander(_("What is wrong"), expanded=True):
            show_error(error)
    upload_section(page, KINDS)


def _frame(page: Page, mission: MissionInput) -> None:
    digest = page.workspace.digest(page.folder)
    whole, regions, districts = _tallies(mission, digest)
    frame_figures(mission, whole)
    station = _search(mission)
    if station is not None:
        station_card(page, mission, station)
    _map(page, mission, digest, station)
    _tables(regions, districts)
    findings = page.loaded.findings
    if findings:
        count = len(findings)
        with st.expander(
            n_("{n} remark about the lists", "{n} remarks about the lists", count).format(
                n=number(count)
            )
        ):
            findings_table(findings)


def _search(mission: MissionInput) -> Station | None:
    left, right = st.columns(2)
    text = left.text_input(
        _("Find a station"),
        placeholder=_("id or a part of the name"),
        key="station",
        bind="query-params",
        max_chars=80,
    )
    found = find_stations(mission.stations, text or "")
    if not text:
        return None
    if not found:
        right.info(_("No station has this in its id or name."))
        return None
    if len(found) == 1 or found[0].id.casefold() == (text or "").strip().casefold():
        return found[0]
    names = {each.id: f"{each.id} · {each.name}" for each in found}
    label = (
        _("The first {n} that fit").format(n=number(MOST))
        if len(found) >= MOST
        else n_("{n} fits", "{n} fit", len(found)).format(n=number(len(found)))
    )
    chosen = right.selectbox(
        label,
        list(names),
        index=None,
        placeholder=_("choose one"),
        format_func=lambda code: names.get(code, code),
        key="frame-found",
    )
    return mission.station_of.get(chosen) if chosen else None


def _map(page: Page, mission: MissionInput, digest: str, station: Station | None) -> None:
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    keep = in_address("frame_by", modes(), "settlement")
    chosen = left.selectbox(
        _("Colour stations by"), modes(), format_func=by_words, key="frame_by", on_change=keep
    )
    by: By = chosen
    names = {str(each.id): each.name for each in mission.districts}
    keep = in_address("frame_district", names, None)
    picked = right.selectbox(
        _("District"),
        sorted(names, key=lambda code: (names[code], code)),
        index=None,
        placeholder=_("All districts"),
        format_func=lambda code: f"{names.get(code, code)} ({code})",
        key="frame_district",
        on_change=keep,
    )
    district = DistrictId(picked) if picked in names else None
    stations = [s for s in mission.stations if district is None or s.district == district]
    counts: dict[str, int] = {}
    for each in stations:
        counts[class_of(each, by)] = counts.get(class_of(each, by), 0) + 1
    present = [value for value in classes(by) if value in counts]
    drawn = middle.multiselect(
        _("Show"),
        present,
        default=present,
        format_func=class_words,
        key=f"frame-show-{by}-{district or ''}",
        placeholder=_("choose"),
    )
    deck = station_deck(
        mission,
        _polygons(page, digest),
        digest,
        by,
        district,
        station.id if station else None,
        tuple(drawn),
    )
    show_deck(
        deck,
        _("Map of {n} stations; the tables below say the same.").format(n=number(len(stations))),
    )
    show_legend(by, counts)
    if district is not None:
        st.markdown(f"##### {_('Stations of {district}').format(district=plain(names[district]))}")
        station_table(stations)


def _tables(regions: tuple[PlaceTally, ...], districts: tuple[PlaceTally, ...]) -> None:
    by = st.segmented_control(
        _("Table by"),
        ("region", "district"),
        default="region",
        required=True,
        format_func=lambda each: {"region": _("region"), "district": _("district")}[each],
        key="frame_table",
        persist_state="session",
    )
    place_table(districts if by == "district" else regions, districts=by == "district")


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _tallies(
    _mission: MissionInput,
    digest: str,  # noqa: ARG001 - the key
) -> tuple[Tally, tuple[PlaceTally, ...], tuple[PlaceTally, ...]]:
    return whole_frame(_mission), by_region(_mission), by_district(_mission)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _polygons(_page: Page, digest: str) -> Polygons:  # noqa: ARG001 - the key
    from planner.intake.polygons import load_polygons  # noqa: PLC0415 - heavy import

    return load_polygons(_page.folder.path)
