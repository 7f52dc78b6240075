"""The earlier pairs in their towns, with pairs moved, added or taken away where they have to be."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.domain.ids import AreaId, TeamId, TownId
from planner.domain.observer import Role
from planner.domain.plan import Area, StageName, StageStatus, Team, TeamMode
from planner.objective.allocation import AreaDemand, Ints, allocation_value, area_demands
from planner.optimizer.allocation.hubs import NODES, HubProblem, solve_hubs
from planner.optimizer.allocation.notes import BEDS
from planner.optimizer.allocation.pins import TownPins, pin_towns
from planner.optimizer.allocation.reach import beyond_reach
from planner.optimizer.allocation.slots import lto_slots, static_pairs
from planner.optimizer.allocation.stage import hub_problem, hub_towns
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import StageNotes, report
from planner.replan.ground import Ground, Kept, dropped, refused, some, stopped
from planner.replan.hub_choice import added, room_left
from planner.replan.quick import away


@dataclass
class _Places:
    """Where the pairs of one area sleep, in the making.

    Parameters
    ----------
    town_of
        Pairs that have a town.
    homeless
        Earlier pairs of the area that have none any more.
    vacant
        Towns for pairs that are still to come.
    """

    town_of: dict[TeamId, TownId] = field(default_factory=dict)
    homeless: list[TeamId] = field(default_factory=list)
    vacant: list[TownId] = field(default_factory=list)


def keep_allocation(ground: Ground, draft: Draft, free: Ran, *, quick: bool = False) -> Kept:
    """Return the earlier pairs in their towns, or why they cannot be kept.

    The numbers of pairs of the areas are those of the free run, which are exact. In an area that
    has as many as before, pairs stay; where one must go or come, the same small model as in the
    free run says where, with all other pairs in their towns. Nobody stays where hardly any of the
    stations are left that were drawn there.

    Parameters
    ----------
    quick
        Pairs that come go where their days are fullest (:mod:`planner.replan.hub_choice`).
    """
    mission, areas = ground.mission, free.draft.areas
    prior: dict[AreaId, list[Team]] = {area.id: [] for area in areas}
    for team in sorted(ground.earlier.teams, key=lambda team: team.id):
        if team.kind is Role.STO and team.area in prior:
            prior[team.area].append(team)
    if not any(prior.values()):
        return refused("the earlier plan has no pair in any of these areas")
    pins = pin_towns(mission, areas, {a: [team.id for team in teams] for a, teams in prior.items()})
    demands = area_demands(mission, areas, ground.travel)
    places: dict[AreaId, _Places] = {}
    same_towns = True
    for area, demand in zip(areas, demands, strict=True):
        prior[area.id] = _staying(ground, prior[area.id], area.sto_pairs, pins)
        mine = [team.id for team in prior[area.id]]
        pinned = pins.at(mine)
        if pinned.total() > area.sto_pairs:
            return refused(f"{area.id} has {area.sto_pairs} pairs, and more are pinned to towns")
        places[area.id] = _placed(ground, areas, area, demand, prior[area.id], pins, quick=quick)
        same_towns &= pinned.keys() <= {town.id for town in demand.hubs}
    teams, new = _teams(ground, areas, prior, places)
    gone = {entry.subject for entry in pins.refused}
    if not gone <= dropped(StageName.ALLOCATION, mission, free.notes):
        return refused("the earlier pairs leave a decision on a town unkept that can be kept")
    ids = {team.id for team in teams}
    missing = [entry for entry in free.notes.unassigned if entry.code == BEDS]
    if any(entry.subject in ids for entry in missing):
        return refused("the names of pairs without beds are those of earlier pairs")
    hubs = {area: sorted(set(at.town_of.values())) for area, at in places.items()}
    far = beyond_reach(mission, areas, demands, hubs, ground.travel)
    ran = Ran(
        replace(draft, areas=areas, teams=teams),
        report(
            StageName.ALLOCATION,
            sense="min",
            unit=free.report.unit,
            objective=allocation_value(mission, areas, teams, ground.travel),
            # A pinned town that is no candidate of its own widens the choice of the model.
            bound=free.report.bound if same_towns else None,
            stop=stopped(free),
            seed=free.report.seed,
            partial=free.report.status is StageStatus.PARTIAL,
            note=free.report.note,
        ),
        StageNotes(free.notes.findings, (*missing, *far, *pins.refused)),
    )
    return Kept(ran, lost=_lost(ground, ids, new))


def _staying(ground: Ground, prior: list[Team], wanted: int, pins: TownPins) -> list[Team]:
    """Return the pairs of an area without those that go because their people have left."""
    ranked = sorted(prior, key=lambda team: (-away(ground.mission, team), team.id))
    gone = {
        team.id
        for team in ranked[: max(0, len(prior) - wanted)]
        if away(ground.mission, team) and team.id not in pins.town_of
    }
    return [team for team in prior if team.id not in gone]


def _placed(
    ground: Ground,
    areas: Sequence[Area],
    area: Area,
    demand: AreaDemand,
    prior: Sequence[Team],
    pins: TownPins,
    *,
    quick: bool,
) -> _Places:
    """Place as many pairs as an area has now, with as few changes as possible."""
    mission, wanted = ground.mission, area.sto_pairs
    pinned = pins.at([team.id for team in prior])
    towns = hub_towns(mission, areas, area, demand, list(pinned))
    problem = hub_problem(mission, ground.travel, areas, area, demand, towns, pinned)
    room = {town.id: int(cap) for town, cap in zip(towns, problem.cap, strict=True)}
    busy = room_left(ground.earlier, mission.station_of)
    before = Counter(team.base_town for team in prior)
    for hub, pairs in before.items():
        if busy.get(hub, 1.0) < 1.0:
            room[hub] = min(room.get(hub, 0), math.ceil(pairs * busy[hub]))
    at = _Places()
    sleeps = Counter(pinned)
    for team in prior:
        town = pins.town_of.get(team.id)
        if town is None and sleeps[team.base_town] < room.get(team.base_town, 0):
            town = team.base_town
            sleeps[town] += 1
        if town is None:
            at.homeless.append(team.id)
        else:
            at.town_of[team.id] = town
    counts = np.array([sleeps[town.id] for town in towns], dtype=np.int64)
    surplus = len(at.town_of) - wanted
    if surplus:
        counts = _moved_on(ground, problem, counts, surplus, quick=quick)
    for hub, now in zip((town.id for town in towns), counts.tolist(), strict=True):
        more = now - sleeps[hub]
        at.vacant += [hub] * max(0, more)
        leaving = [name for name, where in at.town_of.items() if where == hub]
        leaving = [name for name in leaving if name not in pins.town_of]
        for name in leaving[len(leaving) + more :] if more < 0 else ():
            del at.town_of[name]
    while at.vacant and at.homeless:
        at.town_of[at.homeless.pop(0)] = at.vacant.pop(0)
    return at


def _moved_on(
    ground: Ground, problem: HubProblem, counts: Ints, surplus: int, *, quick: bool
) -> Ints:
    """Return the pairs of each hub after as many as there are too many have gone, or come."""
    if quick and surplus < 0:
        per_pair = ground.mission.mission.policies.sample.stations_per_pair
        found = added(problem, counts, -surplus, per_pair)
        if found is not None:
            return found
    near = replace(problem, cap=counts) if surplus > 0 else replace(problem, floor=counts)
    return solve_hubs(near, NODES, None).counts


def _teams(
    ground: Ground,
    areas: Sequence[Area],
    prior: dict[AreaId, list[Team]],
    places: dict[AreaId, _Places],
) -> tuple[tuple[Team, ...], list[TeamId]]:
    """Return all teams, and the names of the pairs that have come; freed names are used first."""
    used = {team for at in places.values() for team in at.town_of}
    known = {team.id for team in ground.earlier.teams if team.kind is Role.STO}
    free = iter(_names(sorted(known - used), used, sum(area.sto_pairs for area in areas)))
    new: list[TeamId] = []
    teams = [*lto_slots(areas)]
    static = static_pairs(areas, ground.mission.mission.policies.day)
    for area, still in zip(areas, static, strict=True):
        at = places[area.id]
        for town in at.vacant:
            name = next(free)
            at.town_of[name] = town
            new.append(name)
        earlier = {team.id: team.mode for team in prior[area.id]}
        modes = _modes(sorted(at.town_of), earlier, still)
        teams += [
            Team(id=name, kind=Role.STO, area=area.id, base_town=at.town_of[name], mode=modes[name])
            for name in sorted(at.town_of)
        ]
    return tuple(teams), new


def _names(freed: Iterable[TeamId], used: set[TeamId], total: int) -> list[TeamId]:
    width = max(3, len(str(total)))
    numbered = (TeamId(f"STO-{number:0{width}d}") for number in range(1, 2 * total + 1))
    taken = set(freed) | used
    return [*freed, *(name for name in numbered if name not in taken)]


def _modes(
    names: Sequence[TeamId], earlier: dict[TeamId, TeamMode], static: int
) -> dict[TeamId, TeamMode]:
    """Make ``static`` of the pairs static: those that were, then the first by id."""
    ranked = sorted(names, key=lambda name: earlier.get(name) is not TeamMode.STATIC)
    chosen = set(ranked[:static])
    return {name: TeamMode.STATIC if name in chosen else TeamMode.MOBILE for name in names}


def _lost(ground: Ground, ids: set[TeamId], new: Sequence[TeamId]) -> tuple[str, ...]:
    known = {team.id for team in ground.earlier.teams if team.kind is Role.STO}
    gone = sorted(known - ids)
    said = []
    if gone:
        said.append(f"{len(gone)} pair(s) are no longer there: {some(gone)}")
    if new:
        said.append(f"{len(new)} pair(s) came or changed their area: {some(sorted(new))}")
    return tuple(said)
