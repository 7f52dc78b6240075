"""By how much a route breaks the limits of a day: every limit, not only the first."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from planner.optimizer.days.cluster import Cluster, Limits, Route
from planner.optimizer.days.timetable import Broken, Timetable, timetable
from planner.rules.text import minutes

_FREE_S = 10**7
_FREE = Limits(10**6, _FREE_S, _FREE_S, _FREE_S)


class Bar(StrEnum):
    """What can keep a station out of a day, the plainest first."""

    LEG = "leg"
    DRIVE = "drive"
    HOURS = "hours"
    CLOSING = "closing"
    DUTY = "duty"
    VISITS = "visits"


RULE_OF = {
    Bar.LEG: "D6",
    Bar.DRIVE: "D6",
    Bar.HOURS: "D4",
    Bar.CLOSING: "D3",
    Bar.DUTY: "D6",
    Bar.VISITS: "OP-DAYS-CAP",
}
PATH_OF = {
    Bar.LEG: "day.max_leg_min",
    Bar.DRIVE: "day.max_drive_min",
    Bar.DUTY: "day.max_duty_min",
    Bar.VISITS: "day.max_visits",
}
"""The policy that sets a limit; hours of stations are no policy."""
HIGHEST = {Bar.LEG: 2880, Bar.DRIVE: 2880, Bar.DUTY: 2880, Bar.VISITS: 100}
"""The highest value that a policy may have."""


@dataclass(frozen=True)
class Measure:
    """What a route would need.

    Parameters
    ----------
    found
        Longest leg, driving, lateness at a visit, lateness at the closing and duty in seconds
        (lateness 0: on time), and the number of voting visits. Infinite where there is no way.
    broken
        Limits that it breaks, in the order of :class:`Bar`; empty: the route fits.
    """

    found: dict[Bar, float]
    broken: tuple[Bar, ...]


def measure(cluster: Cluster, route: Route) -> Measure:
    """Measure a route against every limit of its cluster."""
    limits = cluster.limits
    hub = int(cluster.team_hub[route.team])
    places = [hub, *(cluster.hubs + station for station in route.stations)]
    if route.closing is None:
        places.append(hub)
    legs = [float(cluster.drive_s[a, b]) for a, b in pairwise(places)]
    no_way = any(leg < 0 for leg in legs)
    tail = 0 if route.closing is None else int(cluster.tail_drive_s[route.closing, hub])
    no_way |= tail < 0
    visit, closing = _lateness(cluster, route, legs)
    found: dict[Bar, float] = {
        Bar.LEG: math.inf if no_way else max(legs),
        Bar.DRIVE: math.inf if no_way else sum(legs) + tail,
        Bar.HOURS: visit,
        Bar.CLOSING: closing,
        Bar.DUTY: 0.0,
        Bar.VISITS: len(route.visits),
    }
    table = timetable(replace(cluster, limits=_FREE), route)
    if isinstance(table, Timetable):
        found[Bar.DUTY] = _duty_s(cluster, route, table)
    elif table is Broken.WINDOW and not visit and not closing:
        # Nobody waits at a station that has closed: there is no time at which it would fit.
        found[Bar.HOURS] = math.inf
    allowed: dict[Bar, float] = {
        Bar.LEG: limits.max_leg_s,
        Bar.DRIVE: limits.max_drive_s,
        Bar.HOURS: 0,
        Bar.CLOSING: 0,
        Bar.DUTY: limits.max_duty_s,
        Bar.VISITS: limits.max_visits,
    }
    return Measure(found, tuple(bar for bar in Bar if found[bar] > allowed[bar]))


def _duty_s(cluster: Cluster, route: Route, table: Timetable) -> float:
    """Return the shortest duty in seconds; without an opening a day may start later."""
    duty = float(table.reach_base_s - table.leave_base_s)
    limit = cluster.limits.max_duty_s
    if route.opening is not None or duty <= limit:
        return duty
    low, high = 0, math.ceil(duty / 60)
    while high - low > 1:
        middle = (low + high) // 2
        tried = timetable(replace(cluster, limits=replace(_FREE, max_duty_s=60 * middle)), route)
        low, high = (low, middle) if isinstance(tried, Timetable) else (middle, high)
    return 60.0 * high


def _lateness(cluster: Cluster, route: Route, legs: list[float]) -> tuple[float, float]:
    """Return by how many seconds the latest visit, and the closing, come too late."""
    at: float | None = None
    late_visit = late_closing = 0.0
    for position, (station, leg) in enumerate(zip(route.stations, legs, strict=False)):
        ready = None if at is None else at + leg
        if position == 0 and route.opening is not None:
            at = float(cluster.open_leave_s[station])
        elif station == route.closing:
            latest = float(cluster.close_arrive_s[station])
            late_closing = 0.0 if ready is None else max(0.0, ready - latest)
        else:
            opens = float(cluster.visit_from_s[station])
            at = max(opens, opens if ready is None else ready) + float(cluster.stay_s[station])
            late_visit = max(late_visit, at - float(cluster.visit_to_s[station]))
    return late_visit, late_closing


def told(bar: Bar, found: float, limits: Limits) -> tuple[str, str]:
    """Return value and limit in words, with units."""
    if bar is Bar.VISITS:
        return f"{found:.0f} visits", f"at most {limits.max_visits} visits"
    if math.isinf(found):
        value = "no time that fits" if bar is Bar.HOURS else "no way"
    elif bar in (Bar.HOURS, Bar.CLOSING):
        value = f"{minutes(found)} too late"
    else:
        value = minutes(found)
    return value, {
        Bar.LEG: f"at most {limits.max_leg_s // 60} min a leg",
        Bar.DRIVE: f"at most {limits.max_drive_s // 60} min of driving a day",
        Bar.DUTY: f"at most {limits.max_duty_s // 60} min of duty",
        Bar.HOURS: "before the station closes",
        Bar.CLOSING: "in time for the closing",
    }[bar]
