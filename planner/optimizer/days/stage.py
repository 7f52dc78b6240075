"""The days stage: every pair's election day, cluster by cluster."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import (
    Area,
    Day,
    SampledStation,
    StageName,
    StageReport,
    StopReason,
    Team,
    TeamMode,
    Unassigned,
)
from planner.objective.days import value_of_days
from planner.optimizer.days.assemble import Scene, build_scene, group_hubs
from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import NO_PIN, Cluster, Route, idle, value
from planner.optimizer.days.hours import Hours
from planner.optimizer.days.insertion import complete_phases, insert_all, replace_missing
from planner.optimizer.days.reasons import missing
from planner.optimizer.days.solve import solve_cluster
from planner.optimizer.days.static import assign_static, static_table, static_value
from planner.optimizer.days.stops import DayWriter
from planner.optimizer.days.tighten import tightened
from planner.optimizer.days.timetable import Broken, Timetable, relaxed, timetable
from planner.optimizer.sampling.stage import STATIC
from planner.optimizer.stage import Effort, Progress, StageNotes, gap, report, skipped

FULL_SHARE = 0.9
LOOSE_GAP = 0.05
THREADS = min(8, os.cpu_count() or 1)
"""Clusters planned at a time; without a time limit the result does not depend on it."""
UNIT = "value (opening 3, voting visit 1, count 3, tabulation 1)"


@dataclass(frozen=True)
class DaysResult:
    """Days in the order of their teams, with the stage's report and what is left out."""

    days: tuple[Day, ...]
    report: StageReport
    notes: StageNotes


class Searchable(Protocol):
    """What a search of routes reads of a scene: numbers alone, which can be sent elsewhere."""

    @property
    def cluster(self) -> Cluster:
        """The cluster."""

    @property
    def primaries(self) -> list[int]:
        """Stations that are drawn to be visited, or pinned."""

    @property
    def substitutes(self) -> list[int]:
        """Stations that may replace a primary of their stratum, best rank first."""


@dataclass(frozen=True)
class SolvedScene:
    """One cluster's days and claims.

    Parameters
    ----------
    value, bound
        Value of the days, and the most that any days could have.
    late
        Whether a deadline ended the search.
    full
        Nine pairs of ten have all the visits that their cap or their sample allows.
    missing
        What the days leave out, with reasons.
    """

    scene: Scene
    days: tuple[Day, ...]
    value: int
    bound: int
    late: bool
    full: bool
    missing: tuple[Unassigned, ...]


def solve_days(
    mission: MissionInput,
    travel: TravelProvider,
    areas: Sequence[Area],
    teams: Sequence[Team],
    sample: Sequence[SampledStation],
    effort: Effort,
    progress: Progress,
) -> DaysResult:
    """Plan the election day of every STO pair.

    Clusters of about ten pairs are planned one by one (two at a time): a team orienteering problem
    with time windows each, searched by PyVRP and, where effort allows, by pricing days; several of
    the good plans are then filled up by exact insertion of stations that were drawn but left out,
    and of their substitutes, and the best is kept.

    Parameters
    ----------
    areas
        Only their ids are used: a pair stays inside its area because its sample does.
    teams
        All teams; LTO teams are passed over.
    sample
        Stations by hub; a pair visits no other.
    """
    if not any(team.kind is Role.STO for team in teams):
        return DaysResult((), _nothing(effort), StageNotes())
    scenes = day_scenes(mission, travel, areas, teams, sample)
    solved = solve_scenes(mission, scenes, effort, progress)
    return collect(solved, effort, cancelled=progress.cancelled)


def solve_scenes(
    mission: MissionInput, scenes: Sequence[Scene], effort: Effort, progress: Progress
) -> list[SolvedScene]:
    """Plan clusters from nothing, some at a time; the result is in their order."""
    deadline = None if effort.seconds is None else time.monotonic() + effort.seconds
    work = sorted(enumerate(scenes), key=lambda item: (-item[1].cluster.stations, item[0]))
    total = dict.fromkeys(range(len(scenes)), 0)
    cores = max(1, THREADS // max(1, len(scenes)))
    bounds = {
        number: 0 if is_static(scene) else upper_bound(scene.cluster)
        for number, scene in enumerate(scenes)
    }

    def solve(turn: int, item: tuple[int, Scene]) -> tuple[int, SolvedScene]:
        number, scene = item
        share = None if deadline is None else _share(deadline, len(scenes) - turn)
        solved = (
            _solve_static(mission, scene)
            if is_static(scene)
            else _solve_mobile(mission, scene, bounds[number], effort, progress, share, cores)
        )
        total[number] = solved.value
        bounds[number] = solved.bound
        progress.report(StageName.DAYS, float(sum(total.values())), float(sum(bounds.values())))
        return number, solved

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        solved = dict(pool.map(solve, range(len(work)), work))
    return [solved[number] for number in range(len(scenes))]


def is_static(scene: Scene) -> bool:
    """Tell whether the pairs of a cluster stay at one station; clusters are of one mode."""
    return scene.teams[0].mode is TeamMode.STATIC


def day_scenes(
    mission: MissionInput,
    travel: TravelProvider,
    areas: Sequence[Area],
    teams: Sequence[Team],
    sample: Sequence[SampledStation],
) -> list[Scene]:
    """Return the clusters of all STO pairs, mobile ones first."""
    known = {area.id for area in areas}
    pairs = [team for team in teams if team.kind is Role.STO and team.area in known]
    return [
        scene
        for mode in TeamMode
        for scene in _scenes(mission, travel, [t for t in pairs if t.mode is mode], sample)
    ]


def _scenes(
    mission: MissionInput,
    travel: TravelProvider,
    teams: Sequence[Team],
    sample: Sequence[SampledStation],
) -> list[Scene]:
    scenes = []
    for area, hubs in group_hubs(teams):
        here = [team for team in teams if team.area == area and team.base_town in hubs]
        static = any(team.mode is TeamMode.STATIC for team in here)
        drawn = [
            entry
            for entry in sample
            if entry.area == area
            and entry.hub in hubs
            and entry.stratum.startswith(STATIC) == static
        ]
        scenes.append(build_scene(mission, travel, area, hubs, here, drawn))
    return scenes


def _share(deadline: float, waiting: int) -> float:
    """Return the deadline of one cluster: the time that is left, shared by those still waiting."""
    now = time.monotonic()
    waves = max(1, -(-waiting // THREADS))
    return now + max(0.0, deadline - now) / waves


def _solve_mobile(
    mission: MissionInput,
    scene: Scene,
    bound: int,
    effort: Effort,
    progress: Progress,
    deadline_s: float | None,
    cores: int,
) -> SolvedScene:
    routes, bound, late = searched(scene, bound, effort, progress, deadline_s, cores)
    return written(mission, scene, routes, bound, late=late)


def searched(
    scene: Searchable,
    bound: int,
    effort: Effort,
    progress: Progress,
    deadline_s: float | None = None,
    cores: int = 1,
) -> tuple[list[Route], int, bool]:
    """Search the routes of a cluster's mobile pairs, and fill them up.

    Parameters
    ----------
    bound
        Upper bound of the whole cluster, which also holds for its primaries.
    cores
        Threads that one cluster may use; more than one only counts with a deadline.

    Returns
    -------
    tuple
        Routes in the order of their teams; the bound, closer where there is no clock and pricing
        brings it down; and whether a deadline ended the search.
    """
    routes, late = _routed(scene, bound, effort, progress, deadline_s, cores)
    if deadline_s is None:
        bound = tightened(scene.cluster, routes, bound, effort, progress)
    return routes, bound, late


def _routed(
    scene: Searchable,
    bound: int,
    effort: Effort,
    progress: Progress,
    deadline_s: float | None,
    cores: int,
) -> tuple[list[Route], bool]:
    primaries = scene.cluster.only(scene.primaries)
    known = min(bound, upper_bound(primaries))
    solved = solve_cluster(primaries, effort, progress, deadline_s, known, cores)
    plans = [_timed(scene, plan) for plan in (solved.routes, *solved.others)]
    pins = np.flatnonzero(primaries.pinned_team != NO_PIN).tolist()
    kept = [sum(pin in _seen(plan) for pin in pins) for plan in plans]
    most = max(kept)
    # Plans that see about as many primaries leave more or less room for substitutes.
    full = [filled(scene, plan) for plan, number in zip(plans, kept, strict=True) if number == most]

    def worth(routes: Sequence[Route]) -> int:
        return sum(value(scene.cluster, route) for route in routes)

    return max(full, key=worth), solved.late


def _timed(scene: Searchable, routes: Sequence[Route]) -> list[Route]:
    """Return routes without those that have no timetable: these pairs start anew from nothing.

    The timetable is stricter than the search's clock in one way: nobody waits at a station that
    has closed.
    """
    return [
        route if isinstance(timetable(scene.cluster, route), Timetable) else idle(route.team)
        for route in routes
    ]


def _seen(routes: Sequence[Route]) -> set[int]:
    return {station for route in routes for station in route.stations}


def filled(scene: Searchable, routes: Sequence[Route]) -> list[Route]:
    """Complete routes of mobile pairs with primaries that are left, then with substitutes."""
    cluster, primaries = scene.cluster, scene.primaries
    routes = complete_phases(cluster, routes, primaries)
    seen = {station for route in routes for station in route.stations}
    routes, _ = insert_all(cluster, routes, [s for s in primaries if s not in seen])
    # Routes that are not made from nothing may hold substitutes.
    return replace_missing(cluster, routes, [s for s in scene.substitutes if s not in seen])


def written(
    mission: MissionInput, scene: Scene, routes: Sequence[Route], bound: int, *, late: bool = False
) -> SolvedScene:
    """Time the routes of mobile pairs and write them as days, without changing any."""
    cluster = scene.cluster
    writer = DayWriter(scene, Hours(mission))
    days = []
    for route in routes:
        table = timetable(cluster, route)
        if route.stations and not isinstance(table, Broken):
            days.append(writer.day(route, relaxed(cluster, route, table)))
    found = value_of_days(days)
    left_out = missing(scene, routes)
    return SolvedScene(scene, tuple(days), found, bound, late, _full(scene, routes), left_out)


def _solve_static(mission: MissionInput, scene: Scene) -> SolvedScene:
    return written_static(mission, scene, assign_static(scene.cluster, scene.primaries))


def written_static(mission: MissionInput, scene: Scene, routes: Sequence[Route]) -> SolvedScene:
    """Write the routes of static pairs as days; their value is taken for the bound."""
    cluster = scene.cluster
    writer = DayWriter(scene, Hours(mission))
    days, found = [], 0
    for route in routes:
        if route.closing is None:
            continue
        table = static_table(cluster, route.team, route.closing)
        if not isinstance(table, Broken):
            days.append(writer.static_day(route, table))
            found += static_value(cluster, route.team, route.closing)
    left_out = missing(scene, routes)
    return SolvedScene(scene, tuple(days), found, found, late=False, full=True, missing=left_out)


def _full(scene: Scene, routes: Sequence[Route]) -> bool:
    """Tell whether visits, not driving, limit a cluster."""
    cap = scene.cluster.limits.max_visits
    capped = sum(len(route.visits) >= cap for route in routes)
    seen = sum(len(route.stations) for route in routes)
    everything = seen >= int(scene.cluster.stratum_quota.sum())
    return everything or capped >= FULL_SHARE * len(routes)


def collect(solved: Sequence[SolvedScene], effort: Effort, *, cancelled: bool) -> DaysResult:
    """Put the days of all clusters together, with the report of the stage."""
    days = sorted((day for part in solved for day in part.days), key=lambda day: day.team)
    found = value_of_days(days)
    bound = sum(part.bound for part in solved)
    stop = StopReason.ITERATIONS
    if cancelled:
        stop = StopReason.CANCELLED
    elif any(part.late for part in solved):
        stop = StopReason.TIME
    left_out = tuple(entry for part in solved for entry in part.missing)
    without_day = any(entry.kind == "team" for entry in left_out)
    return DaysResult(
        tuple(days),
        report(
            StageName.DAYS,
            sense="max",
            unit=UNIT,
            objective=float(found),
            bound=float(bound),
            stop=stop,
            seed=effort.seed,
            partial=without_day,
            note=_note(solved),
        ),
        StageNotes(unassigned=left_out),
    )


def _note(solved: Sequence[SolvedScene]) -> str:
    """Tell the gap where the visit cap binds, and name the clusters where the bound is loose."""
    full = [part for part in solved if part.full]
    worst = max((gap(part.value, part.bound) for part in full), default=0.0)
    loose = [part for part in solved if gap(part.value, part.bound) > LOOSE_GAP]
    said = (
        f"the visit cap binds in {len(full)} of {len(solved)} clusters, gap there at most "
        f"{worst:.1%}"
    )
    if not loose:
        return said
    named = ", ".join(
        f"{part.scene.name} {gap(part.value, part.bound):.1%}"
        for part in sorted(loose, key=lambda part: -gap(part.value, part.bound))
    )
    return f"{said}; {len(loose)} with a loose bound: {named}"


def _nothing(effort: Effort) -> StageReport:
    return skipped(StageName.DAYS, "max", UNIT, effort.seed, "no STO pairs")
