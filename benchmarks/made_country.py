"""A made-up country of any size as a mission folder: equally dense at 2,000 and 60,000 stations.

Districts are cells around seats on a shaken grid, 55 stations each; every seat is a town, with some
smaller towns around it. Stations stand in towns by population, rural ones at some kilometres from
theirs. All places and people are made up; the same seed gives the same files.
"""

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from geodata.synthetic import integers_with_sum, scatter, seat_cells
from planner.demo.roster import make_roster
from planner.domain.ids import CommissionId, DistrictId, Language, MissionId, RegionId, StationId
from planner.domain.ids import TownId as Name
from planner.domain.mission import Mission, Staffing
from planner.domain.place import (
    Commission,
    CommissionLevel,
    CoordinatePrecision,
    DataStatus,
    District,
    Region,
    SettlementType,
    Station,
    StationKind,
    Town,
)
from planner.intake import write

Floats = npt.NDArray[np.float64]

KM2_PER_STATION = 40.0
STATIONS_PER_DISTRICT = 55
DISTRICTS_PER_REGION = 12
SMALL_TOWNS = 5
"""Beside the seat of each district."""
KM_PER_DEGREE = 111.2
MIDDLE = (48.0, 40.0)
SPECIAL_SHARE = 0.06
URBAN_FROM = 10_000


@dataclass(frozen=True)
class Size:
    """How large a mission is: stations, STO pairs, and pairs for each LTO team."""

    stations: int
    pairs: int
    pairs_per_team: int = 10

    @property
    def teams(self) -> int:
        """LTO teams."""
        return max(1, self.pairs // self.pairs_per_team)


@dataclass(frozen=True)
class _Land:
    outline: shapely.Polygon
    seats: Floats
    region: npt.NDArray[np.int64]


def write_country(folder: Path, size: Size, seed: int = 1) -> None:
    """Write the mission folder of a made-up country.

    Parameters
    ----------
    folder
        Folder to write into; created where it is not there.
    size
        Stations, pairs and teams.
    seed
        Seed of everything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng([seed, size.stations, size.pairs])
    land = _land(max(4, size.stations // STATIONS_PER_DISTRICT), size.stations, rng)
    regions = [
        Region(
            id=RegionId(f"R{number + 1:03d}"),
            name=f"Region {number + 1} (made up)",
            time_zone="Europe/Kyiv",
            languages=(Language("ru"),) if number % 2 else (Language("uk"), Language("ru")),
        )
        for number in range(int(land.region.max()) + 1)
    ]
    districts = [
        District(
            id=DistrictId(f"D{number + 1:04d}"),
            name=f"District {number + 1} (made up)",
            region=regions[int(land.region[number])].id,
            lat=lat,
            lon=lon,
            status=DataStatus.SYNTHETIC,
        )
        for number, (lat, lon) in enumerate(land.seats.tolist())
    ]
    cells = seat_cells(land.seats[:, 0], land.seats[:, 1], land.outline)
    towns, points, people = _towns(districts, land, rng)
    stations = _stations(districts, land, points, people, size.stations, rng)
    commissions = [
        Commission(
            id=CommissionId(f"{district.id}-TEC"),
            name=f"TEC of {district.name}",
            level=CommissionLevel.TEC,
            district=district.id,
            lat=district.lat,
            lon=district.lon,
            status=DataStatus.SYNTHETIC,
        )
        for district in districts
    ]
    capital = towns[int(people.argmax())].id
    write.write_mission_toml(_mission(size, capital, seed), folder / "mission.toml")
    write.write_regions(regions, folder / "regions.csv")
    write.write_districts(districts, folder / "districts.csv")
    write.write_boundaries(
        districts,
        {district.id: cell for district, cell in zip(districts, cells, strict=True)},
        {region.id: region.name for region in regions},
        folder / "boundaries.geojson",
    )
    write.write_towns(towns, folder / "towns.csv")
    write.write_commissions(commissions, folder / "commissions.csv")
    write.write_stations(stations, folder / "stations.csv")
    roster = make_roster("XX", 2 * size.teams, 2 * size.pairs, 12, seed, ("ru", "uk"))
    write.write_observers(roster, folder / "observers.csv")


def _mission(size: Size, capital: Name, seed: int) -> Mission:
    return Mission(
        id=MissionId(f"made-{size.stations}"),
        name=f"Made-up country of {size.stations:,} stations (seed {seed})",
        country="XX",
        e_day=date(2030, 5, 5),
        time_zone="Europe/Kyiv",
        capital=capital,
        staffing=Staffing(lto_teams=size.teams, sto_pairs=size.pairs),
    )


def _land(count: int, stations: int, rng: np.random.Generator) -> _Land:
    """Return an outline of the wanted area and seats on a shaken grid inside it."""
    height_km = math.sqrt(stations * KM2_PER_STATION / 1.6)
    height = height_km / KM_PER_DEGREE
    width = 1.6 * height / math.cos(math.radians(MIDDLE[0]))
    rows = max(2, round(math.sqrt(count / 1.6)))
    columns = max(2, round(count / rows))
    grid = np.stack(np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"), axis=-1)
    share = (grid.reshape(-1, 2) + 0.5 + rng.uniform(-0.3, 0.3, (rows * columns, 2))) / [
        rows,
        columns,
    ]
    south, west = MIDDLE[0] - height / 2, MIDDLE[1] - width / 2
    seats = np.round([south, west] + share * [height, width], 5)
    side = math.sqrt(DISTRICTS_PER_REGION)
    block = grid.reshape(-1, 2) // [side, side]
    region = np.unique(block, axis=0, return_inverse=True)[1].reshape(-1)
    outline = shapely.box(west, south, west + width, south + height)
    return _Land(outline, seats, region.astype(np.int64))


def _towns(
    districts: list[District], land: _Land, rng: np.random.Generator
) -> tuple[list[Town], Floats, Floats]:
    """Return towns with beds, their points of shape (n, 2) and their populations."""
    count = len(districts)
    large = np.exp(rng.normal(math.log(14_000), 0.9, count))
    # A few large cities, as in any country: the k-th has 1.5 million divided by k.
    cities = rng.permutation(count)[: max(2, count // 25)]
    large[cities] = np.maximum(large[cities], 1.5e6 / np.arange(1, len(cities) + 1))
    owner = np.repeat(np.arange(count), SMALL_TOWNS)
    small = np.exp(rng.normal(math.log(1_800), 0.8, len(owner)))
    spread = 0.5 * math.sqrt(KM2_PER_STATION * STATIONS_PER_DISTRICT) / KM_PER_DEGREE
    away = rng.uniform(-spread, spread, (len(owner), 2)) / [1.0, math.cos(math.radians(48.0))]
    west, south, east, north = land.outline.bounds
    near = np.clip(land.seats[owner] + away, [south, west], [north, east])
    points = np.round(np.vstack([land.seats, near]), 5)
    home = np.concatenate([np.arange(count), _nearest(land.seats, near)])
    people = np.concatenate([large, small])
    beds = np.minimum(4_000, np.round(rng.uniform(0.7, 1.3, len(people)) * 0.004 * people)) + 4
    towns = [
        Town(
            id=Name(f"T{number + 1:05d}"),
            name=f"Town {number + 1}",
            district=districts[int(home[number])].id,
            lat=lat,
            lon=lon,
            beds=int(beds[number]) if people[number] >= 2_000 else 0,
            population=int(people[number]),
            status=DataStatus.SYNTHETIC,
        )
        for number, (lat, lon) in enumerate(points.tolist())
    ]
    return towns, points, people


def _nearest(seats: Floats, points: Floats) -> npt.NDArray[np.int64]:
    """Return the seat in whose cell each point lies."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy import

    squeeze = [1.0, math.cos(math.radians(float(seats[:, 0].mean())))]
    return np.asarray(cKDTree(seats * squeeze).query(points * squeeze)[1], dtype=np.int64)


def _stations(
    districts: list[District],
    land: _Land,
    towns: Floats,
    people: Floats,
    count: int,
    rng: np.random.Generator,
) -> list[Station]:
    """Return stations by population; rural ones are twice as many for the same people."""
    urban_town = people >= URBAN_FROM
    weight = np.maximum(people, 300.0) * np.where(urban_town, 1.0, 2.5)
    number = integers_with_sum(weight, count, 0, count)
    parts = []
    for place, many, urban, size in zip(
        towns.tolist(), number.tolist(), urban_town.tolist(), people.tolist(), strict=True
    ):
        radius = math.sqrt(size / (2_500 * math.pi))
        away = (
            radius * np.minimum(np.abs(rng.normal(0, 0.55, many)), 1.5)
            if urban
            else np.clip(rng.gamma(2.0, 4.0, many), 0.0, 30.0)
        )
        parts.append(scatter((place[0], place[1]), away, land.outline, rng))
    points = np.round(np.vstack(parts), 5)
    urban = np.repeat(urban_town, number)
    voters = np.exp(rng.normal(np.log(np.where(urban, 1_600, 550)), 0.3)).astype(np.int64)
    special = rng.random(count) < SPECIAL_SHARE
    home = _nearest(land.seats, points)
    return [
        Station(
            id=StationId(f"S{index + 1:06d}"),
            name=f"Polling station {index + 1} (made up)",
            district=districts[int(home[index])].id,
            lat=lat,
            lon=lon,
            precision=CoordinatePrecision.EXACT,
            voters=int(voters[index]),
            kind=StationKind.SPECIAL if special[index] else StationKind.ORDINARY,
            settlement=SettlementType.URBAN if urban[index] else SettlementType.RURAL,
            commission=CommissionId(f"{districts[int(home[index])].id}-TEC"),
            status=DataStatus.SYNTHETIC,
        )
        for index, (lat, lon) in enumerate(points.tolist())
    ]
