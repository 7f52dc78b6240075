"""The earlier days: clusters that are as they were keep theirs, the others are repaired."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Day, StageName
from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Cluster
from planner.optimizer.days.stage import (
    THREADS,
    SolvedScene,
    collect,
    day_scenes,
    is_static,
    solve_scenes,
    written,
    written_static,
)
from planner.optimizer.days.static import assign_static, static_table, static_value
from planner.optimizer.days.timetable import Timetable
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import Effort
from planner.replan.choice import Candidate, Label, prefers_kept, unit
from planner.replan.ground import Ground, dropped
from planner.replan.moves import moved_visits
from planner.replan.repair import refilled, repaired, routes_of, within_limits
from planner.replan.scenes import scenes_as_before
from planner.replan.warm import DEAREST, HELD_FROM, warm_search


@dataclass(frozen=True)
class DaysChoice:
    """The ways in which the days can go.

    Parameters
    ----------
    free
        All clusters planned anew (unchanged ones have their earlier days: the search would find
        the same again); None in a repair, which plans nothing anew.
    kept
        All clusters with their earlier days, repaired where they have changed.
    mixed
        Each cluster the best of what was found for it: kept, searched from the kept routes at the
        price of what changes, or planned anew.
    unchanged, clusters
        How many clusters are as they were, and how many there are.
    """

    free: Ran | None
    kept: Ran
    mixed: Ran
    unchanged: int
    clusters: int


def choose_days(
    ground: Ground, draft: Draft, effort: Effort, stability: float, *, quick: bool = False
) -> DaysChoice | None:
    """Plan the days cluster by cluster, each the best way; None where there are no days at all.

    Values, bounds and moves of clusters add up, so that the best way of each is the best of the
    whole.

    Parameters
    ----------
    quick
        Plan no cluster anew, and leave clusters together that were.
    """
    mission = ground.mission
    old = ground.earlier.days
    if not old or not any(team.kind is Role.STO for team in draft.teams):
        return None
    if quick:
        scenes = scenes_as_before(ground, draft)
    else:
        scenes = day_scenes(mission, ground.travel, draft.areas, draft.teams, draft.sample)
    same = _unchanged(ground, scenes)
    days_of = [_days_of(scene, old) for scene in scenes]
    kept = [
        _as_it_was(mission, scene, days) if is_same else _repaired(mission, scene, days)
        for scene, days, is_same in zip(scenes, days_of, same, strict=True)
    ]
    cancelled = ground.progress.cancelled

    def ran(solved: Sequence[SolvedScene]) -> Ran:
        result = collect(solved, effort, cancelled=cancelled)
        return Ran(replace(draft, days=result.days), result.report, result.notes)

    changed = [index for index, is_same in enumerate(same) if not is_same]
    free = list(kept)
    if not quick:
        anew = solve_scenes(mission, [scenes[i] for i in changed], effort, ground.progress)
        for index, solved in zip(changed, anew, strict=True):
            free[index] = solved
    worth = unit(StageName.DAYS, ran(free))
    price = DEAREST if stability >= 1.0 else stability / (1.0 - stability) * worth
    searched = [index for index in changed if _can_gain(kept[index], days_of[index], price)]

    def near(index: int) -> SolvedScene:
        return _searched(ground, kept[index], days_of[index], price, effort)

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        found = dict(zip(searched, pool.map(near, searched), strict=True))

    def better(one: SolvedScene, other: SolvedScene, days: Sequence[Day]) -> SolvedScene:
        if other is one:
            return one
        ways = ran([one]), ran([other])
        teams = len(one.scene.teams)
        return one if _is_better(mission, *ways, days, teams, worth, stability) else other

    mixed = [
        better(better(mine, found.get(index, mine), days), free[index], days)
        for index, (mine, days) in enumerate(zip(kept, days_of, strict=True))
    ]
    return DaysChoice(None if quick else ran(free), ran(kept), ran(mixed), sum(same), len(scenes))


def _can_gain(kept: SolvedScene, days: Sequence[Day], price: float) -> bool:
    """Tell whether a search may find more than the kept days of a cluster have.

    Where moves are dear and nothing had to move, there is nothing to make good.
    """
    if is_static(kept.scene) or kept.value >= kept.bound:
        return False
    return price < HELD_FROM or moved_visits(days, kept.days) > 0


def _searched(
    ground: Ground, kept: SolvedScene, days: Sequence[Day], price: float, effort: Effort
) -> SolvedScene:
    """Search a cluster from its kept routes."""
    scene = kept.scene
    start = routes_of(scene, kept.days)
    routes = warm_search(scene, start, routes_of(scene, days), price, effort, ground.progress)
    routes = refilled(scene, within_limits(scene, routes))
    return written(ground.mission, scene, routes, kept.bound)


def _is_better(
    mission: MissionInput,
    kept: Ran,
    free: Ran,
    days: Sequence[Day],
    teams: int,
    worth: float,
    stability: float,
) -> bool:
    def candidate(label: Label, ran: Ran) -> Candidate:
        moved = moved_visits(days, ran.draft.days)
        given_up = len(dropped(StageName.DAYS, mission, ran.notes))
        at_home = teams - len({day.team for day in ran.draft.days})
        return Candidate(label, ran, moved, given_up, at_home)

    return prefers_kept(candidate("kept", kept), candidate("free", free), worth, stability)


def _days_of(scene: Scene, days: Sequence[Day]) -> list[Day]:
    here = {team.id for team in scene.teams}
    return [day for day in days if day.team in here]


def _as_it_was(mission: MissionInput, scene: Scene, days: Sequence[Day]) -> SolvedScene:
    """Return the earlier days as they are, with what they leave out told again."""
    routes = routes_of(scene, days)
    if is_static(scene):
        return written_static(mission, scene, routes)
    return written(mission, scene, routes, upper_bound(scene.cluster))


def _repaired(mission: MissionInput, scene: Scene, days: Sequence[Day]) -> SolvedScene:
    if not is_static(scene):
        routes = refilled(scene, repaired(scene, days))
        return written(mission, scene, routes, upper_bound(scene.cluster))
    cluster = scene.cluster
    had = {
        route.team: route.closing for route in routes_of(scene, days) if route.closing is not None
    }
    solved = written_static(mission, scene, assign_static(cluster, scene.primaries, had))
    # An earlier station may be worth more than the primary that the free run would take.
    return replace(solved, bound=max(solved.bound, _most(cluster)))


def _most(cluster: Cluster) -> int:
    """Return what static pairs could have if each had the most valuable station in its reach."""
    return sum(
        max(
            (
                static_value(cluster, team, station)
                for station in range(cluster.stations)
                if isinstance(static_table(cluster, team, station), Timetable)
            ),
            default=0,
        )
        for team in range(cluster.teams)
    )


def _unchanged(ground: Ground, scenes: Sequence[Scene]) -> list[bool]:
    """Tell for every cluster whether it is what it was when its earlier days were made."""
    if not (ground.known and ground.same_travel):
        return [False for _ in scenes]
    mission, plan = ground.earlier_mission, ground.earlier
    before = {
        frozenset(team.id for team in scene.teams): scene
        for scene in day_scenes(mission, ground.travel, plan.areas, plan.teams, plan.sample)
    }
    return [
        (was := before.get(frozenset(team.id for team in scene.teams))) is not None
        and _clock(mission, was) == _clock(ground.mission, scene)
        and _records(was) == _records(scene)
        and _arrays_equal(was, scene)
        for scene in scenes
    ]


def _clock(mission: MissionInput, scene: Scene) -> tuple[object, ...]:
    """Return what turns seconds into local times."""
    districts = [mission.town_of[hub].district for hub in scene.hubs]
    districts += [station.district for station in scene.stations]
    districts += [commission.district for commission in scene.commissions]
    return mission.mission.e_day, [mission.time_zone(district) for district in districts]


def _records(scene: Scene) -> tuple[object, ...]:
    teams = [(team.id, team.area, team.base_town, team.mode) for team in scene.teams]
    drawn = [e and (e.station, e.stratum, e.role, e.rank) for e in scene.drawn]
    return (
        (scene.area, scene.hubs, teams, drawn),
        (scene.stations, scene.commissions, scene.commission_of, dict(scene.pins)),
        (scene.cluster.limits, scene.cluster.opening_value, scene.cluster.count_value),
    )


def _arrays_equal(one: Scene, other: Scene) -> bool:
    pairs = [
        (one.travel.duration_s, other.travel.duration_s),
        (one.travel.distance_m, other.travel.distance_m),
    ]
    pairs += [
        (array, getattr(other.cluster, name))
        for name, array in vars(one.cluster).items()
        if isinstance(array, np.ndarray)
    ]
    return all(np.array_equal(a, b) for a, b in pairs)
