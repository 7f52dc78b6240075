"""Synthetic districts and commissions of the Kazakhstan demo, inside the real 20 regions."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.coverage import simplify
from geodata.synthetic import choose_seats, seat_cells, spread_centres
from planner.demo.kazakhstan_data import RegionRow, TownRow, region_rows, town_rows
from planner.domain.ids import CommissionId, DistrictId, RegionId, TownId
from planner.domain.place import Commission, CommissionLevel, DataStatus, District, Town

CITY_DISTRICTS = {"KZ-71": 5, "KZ-75": 8, "KZ-79": 5}
"""Made-up city districts of Astana, Almaty and Shymkent."""
STATIONS_PER_DISTRICT = 55
"""Aimed at outside the three cities; gives about as many districts as the country really has."""
_TOLERANCE_DEG = 0.004


@dataclass(frozen=True)
class Layout:
    """Where everything is: districts with polygons, towns, commissions.

    ``main_town`` is the seat of a district; city districts without a town of their own have none.
    """

    regions: tuple[RegionRow, ...]
    region_names: Mapping[RegionId, str]
    districts: tuple[District, ...]
    polygons: Mapping[DistrictId, BaseGeometry]
    towns: tuple[Town, ...]
    commissions: tuple[Commission, ...]
    capital: TownId


@dataclass(frozen=True)
class _Seat:
    district: DistrictId
    name: str
    region: str
    lat: float
    lon: float


def lay_out(seed: int) -> Layout:
    """Return the places of the demo; the seed moves city districts and beds."""
    rows = region_rows()
    towns_by_region: dict[str, list[TownRow]] = {row.id: [] for row in rows}
    for town in town_rows():
        towns_by_region[town.region].append(town)
    seats: list[_Seat] = []
    cells: dict[str, BaseGeometry] = {}
    for number, row in enumerate(rows):
        rng = np.random.default_rng([seed, 1, number])
        own = _seats(row, towns_by_region[row.id], rng)
        lat, lon = np.array([s.lat for s in own]), np.array([s.lon for s in own])
        seats += own
        for seat, cell in zip(own, seat_cells(lat, lon, row.polygon), strict=True):
            cells[seat.district] = cell
    polygons = {
        DistrictId(code): polygon
        for code, polygon in simplify(cells, tolerance_deg=_TOLERANCE_DEG).items()
    }
    rng = np.random.default_rng([seed, 2])
    towns = tuple(
        _town(town, locate(seats, polygons, town.region, town.lat, town.lon), rng)
        for region in sorted(towns_by_region)
        for town in towns_by_region[region]
    )
    districts = tuple(_district(seat) for seat in seats)
    return Layout(
        regions=rows,
        region_names={RegionId(row.id): row.name for row in rows},
        districts=districts,
        polygons=polygons,
        towns=tuple(sorted(towns, key=lambda town: town.id)),
        commissions=tuple(_commission(seat) for seat in seats),
        capital=max(
            (town for town in towns if town.district.startswith("KZ-71")),
            key=lambda town: (town.population or 0, town.id),
        ).id,
    )


def locate(
    seats: list[_Seat],
    polygons: Mapping[DistrictId, BaseGeometry],
    region: str,
    lat: float,
    lon: float,
) -> DistrictId:
    """Return the district of ``region`` that holds the point, or the nearest one."""
    point = shapely.Point(lon, lat)
    return min(
        (seat.district for seat in seats if seat.region == region),
        key=lambda district: (polygons[district].distance(point), district),
    )


def _seats(row: RegionRow, towns: list[TownRow], rng: np.random.Generator) -> list[_Seat]:
    """Return the seats of a region's districts, numbered from north to south."""
    if row.id in CITY_DISTRICTS:
        count = CITY_DISTRICTS[row.id]
        centres = spread_centres(row.polygon, count, (towns[0].lat, towns[0].lon), rng)
        city = towns[0].name
        places = [
            (f"{city} city district {number} (synthetic)", float(lat), float(lon))
            for number, (lat, lon) in enumerate(np.round(centres, 5), start=1)
        ]
    else:
        count = max(4, round(row.stations / STATIONS_PER_DISTRICT))
        chosen = choose_seats(
            np.array([town.lat for town in towns]),
            np.array([town.lon for town in towns]),
            np.array([town.population for town in towns], dtype=np.float64),
            count,
        )
        picked = sorted((towns[i] for i in chosen), key=lambda town: (-town.lat, town.lon))
        places = [(f"{town.name} district (synthetic)", town.lat, town.lon) for town in picked]
    return [
        _Seat(DistrictId(f"{row.id}-{number:02d}"), name, row.id, lat, lon)
        for number, (name, lat, lon) in enumerate(places, start=1)
    ]


def _district(seat: _Seat) -> District:
    return District(
        id=seat.district,
        name=seat.name,
        region=RegionId(seat.region),
        lat=seat.lat,
        lon=seat.lon,
        status=DataStatus.SYNTHETIC,
    )


def _commission(seat: _Seat) -> Commission:
    return Commission(
        id=CommissionId(f"{seat.district}-TEC"),
        name=f"TEC of {seat.name}",
        level=CommissionLevel.TEC,
        district=seat.district,
        lat=seat.lat,
        lon=seat.lon,
        status=DataStatus.SYNTHETIC,
    )


def _town(row: TownRow, district: DistrictId, rng: np.random.Generator) -> Town:
    """Return a town with made-up beds: about 4 for 1,000 inhabitants, at most 4,000.

    The record is synthetic as a whole because its beds are; name, point and population are
    those of GeoNames.
    """
    spread = rng.uniform(0.7, 1.3)
    beds = min(4000, round(spread * 0.004 * row.population)) if row.population >= 1000 else 0
    return Town(
        id=TownId(row.id),
        name=row.name,
        district=district,
        lat=row.lat,
        lon=row.lon,
        beds=beds + (4 if row.population >= 2000 else 0),
        population=row.population,
        status=DataStatus.SYNTHETIC,
    )
