"""When a pair is where: the exact timetable of a route, or the limit that it breaks."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from planner.optimizer.days.cluster import Cluster, Route

LONGEST_STAY_FACTOR = 2
"""Idle time is first spent at stations: a visit may grow to this many times its planned stay."""


class Broken(StrEnum):
    """The limit that a route breaks."""

    LEG = "leg"
    DRIVE = "drive"
    DUTY = "duty"
    WINDOW = "window"
    VISITS = "visits"


@dataclass(frozen=True)
class Call:
    """Presence at a station: seconds of arrival and departure, and the leg that led there."""

    station: int
    arrive_s: int
    leave_s: int
    travel_s: int


@dataclass(frozen=True)
class Timetable:
    """A feasible day in seconds from the reference instant.

    ``calls`` hold opening, visits and closing in order; the closing's ``leave_s`` is the end of
    the count.
    """

    leave_base_s: int
    calls: tuple[Call, ...]
    reach_base_s: int
    drive_s: int


def timetable(cluster: Cluster, route: Route) -> Timetable | Broken:
    """Time a route as early as its windows allow, or name the first limit that it breaks.

    The pair leaves its base so that it reaches the first station when it must; later waiting is
    spent at the place before the leg, because a pair that has arrived has arrived.
    """
    limits = cluster.limits
    hub = int(cluster.team_hub[route.team])
    if not route.stations:
        return Timetable(0, (), 0, 0)
    if len(route.visits) > limits.max_visits:
        return Broken.VISITS
    places = [hub, *(cluster.hubs + station for station in route.stations)]
    legs = [int(cluster.drive_s[a, b]) for a, b in pairwise(places)]
    tail_drive, tail = _tail(cluster, route, places[-1], hub)
    drive = sum(legs) + tail_drive
    broken = None
    if tail < 0 or any(not 0 <= leg <= limits.max_leg_s for leg in legs):
        broken = Broken.LEG
    elif drive > limits.max_drive_s:
        broken = Broken.DRIVE
    if broken is not None:
        return broken
    calls = _calls(cluster, route, legs)
    if calls is None:
        return Broken.WINDOW
    if route.opening is None and calls[-1].leave_s - calls[0].arrive_s > limits.max_duty_s - drive:
        # Without an opening nothing ties the morning down: start as late as the day allows.
        calls = _calls(cluster, route, legs, _latest_start(cluster, route, legs)) or calls
    leave_base = calls[0].arrive_s - legs[0]
    reach_base = calls[-1].leave_s + tail
    if reach_base - leave_base > limits.max_duty_s:
        return Broken.DUTY
    return Timetable(leave_base, tuple(calls), reach_base, drive)


def _tail(cluster: Cluster, route: Route, last: int, hub: int) -> tuple[int, int]:
    """Return driving and duration of the way home in seconds, (-1, -1) where there is none."""
    if route.closing is not None:
        return (
            int(cluster.tail_drive_s[route.closing, hub]),
            int(cluster.tail_s[route.closing, hub]),
        )
    if not cluster.allowed(last, hub):
        return -1, -1
    return int(cluster.drive_s[last, hub]), int(cluster.drive_s[last, hub])


def _latest_start(cluster: Cluster, route: Route, legs: list[int]) -> int:
    """Return the latest arrival at the first visit from which all later windows are still met."""
    if not route.visits:
        return int(cluster.close_arrive_s[route.stations[0]])
    latest: float = math.inf
    if route.closing is not None:
        latest = float(cluster.close_arrive_s[route.closing]) - legs[-1]
    hops = [0, *legs[1 : len(route.visits)]]
    for station, leg in zip(reversed(route.visits), reversed(hops), strict=True):
        leave = min(latest, float(cluster.visit_to_s[station]))
        latest = leave - float(cluster.stay_s[station]) - leg
    return int(latest)


def _calls(
    cluster: Cluster, route: Route, legs: list[int], start: int | None = None
) -> list[Call] | None:
    roles = (
        ([_opening] if route.opening is not None else [])
        + [_visit] * len(route.visits)
        + ([_closing] if route.closing is not None else [])
    )
    calls: list[Call] = []
    for station, role, leg in zip(route.stations, roles, legs, strict=True):
        ready = calls[-1].leave_s + leg if calls else start
        call = role(cluster, station, ready)
        if call is None:
            return None
        if calls and call.arrive_s - leg > calls[-1].leave_s:
            waited = call.arrive_s - leg
            previous = calls[-1]
            shut = waited > cluster.visit_to_s[previous.station]
            if previous.station != route.opening and shut and not cluster.waits_outside:
                return None
            calls[-1] = replace(previous, leave_s=waited)
        calls.append(replace(call, travel_s=leg))
    return calls


def _opening(cluster: Cluster, station: int, ready: int | None) -> Call | None:
    arrive = int(cluster.open_arrive_s[station])
    if ready is not None and ready > arrive:
        return None
    return Call(station, arrive, int(cluster.open_leave_s[station]), 0)


def _visit(cluster: Cluster, station: int, ready: int | None) -> Call | None:
    earliest = int(cluster.visit_from_s[station])
    arrive = earliest if ready is None else max(ready, earliest)
    leave = arrive + int(cluster.stay_s[station])
    return None if leave > cluster.visit_to_s[station] else Call(station, arrive, leave, 0)


def _closing(cluster: Cluster, station: int, ready: int | None) -> Call | None:
    latest = int(cluster.close_arrive_s[station])
    arrive = latest if ready is None else ready
    if arrive > latest:
        return None
    return Call(station, arrive, int(cluster.count_to_s[station]), 0)


def relaxed(cluster: Cluster, route: Route, table: Timetable) -> Timetable:
    """Spend idle time before the closing at the visited stations, evenly and by whole minutes.

    A pair that would wait hours at its closing station sees more by staying longer at each visit.
    Keeps the earliest timetable where the longer stays would leave a window.
    """
    if route.closing is None or not route.visits:
        return table
    latest = int(cluster.close_arrive_s[route.closing])
    idle = latest - table.calls[-1].arrive_s
    shortest = int(min(cluster.stay_s[visit] for visit in route.visits))
    extra = min(idle // len(route.visits), (LONGEST_STAY_FACTOR - 1) * shortest) // 60 * 60
    if extra <= 0:
        return table
    longer = replace(cluster, stay_s=cluster.stay_s + extra)
    again = timetable(longer, route)
    return again if isinstance(again, Timetable) else table
