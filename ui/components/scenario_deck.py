"""The map of two scenarios: how many STO pairs more or fewer each area has."""

from typing import Any

import streamlit as st

from planner.compare import PlanChange
from planner.domain.ids import AreaId
from ui.components.area_borders import area_borders
from ui.components.deck import CompactDeck, layer, make_deck
from ui.components.outlines import thin_outlines
from ui.components.palette import BLUE, GREY, ORANGE, VERMILION, rgb
from ui.state import KEPT, Shown

MORE, FEWER, MOVED = BLUE, ORANGE, VERMILION
_FAINT, _STRONG = 60, 200


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def scenario_deck(
    _old: Shown,
    _new: Shown,
    _change: PlanChange,
    digests: str,  # noqa: ARG001 - the key
    words: tuple[str, str],
) -> CompactDeck:
    """Return the map: areas filled by the difference of their pairs, districts that moved framed.

    Parameters
    ----------
    words
        Patterns in the language of the page: pairs of an area (``{area}``, ``{old}``, ``{new}``),
        and a district that has another area (``{old}``, ``{new}``).
    """
    before, after = _pairs(_old), _pairs(_new)
    most = max((abs(after.get(a, 0) - before.get(a, 0)) for a in {*before, *after}), default=0)
    was, now = _old.view.area_of_district, _new.view.area_of_district
    moved = set(_change.districts_moved)
    features: list[dict[str, Any]] = []
    corners: list[tuple[float, float]] = []
    for district, outline in thin_outlines(_new.polygons).items():
        area = now.get(district)
        name = None if area is None else area.id
        tip = f"{_new.view.district_name(district)}\n"
        if name is not None:
            tip += words[0].format(area=name, old=before.get(name, 0), new=after.get(name, 0))
        if district in moved:
            old = was.get(district)
            tip += "\n" + words[1].format(old=old.id if old else "-", new=name or "-")
        features.append(
            {
                "type": "Feature",
                "geometry": outline,
                "tip": tip,
                "fill": _fill(after.get(name, 0) - before.get(name, 0), most)
                if name
                else rgb(GREY, 30),
                "line": rgb(MOVED) if district in moved else [130, 130, 130, 120],
            }
        )
        place = _new.view.district(district)
        if place is not None:
            corners.append((place.lon, place.lat))
    labels = _labels(_new, before, after)
    layers = [
        layer(
            "GeoJsonLayer",
            "districts",
            {"type": "FeatureCollection", "features": features},
            pickable=True,
            get_fill_color="fill",
            get_line_color="line",
            line_width_min_pixels=0.6,
        ),
        area_borders(_new),
        layer(
            "TextLayer",
            "differences",
            labels,
            get_position="at",
            get_text="text",
            get_size=13,
            get_color=[20, 20, 20, 255],
            background=True,
            get_background_color=[255, 255, 255, 215],
            background_padding=[3, 1, 3, 1],
        ),
    ]
    return make_deck(layers, corners)


def _pairs(shown: Shown) -> dict[AreaId, int]:
    return {area.id: area.sto_pairs for area in shown.view.plan.areas}


def _fill(difference: int, most: int) -> list[int]:
    if not difference:
        return rgb(GREY, 40)
    alpha = _FAINT + round((_STRONG - _FAINT) * abs(difference) / most)
    return rgb(MORE if difference > 0 else FEWER, alpha)


def _labels(
    new: Shown, before: dict[AreaId, int], after: dict[AreaId, int]
) -> list[dict[str, Any]]:
    found = []
    for area in new.view.plan.areas:
        town = None if area.base_town is None else new.view.mission.town_of.get(area.base_town)
        if town is not None:
            difference = after[area.id] - before.get(area.id, 0)
            text = f"{area.id} {_signed(difference)}"
            found.append({"at": [town.lon, town.lat], "text": text})
    return found


def _signed(difference: int) -> str:
    return f"{difference:+d}" if difference else "="
