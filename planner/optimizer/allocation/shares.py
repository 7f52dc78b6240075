"""Pairs of every area: fair shares within floors and beds, for every basis side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Town
from planner.domain.plan import Area
from planner.domain.policy import AllocationBasis
from planner.objective.allocation import (
    AreaDemand,
    Floats,
    Ints,
    area_demands,
    basis_weights,
    fair_shares,
    town_areas,
)
from planner.optimizer.allocation.apportion import apportion


@dataclass(frozen=True, eq=False)
class Shares:
    """How many pairs every area gets, and why not more.

    Parameters
    ----------
    pairs
        Shape (areas,): whole pairs.
    exact
        Shape (areas,): fractional shares of all wanted pairs.
    wanted
        All pairs that the mission wants to place.
    caps
        Most pairs for which each area has beds; None where beds are unknown.
    floor_lowered
        True if there are fewer pairs than the floors ask for.
    """

    pairs: Ints
    exact: Floats
    wanted: int
    caps: tuple[int | None, ...]
    floor_lowered: bool

    @property
    def placed(self) -> int:
        """Pairs that have a bed."""
        return int(self.pairs.sum())


def pairs_that_sleep(mission: MissionInput, town: Town, bases: frozenset[TownId]) -> int | None:
    """Return how many STO pairs find beds in ``town``; None where nobody knows its beds.

    The LTO team that lives in a base town is served first.
    """
    policy = mission.mission.policies.allocation
    if town.beds is None or not policy.beds_per_pair:
        return None
    free = town.beds - (policy.beds_per_lto_team if town.id in bases else 0)
    return max(0, free) // policy.beds_per_pair


def lto_bases(areas: Sequence[Area]) -> frozenset[TownId]:
    """Return the towns where LTO teams live."""
    return frozenset(a.base_town for a in areas if a.base_town is not None and a.lto_team)


def share_pairs(
    mission: MissionInput,
    areas: Sequence[Area],
    demands: Sequence[AreaDemand],
    basis: AllocationBasis,
) -> Shares:
    """Share the mission's pairs out over ``areas`` by ``basis``.

    Floors give way to too few pairs, and all shares to too few beds; what remains is nearest to
    the exact shares.
    """
    wanted = mission.teams_wanted(Role.STO)
    weights = basis_weights(mission, demands, basis)
    caps = _caps(mission, areas)
    limits = [wanted if cap is None else min(cap, wanted) for cap in caps]
    floor = mission.mission.policies.allocation.floor_pairs_per_area
    floors = [
        min(floor, limit) if demand.stations else 0
        for demand, limit in zip(demands, limits, strict=True)
    ]
    placed = min(wanted, sum(limits))
    lowered = sum(floors) > placed
    if lowered:
        pairs = apportion(weights.tolist(), placed, None, floors)
    else:
        pairs = apportion(weights.tolist(), placed, floors, limits)
    return Shares(pairs, fair_shares(weights, wanted), wanted, caps, lowered)


def _caps(mission: MissionInput, areas: Sequence[Area]) -> tuple[int | None, ...]:
    bases = lto_bases(areas)
    caps: dict[AreaId, int | None] = {area.id: 0 for area in areas}
    owner = town_areas(mission, areas)
    for town in mission.towns:
        if town.id in owner:
            area, room = owner[town.id].id, pairs_that_sleep(mission, town, bases)
            so_far = caps[area]
            caps[area] = None if room is None or so_far is None else so_far + room
    return tuple(caps[area.id] for area in areas)


def compare_policies(
    mission: MissionInput, areas: Sequence[Area], travel: TravelProvider
) -> dict[AllocationBasis, tuple[int, ...]]:
    """Return the pairs of every area under every basis, with the mission's floors and beds.

    The choice is one of policy, so that a co-ordinator should see all of them side by side.

    Returns
    -------
    dict
        For each basis the counts in the order of ``areas``.
    """
    demands = area_demands(mission, areas, travel)
    return {
        basis: tuple(share_pairs(mission, areas, demands, basis).pairs.tolist())
        for basis in AllocationBasis
    }
