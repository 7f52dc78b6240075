"""How well STO pairs are shared out: fair shares of areas, and stations near their hubs.

The objective, in station-minutes, has two parts.

* **Shares**: ``DEVIATION_MIN * sum((n_a - q_a)^2)`` over areas, where ``n_a`` are the pairs of an
  area and ``q_a`` its exact, fractional share by the mission's allocation basis.
* **Hubs**: every station is served by a town where pairs of its area sleep, within reach, at the
  cost of the drive in minutes; a station that nobody serves costs ``UNSERVED_REACHES`` times the
  reach. A pair serves at most ``SLACK`` times the area's stations within reach per pair, so that
  pairs must spread to where the stations are. Given where pairs sleep, the cheapest service is a
  transportation problem, solved exactly here.

Stations of an area are gathered into at most ``POINTS_PER_AREA`` points (more in areas of many
pairs), each at one of its own stations: the whole recomputation takes well under a second for
10,000 stations.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.travel.provider import Points, TravelProvider
from planner.domain.ids import DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station, Town
from planner.domain.plan import Area, Plan, Team
from planner.domain.policy import AllocationBasis

DEVIATION_MIN = 60.0
"""Station-minutes for a squared pair of distance from the fair share."""
UNSERVED_REACHES = 10.0
"""A station that no pair serves costs this many times the reach."""
SLACK = 1.1
"""A pair may serve this much more than its equal part of the area's stations within reach."""
POINTS_PER_AREA = 150
POINTS_PER_PAIR = 6
"""Areas of more than 25 pairs have this many demand points a pair."""
MAX_POINTS = 900
MIN_CANDIDATES = 60
MAX_CANDIDATES = 200
"""Towns of an area that are looked at as hubs: two for each of its pairs within these limits."""
NEYMAN_SD = 0.5
"""Standard deviation of a yes/no answer at its most uncertain; the same in every area."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AreaDemand:
    """Stations of one area as demand points, and the towns that could be hubs.

    Parameters
    ----------
    stations
        The area's stations, by id.
    points
        Shape (points, 2), degrees; each is the place of one station.
    demand
        Shape (points,): stations that each point stands for.
    hubs
        Candidate towns, by id.
    minutes
        Shape (hubs, points): drive in minutes, ``inf`` beyond reach or where there is no way.
    nearest_min
        Shape (points,): minutes from the nearest candidate, at most the reach.
    """

    stations: tuple[Station, ...]
    points: Points
    demand: Ints
    hubs: tuple[Town, ...]
    minutes: Floats
    nearest_min: Floats

    @property
    def reachable(self) -> float:
        """Stations within reach of at least one candidate hub."""
        return float(self.demand[np.isfinite(self.minutes).any(axis=0)].sum())


def reach_min(mission: MissionInput) -> float:
    """Return how far from its hub a station may be, in minutes: no leg of the day is longer."""
    policies = mission.mission.policies
    return float(min(policies.allocation.reach_min, policies.day.max_leg_min))


def area_demands(
    mission: MissionInput, areas: Sequence[Area], travel: TravelProvider
) -> tuple[AreaDemand, ...]:
    """Return the demand of every area, in the order of ``areas``."""
    districts = {district: area.id for area in areas for district in area.districts}
    stations: dict[str, list[Station]] = {area.id: [] for area in areas}
    towns: dict[str, list[Town]] = {area.id: [] for area in areas}
    for station in mission.stations:
        if station.district in districts:
            stations[districts[station.district]].append(station)
    for town in mission.towns:
        if town.district in districts:
            towns[districts[town.district]].append(town)
    per_area = max(1, mission.teams_wanted(Role.STO) // max(1, len(areas)))
    limit = min(MAX_POINTS, max(POINTS_PER_AREA, POINTS_PER_PAIR * per_area))
    candidates = min(MAX_CANDIDATES, max(MIN_CANDIDATES, 2 * per_area))
    return tuple(
        _demand(mission, stations[area.id], towns[area.id], travel, limit, candidates)
        for area in areas
    )


def _demand(
    mission: MissionInput,
    stations: Sequence[Station],
    towns: Sequence[Town],
    travel: TravelProvider,
    limit: int,
    candidates: int,
) -> AreaDemand:
    where = _points(stations)
    chosen, demand = gather(where, limit)
    beds = mission.mission.policies.allocation.beds_per_pair
    hubs = candidate_hubs(towns, where, beds, candidates)
    reach = reach_min(mission)
    points = where[chosen]
    minutes = drive_min(travel, hubs, points, reach)
    nearest = np.minimum(minutes.min(axis=0, initial=np.inf), reach)
    return AreaDemand(tuple(stations), points, demand, hubs, minutes, nearest)


def drive_min(travel: TravelProvider, hubs: Sequence[Town], points: Points, reach: float) -> Floats:
    """Return minutes from every hub to every point, ``inf`` where they exceed ``reach``.

    Returns
    -------
    ndarray
        Shape (hubs, points).
    """
    if not hubs or not len(points):
        return np.full((len(hubs), len(points)), np.inf)
    duration_s = travel.matrix(_points(hubs), points).duration_s
    minutes = duration_s / 60.0
    return np.where((duration_s < 0) | (minutes > reach), np.inf, minutes)


def gather(points: Points, limit: int) -> tuple[Ints, Ints]:
    """Gather points into at most ``limit`` cells of a grid, as fine as that allows.

    Parameters
    ----------
    points
        Shape (n, 2), degrees.
    limit
        At least 1.

    Returns
    -------
    chosen, demand
        For every cell the index of the point nearest to its mean, and the number of its points.
    """
    if not len(points):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    scale = np.array([1.0, max(0.05, math.cos(math.radians(float(points[:, 0].mean()))))])
    flat = points * scale
    side = 0.002
    cell = np.unique(flat, axis=0, return_inverse=True)[1].reshape(-1)
    while int(cell.max()) >= limit:
        corner = np.floor((flat - flat.min(axis=0)) / side).astype(np.int64)
        cell = np.unique(corner, axis=0, return_inverse=True)[1].reshape(-1)
        side *= 1.25
    demand = np.bincount(cell)
    mean = np.stack([np.bincount(cell, weights=flat[:, axis]) / demand for axis in (0, 1)], axis=1)
    off = ((flat - mean[cell]) ** 2).sum(axis=1)
    order = np.lexsort((np.arange(len(points)), off, cell))
    first = np.unique(cell[order], return_index=True)[1]
    return order[first].astype(np.int64), demand.astype(np.int64)


def candidate_hubs(
    towns: Sequence[Town], stations: Points, beds_per_pair: int, limit: int
) -> tuple[Town, ...]:
    """Return the towns where a pair could sleep, by id, at most ``limit``.

    Where there are more, those stay that are the nearest town of most stations, because they
    spread as the stations do.

    Parameters
    ----------
    towns
        Towns of one area.
    stations
        Shape (n, 2), degrees.
    """
    usable = [town for town in towns if town.beds is None or town.beds >= max(1, beds_per_pair)]
    if len(usable) > limit and len(stations):
        from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy import

        _, nearest = cKDTree(_vectors(_points(usable))).query(_vectors(stations))
        around = np.bincount(np.asarray(nearest), minlength=len(usable)).tolist()
        ranked = sorted(zip(around, usable, strict=True), key=lambda pair: (-pair[0], pair[1].id))
        usable = [town for _, town in ranked[:limit]]
    return tuple(sorted(usable, key=lambda town: town.id))


def basis_weights(
    mission: MissionInput, demands: Sequence[AreaDemand], basis: AllocationBasis
) -> Floats:
    """Return what areas share pairs by, in their order; zero for areas without stations.

    ``COST_OPTIMAL`` is Neyman's allocation with costs, ``N sd / sqrt(c)``: the standard deviation
    is the same everywhere, and the cost of a visit is the minutes of dwell, buffer and drive from
    the nearest candidate hub, averaged over the area's stations.
    """
    stations = np.array([len(demand.stations) for demand in demands], dtype=np.float64)
    if basis is AllocationBasis.VOTERS:
        return _voters(mission, demands, stations)
    if basis is AllocationBasis.SQUARE_ROOT:
        return np.sqrt(stations)
    if basis is AllocationBasis.EQUAL:
        return (stations > 0).astype(np.float64)
    if basis is AllocationBasis.COST_OPTIMAL:
        day = mission.mission.policies.day
        drive = np.array([float(d.nearest_min @ d.demand) for d in demands])
        cost = day.dwell_min + day.visit_buffer_min + drive / np.maximum(stations, 1.0)
        return stations * NEYMAN_SD / np.sqrt(np.maximum(cost, 1.0))
    return stations


def _voters(mission: MissionInput, demands: Sequence[AreaDemand], stations: Floats) -> Floats:
    known = [s.voters for s in mission.stations if s.voters is not None]
    if not known or not any(known):
        return stations
    mean = sum(known) / len(known)
    return np.array(
        [
            math.fsum(mean if s.voters is None else s.voters for s in demand.stations)
            for demand in demands
        ]
    )


def fair_shares(weights: Floats, seats: int) -> Floats:
    """Return each area's exact share of ``seats``; equal shares where all weights are zero."""
    if not len(weights):
        return np.zeros(0)
    weights = weights if weights.sum() > 0 else np.ones(len(weights))
    shares: Floats = seats * weights / weights.sum()
    return shares


def service_cost(
    minutes: Floats, demand: Ints, pairs: Ints, pair_capacity: float, unserved_min: float
) -> float:
    """Return the least station-minutes at which ``pairs`` at hubs serve ``demand``.

    Parameters
    ----------
    minutes
        Shape (hubs, points), ``inf`` where a hub does not reach a point.
    demand
        Shape (points,): stations.
    pairs
        Shape (hubs,): pairs that sleep there.
    pair_capacity
        Stations that one pair can serve.
    unserved_min
        Minutes that a station counts for which nobody serves.
    """
    total = float(demand.sum()) * unserved_min
    hub, point = np.nonzero(np.isfinite(minutes) & (pairs > 0)[:, None])
    if not len(hub):
        return total
    from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415 - heavy import
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy import

    flows = np.arange(len(hub))
    rows = np.concatenate((point, len(demand) + hub))
    matrix = coo_array(
        (np.ones(2 * len(hub)), (rows, np.tile(flows, 2))),
        shape=(len(demand) + len(pairs), len(hub)),
    )
    limit = np.concatenate((demand.astype(np.float64), pairs * pair_capacity))
    solved = milp(
        minutes[hub, point] - unserved_min, constraints=LinearConstraint(matrix.tocsr(), ub=limit)
    )
    # Serving nobody is always allowed, so that the model has a solution.
    return total + float(solved.fun or 0.0)


def pair_capacity(demand: AreaDemand, pairs: int) -> float:
    """Return how many stations one of an area's ``pairs`` may serve."""
    return SLACK * demand.reachable / max(1, pairs)


def shares_part(shares: Floats, pairs: Sequence[int]) -> float:
    """Return the first part of the objective, in station-minutes."""
    return DEVIATION_MIN * float(((np.array(pairs, dtype=np.float64) - shares) ** 2).sum())


def allocation_value(
    mission: MissionInput, areas: Sequence[Area], teams: Sequence[Team], travel: TravelProvider
) -> float:
    """Return the objective of areas and teams, in station-minutes (less is better)."""
    demands = area_demands(mission, areas, travel)
    weights = basis_weights(mission, demands, mission.mission.policies.allocation.basis)
    shares = fair_shares(weights, mission.teams_wanted(Role.STO))
    reach = reach_min(mission)
    value = shares_part(shares, [area.sto_pairs for area in areas])
    for area, demand in zip(areas, demands, strict=True):
        slept = Counter(t.base_town for t in teams if t.kind is Role.STO and t.area == area.id)
        hubs = [mission.town_of[town] for town in sorted(slept) if town in mission.town_of]
        value += service_cost(
            drive_min(travel, hubs, demand.points, reach),
            demand.demand,
            np.array([slept[town.id] for town in hubs], dtype=np.int64),
            pair_capacity(demand, area.sto_pairs),
            UNSERVED_REACHES * reach,
        )
    return value


def allocation_objective(mission: MissionInput, plan: Plan, travel: TravelProvider) -> float:
    """Return the objective of the allocation stage, recomputed from the plan document alone."""
    return allocation_value(mission, plan.areas, plan.teams, travel)


def districts_of(areas: Sequence[Area]) -> dict[DistrictId, Area]:
    """Return the area of every district."""
    return {district: area for area in areas for district in area.districts}


def town_areas(mission: MissionInput, areas: Sequence[Area]) -> dict[TownId, Area]:
    """Return the area of every town that lies in one."""
    owner = districts_of(areas)
    return {town.id: owner[town.district] for town in mission.towns if town.district in owner}


def _points(places: Sequence[Station] | Sequence[Town]) -> Points:
    return np.array([(place.lat, place.lon) for place in places], dtype=np.float64).reshape(-1, 2)


def _vectors(points: Points) -> Floats:
    lat, lon = np.radians(points).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
