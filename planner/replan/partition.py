"""Districts given to areas, changed by as few districts as it takes to keep pins and contiguity."""

from collections import Counter
from collections.abc import Iterable, Sequence

from geodata.travel.provider import UNROUTABLE, TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area
from planner.objective.areas import areas_cost
from planner.optimizer.areas.frame import neighbours_of, possible_base
from planner.optimizer.areas.graph import components, shortest_path
from planner.travel import points_of


class NoWayError(Exception):
    """The earlier areas cannot be kept; the message says why."""


class Partition:
    """The earlier areas in the making.

    Parameters
    ----------
    earlier
        The areas to keep.
    free
        The areas of the free run: they say which districts are covered.

    Attributes
    ----------
    covered
        Districts that have an area.
    new
        Covered districts that the earlier areas do not know.
    rebased
        Areas whose base town had to be chosen anew.
    """

    def __init__(
        self,
        mission: MissionInput,
        travel: TravelProvider,
        earlier: Sequence[Area],
        free: Sequence[Area],
    ) -> None:
        self._mission, self._travel = mission, travel
        self.covered = {district for area in free for district in area.districts}
        self._free = {district: area.id for area in free for district in area.districts}
        self._areas = sorted(area.id for area in earlier)
        self._ids = [district.id for district in mission.districts]
        self._place = {district: i for i, district in enumerate(self._ids)}
        self._neighbours = neighbours_of(mission)
        self._owner: dict[DistrictId, AreaId] = {
            district: area.id
            for area in earlier
            for district in area.districts
            if district in self.covered
        }
        self._base: dict[AreaId, TownId] = {
            area.id: area.base_town for area in earlier if area.base_town in mission.town_of
        }
        self._fixed: dict[DistrictId, AreaId] = {}
        self.new = {district for district in self.covered if district not in self._owner}
        self.rebased: set[AreaId] = set()

    def pin(self, decision: Decision) -> None:
        """Keep a decision on a district or a base town; take effect in :meth:`settled`."""
        area, district = decision.area, decision.district
        if area is None:
            return
        if decision.kind is DecisionKind.BASE_TOWN and decision.town is not None:
            self._base[area] = decision.town
            district = self._mission.town_of[decision.town].district
        if district is not None:
            self._fixed[district] = area

    def settled(self) -> tuple[dict[DistrictId, AreaId], dict[AreaId, TownId]]:
        """Return the area of every covered district and the base town of every area.

        Raises
        ------
        NoWayError
            If pins, contiguity and base towns cannot be had by small changes.
        """
        self._adopt(self.new)
        for district, area in sorted(self._fixed.items()):
            self._move(district, area)
        for _ in range(1 + len(self._areas)):
            strays = self._strays()
            if not strays:
                break
            for stray in strays:
                for district in stray:
                    self._owner.pop(district)
                self._adopt(stray)
        else:
            msg = "no contiguous areas were found near the earlier ones"
            raise NoWayError(msg)
        for district, area in sorted(self._fixed.items()):
            if self._owner.get(district) != area:
                msg = f"district {district} cannot be joined to {area} by small changes"
                raise NoWayError(msg)
        for area in self._areas:
            self._settle_base(area)
        return self._owner, self._base

    def _adopt(self, districts: Iterable[DistrictId]) -> None:
        """Give districts without an area to a neighbouring one, the nearest to its base."""
        waiting = set(districts)
        while waiting:
            options = [
                (self._drive_s(area, district), district, area)
                for district in sorted(waiting)
                for area in self._around(district)
            ]
            if not options:
                msg = f"district {min(waiting)} has no neighbour with an area"
                raise NoWayError(msg)
            _, district, area = min(options)
            self._owner[district] = area
            waiting.discard(district)

    def _around(self, district: DistrictId) -> list[AreaId]:
        near = (self._ids[i] for i in self._neighbours[self._place[district]])
        return sorted({self._owner[other] for other in near if other in self._owner})

    def _drive_s(self, area: AreaId, district: DistrictId) -> tuple[bool, int]:
        """Return how far a district is from an area's base; what has no way comes last."""
        if area not in self._base:
            return True, 0
        town = self._mission.town_of[self._base[area]]
        centre = self._mission.district_of[district]
        duration_s = int(self._travel.legs(points_of([town]), points_of([centre])).duration_s[0])
        return duration_s == UNROUTABLE, duration_s

    def _move(self, district: DistrictId, area: AreaId) -> None:
        """Move a pinned district to its area, with the districts that join it to the rest."""
        if self._owner.get(district) == area:
            return
        theirs = {self._place[d] for d, owner in self._owner.items() if owner == area}
        taken = {self._place[d] for d, owner in self._fixed.items() if owner != area}
        homes = {
            self._place[self._mission.town_of[town].district]
            for owner, town in self._base.items()
            if owner != area
        }
        allowed = {self._place[d] for d in self._owner} - taken - homes
        target = {self._place[district]}
        path = shortest_path(self._neighbours, sorted(theirs), target, allowed)
        if path is None:
            msg = f"district {district} cannot be joined to {area} without breaking other areas"
            raise NoWayError(msg)
        for place in path:
            self._owner[self._ids[place]] = area

    def _strays(self) -> list[list[DistrictId]]:
        """Return the parts of areas that do not hang together with what holds their base."""
        loads = Counter(station.district for station in self._mission.stations)
        strays = []
        for area in self._areas:
            mine = {self._place[d] for d, owner in self._owner.items() if owner == area}
            parts = [[self._ids[i] for i in sorted(p)] for p in components(self._neighbours, mine)]
            if len(parts) > 1:
                main = max(parts, key=lambda part: (self._weight(area, part), _load(loads, part)))
                strays += [part for part in parts if part is not main]
        return strays

    def _weight(self, area: AreaId, part: Sequence[DistrictId]) -> tuple[int, bool]:
        """Rank a part of an area: pins first, then the base town."""
        pins = sum(self._fixed.get(district) == area for district in part)
        home = self._base.get(area)
        return pins, home is not None and self._mission.town_of[home].district in part

    def _settle_base(self, area: AreaId) -> None:
        """Keep an area's base town if it can be one, else choose the best in the area."""
        mission = self._mission
        mine = tuple(d for d in self._ids if self._owner.get(d) == area)
        if not mine:
            msg = f"{area} would have no district left"
            raise NoWayError(msg)
        towns = [t for t in mission.towns if t.district in mine and possible_base(mission, t)]
        if self._base.get(area) in {town.id for town in towns}:
            return
        if not towns:
            msg = f"{area} would have no town where an LTO team can live"
            raise NoWayError(msg)

        def drive(town: TownId) -> float:
            alone = Area(id=area, lto_team=None, base_town=town, districts=mine)
            return areas_cost(mission, [alone], self._travel).drive

        self._base[area] = min((town.id for town in towns), key=lambda town: (drive(town), town))
        self.rebased.add(area)


def _load(loads: Counter[DistrictId], part: Sequence[DistrictId]) -> int:
    return sum(loads[district] for district in part)
