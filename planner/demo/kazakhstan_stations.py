"""Synthetic polling stations of the Kazakhstan demo: real counts by region, made-up points.

Urban stations stand in and around towns of 10,000 people and more; rural ones in small towns and
in made-up villages at gamma-distributed distances from towns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.synthetic import integers_with_sum, scatter
from planner.demo.kazakhstan_data import RegionRow
from planner.demo.kazakhstan_places import Layout
from planner.domain.ids import CommissionId, DistrictId, StationId
from planner.domain.place import (
    CoordinatePrecision,
    DataStatus,
    SettlementType,
    Station,
    StationKind,
    Town,
)

Floats = npt.NDArray[np.float64]

URBAN_FROM = 10_000
"""Inhabitants from which a town counts as urban here."""
EARLY_STATIONS = 86
"""Stations that opened at 06:00 on 20 November 2022."""
EARLY = time(6, 0)
MAX_VOTERS = 3_000
"""No precinct of Kazakhstan may have more voters."""
MIN_VOTERS = 15
_PEOPLE_PER_KM2 = 2_500
_VILLAGE_SHAPE, _VILLAGE_SCALE_KM, _VILLAGE_MAX_KM = 2.6, 10.5, 120.0
_SPECIAL_VOTERS = 260


@dataclass(frozen=True)
class _Draft:
    """Stations of one region as arrays of shape (n,); ``points`` has shape (n, 2)."""

    points: Floats
    urban: npt.NDArray[np.bool_]
    special: npt.NDArray[np.bool_]
    voters: npt.NDArray[np.int64]


def make_stations(layout: Layout, seed: int) -> tuple[Station, ...]:
    """Return all stations, exactly as many in each region as the region's row says.

    Parameters
    ----------
    layout
        Districts and towns of the demo.
    seed
        Seed of everything made up here.
    """
    stations: list[Station] = []
    for number, row in enumerate(layout.regions):
        rng = np.random.default_rng([seed, 3, number])
        towns = [town for town in layout.towns if town.district.startswith(row.id)]
        towns.sort(key=lambda town: (-(town.population or 0), town.id))
        draft = _draft(row, towns, rng)
        polygons = {d: p for d, p in layout.polygons.items() if d.startswith(row.id)}
        stations += _records(row, draft, _districts(draft.points, polygons))
    early = _early(stations, np.random.default_rng([seed, 4]))
    return tuple(
        station.model_copy(update={"opens": EARLY}) if position in early else station
        for position, station in enumerate(stations)
    )


def urban_stations(row: RegionRow) -> tuple[int, float, float]:
    """Return how many of a region's stations are urban, and voters per urban and rural station.

    Regions with many voters a station have larger stations of both kinds: urban ones 1,500 to
    2,300, rural ones 450 to 700. Their shares follow so that the region's mean comes out.
    """
    mean = row.voters / row.stations
    size = float(np.clip((mean - 600) / (1_723 - 600), 0, 1))
    urban_mean, rural_mean = 1_500 + 800 * size, 450 + 250 * size
    share = float(np.clip((mean - rural_mean) / (urban_mean - rural_mean), 0.05, 0.95))
    return round(row.stations * share), urban_mean, rural_mean


def _draft(row: RegionRow, towns: list[Town], rng: np.random.Generator) -> _Draft:
    cities = [town for town in towns if (town.population or 0) >= URBAN_FROM]
    if len(cities) == 1 and row.id in {"KZ-71", "KZ-75", "KZ-79"}:
        urban_count, urban_mean, rural_mean = row.stations, row.voters / row.stations, 600.0
    else:
        urban_count, urban_mean, rural_mean = urban_stations(row)
    urban_points = _urban_points(urban_count, cities, row.polygon, rng)
    rural_points = _rural_points(row.stations - urban_count, towns, row.polygon, rng)
    points = np.vstack([urban_points, rural_points]).astype(np.float64).round(5)
    urban = np.arange(row.stations) < urban_count
    special = _special(urban, rng)
    wanted = np.where(urban, urban_mean, rural_mean) * np.exp(
        rng.normal(0, 1, row.stations) * np.where(urban, 0.22, 0.5)
    )
    small = _SPECIAL_VOTERS * np.exp(rng.normal(0, 0.6, row.stations))
    special_voters = np.clip(np.round(small[special]), MIN_VOTERS, 900).astype(np.int64)
    voters = np.empty(row.stations, dtype=np.int64)
    voters[special] = special_voters
    voters[~special] = integers_with_sum(
        wanted[~special], row.voters - int(special_voters.sum()), MIN_VOTERS, MAX_VOTERS
    )
    return _Draft(points, urban, special, voters)


def _special(urban: npt.NDArray[np.bool_], rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Choose 5 to 9 % of the stations as special, urban ones three times as often."""
    count = round(len(urban) * rng.uniform(0.05, 0.09))
    weight = np.where(urban, 3.0, 1.0)
    chosen = rng.choice(len(urban), count, replace=False, p=weight / weight.sum())
    special = np.zeros(len(urban), dtype=np.bool_)
    special[chosen] = True
    return special


def _urban_points(
    count: int, cities: list[Town], outline: BaseGeometry, rng: np.random.Generator
) -> Floats:
    """Scatter stations over towns by population; about a third share a building with another."""
    parts = [np.empty((0, 2))]
    people = [town.population or 1 for town in cities]
    for town, number in zip(
        cities, integers_with_sum(people, count, 0, count).tolist(), strict=True
    ):
        radius_km = np.sqrt((town.population or 1) / (_PEOPLE_PER_KM2 * np.pi))
        buildings = max(1, round(number * 0.75)) if number else 0
        away = radius_km * np.minimum(np.abs(rng.normal(0, 0.55, buildings)), 1.5)
        points = scatter((town.lat, town.lon), away, outline, rng)
        shared = rng.integers(0, buildings, number - buildings) if buildings else []
        parts.append(np.vstack([points, points[shared]]))
    return np.vstack(parts)


def _rural_points(
    count: int, towns: list[Town], outline: BaseGeometry, rng: np.random.Generator
) -> Floats:
    """Place rural stations: first in small towns, then one or two in each made-up village."""
    if count == 0:
        return np.empty((0, 2))
    parts: list[Floats] = []
    left = count
    for town in towns:
        people = town.population or 0
        if people < URBAN_FROM and left > 0:
            number = min(left, max(1, round(people / 1_800)))
            away = rng.uniform(0, 0.3 + np.sqrt(people / 1_000 / np.pi), number)
            parts.append(scatter((town.lat, town.lon), away, outline, rng))
            left -= number
    sizes: list[int] = []
    while sum(sizes) < left:
        sizes.append(min(2 if rng.random() < 0.3 else 1, left - sum(sizes)))
    weight = np.array([1 + np.sqrt(min(town.population or 0, 60_000)) / 60 for town in towns])
    # Every town has villages around it: once each in turn, then by weight.
    anchors = [i % len(towns) for i in range(min(len(sizes), 3 * len(towns)))]
    extra = rng.choice(len(towns), len(sizes) - len(anchors), p=weight / weight.sum())
    for anchor, size in zip([*anchors, *extra.tolist()], sizes, strict=True):
        town = towns[anchor]
        away = rng.gamma(_VILLAGE_SHAPE, _VILLAGE_SCALE_KM, 1)
        village = scatter((town.lat, town.lon), np.clip(away, 3.0, _VILLAGE_MAX_KM), outline, rng)
        parts.append(np.repeat(village, size, axis=0))
    return np.vstack(parts)


def _districts(points: Floats, polygons: Mapping[DistrictId, BaseGeometry]) -> list[DistrictId]:
    """Return the district that holds each point, or the nearest one of its region."""
    codes = sorted(polygons)
    distance = np.column_stack(
        [
            shapely.distance(polygons[code], shapely.points(points[:, 1], points[:, 0]))
            for code in codes
        ]
    )
    return [codes[column] for column in np.argmin(distance, axis=1).tolist()]


def _records(row: RegionRow, draft: _Draft, districts: list[DistrictId]) -> list[Station]:
    order = sorted(range(len(districts)), key=lambda i: (districts[i], not draft.urban[i], i))
    return [
        Station(
            id=StationId(f"{row.id}-{number:04d}"),
            name=f"Polling station No. {number} (synthetic)",
            district=districts[i],
            lat=float(draft.points[i, 0]),
            lon=float(draft.points[i, 1]),
            precision=CoordinatePrecision.EXACT,
            voters=int(draft.voters[i]),
            kind=StationKind.SPECIAL if draft.special[i] else StationKind.ORDINARY,
            settlement=SettlementType.URBAN if draft.urban[i] else SettlementType.RURAL,
            commission=CommissionId(f"{districts[i]}-TEC"),
            status=DataStatus.SYNTHETIC,
        )
        for number, i in enumerate(order, start=1)
    ]


def _early(stations: list[Station], rng: np.random.Generator) -> frozenset[int]:
    """Choose the stations that open at 06:00, special ones ten times as often."""
    weight = np.array([10.0 if s.kind is StationKind.SPECIAL else 1.0 for s in stations])
    chosen = rng.choice(len(stations), EARLY_STATIONS, replace=False, p=weight / weight.sum())
    return frozenset(chosen.tolist())
