"""The map of a change: districts that have another area, and teams that sleep elsewhere."""

from collections import Counter
from typing import Any

import streamlit as st

from planner.compare import PlanChange
from planner.domain.ids import TownId
from ui.components.area_borders import area_borders
from ui.components.deck import CompactDeck, layer, make_deck
from ui.components.outlines import thin_outlines
from ui.components.palette import BLUE, GREY, VERMILION, rgb
from ui.state import KEPT, Shown


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def change_deck(
    _old: Shown,
    _new: Shown,
    _change: PlanChange,
    digests: str,  # noqa: ARG001 - the key
) -> CompactDeck:
    """Return the map: changed districts stand out, arrows lead teams from town to town."""
    before, after = _old.view.area_of_district, _new.view.area_of_district
    moved = set(_change.districts_moved)
    features: list[dict[str, Any]] = []
    corners: list[tuple[float, float]] = []
    for district, outline in thin_outlines(_new.polygons).items():
        was, now = before.get(district), after.get(district)
        names = [area.id if area else "-" for area in (was, now)]
        changed = district in moved
        tip = f"{_new.view.district_name(district)} ({district})\n"
        features.append(
            {
                "type": "Feature",
                "geometry": outline,
                "tip": tip + (" → ".join(names) if changed else names[1]),
                "fill": rgb(VERMILION, 170) if changed else rgb(GREY, 40),
            }
        )
        place = _new.view.district(district)
        if place is not None:
            corners.append((place.lon, place.lat))
    ways = _ways(_new, _change)
    corners += [(way[end][0], way[end][1]) for way in ways for end in ("from", "to")]
    layers = [
        layer(
            "GeoJsonLayer",
            "districts",
            {"type": "FeatureCollection", "features": features},
            pickable=True,
            get_fill_color="fill",
            get_line_color=[130, 130, 130, 120],
            line_width_min_pixels=0.4,
        ),
        area_borders(_new),
        layer(
            "LineLayer",
            "ways",
            ways,
            pickable=True,
            get_source_position="from",
            get_target_position="to",
            get_color=rgb(BLUE, 220),
            get_width=2.5,
        ),
        layer(
            "ScatterplotLayer",
            "ends",
            ways,
            pickable=True,
            get_position="to",
            get_radius=5,
            radius_units="'pixels'",
            get_fill_color=rgb(BLUE),
            stroked=True,
            get_line_color=[255, 255, 255, 255],
            line_width_min_pixels=1,
        ),
    ]
    return make_deck(layers, corners)


def _ways(new: Shown, change: PlanChange) -> list[dict[str, Any]]:
    """Return one line for each pair of towns between which teams move."""
    towns = new.view.mission.town_of
    teams: Counter[tuple[TownId, TownId]] = Counter()
    named: dict[tuple[TownId, TownId], list[str]] = {}
    for each in change.teams:
        if each.old and each.new and each.old.base_town != each.new.base_town:
            way = (each.old.base_town, each.new.base_town)
            teams[way] += 1
            named.setdefault(way, []).append(str(each.team))
    found = []
    for way in sorted(teams):
        start, end = (towns.get(town) for town in way)
        if start is None or end is None:
            continue
        found.append(
            {
                "from": [start.lon, start.lat],
                "to": [end.lon, end.lat],
                "tip": f"{start.name} → {end.name}\n{', '.join(named[way][:12])}"
                + (f" … ({teams[way]})" if teams[way] > 12 else ""),
            }
        )
    return found
