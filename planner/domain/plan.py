"""The plan document: the one truth that workbook, maps and briefs are views of."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from planner.domain.base import Frozen
from planner.domain.finding import Finding
from planner.domain.ids import (
    AreaId,
    CommissionId,
    DistrictId,
    MissionId,
    ObserverId,
    StationId,
    TeamId,
    TownId,
)
from planner.domain.mission import Source
from planner.domain.observer import Role
from planner.domain.policy import SampleMode

SCHEMA_VERSION: Literal[1] = 1


class Phase(StrEnum):
    """Phases of election day, in their order."""

    OPENING = "opening"
    VOTING = "voting"
    CLOSING = "closing"
    COUNTING = "counting"
    TABULATION = "tabulation"


class StageName(StrEnum):
    """The five stages of the optimizer, in their order."""

    AREAS = "areas"
    ALLOCATION = "allocation"
    PAIRING = "pairing"
    SAMPLING = "sampling"
    DAYS = "days"


class StageStatus(StrEnum):
    """What a stage achieved."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    PARTIAL = "partial"
    """The best that could be done, with reasons for what is missing."""
    SKIPPED = "skipped"


class StopReason(StrEnum):
    """Why a stage ended."""

    PROVEN = "proven"
    """The gap to the bound is closed, or within the wanted gap."""
    ITERATIONS = "iterations"
    TIME = "time"
    CANCELLED = "cancelled"
    NOTHING_TO_DO = "nothing_to_do"


class Area(Frozen):
    """An area of responsibility (AoR): whole districts, one LTO team, one base town.

    ``base_town`` is None only where no town with beds could be found; a finding then says so.
    """

    id: AreaId
    lto_team: TeamId | None
    base_town: TownId | None
    districts: tuple[DistrictId, ...]
    sto_pairs: Annotated[int, Field(ge=0)] = 0


class TeamMode(StrEnum):
    """Whether a pair moves on election day or stays at one station."""

    MOBILE = "mobile"
    STATIC = "static"


class Team(Frozen):
    """An LTO or STO team. No members: an unnamed slot, to be filled by pairing."""

    id: TeamId
    kind: Role
    area: AreaId
    base_town: TownId
    members: tuple[ObserverId, ...] = ()
    mode: TeamMode = TeamMode.MOBILE
    vehicle: bool = True
    interpreter: bool = True


class Stop(Frozen):
    """Presence at one place in one phase, in local time with its offset.

    ``travel_s`` and ``distance_m`` are those of the leg that ends here; 0 where the team is
    already there (closing and counting at one station).
    """

    place_kind: Literal["station", "commission"]
    place: StationId | CommissionId
    phase: Phase
    arrive: AwareDatetime
    leave: AwareDatetime
    travel_s: Annotated[int, Field(ge=0)]
    distance_m: Annotated[int, Field(ge=0)]


class Day(Frozen):
    """One STO pair's election day, from its base town and back."""

    team: TeamId
    leave_base: AwareDatetime
    stops: tuple[Stop, ...]
    reach_base: AwareDatetime
    return_travel_s: Annotated[int, Field(ge=0)]
    return_distance_m: Annotated[int, Field(ge=0)]


class SampleRole(StrEnum):
    """Drawn to be visited, or drawn to replace a station of the same stratum."""

    PRIMARY = "primary"
    SUBSTITUTE = "substitute"


class SampledStation(Frozen):
    """A station in the sample. ``probability`` is None where nothing was randomised.

    ``rank`` orders the draw within an area and stratum from 1, primaries first.
    """

    station: StationId
    area: AreaId
    hub: TownId
    stratum: str
    role: SampleRole
    rank: Annotated[int, Field(ge=1)]
    probability: Annotated[float, Field(gt=0, le=1)] | None


class Unassigned(Frozen):
    """Something that the plan leaves out, with the reason and what would change it."""

    kind: Literal["observer", "team", "district", "station", "commission", "town", "decision"]
    subject: str
    code: str
    reason: str
    remedy: str


class StageReport(Frozen):
    """What a stage claims; the referee recomputes the objective and checks it against the bound.

    Attributes
    ----------
    sense
        ``min`` or ``max``: which way is better.
    objective, bound
        In ``unit``. The bound is valid for the stage's own problem as stated; None if the stage
        was skipped or no bound is known.
    gap
        ``|bound - objective| / max(|bound|, |objective|)``; None without a bound.
    wall_s
        Wall-clock seconds; None in a reproducible plan, because a clock never repeats.
    """

    name: StageName
    status: StageStatus
    sense: Literal["min", "max"]
    unit: str
    objective: float | None
    bound: float | None
    gap: float | None
    stop: StopReason
    seed: int
    wall_s: float | None = None
    note: str = ""


class Provenance(Frozen):
    """What a plan was made from and with."""

    input_hash: str
    seed: int
    reproducible: bool
    """True: made without a clock, so that the same input and seed give the same bytes."""
    versions: dict[str, str]
    travel: str
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()


class Plan(Frozen):
    """A deployment plan."""

    schema_version: Literal[1] = SCHEMA_VERSION
    mission: MissionId
    sample_mode: SampleMode
    areas: tuple[Area, ...] = ()
    teams: tuple[Team, ...] = ()
    days: tuple[Day, ...] = ()
    sample: tuple[SampledStation, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Remarks of intake and stages; the referee's verdict stands apart and is never copied in."""
    kpis: dict[str, float] = Field(default_factory=dict)
    stages: tuple[StageReport, ...] = ()
    provenance: Provenance
