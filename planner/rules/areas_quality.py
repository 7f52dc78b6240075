"""Areas of responsibility: balanced, whole regions, reachable (A5, A6, A7, A8)."""

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from planner.domain.finding import Severity
from planner.domain.ids import AreaId, RegionId
from planner.domain.place import District
from planner.domain.plan import Area
from planner.errors import PlannerError
from planner.objective.areas import district_load
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import minutes, some

_SOURCE = "DOMAIN.md §2, areas of responsibility"
_ROUNDING = 1e-9


@RULES.rule("A5", "Balanced load", Severity.SOFT, f"{_SOURCE} (S); the tolerance is a policy (B)")
def balanced_load(case: Case) -> Iterator[Fault]:
    """Find areas whose load, in stations, is further from the mean than the tolerance."""
    loads = _loads(case)
    if not loads:
        return
    tolerance = case.policies.areas.balance_tolerance
    mean = sum(loads.values()) / len(loads)
    low, high = mean * (1 - tolerance), mean * (1 + tolerance)
    for area, load in sorted(loads.items()):
        if not low - _ROUNDING <= load <= high + _ROUNDING:
            yield Fault(
                area,
                "The load of the area is far from the mean of all areas.",
                f"{load:g} stations",
                f"{low:.1f} to {high:.1f} stations",
                "Move a district between neighbouring areas, or accept it.",
            )


@RULES.rule("A6", "Whole regions", Severity.SOFT, f"{_SOURCE} (S)")
def whole_regions(case: Case) -> Iterator[Fault]:
    """Find regions split over more areas than their load needs."""
    loads = _loads(case)
    load: defaultdict[RegionId, float] = defaultdict(float)
    areas: defaultdict[RegionId, set[AreaId]] = defaultdict(set)
    for district_id, stations in district_load(case.mission).items():
        load[case.mission.district_of[district_id].region] += stations
    for area in case.areas:
        for district in _districts(case, area):
            areas[district.region].add(area.id)
    tolerance = case.policies.areas.balance_tolerance
    largest = (1 + tolerance) * sum(loads.values()) / len(loads) if loads else 0.0
    for region, found in sorted(areas.items()):
        needed = math.ceil(load[region] / largest - _ROUNDING) if largest else 1
        if len(found) > max(1, needed):
            yield Fault(
                region,
                "The region is split over more areas than its size needs.",
                f"{len(found)} areas: {some(sorted(found))}",
                f"{max(1, needed)} area(s) for {load[region]:g} stations",
                "Raise the split weight, pin its districts to one area, or accept it.",
            )


@RULES.rule("A7", "Span of control", Severity.SOFT, f"{_SOURCE}, span of control (D)")
def span_of_control(case: Case) -> Iterator[Fault]:
    """Find LTO teams with more STO pairs than they can lead: amber, then red."""
    policy = case.policies.areas
    for area in case.areas:
        if area.sto_pairs and area.lto_team is None:
            yield Fault(
                area.id,
                "STO pairs are led by no LTO team.",
                f"{area.sto_pairs} pairs, 0 LTO teams",
                "an LTO team for every area with pairs",
                "Name who leads these pairs, e.g. the core team.",
            )
        elif area.sto_pairs > policy.span_amber:
            colour = "red" if area.sto_pairs > policy.span_red else "amber"
            yield Fault(
                area.id,
                f"The LTO team leads many STO pairs ({colour}).",
                f"{area.sto_pairs} pairs",
                f"amber above {policy.span_amber:g}, red above {policy.span_red:g} pairs",
                "Add an LTO team, or move pairs to other areas.",
            )


@RULES.rule("A8", "Travel in the area", Severity.SOFT, f"{_SOURCE} (S); the limit is a policy (B)")
def travel_in_the_area(case: Case) -> Iterator[Fault]:
    """Find district centres that are too far from their area's base town."""
    limit_s = 60 * case.policies.areas.max_base_to_district_min
    towns = case.mission.town_of
    trips = [
        (area.id, towns[area.base_town], district)
        for area in case.areas
        if area.base_town in towns
        for district in _districts(case, area)
    ]
    if case.travel is None or not trips:
        return
    try:
        duration_s = case.travel.legs(
            np.array([(town.lat, town.lon) for _, town, _ in trips]),
            np.array([(district.lat, district.lon) for _, _, district in trips]),
        ).duration_s.tolist()
    except PlannerError:  # the referee has already said that the provider cannot be reached
        return
    far: defaultdict[AreaId, list[tuple[float, str]]] = defaultdict(list)
    for (area_id, _, district), seconds in zip(trips, duration_s, strict=True):
        if not 0 <= seconds <= limit_s:
            far[area_id].append((seconds if seconds >= 0 else math.inf, district.id))
    for area_id, districts in far.items():
        longest, worst = max(districts)
        named = some(district for _, district in sorted(districts, reverse=True))
        yield Fault(
            area_id,
            f"District centres are far from the base town: {named}.",
            f"{worst}: {'no way' if longest == math.inf else minutes(longest)}",
            f"at most {minutes(limit_s)}",
            "Choose a more central base town, or give the districts to another area.",
        )


def _districts(case: Case, area: Area) -> list[District]:
    known = case.mission.district_of
    return [known[district] for district in sorted(set(area.districts)) if district in known]


def _loads(case: Case) -> dict[AreaId, float]:
    """Return the load of each area, as the objective of the areas stage counts it."""
    load = district_load(case.mission)
    return {
        area.id: sum(load[district.id] for district in _districts(case, area))
        for area in case.areas
    }
