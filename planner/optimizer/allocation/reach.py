"""Stations beyond the reach of every pair of their area: counted, grouped, with what would help."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town
from planner.domain.plan import Area, Unassigned
from planner.objective.allocation import AreaDemand, drive_min, reach_min
from planner.travel import points_of

CODE = "OP-ALLOC-REACH"
MAX_ENTRIES = 40
"""Districts told one by one, those with most stations first; the others share an entry an area."""
_SHOWN = 3


def beyond_reach(
    mission: MissionInput,
    areas: Sequence[Area],
    demands: Sequence[AreaDemand],
    hubs: Mapping[AreaId, Sequence[TownId]],
    travel: TravelProvider,
) -> tuple[Unassigned, ...]:
    """Return the stations that no pair can reach, by district.

    Parameters
    ----------
    hubs
        Towns where pairs sleep, by area; areas without pairs are left out, because another finding
        tells of them.
    """
    reach = reach_min(mission)
    groups: defaultdict[tuple[AreaId, DistrictId], list[tuple[Station, float, str]]]
    groups = defaultdict(list)
    for area, demand in zip(areas, demands, strict=True):
        towns = [mission.town_of[town] for town in hubs.get(area.id, ())]
        if not towns or not demand.stations:
            continue
        minutes = drive_min(travel, towns, points_of(demand.stations), np.inf)
        nearest, best = minutes.min(axis=0), minutes.argmin(axis=0)
        for index in np.flatnonzero(nearest > reach).tolist():
            station = demand.stations[index]
            told = (station, float(nearest[index]), towns[int(best[index])].name)
            groups[area.id, station.district].append(told)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    candidates = {area.id: demand.hubs for area, demand in zip(areas, demands, strict=True)}
    entries = []
    rest: defaultdict[AreaId, list[list[tuple[Station, float, str]]]] = defaultdict(list)
    for number, ((area_id, district), found) in enumerate(ranked):
        if number >= MAX_ENTRIES:
            rest[area_id].append(found)
            continue
        where = f"{mission.district_of[district].name} ({area_id})"
        helper = _helper(candidates[area_id], hubs[area_id], found, travel, reach)
        entries.append(_entry(district, where, found, reach, helper))
    for area_id, parts in sorted(rest.items()):
        found = [one for part in parts for one in part]
        where = f"{len(parts)} other districts of {area_id}"
        entries.append(_entry(f"{area_id} other districts", where, found, reach, ""))
    return tuple(entries)


def _helper(
    candidates: Sequence[Town],
    used: Sequence[TownId],
    found: Sequence[tuple[Station, float, str]],
    travel: TravelProvider,
    reach: float,
) -> str:
    """Return which unused town with beds would reach most of the stations found, or nothing."""
    free = [town for town in candidates if town.id not in set(used)]
    if not free:
        return ""
    minutes = drive_min(travel, free, points_of([station for station, _, _ in found]), reach)
    reached = np.isfinite(minutes).sum(axis=1)
    best = int(reached.argmax())
    if not reached[best]:
        return ""
    town = free[best]
    return f"A further pair in {town.name} ({town.id}) would reach {int(reached[best])} of them. "


def _entry(
    subject: str,
    where: str,
    found: Sequence[tuple[Station, float, str]],
    reach: float,
    helper: str,
) -> Unassigned:
    names = sorted(station.id for station, _, _ in found)
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    drives = sorted(minutes for _, minutes, _ in found if np.isfinite(minutes))
    station, minutes, town = min(found, key=lambda one: (one[1], one[0].id))
    nearest = (
        f"the nearest, {station.id}, is {minutes:.0f} min from {town}"
        if drives
        else "there is no way to them"
    )
    wider = f"reach_min = {np.ceil(drives[-1]):.0f} would reach " if drives else ""
    if drives:
        share = "all" if len(drives) == len(found) else f"{len(drives)}"
        wider += f"{share} of them, if max_leg_min allows such legs."
    remedy = f"{helper}{wider}".strip() or "Correct the coordinates, or cover them by the LTO team."
    return Unassigned(
        kind="district",
        subject=subject,
        code=CODE,
        reason=(
            f"{len(found)} station(s) of {where} are more than {reach:g} min from every town where "
            f"pairs sleep: {shown}; {nearest}."
        ),
        remedy=remedy,
    )
