"""The words of a comparison: one record for each thing that is not as it was."""

from dataclasses import dataclass

from planner.domain.ids import (
    AreaId,
    CommissionId,
    DistrictId,
    ObserverId,
    StationId,
    TeamId,
    TownId,
)
from planner.domain.plan import Phase, TeamMode


@dataclass(frozen=True)
class KpiChange:
    """A figure of the plan; None where a plan does not have it. Units are in its name."""

    name: str
    old: float | None
    new: float | None

    @property
    def difference(self) -> float | None:
        """``new - old``, or None where one of them is missing."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True)
class AreaPlace:
    """What an area is besides its districts."""

    lto_team: TeamId | None
    base_town: TownId | None
    sto_pairs: int


@dataclass(frozen=True)
class AreaChange:
    """An area that came, went or changed; ``old`` or ``new`` is None where it is not there."""

    area: AreaId
    old: AreaPlace | None
    new: AreaPlace | None
    gained: tuple[DistrictId, ...]
    lost: tuple[DistrictId, ...]


@dataclass(frozen=True)
class TeamPlace:
    """Where a team works and sleeps, and how it spends election day."""

    area: AreaId
    base_town: TownId
    mode: TeamMode
    vehicle: bool
    interpreter: bool


@dataclass(frozen=True)
class TeamChange:
    """A team that came, went or moved. Who is in it stands in :class:`PersonChange`."""

    team: TeamId
    old: TeamPlace | None
    new: TeamPlace | None


@dataclass(frozen=True)
class Seat:
    """Where a person is: the team, its area and town, and the partner(s) in it."""

    team: TeamId
    area: AreaId
    base_town: TownId
    partners: tuple[ObserverId, ...]


@dataclass(frozen=True)
class PersonChange:
    """An observer whose team, area, town or partner is another one; None: in no team."""

    observer: ObserverId
    old: Seat | None
    new: Seat | None

    @property
    def moved(self) -> bool:
        """Whether area or town changed: what costs a journey, unlike a new partner or number."""
        old = None if self.old is None else (self.old.area, self.old.base_town)
        new = None if self.new is None else (self.new.area, self.new.base_town)
        return old != new


@dataclass(frozen=True, order=True)
class Visit:
    """A team at a place in a phase."""

    team: TeamId
    phase: Phase


@dataclass(frozen=True)
class StationChange:
    """A place that other teams visit, or in other phases; empty: nobody goes there."""

    place_kind: str
    place: StationId | CommissionId
    old: tuple[Visit, ...]
    new: tuple[Visit, ...]


@dataclass(frozen=True)
class RetimedDay:
    """A team whose places are the same, at other times."""

    team: TeamId


@dataclass(frozen=True)
class PlanChange:
    """All that differs between two plans of a mission, each kind sorted by its id.

    Areas and teams are matched by id: an optimizer that numbers them anew makes them differ.
    """

    kpis: tuple[KpiChange, ...] = ()
    areas: tuple[AreaChange, ...] = ()
    teams: tuple[TeamChange, ...] = ()
    people: tuple[PersonChange, ...] = ()
    stations: tuple[StationChange, ...] = ()
    retimed: tuple[RetimedDay, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the deployment differs."""
        return not any(
            (self.kpis, self.areas, self.teams, self.people, self.stations, self.retimed)
        )

    @property
    def districts_moved(self) -> tuple[DistrictId, ...]:
        """Districts that an area gained or lost, each once, sorted."""
        return tuple(sorted({d for area in self.areas for d in (*area.gained, *area.lost)}))

    def summary(self) -> str:
        """Return one line for a message, e.g. ``2 areas, 3 districts, 1 team, 4 people``."""
        counted = (
            (len(self.areas), "area", "areas"),
            (len(self.districts_moved), "district", "districts"),
            (len(self.teams), "team", "teams"),
            (len(self.people), "person", "people"),
            (len(self.stations), "place visited", "places visited"),
            (len(self.retimed), "day retimed", "days retimed"),
            (len(self.kpis), "figure", "figures"),
        )
        said = [f"{n:,} {one if n == 1 else many}" for n, one, many in counted if n]
        return ", ".join(said) or "nothing"
