"""Everything that a mission folder holds, validated: the one input of optimizer and referee."""

from functools import cached_property

from planner.domain.base import Frozen
from planner.domain.decision import Decision
from planner.domain.ids import (
    CommissionId,
    DistrictId,
    ObserverId,
    RegionId,
    StationId,
    TownId,
)
from planner.domain.mission import Mission, MissionFormat
from planner.domain.observer import Observer, Role
from planner.domain.place import Adjacency, Commission, District, Region, Station, Town


class MissionInput(Frozen):
    """A mission with its places, its people and its decisions.

    All tuples are sorted by id, so that the same folder always gives the same plan. Referential
    integrity (every station's district exists, …) is intake's promise.

    Attributes
    ----------
    input_hash
        SHA-256 over the files of the mission folder, hexadecimal; binds a plan to its input.
    folder
        Where relative file names of the travel policy are looked up; empty for in-memory input.
    """

    mission: Mission
    regions: tuple[Region, ...]
    districts: tuple[District, ...]
    adjacency: tuple[Adjacency, ...]
    towns: tuple[Town, ...]
    stations: tuple[Station, ...]
    commissions: tuple[Commission, ...] = ()
    observers: tuple[Observer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    input_hash: str = ""
    folder: str = ""

    @cached_property
    def region_of(self) -> dict[RegionId, Region]:
        """Regions by id."""
        return {region.id: region for region in self.regions}

    @cached_property
    def district_of(self) -> dict[DistrictId, District]:
        """Districts by id."""
        return {district.id: district for district in self.districts}

    @cached_property
    def town_of(self) -> dict[TownId, Town]:
        """Towns by id."""
        return {town.id: town for town in self.towns}

    @cached_property
    def station_of(self) -> dict[StationId, Station]:
        """Stations by id."""
        return {station.id: station for station in self.stations}

    @cached_property
    def commission_of(self) -> dict[CommissionId, Commission]:
        """Commissions by id."""
        return {commission.id: commission for commission in self.commissions}

    @cached_property
    def observer_of(self) -> dict[ObserverId, Observer]:
        """Observers by id."""
        return {observer.id: observer for observer in self.observers}

    def time_zone(self, district: DistrictId) -> str:
        """Return the IANA time zone of a district: that of its region."""
        return self.region_of[self.district_of[district].region].time_zone

    def teams_wanted(self, role: Role) -> int:
        """Return how many teams to plan: those of the staffing, else those the roster can fill.

        The roster counts accredited observers who are neither in reserve nor of the host country.
        Only an EOM has STOs.
        """
        if role is Role.STO and self.mission.format is not MissionFormat.EOM:
            return 0
        staffing = self.mission.staffing
        staffed = staffing.lto_teams if role is Role.LTO else staffing.sto_pairs
        if staffed:
            return staffed
        ready = sum(
            observer.role is role
            and observer.accredited
            and not observer.reserve
            and observer.state != self.mission.country
            for observer in self.observers
        )
        return ready // 2
