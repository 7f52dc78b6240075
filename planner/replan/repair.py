"""Earlier days made to fit a cluster again, with as few changed visits as that takes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planner.domain.ids import StationId
from planner.domain.plan import Day, Phase
from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.cluster import ANY_TEAM, NO_PIN, Cluster, Route, idle, value
from planner.optimizer.days.insertion import best_insertion, complete_phases
from planner.optimizer.days.stage import filled
from planner.optimizer.days.timetable import Timetable, timetable


def routes_of(scene: Scene, days: Iterable[Day]) -> list[Route]:
    """Read the days of a cluster's pairs as routes; stations that it does not hold are left out."""
    number = {station.id: index for index, station in enumerate(scene.stations)}
    day_of = {day.team: day for day in days}
    return [
        _route(index, day_of[team.id], number) if team.id in day_of else idle(index)
        for index, team in enumerate(scene.teams)
    ]


def _route(team: int, day: Day, number: Mapping[StationId, int]) -> Route:
    at: dict[Phase, list[int]] = {phase: [] for phase in Phase}
    for stop in day.stops:
        if stop.place_kind == "station" and StationId(stop.place) in number:
            at[stop.phase].append(number[StationId(stop.place)])
    ends = at[Phase.OPENING][:1], at[Phase.COUNTING][:1]
    return Route(
        team,
        ends[0][0] if ends[0] else None,
        tuple(at[Phase.VOTING]),
        ends[1][0] if ends[1] else None,
    )


def repaired(scene: Scene, days: Iterable[Day]) -> list[Route]:
    """Return a feasible route for every mobile pair, near to its earlier day.

    First what is no longer allowed is dropped, then what does not fit any more, visit by visit;
    then pinned stations are put in by exact insertion, if need be for another visit. Pairs without
    an opening or a count get one where a station is free, and a pair that would stay at home takes
    over stations that others visit.
    """
    cluster = scene.cluster
    routes = [_allowed(cluster, route) for route in routes_of(scene, days)]
    routes = within_limits(scene, routes)
    for station in [s for s in range(cluster.stations) if cluster.pinned_team[s] != NO_PIN]:
        if not any(station in route.stations for route in routes):
            routes = _with_pin(cluster, routes, station)
    routes = complete_phases(cluster, routes, scene.primaries)
    for team in [route.team for route in routes if not route.stations]:
        routes = _employed(cluster, routes, team)
    return routes


def _allowed(cluster: Cluster, route: Route) -> Route:
    """Drop stations that this pair may not see in their phase any more."""

    def fits(station: int | None, may: Sequence[bool]) -> bool:
        return (
            station is not None
            and bool(may[station])
            and (
                int(cluster.pinned_team[station]) < 0
                or int(cluster.pinned_team[station]) == route.team
            )
        )

    return Route(
        route.team,
        route.opening if fits(route.opening, cluster.may_open.tolist()) else None,
        tuple(v for v in route.visits if fits(v, cluster.may_visit.tolist())),
        route.closing if fits(route.closing, cluster.may_close.tolist()) else None,
    )


def refilled(scene: Scene, routes: Sequence[Route]) -> list[Route]:
    """Complete routes as a free run does, and let no stratum be seen more often than it may.

    A primary that fits again takes the place of the substitute that stands for it.
    """
    full = filled(scene, routes)
    limited = within_limits(scene, full)
    return limited if limited == full else within_limits(scene, filled(scene, limited))


def within_limits(scene: Scene, routes: Sequence[Route]) -> list[Route]:
    """Drop substitutes that replace nothing, then what does not fit into the day."""
    return [_timed(scene.cluster, route) for route in _within_quota(scene, routes)]


def _within_quota(scene: Scene, routes: Sequence[Route]) -> list[Route]:
    """Drop visits of substitutes, the last ranked first, where a stratum is visited too often."""
    cluster = scene.cluster
    seen = Counter(int(cluster.stratum[s]) for route in routes for s in route.stations)
    surplus: set[int] = set()
    for station in reversed(scene.substitutes):
        stratum = int(cluster.stratum[station])
        if seen[stratum] > int(cluster.stratum_quota[stratum]) and any(
            station in route.stations for route in routes
        ):
            surplus.add(station)
            seen[stratum] -= 1
    return [_without(route, surplus) for route in routes]


def _without(route: Route, stations: Iterable[int]) -> Route:
    gone = set(stations)
    return Route(
        route.team,
        None if route.opening in gone else route.opening,
        tuple(visit for visit in route.visits if visit not in gone),
        None if route.closing in gone else route.closing,
    )


def _timed(cluster: Cluster, route: Route) -> Route:
    """Take stations out of a route until it has a timetable, those that cost least value first."""
    while not isinstance(timetable(cluster, route), Timetable):
        trials = [_without(route, [station]) for station in route.stations]
        if len(set(route.stations)) < len(route.stations):
            # One station in two phases: what is taken out once is taken out twice.
            trials += [replace(route, opening=None), replace(route, closing=None)]
        timed = [
            (value(cluster, trial), -table.drive_s, trial)
            for trial in trials
            if isinstance(table := timetable(cluster, trial), Timetable)
        ]
        route = max(timed, key=lambda t: t[:2])[2] if timed else _shorter(route)
    return route


def _shorter(route: Route) -> Route:
    """Return a route without its last visit, or without what else it holds."""
    if route.visits:
        return replace(route, visits=route.visits[:-1])
    if route.opening is not None:
        return replace(route, opening=None)
    return idle(route.team)


def _with_pin(cluster: Cluster, routes: list[Route], station: int) -> list[Route]:
    """Put a pinned station into the days, alone or for the one visit whose loss costs least."""
    changed, _ = best_insertion(cluster, routes, station)
    if changed is None:
        options = []
        for route in routes:
            for visit in route.visits:
                if int(cluster.pinned_team[visit]) != NO_PIN:
                    continue
                trial, _ = best_insertion(cluster, [_without(route, [visit])], station)
                if trial is not None:
                    table = timetable(cluster, trial)
                    drive_s = table.drive_s if isinstance(table, Timetable) else 0
                    before = timetable(cluster, route)
                    drive_s -= before.drive_s if isinstance(before, Timetable) else 0
                    options.append((drive_s, route.team, visit, trial))
        changed = min(options, key=lambda o: o[:3])[3] if options else None
    if changed is None:
        return routes
    return [changed if route.team == changed.team else route for route in routes]


def _employed(cluster: Cluster, routes: list[Route], team: int) -> list[Route]:
    """Let a pair that stays at home close, and open, at stations that others visit."""
    current = {route.team: route for route in routes}
    for closes, may in ((True, cluster.may_close), (False, cluster.may_open)):
        options = [
            ((value(cluster, mine), len(donor.visits), -table.drive_s), mine, theirs)
            for donor in current.values()
            for station in donor.visits
            if donor.team != team
            and len(donor.stations) > 1
            and may[station]
            and int(cluster.pinned_team[station]) in (NO_PIN, ANY_TEAM, team)
            for mine in [_at_an_end(current[team], station, closes=closes)]
            for theirs in [_without(donor, [station])]
            if isinstance(table := timetable(cluster, mine), Timetable)
            and isinstance(timetable(cluster, theirs), Timetable)
        ]
        if options:
            _, mine, theirs = max(options, key=lambda option: option[0])
            current |= {mine.team: mine, theirs.team: theirs}
    return [current[name] for name in sorted(current)]


def _at_an_end(route: Route, station: int, *, closes: bool) -> Route:
    return replace(route, closing=station) if closes else replace(route, opening=station)
