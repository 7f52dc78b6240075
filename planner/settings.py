"""Settings that the command line hands to the dashboard, which is a program of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from planner.errors import PlannerError

MAP_STYLE_VARIABLE = "MISSION_PLANNER_MAP_STYLE"
MAP_ATTRIBUTION_VARIABLE = "MISSION_PLANNER_MAP_ATTRIBUTION"


@dataclass(frozen=True)
class MapStyle:
    """A map background of somebody else's: its MapLibre style, and who must be named for it.

    Whoever serves it sees which parts of the country are looked at, and when. It is therefore
    never there unless somebody asks for it by name.
    """

    url: str
    attribution: str

    def environment(self) -> dict[str, str]:
        """Return the variables that :func:`map_style_of` reads."""
        return {MAP_STYLE_VARIABLE: self.url, MAP_ATTRIBUTION_VARIABLE: self.attribution}


def map_style(url: str, attribution: str) -> MapStyle | None:
    """Return the background that was asked for, or None.

    Raises
    ------
    PlannerError
        ``UI-MAP`` if the address is none of the web, or nobody is named for it.
    """
    url, attribution = url.strip(), attribution.strip()
    if not url and not attribution:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise PlannerError(
            "UI-MAP",
            f"the map style {url!r} is not an http(s) address",
            "name the address of a MapLibre style, e.g. of a tile server of your own",
        )
    if not attribution:
        raise PlannerError(
            "UI-MAP",
            f"nobody is named for the map of {parts.netloc}",
            "say whom the map credits with --map-attribution, e.g. '© OpenStreetMap contributors'",
        )
    return MapStyle(url, attribution)


def map_style_of(environ: Mapping[str, str]) -> MapStyle | None:
    """Return the background that the environment names, or None.

    Raises
    ------
    PlannerError
        As :func:`map_style`.
    """
    return map_style(environ.get(MAP_STYLE_VARIABLE, ""), environ.get(MAP_ATTRIBUTION_VARIABLE, ""))
