"""Trying a station in the days of an area: at every position, or in the place of a visit."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.domain.ids import StationId
from planner.domain.plan import Team
from planner.explain.area_days import AreaDays
from planner.explain.limits import Bar, Measure, measure
from planner.optimizer.days.cluster import NO_PIN, Route
from planner.optimizer.days.timetable import Timetable, relaxed, timetable


@dataclass(frozen=True, eq=False)
class Attempt:
    """One way to put a station into a pair's day.

    Parameters
    ----------
    team
        The pair.
    station
        The station tried.
    replaced
        The station that makes room for it, or None.
    route
        The route with it.
    table
        Its timetable, or None where it does not fit.
    measure
        What the route would need; only where it does not fit.
    extra_s
        Driving that it adds, in seconds; negative where it saves some.
    alone
        Whether the pair would visit nothing else.
    """

    team: Team
    station: StationId
    replaced: StationId | None
    route: Route
    table: Timetable | None
    measure: Measure | None
    extra_s: float
    alone: bool = False

    @property
    def fits(self) -> bool:
        """Whether the day keeps every limit."""
        return self.table is not None

    @property
    def broken(self) -> tuple[Bar, ...]:
        """Limits that it breaks."""
        return () if self.measure is None else self.measure.broken

    @property
    def rank(self) -> tuple[float, ...]:
        """Order among attempts: those that fit, then those that break least."""
        return (len(self.broken), self.extra_s)


def insertions(days: AreaDays, station: StationId, *, measured: bool = True) -> list[Attempt]:
    """Try a station at every position of every mobile day of the area.

    Parameters
    ----------
    measured
        Whether attempts that fail are measured; without, they are left out, which is quicker.
    """
    found = []
    for route in days.routes:
        before_s = _drive_s(days, route)
        found += [
            attempt
            for changed in _with_visit(route, route.visits, days.number[station])
            for attempt in _attempts(days, before_s, changed, station, measured=measured)
        ]
    return found


def replacements(
    days: AreaDays, station: StationId, *, same_stratum: bool, measured: bool = True
) -> list[Attempt]:
    """Try a station in the place of every voting visit that no decision asks for.

    Parameters
    ----------
    same_stratum
        Only visits of the station's own stratum, so that the balance of the sample stays.
    measured
        As in :func:`insertions`.
    """
    cluster, tried = days.scene.cluster, days.number[station]
    found = []
    for route in days.routes:
        before_s = _drive_s(days, route)
        for visit in route.visits:
            other = days.scene.stations[visit].id
            strange = _stratum(days, visit) != _stratum(days, tried)
            if cluster.pinned_team[visit] != NO_PIN or (same_stratum and strange):
                continue
            rest = tuple(v for v in route.visits if v != visit)
            found += [
                replace(attempt, replaced=other)
                for changed in _with_visit(route, rest, tried)
                for attempt in _attempts(days, before_s, changed, station, measured=measured)
            ]
    return found


def emptied(days: AreaDays, station: StationId) -> list[Attempt]:
    """Try a station as the only one of each pair's day: the last way to get there."""
    number = days.number[station]
    return [
        replace(attempt, alone=True)
        for route in days.routes
        for changed in [Route(route.team, None, (number,), None)]
        for attempt in _attempts(days, _drive_s(days, route), changed, station, measured=True)
    ]


def _stratum(days: AreaDays, station: int) -> str:
    drawn = days.scene.drawn[station]
    return "" if drawn is None else drawn.stratum.removeprefix("pinned ")


def _with_visit(route: Route, visits: tuple[int, ...], station: int) -> Iterable[Route]:
    for position in range(len(visits) + 1):
        yield replace(route, visits=(*visits[:position], station, *visits[position:]))


def _attempts(
    days: AreaDays, before_s: float, route: Route, station: StationId, *, measured: bool
) -> Iterable[Attempt]:
    """Yield the attempt that a changed route is, unless it fails and nobody wants to know why."""
    cluster = days.scene.cluster
    team = days.scene.teams[route.team]
    timed = timetable(cluster, route)
    if isinstance(timed, Timetable):
        yield Attempt(team, station, None, route, timed, None, timed.drive_s - before_s)
    elif measured:
        found = measure(cluster, route)
        extra = found.found[Bar.DRIVE] - before_s
        yield Attempt(team, station, None, route, None, found, extra)


def _drive_s(days: AreaDays, route: Route) -> float:
    """Return the driving of a route in seconds, limits aside; 0 for a pair that stays at home."""
    if not route.stations:
        return 0.0
    drive = measure(days.scene.cluster, route).found[Bar.DRIVE]
    return 0.0 if math.isinf(drive) else drive


def best_by_team(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the best attempt of each pair, in the order of the pairs."""
    best: dict[int, Attempt] = {}
    for attempt in attempts:
        team = attempt.route.team
        if team not in best or attempt.rank < best[team].rank:
            best[team] = attempt
    return [best[team] for team in sorted(best)]


def fitting(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts that fit, least driving first."""
    return sorted((a for a in attempts if a.fits), key=lambda a: (a.extra_s, a.team.id))


def visit_clock(days: AreaDays, attempt: Attempt) -> str:
    """Return when the pair would come to the station, by its local clock, e.g. ``13:05``.

    Raises
    ------
    ValueError
        Expected an attempt that fits.
    """
    if attempt.table is None:
        msg = f"Expected an attempt that fits, got {attempt.broken}."
        raise ValueError(msg)
    table = relaxed(days.scene.cluster, attempt.route, attempt.table)
    number = days.number[attempt.station]
    call = next(call for call in table.calls if call.station == number)
    district = days.mission.station_of[attempt.station].district
    return f"{days.hours.local(call.arrive_s, district):%H:%M}"


def single_bar(attempts: Sequence[Attempt], bar: Bar) -> list[Attempt]:
    """Return the attempts that break this one limit only."""
    return [attempt for attempt in attempts if attempt.broken == (bar,)]
