"""From a mission to the arrays of the problem, and what cannot be covered before it begins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import District, Town
from planner.objective.areas import district_load, weighted_drive
from planner.optimizer.areas.graph import components
from planner.optimizer.areas.pins import Pins
from planner.optimizer.areas.problem import AreasProblem, Floats, Ints


def possible_base(mission: MissionInput, town: Town) -> bool:
    """Tell whether an LTO team can live in a town: enough beds, or nobody knows (A3)."""
    return town.beds is None or town.beds >= mission.mission.policies.allocation.beds_per_lto_team


def neighbours_of(mission: MissionInput) -> tuple[tuple[int, ...], ...]:
    """Return the neighbours of each district by position."""
    place = {district.id: i for i, district in enumerate(mission.districts)}
    sets: list[set[int]] = [set() for _ in mission.districts]
    for pair in mission.adjacency:
        one, other = place[pair.a], place[pair.b]
        if one != other:
            sets[one].add(other)
            sets[other].add(one)
    return tuple(tuple(sorted(one)) for one in sets)


@dataclass(frozen=True, eq=False)
class Frame:
    """The covered part of the country as arrays.

    Attributes
    ----------
    districts
        Covered districts, as in the mission.
    towns
        Candidate bases; None is the centre of a district in a part without any possible town.
    left_out
        Parts of the country for which there is no team, largest load first.
    teams
        Areas wanted.
    duration_s
        Shape (candidates, districts): drive from base to district centre.
    cost
        Shape (candidates, districts), station-minutes; infinite between parts.
    load, home, region, neighbours
        As in :class:`AreasProblem`.
    part
        Shape (districts,): connected part of each district.
    """

    districts: tuple[District, ...]
    towns: tuple[Town | None, ...]
    left_out: tuple[tuple[DistrictId, ...], ...]
    teams: int
    duration_s: Ints
    cost: Floats
    load: Floats
    home: Ints
    region: Ints
    neighbours: tuple[tuple[int, ...], ...]
    part: Ints
    mission: MissionInput

    def candidate(self, town: TownId) -> int:
        """Return the position of a town among the candidates."""
        return next(i for i, one in enumerate(self.towns) if one is not None and one.id == town)

    def problem(self, pins: Pins, areas: int | None = None) -> AreasProblem:
        """Return the problem around pins; ``areas`` None: as many as wanted and possible."""
        policy = self.mission.mission.policies.areas
        place = {district.id: i for i, district in enumerate(self.districts)}
        number = {area: i for i, area in enumerate(pins.areas)}
        group = np.full(len(self.districts), -1, dtype=np.int64)
        for district, area in pins.district_area.items():
            group[place[district]] = number[area]
        cost = self.cost.copy()
        at_home = group[self.home]
        foreign = (at_home[:, None] >= 0) & (group >= 0) & (at_home[:, None] != group)
        cost[foreign] = np.inf
        must_open = np.zeros(len(self.towns), dtype=np.bool_)
        for area, town in sorted(pins.base_town.items()):
            base = self.candidate(town)
            must_open[base] = True
            others = np.arange(len(self.towns)) != base
            cost[np.ix_(others, group == number[area])] = np.inf
        problem = AreasProblem(
            cost=cost,
            load=self.load,
            home=self.home,
            region=self.region,
            areas=areas or 1,
            split_weight=policy.split_weight,
            imbalance_weight=policy.imbalance_weight,
            tolerance=policy.balance_tolerance,
            neighbours=self.neighbours,
            group=group,
            must_open=must_open,
        )
        if areas is None:
            return self.problem(pins, min(self.teams, int(problem.slot.max()) + 1))
        return problem


def make_frame(mission: MissionInput, teams: int | None, travel: TravelProvider) -> Frame:
    """Build the frame of a mission with at least one district.

    Parameters
    ----------
    mission
        The mission.
    teams
        Areas wanted, at least 1; None: one for each connected part of the country.
    travel
        Answers how long a drive takes.
    """
    neighbours = neighbours_of(mission)
    load_of = district_load(mission)
    parts = components(neighbours, range(len(mission.districts)))

    def weight(part: set[int]) -> tuple[float, int]:
        return -sum(load_of[mission.districts[i].id] for i in part), min(part)

    parts.sort(key=weight)
    teams = len(parts) if teams is None else teams
    covered = sorted(set().union(*parts[:teams]))
    place = {old: new for new, old in enumerate(covered)}
    part = np.zeros(len(covered), dtype=np.int64)
    for number, members in enumerate(parts[:teams]):
        part[[place[i] for i in sorted(members)]] = number
    districts = tuple(mission.districts[i] for i in covered)
    towns, home = _bases(mission, districts, part)
    starts = [(t or districts[h]) for t, h in zip(towns, home.tolist(), strict=True)]
    matrix = travel.matrix(_points(starts), _points(districts))
    load = np.array([load_of[district.id] for district in districts])
    limit_min = mission.mission.policies.areas.max_base_to_district_min
    cost = weighted_drive(matrix.duration_s, load, limit_min)
    cost[part[home][:, None] != part] = np.inf
    regions = np.unique([district.region for district in districts], return_inverse=True)[1]
    return Frame(
        districts=districts,
        towns=towns,
        left_out=tuple(
            tuple(mission.districts[i].id for i in sorted(members)) for members in parts[teams:]
        ),
        teams=teams,
        duration_s=matrix.duration_s,
        cost=cost,
        load=load,
        home=home,
        region=regions.astype(np.int64),
        neighbours=tuple(tuple(place[j] for j in neighbours[i]) for i in covered),
        part=part,
        mission=mission,
    )


def _bases(
    mission: MissionInput, districts: Sequence[District], part: Ints
) -> tuple[tuple[Town | None, ...], Ints]:
    """Return candidate bases and their homes: towns, else centres where a part has no town."""
    place = {district.id: i for i, district in enumerate(districts)}
    towns: list[Town | None] = [
        town for town in mission.towns if town.district in place and possible_base(mission, town)
    ]
    home = [place[town.district] for town in towns if town is not None]
    served = {int(part[i]) for i in home}
    for i, number in enumerate(part.tolist()):
        if number not in served:
            towns.append(None)
            home.append(i)
    return tuple(towns), np.array(home, dtype=np.int64)


def _points(places: Sequence[Town | District]) -> Floats:
    return np.array([(place.lat, place.lon) for place in places], dtype=np.float64)
