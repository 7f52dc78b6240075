"""Reads the data files of Kazakhstan 2022 that are published with the package."""

import csv
import json
from dataclasses import dataclass
from importlib.resources import files

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

_DATA = files("geodata") / "data" / "kazakhstan_2022"


@dataclass(frozen=True)
class RegionRow:
    """One line of ``kz_regions_2022.csv`` with its polygon and names.

    ``stations_status`` and ``voters_status`` say whether a number is published or an estimate.
    """

    id: str
    name: str
    name_local: str
    polygon: BaseGeometry
    stations: int
    stations_status: str
    voters: int
    voters_status: str
    population: int


@dataclass(frozen=True)
class TownRow:
    """One line of ``kz_towns_geonames.csv``."""

    id: str
    name: str
    lat: float
    lon: float
    population: int
    region: str


def region_rows() -> tuple[RegionRow, ...]:
    """Return the 20 regions, sorted by id."""
    collection = json.loads((_DATA / "kz_adm1_20.geojson").read_text(encoding="utf-8"))
    features = {item["properties"]["iso_3166_2"]: item for item in collection["features"]}
    rows = csv.DictReader((_DATA / "kz_regions_2022.csv").read_text(encoding="utf-8").splitlines())
    found = [
        RegionRow(
            id=row["iso_3166_2"],
            name=row["region"],
            name_local=features[row["iso_3166_2"]]["properties"]["name_kk"],
            polygon=shapely.force_2d(shape(features[row["iso_3166_2"]]["geometry"])),
            stations=int(row["polling_stations_2022"]),
            stations_status=row["stations_status"],
            voters=int(row["voters_2022"]),
            voters_status=row["voters_status"],
            population=int(row["population_2024"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: row.id))


def town_rows() -> tuple[TownRow, ...]:
    """Return the towns that have a population, sorted by region, population and id."""
    rows = csv.DictReader(
        (_DATA / "kz_towns_geonames.csv").read_text(encoding="utf-8").splitlines()
    )
    found = [
        TownRow(
            id=f"G{row['geonameid']}",
            name=row["name"],
            lat=round(float(row["latitude"]), 5),
            lon=round(float(row["longitude"]), 5),
            population=int(row["population"]),
            region=row["iso_3166_2"],
        )
        for row in rows
        if int(row["population"]) > 0
    ]
    return tuple(sorted(found, key=lambda row: (row.region, -row.population, row.id)))
