"""The country on election day: every station by what is observed there, areas and regions."""

from collections.abc import Iterable
from typing import Any

import shapely
import streamlit as st

from planner.domain.place import Station
from planner.domain.plan import Phase
from planner.export.view import PlanView
from ui.components.deck import CompactDeck, layer, make_deck
from ui.components.outlines import as_lines, borders_of
from ui.components.palette import GREEN, GREY, ORANGE, SKY, rgb
from ui.state import KEPT, Shown
from ui.strings import SOURCE, word

NOBODY = "nobody"
COUNT = "count"
CLASSES = {
    NOBODY: GREY,
    Phase.VOTING.value: SKY,
    Phase.OPENING.value: ORANGE,
    COUNT: GREEN,
}
"""What is observed at a station, drawn in this order: the rarest on top."""
AREA_LINE, REGION_LINE = "#D55E00", "#8A8F98"
NEAR_DIGITS, FAR_DIGITS = 4, 3
"""Decimals of degrees: 10 m for what is visited, 100 m for what is not."""


def class_of(view: PlanView, station: Station) -> str:
    """Return what is observed at a station: the count before the opening before voting."""
    phases = {stop.phase for _team, stop in view.visits.get(station.id, ())}
    if not phases:
        return NOBODY
    if phases & {Phase.CLOSING, Phase.COUNTING}:
        return COUNT
    return (Phase.OPENING if Phase.OPENING in phases else Phase.VOTING).value


@st.cache_resource(max_entries=3 * KEPT, show_spinner=False)
def country_deck(
    _shown: Shown,
    digest: str,  # noqa: ARG001 - the key
    classes: tuple[str, ...],
    language: str = SOURCE,  # noqa: ARG001 - the texts on the map are in it
) -> CompactDeck:
    """Return the map of all stations of some classes; the same for the same plan."""
    view = _shown.view
    rows: dict[str, list[list[Any]]] = {name: [] for name in CLASSES}
    for station in view.mission.stations:
        rows[class_of(view, station)].append(_row(view, station))
    regions = {district: view.mission.district_of[district].region for district in _shown.outlined}
    areas = {
        district: view.area_of_district[district].id
        for district in _shown.outlined
        if district in view.area_of_district
    }
    of_regions = borders_of(_shown.polygons, regions)
    of_areas = borders_of(_shown.polygons, areas)
    layers = [
        # Where both run together the area's border is drawn alone.
        _lines("regions", as_lines(shapely.difference(of_regions, of_areas)), REGION_LINE, 1.0),
        _lines("areas", as_lines(of_areas), AREA_LINE, 1.8),
        *(
            _points(name, rows[name], CLASSES[name], faint=name == NOBODY)
            for name in CLASSES
            if name in classes
        ),
    ]
    # Rows are arrays, a third of the size of records; their fourth part is the text.
    return make_deck(layers, _corners(_shown, rows.values()), tip="{3}")


def _row(view: PlanView, station: Station) -> list[Any]:
    visits = view.visits.get(station.id, ())
    digits = NEAR_DIGITS if visits else FAR_DIGITS
    text = str(station.id)
    if visits:
        team, first = visits[0]
        text += f" · {team} {first.arrive:%H:%M} {word(first.phase.value)}"
    return [round(station.lon, digits), round(station.lat, digits), 0, text]


def _points(name: str, rows: list[list[Any]], colour: str, *, faint: bool) -> Any:  # noqa: ANN401 - deck.gl
    return layer(
        "ScatterplotLayer",
        name,
        rows,
        pickable=True,
        get_position="-",
        get_radius=1.6 if faint else 4,
        radius_units="'pixels'",
        get_fill_color=rgb(colour, 130 if faint else 255),
        stroked=not faint,
        get_line_color=[40, 40, 40, 255],
        line_width_min_pixels=0.5,
        auto_highlight=True,
    )


def _lines(name: str, lines: list[Any], colour: str, width_px: float) -> Any:  # noqa: ANN401 - deck.gl
    return layer(
        "PathLayer",
        name,
        lines,
        get_path="-",
        get_color=rgb(colour, 210),
        get_width=width_px,
        width_units="'pixels'",
    )


def _corners(shown: Shown, rows: Iterable[list[list[Any]]]) -> list[tuple[float, float]]:
    if shown.polygons:
        west, south, east, north = shapely.total_bounds(list(shown.polygons.values()))
        return [(float(west), float(south)), (float(east), float(north))]
    return [(row[0], row[1]) for group in rows for row in group]
