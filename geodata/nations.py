"""Rough outlines of countries: can this point be in that country? No map, no word on borders."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geodata.adjacency import KM_PER_DEGREE
from geodata.errors import GeodataError

MARGIN_KM = 15.0
"""Default margin: the outlines are drawn at 1:110,000,000."""


def nation_outline(country: str, *, margin_km: float = MARGIN_KM) -> BaseGeometry:
    """Return a rough outline of a country, grown by a margin.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code, e.g. ``GE``.
    margin_km
        Margin in kilometres (measured north to south; wider than needed towards the poles).

    Returns
    -------
    polygon or multipolygon
        Longitude and latitude in degrees, WGS 84, prepared for many questions.

    Raises
    ------
    GeodataError
        If the code is unknown.
    """
    land = _shape(country)
    width = margin_km / KM_PER_DEGREE
    outline = shapely.buffer(land, width, quad_segs=2) if margin_km > 0 else land
    shapely.prepare(outline)
    return outline


def nation_name(country: str) -> str:
    """Return the English name of a country by its ISO 3166-1 alpha-2 code.

    Raises
    ------
    GeodataError
        If the code is unknown.
    """
    return str(_feature(country)["properties"]["name"])


@lru_cache(maxsize=8)
def _shape(country: str) -> BaseGeometry:
    return shape(_feature(country)["geometry"])


def _feature(country: str) -> dict[str, Any]:
    found = _features().get(country)
    if found is None:
        msg = f"unknown country {country!r}; expected an ISO 3166-1 alpha-2 code like GE"
        raise GeodataError(msg)
    return found


@lru_cache(maxsize=1)
def _features() -> dict[str, dict[str, Any]]:
    text = (files("geodata") / "data" / "nations" / "nations.geojson").read_text(encoding="utf-8")
    return {item["properties"]["iso"]: item for item in json.loads(text)["features"]}
