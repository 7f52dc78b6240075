"""A small country on the 50th parallel: areas of one district each, three towns in each."""

from collections.abc import Callable
from datetime import date

import pytest

from geodata.travel.great_circle import GreatCircle
from planner.domain.decision import Decision
from planner.domain.ids import AreaId, DistrictId, MissionId, RegionId, StationId, TeamId, TownId
from planner.domain.mission import Mission, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.place import District, Region, Station, Town
from planner.domain.plan import Area
from planner.domain.policy import AllocationPolicy, DayPolicy, Policies

Country = Callable[..., tuple[MissionInput, tuple[Area, ...]]]


@pytest.fixture
def travel() -> GreatCircle:
    return GreatCircle()


@pytest.fixture
def country() -> Country:
    return make_country


def make_country(
    stations: tuple[int, ...] = (10, 20),
    pairs: int = 6,
    beds: int | None = 20,
    voters: int | None = 1_000,
    allocation: AllocationPolicy | None = None,
    day: DayPolicy | None = None,
    decisions: tuple[Decision, ...] = (),
) -> tuple[MissionInput, tuple[Area, ...]]:
    """One area a district; towns at -0.3, 0 and +0.3 degrees, stations evenly between them."""
    areas, districts, towns, points = [], [], [], []
    for number, count in enumerate(stations, start=1):
        lon = 60.0 + 5.0 * number
        district = DistrictId(f"D{number}")
        districts.append(
            District(id=district, name=f"D{number}", region=RegionId("R"), lat=50.0, lon=lon)
        )
        towns += [
            Town(
                id=TownId(f"T{number}{name}"),
                name=f"Town {number}{name}",
                district=district,
                lat=50.0,
                lon=lon + offset,
                beds=beds,
            )
            for name, offset in (("a", -0.3), ("b", 0.0), ("c", 0.3))
        ]
        points += [
            Station(
                id=StationId(f"S{number}-{k:03d}"),
                district=district,
                lat=50.0,
                lon=lon - 0.35 + 0.7 * k / max(1, count - 1),
                voters=voters,
            )
            for k in range(count)
        ]
        areas.append(
            Area(
                id=AreaId(f"A{number:02d}"),
                lto_team=TeamId(f"LTO-{number:02d}"),
                base_town=TownId(f"T{number}b"),
                districts=(district,),
            )
        )
    mission = Mission(
        id=MissionId("m"),
        name="m",
        country="KZ",
        e_day=date(2022, 11, 20),
        time_zone="Asia/Almaty",
        staffing=Staffing(lto_teams=len(stations), sto_pairs=pairs),
        policies=Policies(allocation=allocation or AllocationPolicy(), day=day or DayPolicy()),
    )
    return MissionInput(
        mission=mission,
        regions=(Region(id=RegionId("R"), name="R", time_zone="Asia/Almaty"),),
        districts=tuple(districts),
        adjacency=(),
        towns=tuple(sorted(towns, key=lambda town: town.id)),
        stations=tuple(sorted(points, key=lambda station: station.id)),
        decisions=decisions,
    ), tuple(areas)
