"""Places of a mission: regions, districts, towns, stations, commissions."""

from datetime import time
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from planner.domain.base import Frozen
from planner.domain.ids import CommissionId, DistrictId, Language, RegionId, StationId, TownId

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class DataStatus(StrEnum):
    """Where a record comes from; shown wherever the record is shown."""

    OFFICIAL = "official"
    ESTIMATE = "estimate"
    SYNTHETIC = "synthetic"
    UNKNOWN = "unknown"


class CoordinatePrecision(StrEnum):
    """How well a station's point is known, best first."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"


class SettlementType(StrEnum):
    """Urban or rural, the stratum in which observation is known to be biased."""

    URBAN = "urban"
    RURAL = "rural"
    UNKNOWN = "unknown"


class StationKind(StrEnum):
    """Ordinary stations, and special (closed) ones: hospitals, barracks, prisons, rest homes."""

    ORDINARY = "ordinary"
    SPECIAL = "special"


class CommissionLevel(StrEnum):
    """Territorial (TEC) or district (DEC) election commission."""

    TEC = "TEC"
    DEC = "DEC"


class Region(Frozen):
    """A first-level unit of the country."""

    id: RegionId
    name: str
    name_local: str = ""
    time_zone: str
    languages: tuple[Language, ...] = ()
    """Local languages that help in the field, most useful first."""


class District(Frozen):
    """The smallest unit that is given to one area of responsibility as a whole."""

    id: DistrictId
    name: str
    region: RegionId
    lat: Latitude
    lon: Longitude
    status: DataStatus = DataStatus.UNKNOWN


class Adjacency(Frozen):
    """Two districts that count as neighbours when contiguity is judged.

    ``reason`` is empty for a shared border; an explicit exception (island, enclave, a city inside
    its region) names it, e.g. ``"island: joined to the nearest district"``.
    """

    a: DistrictId
    b: DistrictId
    reason: str = ""


class Town(Frozen):
    """A candidate base town, or hub, where teams sleep. ``beds`` is None where nobody knows."""

    id: TownId
    name: str
    district: DistrictId
    lat: Latitude
    lon: Longitude
    beds: Annotated[int, Field(ge=0)] | None = None
    population: Annotated[int, Field(ge=0)] | None = None
    status: DataStatus = DataStatus.UNKNOWN


class Station(Frozen):
    """A polling station in the country (one station, never a row that stands for several).

    ``opens`` and ``closes`` are local wall-clock times of election day; None means the mission's
    own hours.
    """

    id: StationId
    name: str = ""
    district: DistrictId
    lat: Latitude
    lon: Longitude
    precision: CoordinatePrecision = CoordinatePrecision.EXACT
    voters: Annotated[int, Field(ge=0)] | None = None
    kind: StationKind = StationKind.ORDINARY
    settlement: SettlementType = SettlementType.UNKNOWN
    opens: time | None = None
    closes: time | None = None
    commission: CommissionId | None = None
    status: DataStatus = DataStatus.UNKNOWN

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        if self.opens and self.closes and self.opens >= self.closes:
            msg = f"opens at {self.opens:%H:%M} but closes at {self.closes:%H:%M}"
            raise ValueError(msg)
        return self


class Commission(Frozen):
    """A commission above the stations, where protocols are tabulated."""

    id: CommissionId
    name: str
    level: CommissionLevel = CommissionLevel.TEC
    district: DistrictId
    lat: Latitude
    lon: Longitude
    status: DataStatus = DataStatus.UNKNOWN
