"""The map of areas: districts by area, base towns, towns where pairs sleep; all can be chosen."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.domain.ids import AreaId, DistrictId
from planner.domain.observer import Role
from ui.components.deck import CompactDeck, layer, make_deck, show_attribution
from ui.components.outlines import area_colours, thin_outlines
from ui.components.palette import BLUE, VERMILION, rgb
from ui.state import KEPT, Shown
from ui.strings import _, present_language

FAINT, FULL = 30, 165
CHOSEN = 235
"""Opacity of districts: of other areas, of the chosen area, and of the chosen district."""
KEY = "area-map"
DECKS = 32
"""Decks kept: each is one choice of area and district."""
WIDTH_PX, HEIGHT_PX = 540, 450
"""It stands beside a card."""


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _features(_shown: Shown, digest: str) -> list[dict[str, Any]]:  # noqa: ARG001 - the key
    view, colours = _shown.view, area_colours(_shown.view)
    found = []
    for district, outline in thin_outlines(_shown.polygons).items():
        area = view.area_of_district.get(district)
        tip = f"{view.district_name(district)} ({district})\n"
        tip += f"{area.id} · {area.lto_team or '-'}" if area else "-"
        found.append(
            {
                "type": "Feature",
                "geometry": outline,
                "tip": tip,
                "area": area.id if area else "",
                "district": district,
                "colour": rgb(colours[area.id]) if area else rgb("#999999"),
            }
        )
    return found


def district_features(
    shown: Shown, area: AreaId | None, district: DistrictId | None = None
) -> list[dict[str, Any]]:
    """Return districts as GeoJSON features with ``fill``.

    All but ``area`` are faint, if one is given; ``district`` stands out.
    """

    def opacity(feature: dict[str, Any]) -> int:
        if district is not None and feature["district"] == district:
            return CHOSEN
        return FULL if area in (None, feature["area"]) else FAINT

    return [
        {**feature, "fill": [*feature["colour"][:3], opacity(feature)]}
        for feature in _features(shown, shown.digest)
    ]


def show_area_map(
    shown: Shown,
    area: AreaId | None,
    district: DistrictId | None,
    on_pick: Callable[[AreaId | None, DistrictId | None], None],
) -> None:
    """Draw the map; a click on a district or a base town chooses it.

    Parameters
    ----------
    on_pick
        Called with the area and, after a click on a district, the district.
    """

    def picked() -> None:
        objects = st.session_state[KEY].selection.objects
        for base in objects.get("bases", ())[:1]:
            on_pick(AreaId(base["area"]), None)
        for feature in objects.get("districts", ())[:1]:
            on_pick(AreaId(feature["area"]) or None, DistrictId(feature["district"]))

    st.pydeck_chart(
        _deck(shown, shown.digest, area, district, present_language()),
        height=HEIGHT_PX,
        key=KEY,
        on_select=picked,
        alt=_("Map of {n} areas of responsibility; the table below says the same.").format(
            n=len(shown.view.plan.areas)
        ),
    )
    show_attribution()


def district_layer(features: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - pydeck has no types
    """Return the layer of districts."""
    return layer(
        "GeoJsonLayer",
        "districts",
        {"type": "FeatureCollection", "features": features},
        pickable=True,
        get_fill_color="fill",
        get_line_color=[120, 120, 120, 200],
        line_width_min_pixels=0.6,
    )


@st.cache_resource(max_entries=DECKS, show_spinner=False)
def _deck(
    _shown: Shown,
    digest: str,  # noqa: ARG001 - the key
    area: AreaId | None,
    district: DistrictId | None,
    language: str,  # noqa: ARG001 - the texts on the map are in it
) -> CompactDeck:
    return area_deck(_shown, area, district)


def area_deck(shown: Shown, area: AreaId | None, district: DistrictId | None = None) -> CompactDeck:
    """Return the map of all areas, or of one that stands out."""
    view = shown.view
    pairs = Counter(team.base_town for team in view.teams_of(Role.STO))
    towns: list[dict[str, Any]] = []
    bases: list[dict[str, Any]] = []
    at: list[tuple[float, float]] = []
    for town in view.mission.towns:
        if pairs[town.id]:
            tip = f"{town.name}: {pairs[town.id]} {_('STO')}"
            towns.append({"at": [town.lon, town.lat], "n": pairs[town.id], "tip": tip})
    for each in view.plan.areas:
        base = view.mission.town_of.get(each.base_town) if each.base_town else None
        if base:
            tip = f"{each.id} · {each.lto_team or '-'} · {base.name}"
            if area in (None, each.id):
                at.append((base.lon, base.lat))
            bases.append({"at": [base.lon, base.lat], "id": each.id, "tip": tip, "area": each.id})
    features = district_features(shown, area, district)
    layers = [
        district_layer(features),
        layer(
            "ScatterplotLayer",
            "hubs",
            towns,
            pickable=True,
            get_position="at",
            get_radius="n",
            radius_units="'pixels'",
            radius_scale=0.9,
            radius_min_pixels=3,
            radius_max_pixels=14,
            get_fill_color=rgb(BLUE, 220),
            stroked=True,
            get_line_color=[255, 255, 255, 255],
            line_width_min_pixels=1,
        ),
        layer(
            "ScatterplotLayer",
            "bases",
            bases,
            pickable=True,
            get_position="at",
            get_radius=7,
            radius_units="'pixels'",
            get_fill_color=rgb(VERMILION),
            stroked=True,
            get_line_color=[255, 255, 255, 255],
            line_width_min_pixels=1.5,
        ),
        layer(
            "TextLayer",
            "ids",
            bases,
            get_position="at",
            get_text="id",
            get_size=13,
            get_color=[20, 20, 20, 255],
            get_pixel_offset=[0, -17],
            background=True,
            get_background_color=[255, 255, 255, 215],
            background_padding=[3, 1, 3, 1],
        ),
    ]
    chosen = [f for f in features if area in (None, f["area"])]
    points = [point for feature in chosen for point in _ring(feature["geometry"])]
    points += at
    return make_deck(layers, points, width_px=WIDTH_PX)


def _ring(geometry: dict[str, Any]) -> list[tuple[float, float]]:
    """Return all points of the outer rings of a (multi-)polygon."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return [(point[0], point[1]) for polygon in polygons for point in polygon[0]]
