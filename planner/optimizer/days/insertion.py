"""Cheapest insertion of stations into days that are already planned, by the exact timetable."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.optimizer.days.cluster import Cluster, Route
from planner.optimizer.days.timetable import Broken, Timetable, timetable


def best_insertion(
    cluster: Cluster, routes: Sequence[Route], station: int
) -> tuple[Route | None, Counter[Broken]]:
    """Try a station at every position of every pair's visits.

    Returns
    -------
    tuple
        The changed route that adds the least driving, or None; and how often each limit was the
        reason why a position failed.
    """
    best: tuple[int, Route] | None = None
    broken: Counter[Broken] = Counter()
    if not cluster.may_visit[station]:
        return None, broken
    pin = int(cluster.pinned_team[station])
    for route in routes:
        if pin >= 0 and route.team != pin:
            continue
        before = timetable(cluster, route)
        drive = before.drive_s if isinstance(before, Timetable) else 0
        for position in range(len(route.visits) + 1):
            visits = (*route.visits[:position], station, *route.visits[position:])
            changed = replace(route, visits=visits)
            timed = timetable(cluster, changed)
            if isinstance(timed, Broken):
                broken[timed] += 1
            elif best is None or timed.drive_s - drive < best[0]:
                best = timed.drive_s - drive, changed
    return (None if best is None else best[1]), broken


def replace_missing(
    cluster: Cluster, routes: Sequence[Route], substitutes: Iterable[int]
) -> list[Route]:
    """Visit substitutes, in their order, for stations of the same stratum that were left out."""
    current = list(routes)
    room = cluster.stratum_quota.copy()
    for route in current:
        for station in route.stations:
            room[cluster.stratum[station]] -= 1
    for station in substitutes:
        if room[cluster.stratum[station]] > 0:
            current, inserted = insert_all(cluster, current, [station])
            room[cluster.stratum[station]] -= len(inserted)
    return current


def insert_all(
    cluster: Cluster, routes: Sequence[Route], stations: Iterable[int]
) -> tuple[list[Route], list[int]]:
    """Insert as many of ``stations`` as fit, in their order, each where it adds least driving.

    Returns
    -------
    tuple
        The routes in the order of their teams, and the stations that were inserted.
    """
    current = {route.team: route for route in routes}
    inserted = []
    for station in stations:
        changed, _ = best_insertion(cluster, list(current.values()), station)
        if changed is not None:
            current[changed.team] = changed
            inserted.append(station)
    return [current[team] for team in sorted(current)], inserted
