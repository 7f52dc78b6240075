"""Static observation: one station a pair from before the opening to the end of the count."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.optimizer.days.cluster import NO_PIN, Cluster, Route
from planner.optimizer.days.timetable import Broken, Call, Timetable

PRIMARY_GAIN, KEPT_GAIN, PIN_GAIN = 1_000, 5_000, 1_000_000
"""Far above the value of all static days of a cluster: the order of goals is strict."""


def static_table(cluster: Cluster, team: int, station: int) -> Timetable | Broken:
    """Time the day of a pair that stays at one station, or name the limit that it breaks."""
    hub = int(cluster.team_hub[team])
    place = cluster.hubs + station
    between = int(cluster.close_arrive_s[station] - cluster.open_leave_s[station])
    if between < int(cluster.stay_s[station]):
        return Broken.WINDOW
    if cluster.limits.max_visits < 1:
        return Broken.VISITS
    if not cluster.allowed(hub, place) or cluster.tail_s[station, hub] < 0:
        return Broken.LEG
    leg = int(cluster.drive_s[hub, place])
    drive = leg + int(cluster.tail_drive_s[station, hub])
    if drive > cluster.limits.max_drive_s:
        return Broken.DRIVE
    arrive, leave = int(cluster.open_arrive_s[station]), int(cluster.count_to_s[station])
    reach_base = leave + int(cluster.tail_s[station, hub])
    if reach_base - (arrive - leg) > cluster.limits.max_duty_s:
        return Broken.DUTY
    return Timetable(arrive - leg, (Call(station, arrive, leave, leg),), reach_base, drive)


def static_value(cluster: Cluster, team: int, station: int) -> int:
    """Return the value of a static day: opening, one visit, count and what lies on the way home."""
    hub = int(cluster.team_hub[team])
    return int(
        cluster.opening_value
        + cluster.visit_value[station]
        + cluster.count_value
        + cluster.tail_value[station, hub]
    )


def assign_static(
    cluster: Cluster, primaries: list[int], kept: Mapping[int, int] | None = None
) -> list[Route]:
    """Give each pair one station: pins first, then primaries, then the most value, least driving.

    An assignment problem, solved exactly; the value is therefore its own bound, given that a
    substitute is taken only where a primary cannot be.

    Parameters
    ----------
    kept
        Stations that pairs have had, by pair; after the pins as many as possible are kept.
    """
    had = kept or {}
    scale = (cluster.teams + 1) * (cluster.limits.max_drive_s + 1)
    worth = np.zeros((cluster.teams, cluster.stations + cluster.teams))
    drawn = set(primaries)
    for team in range(cluster.teams):
        for station in range(cluster.stations):
            pin = int(cluster.pinned_team[station])
            table = static_table(cluster, team, station)
            allowed = cluster.may_open[station] and cluster.may_close[station]
            if isinstance(table, Broken) or not allowed or (pin >= 0 and pin != team):
                worth[team, station] = -scale
                continue
            gain = static_value(cluster, team, station)
            gain += PIN_GAIN * (pin != NO_PIN) + PRIMARY_GAIN * (station in drawn)
            gain += KEPT_GAIN * (had.get(team) == station)
            worth[team, station] = gain * scale - table.drive_s
    rows, columns = linear_sum_assignment(worth, maximize=True)
    chosen = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    routes = []
    for team in range(cluster.teams):
        given = chosen[team] if chosen[team] < cluster.stations else None
        routes.append(Route(team, given, (), given))
    return routes
