"""The map of one pair's election day: straight lines between its places, in their order."""

from typing import Any

from planner.domain.plan import Day
from ui.components.area_map import district_features, district_layer
from ui.components.deck import CompactDeck, layer, make_deck
from ui.components.palette import ACTIVITIES, BLUE, GREY, rgb
from ui.state import Shown
from ui.strings import _

NEAR_SHARE = 0.02
"""Places nearer to one another than this share of the route's extent are one sign."""
ALPHA = 60


def route_deck(shown: Shown, day: Day) -> CompactDeck:
    """Return the map of a day.

    Several phases at one place, and stops side by side, are one sign: it is coloured by the first
    and numbered by all of them.
    """
    view = shown.view
    team = view.teams.get(day.team)
    base = view.mission.town_of.get(team.base_town) if team else None
    home = [] if base is None else [{"at": [base.lon, base.lat], "tip": base.name, "n": base.name}]
    stops = _merged(_stops(shown, day))
    path = [place["at"] for place in (*home, *stops, *home)]
    area = team.area if team else None
    # The area's own districts only: the others would be nine tenths of what is sent.
    districts = [
        {**feature, "fill": [*feature["colour"][:3], ALPHA]}
        for feature in district_features(shown, area)
        if area in (None, feature["area"])
    ]
    layers = [
        district_layer(districts),
        layer(
            "PathLayer",
            "route",
            [{"path": path, "tip": f"{day.team}"}] if len(path) > 1 else [],
            get_path="path",
            get_color=rgb(BLUE),
            width_min_pixels=2.5,
        ),
        _dots("stops", stops, 11, "fill", rgb(GREY)),
        layer(
            "TextLayer",
            "numbers",
            stops,
            get_position="at",
            get_text="n",
            get_size=12,
            get_color=[0, 0, 0, 255],
            background=True,
            get_background_color=[255, 255, 255, 170],
            background_padding=[2, 0, 2, 0],
        ),
        _dots("base", home, 6, rgb("#000000"), [255, 255, 255, 255]),
        layer(
            "TextLayer",
            "town",
            home,
            get_position="at",
            get_text="n",
            get_size=13,
            get_color=[20, 20, 20, 255],
            get_pixel_offset=[0, 18],
            # Without it the browser's atlas has Latin letters only.
            character_set="'auto'",
            background=True,
            get_background_color=[255, 255, 255, 215],
            background_padding=[3, 1, 3, 1],
        ),
    ]
    return make_deck(layers, [(point[0], point[1]) for point in path])


def _stops(shown: Shown, day: Day) -> list[dict[str, Any]]:
    """Return the places of a day in their order, the phases at one place joined."""
    found: list[dict[str, Any]] = []
    for stop in day.stops:
        place = shown.view.place(stop)
        if place is None:
            continue
        what = f"{_(stop.phase.value)} {stop.arrive:%H:%M}-{stop.leave:%H:%M}"
        if found and found[-1]["id"] == place.id:
            found[-1]["tip"] += f"\n{what}"
            continue
        number = len(found) + 1
        found.append(
            {
                "id": place.id,
                "at": [round(place.lon, 5), round(place.lat, 5)],
                "tip": f"{number}. {place.id} {place.name}\n{what}",
                "fill": rgb(ACTIVITIES[stop.phase.value]),
                "first": number,
                "last": number,
            }
        )
    return found


def _merged(stops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stops with those that follow one another side by side as one sign."""
    lons, lats = [s["at"][0] for s in stops], [s["at"][1] for s in stops]
    near = NEAR_SHARE * max(max(lons) - min(lons), max(lats) - min(lats)) if stops else 0.0
    merged: list[dict[str, Any]] = []
    for stop in stops:
        before = merged[-1] if merged else None
        if before and all(
            abs(a - b) <= near for a, b in zip(before["at"], stop["at"], strict=True)
        ):
            before["last"] = stop["last"]
            before["tip"] += f"\n{stop['tip']}"
            continue
        merged.append(dict(stop))
    for sign in merged:
        alone = sign["first"] == sign["last"]
        sign["n"] = str(sign["first"]) if alone else f"{sign['first']}-{sign['last']}"
    return merged


def _dots(name: str, data: list[dict[str, Any]], size_px: int, fill: Any, line: Any) -> Any:  # noqa: ANN401 - deck.gl
    return layer(
        "ScatterplotLayer",
        name,
        data,
        pickable=True,
        get_position="at",
        get_radius=size_px,
        radius_units="'pixels'",
        get_fill_color=fill,
        stroked=True,
        get_line_color=line,
        line_width_min_pixels=1.5,
    )
