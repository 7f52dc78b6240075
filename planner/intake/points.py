"""Which points of a list can be believed: missing, zero, swapped, or far outside the country."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from planner.intake.coordinate_text import Floats

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Bools = npt.NDArray[np.bool_]

BOUNDARY_MARGIN_KM = 20.0
"""A point this near to the given boundaries is believed."""
NATION_MARGIN_KM = 50.0
"""Margin around the rough outline of a country, which leaves coasts and islands out."""
_OUTLINE_HOLDS = 0.98


class PointState(IntEnum):
    """What is wrong with a point, if anything."""

    GOOD = 0
    MISSING = 1
    UNREADABLE = 2
    ZERO = 3
    IMPOSSIBLE = 4
    SWAPPED = 5
    """Latitude and longitude of this row were exchanged and have been put right."""
    OUTSIDE = 6


@dataclass(frozen=True)
class Judged:
    """Points after judgement.

    Parameters
    ----------
    lat, lon
        Degrees; NaN where a point cannot be used.
    state
        A :class:`PointState` for each row.
    all_swapped
        True where the two columns as a whole had each other's name.
    """

    lat: Floats
    lon: Floats
    state: npt.NDArray[np.int8]
    all_swapped: bool


def _reference(country: str, polygons: Mapping[str, "BaseGeometry"]) -> "BaseGeometry | None":
    """Return where the country is, from its boundaries or a rough outline of the nation."""
    from geodata.coordinates import country_outline  # noqa: PLC0415 - heavy import
    from geodata.errors import GeodataError  # noqa: PLC0415 - heavy import
    from geodata.nations import nation_outline  # noqa: PLC0415 - heavy import

    if polygons:
        return country_outline(polygons, margin_km=BOUNDARY_MARGIN_KM)
    try:
        return nation_outline(country, margin_km=NATION_MARGIN_KM)
    except GeodataError:
        return None


def _believed(
    lat: Floats, lon: Floats, reference: "BaseGeometry | None", *, exact: bool
) -> "BaseGeometry":
    """Return where a point must lie to be believed.

    The rough outline of a nation lacks small islands. Where it does not hold nearly all points,
    the bulk of the points themselves counts as well.
    """
    import shapely  # noqa: PLC0415 - heavy import

    from geodata.coordinates import outline_of_points  # noqa: PLC0415 - heavy import

    if reference is None:
        return outline_of_points(lat, lon)
    if exact:
        return reference
    known = np.isfinite(lat) & np.isfinite(lon)
    shapely.prepare(reference)
    inside = shapely.intersects_xy(reference, lon[known], lat[known])
    turned = shapely.intersects_xy(reference, lat[known], lon[known])
    if known.any() and (inside | turned).mean() >= _OUTLINE_HOLDS:
        return reference
    return shapely.union(reference, outline_of_points(lat, lon))


def judge_points(
    lat: Floats,
    lon: Floats,
    filled: Bools,
    *,
    country: str,
    polygons: Mapping[str, "BaseGeometry"],
) -> Judged:
    """Judge the points of a list.

    Parameters
    ----------
    lat, lon
        Degrees as read, NaN where unreadable.
    filled
        True where a row has text for its point.
    country
        ISO 3166-1 alpha-2 code of the host country.
    polygons
        Boundaries of the mission by code; empty where there are none.

    Returns
    -------
    Judged
        Points that cannot be used are NaN.
    """
    from geodata.coordinates import (  # noqa: PLC0415 - heavy import
        PointCheck,
        classify_points,
        swapped_as_a_whole,
    )

    state = np.full(len(lat), PointState.GOOD, dtype=np.int8)
    state[~filled] = PointState.MISSING
    readable = np.isfinite(lat) & np.isfinite(lon)
    state[filled & ~readable] = PointState.UNREADABLE
    lat, lon = np.where(readable, lat, np.nan), np.where(readable, lon, np.nan)
    if not readable.any():
        return Judged(lat, lon, state, all_swapped=False)
    reference = _reference(country, polygons)
    turned = reference is not None and swapped_as_a_whole(lat, lon, reference)
    if turned:
        lat, lon = lon, lat
    check = classify_points(lat, lon, _believed(lat, lon, reference, exact=bool(polygons)))
    known = state == PointState.GOOD
    for found, meaning in (
        (PointCheck.ZERO, PointState.ZERO),
        (PointCheck.IMPOSSIBLE, PointState.IMPOSSIBLE),
        (PointCheck.SWAPPED, PointState.SWAPPED),
        (PointCheck.OUTSIDE, PointState.OUTSIDE),
    ):
        state[known & (check == found)] = meaning
    swapped = state == PointState.SWAPPED
    lat, lon = np.where(swapped, lon, lat), np.where(swapped, lat, lon)
    usable = swapped | (state == PointState.GOOD)
    return Judged(
        lat=np.where(usable, lat, np.nan),
        lon=np.where(usable, lon, np.nan),
        state=state,
        all_swapped=turned,
    )
