"""Objective of the areas stage, recomputed from documents alone.

In station-minutes, to be minimised: the drive from each base town to each of its districts times
the district's load (with a heavy surcharge beyond the limit), plus a charge for every further area
of a region, plus a charge for load outside the balance band.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.travel.provider import UNROUTABLE, TravelProvider
from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area, Plan
from planner.domain.policy import AllocationBasis

BEYOND_LIMIT_FACTOR = 10.0
"""A minute beyond ``max_base_to_district_min`` counts as so many minutes: A8 is soft, but dear."""
UNROUTABLE_MIN = 20_000.0
"""Two weeks: what a drive counts for where there is no way; dearer than any real drive."""
_LEAST_LOAD = 1.0
"""Surcharges count at least one station, so that an empty district is not sent out of reach."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class AreasCost:
    """Parts of the objective, in station-minutes.

    Attributes
    ----------
    drive
        Load times minutes, surcharges included.
    splits
        For regions that are split over several areas.
    imbalance
        For load outside the band around the mean.
    """

    drive: float
    splits: float
    imbalance: float

    @property
    def total(self) -> float:
        """The objective."""
        return self.drive + self.splits + self.imbalance


def district_load(mission: MissionInput) -> dict[DistrictId, float]:
    """Return the load of each district in station-equivalents.

    Its number of stations. Where STO pairs are shared out by voters: its share of the voters times
    the number of stations; a station whose voters nobody knows counts as an average one. Where
    there is no station at all, every district counts 1.
    """
    load = {district.id: 0.0 for district in mission.districts}
    if not mission.stations:
        return dict.fromkeys(load, 1.0)
    policies, pairs = mission.mission.policies, mission.mission.staffing.sto_pairs
    known = [s.voters for s in mission.stations if s.voters is not None]
    by_voters = policies.allocation.basis is AllocationBasis.VOTERS and pairs > 0 and sum(known) > 0
    mean = sum(known) / len(known) if by_voters else 1.0
    for station in mission.stations:
        counted = by_voters and station.voters is not None
        load[station.district] += (station.voters or 0) / mean if counted else 1.0
    return load


def weighted_drive(
    duration_s: npt.NDArray[np.int64], load: Floats, limit_min: float
) -> npt.NDArray[np.float64]:
    """Return what drives cost in station-minutes.

    Parameters
    ----------
    duration_s
        Shape (bases, districts): from base town to district centre; ``UNROUTABLE`` is possible.
    load
        Shape (districts,): in station-equivalents.
    limit_min
        Longest acceptable drive in minutes.

    Returns
    -------
    ndarray
        Shape (bases, districts).
    """
    minutes = np.where(duration_s == UNROUTABLE, UNROUTABLE_MIN, duration_s / 60.0)
    beyond = np.maximum(0.0, minutes - limit_min) * (BEYOND_LIMIT_FACTOR - 1.0)
    return load * minutes + np.maximum(load, _LEAST_LOAD) * beyond


def _points(places: Sequence[tuple[float, float]]) -> Floats:
    return np.asarray(places, dtype=np.float64).reshape(-1, 2)


def _drive(
    mission: MissionInput, area: Area, load: dict[DistrictId, float], travel: TravelProvider
) -> float:
    """Return the drive cost of one area.

    An area without a base town (no town with beds) counts from its best district centre.
    """
    centres = _points(
        [(mission.district_of[d].lat, mission.district_of[d].lon) for d in area.districts]
    )
    weights = np.array([load[d] for d in area.districts])
    starts = centres
    if area.base_town is not None:
        town = mission.town_of[area.base_town]
        starts = _points([(town.lat, town.lon)])
    limit_min = mission.mission.policies.areas.max_base_to_district_min
    duration_s = travel.matrix(starts, centres).duration_s
    return float(weighted_drive(duration_s, weights, limit_min).sum(axis=1).min())


def areas_cost(mission: MissionInput, areas: Sequence[Area], travel: TravelProvider) -> AreasCost:
    """Return the parts of the objective of given areas.

    Parameters
    ----------
    mission
        The mission; its area policy holds the weights.
    areas
        The areas; districts in none of them count nothing. Empty areas are left out.
    travel
        Answers how long a drive takes.
    """
    areas = [area for area in areas if area.districts]
    if not areas:
        return AreasCost(0.0, 0.0, 0.0)
    policy, load = mission.mission.policies.areas, district_load(mission)
    drive = sum(_drive(mission, area, load, travel) for area in areas)
    touched = {(mission.district_of[d].region, area.id) for area in areas for d in area.districts}
    splits = len(touched) - len({region for region, _ in touched})
    loads = [sum(load[d] for d in area.districts) for area in areas]
    mean = sum(loads) / len(loads)
    slack = policy.balance_tolerance * mean
    outside = sum(max(0.0, abs(one - mean) - slack) for one in loads)
    return AreasCost(drive, policy.split_weight * splits, policy.imbalance_weight * outside)


def areas_objective(mission: MissionInput, plan: Plan, travel: TravelProvider) -> float:
    """Return the objective of a plan's areas, in station-minutes."""
    return areas_cost(mission, plan.areas, travel).total
