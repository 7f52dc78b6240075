"""The frame in figures: stations by place, kind, settlement, precision and origin."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from planner.domain.ids import DistrictId, RegionId
from planner.domain.mission_input import MissionInput
from planner.domain.place import (
    CoordinatePrecision,
    DataStatus,
    SettlementType,
    Station,
    StationKind,
)


@dataclass(frozen=True)
class Tally:
    """What a set of stations amounts to.

    Attributes
    ----------
    stations
        Number of stations.
    voters, voters_unknown
        Registered voters where they are known, and stations where nobody knows.
    settlement, kind, precision, status
        Stations by each value that occurs.
    early
        Stations that open before the mission's usual hour.
    """

    stations: int
    voters: int
    voters_unknown: int
    settlement: Counter[SettlementType]
    kind: Counter[StationKind]
    precision: Counter[CoordinatePrecision]
    status: Counter[DataStatus]
    early: int

    def share(self, count: int) -> float:
        """Return ``count`` as a share of the stations, 0 to 1; 0 where there are none."""
        return count / self.stations if self.stations else 0.0


@dataclass(frozen=True)
class PlaceTally:
    """The stations of a region or district.

    Attributes
    ----------
    region
        Name of the region; that of the place itself for a region.
    districts
        Number of districts in it.
    """

    id: RegionId | DistrictId
    name: str
    region: str
    districts: int
    tally: Tally


def tally(stations: Iterable[Station], usual: time) -> Tally:
    """Count stations.

    Parameters
    ----------
    stations
        The stations.
    usual
        The hour at which stations open that name none, local time.
    """
    found = tuple(stations)
    return Tally(
        stations=len(found),
        voters=sum(station.voters or 0 for station in found),
        voters_unknown=sum(station.voters is None for station in found),
        settlement=Counter(station.settlement for station in found),
        kind=Counter(station.kind for station in found),
        precision=Counter(station.precision for station in found),
        status=Counter(station.status for station in found),
        early=sum(station.opens is not None and station.opens < usual for station in found),
    )


def whole_frame(mission: MissionInput) -> Tally:
    """Return the figures of all stations of a mission."""
    return tally(mission.stations, mission.mission.hours.opens)


def by_district(mission: MissionInput) -> tuple[PlaceTally, ...]:
    """Return every district with its stations, by id; also those without any."""
    stations: defaultdict[DistrictId, list[Station]] = defaultdict(list)
    for station in mission.stations:
        stations[station.district].append(station)
    usual = mission.mission.hours.opens
    return tuple(
        PlaceTally(
            district.id,
            district.name,
            mission.region_of[district.region].name,
            1,
            tally(stations[district.id], usual),
        )
        for district in mission.districts
    )


def by_region(mission: MissionInput) -> tuple[PlaceTally, ...]:
    """Return every region with its stations, by id; also those without any."""
    region_of = {district.id: district.region for district in mission.districts}
    districts = Counter(region_of.values())
    stations: defaultdict[RegionId, list[Station]] = defaultdict(list)
    for station in mission.stations:
        stations[region_of[station.district]].append(station)
    usual = mission.mission.hours.opens
    return tuple(
        PlaceTally(
            region.id,
            region.name,
            region.name,
            districts[region.id],
            tally(stations[region.id], usual),
        )
        for region in mission.regions
    )
