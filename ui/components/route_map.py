"""The map of one pair's election day: straight lines between its places, in their order."""

from typing import Any

from planner.domain.plan import Day
from ui.components.area_map import district_features, district_layer
from ui.components.deck import CompactDeck, layer, make_deck
from ui.components.palette import ACTIVITIES, BLUE, GREY, rgb
from ui.state import Shown


def route_deck(shown: Shown, day: Day) -> CompactDeck:
    """Return the map of a day. Several phases at one place are one sign, coloured by the first."""
    view = shown.view
    team = view.teams.get(day.team)
    base = view.mission.town_of.get(team.base_town) if team else None
    stops: list[dict[str, Any]] = []
    for stop in day.stops:
        place = view.place(stop)
        if place is None:
            continue
        what = f"{stop.phase} {stop.arrive:%H:%M}-{stop.leave:%H:%M}"
        if stops and stops[-1]["id"] == place.id:
            stops[-1]["tip"] += f"\n{what}"
            continue
        stops.append(
            {
                "id": place.id,
                "at": [round(place.lon, 5), round(place.lat, 5)],
                "tip": f"{place.id} {place.name}\n{what}",
                "fill": rgb(ACTIVITIES[stop.phase.value]),
                "n": str(len(stops) + 1),
            }
        )
    home = [] if base is None else [{"at": [base.lon, base.lat], "tip": base.name, "n": base.name}]
    path = [place["at"] for place in (*home, *stops, *home)]
    layers = [
        district_layer(district_features(shown, team.area if team else None)),
        layer(
            "PathLayer",
            "route",
            [{"path": path, "tip": f"{day.team}"}] if len(path) > 1 else [],
            get_path="path",
            get_color=rgb(BLUE),
            width_min_pixels=2.5,
        ),
        _dots("base", home, 9, rgb("#000000"), [255, 255, 255, 255]),
        _dots("stops", stops, 9, "fill", rgb(GREY)),
        layer(
            "TextLayer",
            "numbers",
            stops,
            get_position="at",
            get_text="n",
            get_size=11,
            get_color=[0, 0, 0, 255],
        ),
    ]
    return make_deck(layers, [tuple(point) for point in path])


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
