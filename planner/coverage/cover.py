"""Compute the coverage of a plan from mission and plan document alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from planner.coverage.records import (
    BandCover,
    CommissionCover,
    Coverage,
    DistrictCover,
    Gap,
    StratumCover,
)
from planner.domain.ids import AreaId, CommissionId, DistrictId, StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Phase, Plan, SampleRole
from planner.objective.sampling import stratum
from planner.rules.remoteness import remoteness_bands

REACH = "OP-ALLOC-REACH"
"""The allocation's word for stations that are too far from every town where pairs sleep."""
Key = TypeVar("Key", bound=Hashable)


def coverage(mission: MissionInput, plan: Plan) -> Coverage:
    """Return how much of the frame ``plan`` covers, and why not more.

    Pure: no travel times, no clock. Ids that the mission does not know are left out; the referee
    reports them.
    """
    return _Count(mission, plan).result()


@dataclass
class _Group:
    """Stations that are counted together."""

    frame: int = 0
    drawn: int = 0
    visited: int = 0
    districts: set[DistrictId] = field(default_factory=set)


@dataclass(frozen=True)
class _Count:
    mission: MissionInput
    plan: Plan

    def result(self) -> Coverage:
        return Coverage(self._strata(), self._bands(), self._districts(), self._commissions())

    @cached_property
    def visited(self) -> frozenset[StationId]:
        """Known stations where somebody is in any phase."""
        stops = (stop for day in self.plan.days for stop in day.stops)
        found = {StationId(stop.place) for stop in stops if stop.place_kind == "station"}
        return frozenset(found & self.mission.station_of.keys())

    @cached_property
    def drawn(self) -> frozenset[StationId]:
        return frozenset(e.station for e in self.plan.sample if e.role is SampleRole.PRIMARY)

    @cached_property
    def area_of(self) -> dict[DistrictId, AreaId]:
        return {district: area.id for area in self.plan.areas for district in area.districts}

    @cached_property
    def staffed(self) -> frozenset[AreaId]:
        return frozenset(team.area for team in self.plan.teams if team.kind is Role.STO)

    @cached_property
    def notes(self) -> dict[str, str]:
        """The plan's first word about each subject that it leaves out."""
        found: dict[str, str] = {}
        for left in self.plan.unassigned:
            found.setdefault(left.subject, left.reason)
        return found

    @cached_property
    def out_of_reach(self) -> frozenset[str]:
        """Districts of which the plan says that stations are out of reach."""
        return frozenset(left.subject for left in self.plan.unassigned if left.code == REACH)

    def _grouped(
        self, key_of: Callable[[Station], Key], stations: Iterable[Station] | None = None
    ) -> dict[Key, _Group]:
        groups: defaultdict[Key, _Group] = defaultdict(_Group)
        for station in self.mission.stations if stations is None else stations:
            group = groups[key_of(station)]
            group.frame += 1
            group.drawn += station.id in self.drawn
            group.visited += station.id in self.visited
            group.districts.add(station.district)
        return dict(groups)

    def _shares(self, group: _Group) -> tuple[float, float]:
        return (
            group.frame / max(1, len(self.mission.stations)),
            group.visited / max(1, len(self.visited)),
        )

    def _gap(self, group: _Group) -> Gap | None:
        if group.visited:
            return None
        areas = {self.area_of[d] for d in group.districts if d in self.area_of}
        if not areas:
            return Gap.NO_AREA
        if not areas & self.staffed:
            return Gap.NO_PAIR
        if group.drawn:
            return Gap.NO_ROOM
        return Gap.BEYOND_REACH if group.districts & self.out_of_reach else Gap.NOT_DRAWN

    def _strata(self) -> tuple[StratumCover, ...]:
        district_of = self.mission.district_of
        groups = self._grouped(lambda s: (district_of[s.district].region, stratum(s)))
        found = [
            StratumCover(
                region,
                name,
                group.frame,
                group.drawn,
                group.visited,
                *self._shares(group),
                self._gap(group),
            )
            for (region, name), group in groups.items()
        ]
        found.sort(
            key=lambda s: (s.visited > 0, not s.thin, -s.frame, s.region, s.stratum),
        )
        return tuple(found)

    def _bands(self) -> tuple[BandCover, ...]:
        bands = remoteness_bands(self.mission)
        groups = self._grouped(lambda s: bands[s.id]) if bands else {}
        # From the nearest to the furthest: "0-10 km", …, and the open one (">100 km") last.
        names = sorted(groups, key=lambda name: (name.startswith(">"), float(_first_number(name))))
        return tuple(
            BandCover(
                name,
                groups[name].frame,
                groups[name].drawn,
                groups[name].visited,
                *self._shares(groups[name]),
            )
            for name in names
        )

    def _districts(self) -> tuple[DistrictCover, ...]:
        found = [
            DistrictCover(
                district,
                self.area_of.get(district),
                group.frame,
                group.drawn,
                group.visited,
                self._gap(group),
                self.notes.get(district, ""),
            )
            for district, group in self._grouped(lambda s: s.district).items()
        ]
        return tuple(sorted(found, key=lambda d: (d.visited > 0, -d.frame, d.district)))

    def _commissions(self) -> tuple[CommissionCover, ...]:
        tabulated: defaultdict[CommissionId, dict[TeamId, None]] = defaultdict(dict)
        for day in self.plan.days:
            for stop in day.stops:
                if stop.place_kind == "commission" and stop.phase is Phase.TABULATION:
                    tabulated[CommissionId(stop.place)][day.team] = None
        under = Counter(s.commission for s in self.mission.stations if s.commission)
        seen = Counter(
            s.commission for s in self.mission.stations if s.commission and s.id in self.visited
        )
        found = [
            CommissionCover(
                commission.id,
                commission.district,
                under[commission.id],
                seen[commission.id],
                tuple(tabulated.get(commission.id, ())),
            )
            for commission in self.mission.commissions
            if under[commission.id] or commission.id in tabulated
        ]
        order = sorted(
            found, key=lambda c: (c.touched, bool(c.tabulated_by), -c.stations, c.commission)
        )
        return tuple(order)


def _first_number(band: str) -> str:
    return band.removeprefix(">").split("-")[0].split(" ")[0]
