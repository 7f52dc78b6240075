"""Ten thousand stations on a map of less than half a megabyte: one layer for each class."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import streamlit as st

from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.place import CoordinatePrecision, SettlementType, Station, StationKind
from planner.export.registry import Polygons
from ui.components.deck import BLANK_STYLE, CompactDeck, layer, make_deck
from ui.components.legend import legend
from ui.components.outlines import thin_outlines
from ui.components.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, rgb
from ui.state import KEPT
from ui.strings import _
from ui.written import number

By = Literal["precision", "settlement", "kind"]
"""What stations are coloured by."""
DIGITS = 4
"""Decimals of degrees: 11 m."""
AROUND_DEG = 0.4
"""What is shown on each side of a chosen station, in degrees."""
BASE_PX, LEAST_PX, MOST_PX = 2.2, 1.5, 7


@dataclass(frozen=True)
class Look:
    """How a class of stations is drawn: a colour, and a dot or a ring for those who see none."""

    colour: str
    ring: bool = False


_LOOKS: dict[str, Look] = {
    CoordinatePrecision.EXACT: Look(BLUE),
    CoordinatePrecision.SETTLEMENT: Look(SKY, ring=True),
    CoordinatePrecision.DISTRICT: Look(ORANGE, ring=True),
    CoordinatePrecision.REGION: Look(VERMILION, ring=True),
    SettlementType.URBAN: Look(BLUE),
    SettlementType.RURAL: Look(ORANGE, ring=True),
    SettlementType.UNKNOWN: Look(GREY),
    StationKind.ORDINARY: Look(GREEN),
    StationKind.SPECIAL: Look(PURPLE, ring=True),
}


class StationDeck(CompactDeck):
    """A deck whose document is written once, however often the page is drawn."""

    @cached_property
    def document(self) -> str:
        """The deck as JSON."""
        return super().to_json()

    def to_json(self) -> str:
        """Return the deck as compact JSON."""
        return self.document


def by_words(by: By) -> str:
    """Return what stations are coloured by, as a person reads it."""
    return {
        "precision": _("Precision of coordinates"),
        "settlement": _("Urban or rural"),
        "kind": _("Ordinary or special"),
    }[by]


def class_words(value: str) -> str:
    """Return a class of stations as a person reads it."""
    return {
        "exact": _("exact"),
        "settlement": _("middle of the settlement"),
        "district": _("middle of the district"),
        "region": _("middle of the region"),
        "urban": _("urban"),
        "rural": _("rural"),
        "unknown": _("unknown"),
        "ordinary": _("ordinary"),
        "special": _("special"),
    }[value]


def class_of(station: Station, by: By) -> str:
    """Return the class that a station is drawn in."""
    return str(getattr(station, by).value)


def classes(by: By) -> tuple[str, ...]:
    """Return all classes, the usual one first, in the order of drawing."""
    found = {
        "precision": CoordinatePrecision,
        "settlement": SettlementType,
        "kind": StationKind,
    }[by]
    return tuple(each.value for each in found)


def modes() -> tuple[By, ...]:
    """Return all that stations can be coloured by."""
    return get_args(By)


def show_legend(by: By, counts: dict[str, int]) -> None:
    """Show the classes that occur, each with its sign and its number of stations."""
    legend(
        (
            "○" if _LOOKS[value].ring else "●",
            _LOOKS[value].colour,
            f"{class_words(value)} ({number(counts[value])})",
        )
        for value in classes(by)
        if counts.get(value)
    )


@st.cache_resource(max_entries=4 * KEPT, show_spinner=False)
def station_deck(
    _mission: MissionInput,
    _polygons: Polygons,
    digest: str,  # noqa: ARG001 - the key
    by: By,
    district: str | None,
    chosen: str | None,
    shown: tuple[str, ...],
) -> StationDeck:
    """Return the map of a mission's stations.

    Parameters
    ----------
    digest
        Of mission and outlines together.
    by
        What stations are coloured by.
    district
        Only this district's stations; None: all.
    chosen
        A station that stands out; None: none.
    shown
        Classes that are drawn.
    """
    stations = [s for s in _mission.stations if district is None or s.district == district]
    layers = [_outlines(_polygons, district)]
    # Rings first: they are drawn around the dots, and would hide them.
    for value in reversed(classes(by)):
        if value in shown:
            found = [station for station in stations if class_of(station, by) == value]
            layers.append(_class_layer(value, _LOOKS[value], found, named=district is not None))
    points = [(station.lon, station.lat) for station in stations]
    known = _mission.station_of.get(StationId(chosen)) if chosen else None
    if known is not None:
        layers.append(_mark(known))
        points = [
            (known.lon + sign * AROUND_DEG, known.lat + sign * AROUND_DEG) for sign in (-1, 1)
        ]
    deck = make_deck(layers, points)
    return StationDeck(
        layers=layers,
        initial_view_state=deck.initial_view_state,
        map_provider="maplibre",
        map_style=BLANK_STYLE,
        # Stations are short lists, not records: longitude, latitude, and what is shown of them.
        tooltip={"text": "{2}"},
    )


def _class_layer(value: str, look: Look, stations: Sequence[Station], *, named: bool) -> Any:  # noqa: ANN401 - pydeck has no types
    data = [
        [
            round(station.lon, DIGITS),
            round(station.lat, DIGITS),
            f"{station.id} {station.name}" if named else station.id,
        ]
        for station in stations
    ]
    return layer(
        "ScatterplotLayer",
        value,
        data,
        pickable=True,
        get_position="[this[0], this[1]]",
        get_radius=BASE_PX,
        radius_units="'pixels'",
        radius_min_pixels=LEAST_PX,
        radius_max_pixels=MOST_PX,
        filled=not look.ring,
        stroked=look.ring,
        get_fill_color=rgb(look.colour, 190),
        get_line_color=rgb(look.colour, 230),
        line_width_min_pixels=1,
    )


def _mark(station: Station) -> Any:  # noqa: ANN401 - pydeck has no types
    return layer(
        "ScatterplotLayer",
        "chosen",
        [[station.lon, station.lat, f"{station.id} {station.name}"]],
        pickable=True,
        get_position="[this[0], this[1]]",
        get_radius=9,
        radius_units="'pixels'",
        filled=False,
        stroked=True,
        get_line_color=rgb(VERMILION),
        line_width_min_pixels=3,
    )


def _outlines(polygons: Polygons, district: str | None) -> Any:  # noqa: ANN401 - pydeck has no types
    features = [
        {
            "type": "Feature",
            "geometry": outline,
            "fill": [128, 128, 128, 60 if code == district else 22],
        }
        for code, outline in thin_outlines(polygons).items()
    ]
    return layer(
        "GeoJsonLayer",
        "districts",
        {"type": "FeatureCollection", "features": features},
        pickable=False,
        get_fill_color="fill",
        get_line_color=[128, 128, 128, 150],
        line_width_min_pixels=0.6,
    )
