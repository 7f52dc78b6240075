"""Cheapest insertion of stations into days that are already planned, by the exact timetable."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.optimizer.days.cluster import ANY_TEAM, NO_PIN, Cluster, Route, value
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
            if isinstance(before, Timetable):
                longer = _longer(cluster, route, before, station, position)
                if isinstance(longer, Broken):
                    broken[longer] += 1
                    continue
                if best is not None and longer >= best[0]:
                    continue
            visits = (*route.visits[:position], station, *route.visits[position:])
            changed = replace(route, visits=visits)
            timed = timetable(cluster, changed)
            if isinstance(timed, Broken):
                broken[timed] += 1
            elif best is None or timed.drive_s - drive < best[0]:
                best = timed.drive_s - drive, changed
    return (None if best is None else best[1]), broken


def _longer(
    cluster: Cluster, route: Route, before: Timetable, station: int, position: int
) -> int | Broken:
    """Return how much driving a visit adds, or the limit that it breaks whatever the clock says.

    Limits in the order in which the timetable meets them, without making one.
    """
    limits = cluster.limits
    if len(route.visits) >= limits.max_visits:
        return Broken.VISITS
    hub = int(cluster.team_hub[route.team])
    place = cluster.hubs + station
    at = position + (route.opening is not None)
    stations = route.stations
    origin = cluster.hubs + stations[at - 1] if at else hub
    onward = cluster.hubs + stations[at] if at < len(stations) else hub
    if not (cluster.allowed(origin, place) and cluster.allowed(place, onward)):
        return Broken.LEG
    direct = int(cluster.drive_s[origin, onward]) if stations else 0
    added = int(cluster.drive_s[origin, place] + cluster.drive_s[place, onward]) - direct
    return Broken.DRIVE if before.drive_s + added > limits.max_drive_s else added


def complete_phases(
    cluster: Cluster, routes: Sequence[Route], candidates: Iterable[int]
) -> list[Route]:
    """Give pairs without an opening or a count one: at a free station, or at one they visit.

    A station that is visited cannot become an opening by the search's own moves, because the pair
    would have to lose it first. Takes the change that gains most value, then the least driving.
    """
    current = {route.team: route for route in routes}
    for team in sorted(current):
        for field, allowed in (("closing", cluster.may_close), ("opening", cluster.may_open)):
            if getattr(current[team], field) is not None:
                continue
            used = {s for route in current.values() for s in route.stations}
            free = [s for s in candidates if s not in used]
            options = [
                (value(cluster, changed), -timed.drive_s, changed)
                for station in (*free, *current[team].visits)
                if allowed[station] and cluster.pinned_team[station] in (NO_PIN, ANY_TEAM, team)
                for changed in [_with(current[team], field, station)]
                for timed in [timetable(cluster, changed)]
                if isinstance(timed, Timetable)
            ]
            best = max(options, key=lambda option: option[:2], default=None)
            if best is not None and best[0] > value(cluster, current[team]):
                current[team] = best[2]
    return [current[team] for team in sorted(current)]


def _with(route: Route, field: str, station: int) -> Route:
    visits = tuple(visit for visit in route.visits if visit != station)
    return replace(route, visits=visits, **{field: station})


def replace_missing(
    cluster: Cluster, routes: Sequence[Route], substitutes: Iterable[int]
) -> list[Route]:
    """Go to substitutes, in their order, for stations of the same stratum that were left out.

    A pair that has no opening or no count yet gets it there; else the substitute is visited.
    """
    current = list(routes)
    room = cluster.stratum_quota.copy()
    for route in current:
        for station in route.stations:
            room[cluster.stratum[station]] -= 1
    for station in substitutes:
        if room[cluster.stratum[station]] > 0:
            current = complete_phases(cluster, current, [station])
            if not any(station in route.stations for route in current):
                current, _ = insert_all(cluster, current, [station])
            room[cluster.stratum[station]] -= any(station in r.stations for r in current)
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
