"""The mission: its mandate in numbers, its calendar, core team, costs and policies."""

from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from planner.domain.base import Frozen
from planner.domain.ids import MissionId, TownId
from planner.domain.place import DataStatus
from planner.domain.policy import Policies


class MissionFormat(StrEnum):
    """Election observation mission, limited one (no STOs), or assessment mission."""

    EOM = "EOM"
    LEOM = "LEOM"
    EAM = "EAM"


class CoreTeamMember(Frozen):
    """A position of the core team; a position, never a person's name."""

    position: str
    arrives_day: int = -40
    """Days relative to E-day, e.g. -40 for E-40."""
    leaves_day: int = 10


class CalendarEvent(Frozen):
    """Something that happens on E-n or E+n."""

    day: Annotated[int, Field(ge=-365, le=365)]
    label: str
    at: time | None = None


class Calendar(Frozen):
    """Calendar in days relative to E-day (negative before it)."""

    lto_from_day: int = -25
    lto_to_day: int = 7
    sto_from_day: int = -4
    sto_to_day: int = 2
    accreditation_closes_day: int = -6
    accreditation_closes_at: time = time(18, 0)
    events: tuple[CalendarEvent, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name in ("lto", "sto"):
            first, last = getattr(self, f"{name}_from_day"), getattr(self, f"{name}_to_day")
            if not first <= 0 <= last:
                msg = f"{name}_from_day..{name}_to_day must contain E-day (0), got {first}..{last}"
                raise ValueError(msg)
        return self


class Staffing(Frozen):
    """How many teams are planned; the roster may come later."""

    lto_teams: Annotated[int, Field(ge=0, le=500)] = 0
    sto_pairs: Annotated[int, Field(ge=0, le=5_000)] = 0


class VotingHours(Frozen):
    """Opening and closing of ordinary stations, local time of each station."""

    opens: time = time(7, 0)
    closes: time = time(20, 0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            msg = f"voting opens at {self.opens} but closes at {self.closes}"
            raise ValueError(msg)
        return self


class Costs(Frozen):
    """Unit costs; all None until somebody enters them. ``illustrative`` marks invented figures."""

    currency: str = "EUR"
    illustrative: bool = False
    vehicle_day: Annotated[float, Field(ge=0)] | None = None
    interpreter_day: Annotated[float, Field(ge=0)] | None = None
    bed_night: Annotated[float, Field(ge=0)] | None = None
    observer_day: Annotated[float, Field(ge=0)] | None = None
    km: Annotated[float, Field(ge=0)] | None = None


class Source(Frozen):
    """Origin of a part of the data: what, from where, under which licence, with which status."""

    what: str
    origin: str
    licence: str = ""
    status: DataStatus = DataStatus.UNKNOWN


class Mission(Frozen):
    """What ``mission.toml`` says."""

    id: MissionId
    name: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    """ISO 3166-1 alpha-2 code of the host country; its nationals observe nothing here (P3)."""
    e_day: date
    time_zone: str
    """IANA name; a region may have its own."""
    format: MissionFormat = MissionFormat.EOM
    capital: TownId | None = None
    hours: VotingHours = VotingHours()
    staffing: Staffing = Staffing()
    core_team: tuple[CoreTeamMember, ...] = ()
    calendar: Calendar = Calendar()
    policies: Policies = Policies()
    costs: Costs = Costs()
    sources: tuple[Source, ...] = ()
    notes: str = ""

    @model_validator(mode="after")
    def _format_fits_staffing(self) -> Self:
        if self.format is not MissionFormat.EOM and self.staffing.sto_pairs:
            msg = (
                f"an {self.format} has no STOs, but staffing.sto_pairs is {self.staffing.sto_pairs}"
            )
            raise ValueError(msg)
        return self

    def day(self, offset: int) -> date:
        """Return the date of E+``offset``."""
        return self.e_day + timedelta(days=offset)
