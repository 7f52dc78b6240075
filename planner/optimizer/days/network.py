"""The days that one kind of pair can have, as paths in a graph: what routes are priced on.

A node is a role of a station (opened, visited or closed). A day is a path from the hub through at
most one opening, then visits, then at most one closing, and home. The graph holds exactly what
:func:`planner.optimizer.days.timetable.timetable` allows, with one exception: a day without an
opening may start at any time, so its duty is taken at its shortest.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import (
    ANY_TEAM,
    NO_PIN,
    BoolArray,
    Cluster,
    IntArray,
    Limits,
    Route,
)

OPENING, VISIT, CLOSING = 0, 1, 2
NEVER = np.int64(2**40)
"""Seconds of a way that does not exist: longer than any day, and sums of it do not overflow."""


@dataclass(frozen=True)
class Network:
    """Nodes and arcs for the pairs of one kind: of one hub, and with the same stations allowed.

    Parameters
    ----------
    teams
        The pairs of this kind, in the order of their number.
    station, role
        What a node stands for, shape (nodes,).
    early_s, late_s
        First and last moment at which the stay can begin, shape (nodes,).
    stay_s
        Seconds from there to the departure, shape (nodes,).
    worth
        Value of a node, shape (nodes,).
    leg_s
        Driving between nodes, shape (nodes, nodes); ``NEVER`` where no day can go.
    first_s
        Driving from the hub, shape (nodes,).
    depart_s
        Latest departure from the hub if the node is the first, shape (nodes,).
    last_drive_s, last_s
        Driving and duration of the way home, shape (nodes,).
    limits
        Limits of a pair's day.
    stations
        Number of stations in the cluster.
    """

    teams: tuple[int, ...]
    station: IntArray
    role: IntArray
    early_s: IntArray
    late_s: IntArray
    stay_s: IntArray
    worth: npt.NDArray[np.float64]
    leg_s: IntArray
    first_s: IntArray
    depart_s: IntArray
    last_drive_s: IntArray
    last_s: IntArray
    limits: Limits
    stations: int

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.station)

    @cached_property
    def arcs(self) -> tuple[IntArray, IntArray]:
        """Successors of all nodes in one array, and where those of each node begin in it."""
        there = self.leg_s < NEVER
        return np.nonzero(there)[1], np.concatenate([[0], np.cumsum(there.sum(axis=1))])

    @cached_property
    def caps_visits(self) -> bool:
        """Whether the cap of visits can bind."""
        return bool((self.role == VISIT).sum() > self.limits.max_visits)

    @cached_property
    def caps_duty(self) -> bool:
        """Whether the limit of duty can bind: some first and last node are that far apart."""
        first, last = self.first_s < NEVER, self.last_s < NEVER
        if not first.any() or not last.any():
            return False
        begin = int(self.depart_s[first].min())
        end = int((self.late_s + self.stay_s + self.last_s)[last].max())
        return end - begin > self.limits.max_duty_s

    @cached_property
    def caps_time(self) -> bool:
        """Whether windows can bind between visits, whatever the order."""
        visits = self.role == VISIT
        if not visits.any():
            return True
        most = min(int(visits.sum()), self.limits.max_visits)
        longest = most * int(self.stay_s[visits].max()) + self.limits.max_drive_s
        opened = self.role == OPENING
        begin = int(self.early_s[visits].max())
        if opened.any():
            begin = max(begin, int((self.early_s + self.stay_s)[opened].max()))
        return begin + longest > int(self.late_s[self.role != OPENING].min(initial=NEVER))

    @cached_property
    def caps_drive(self) -> bool:
        """Whether the limit of driving can bind before windows do."""
        if not self.nodes:
            return False
        span = int((self.late_s + self.stay_s).max() - self.early_s.min())
        return self.limits.max_drive_s < span

    def route(self, nodes: tuple[int, ...], team: int) -> Route:
        """Return a path of nodes as the day of one pair."""
        parts: tuple[list[int], list[int], list[int]] = ([], [], [])
        for node in nodes:
            parts[int(self.role[node])].append(int(self.station[node]))
        opening, visits, closing = parts
        return Route(
            team,
            opening[0] if opening else None,
            tuple(visits),
            closing[0] if closing else None,
        )


def networks(cluster: Cluster) -> list[Network]:
    """Return the networks of a cluster, one for each kind of pair."""
    kinds: dict[tuple[int, int], list[int]] = {}
    for team in range(cluster.teams):
        pinned = team if team in cluster.pinned_team else -1
        kinds.setdefault((int(cluster.team_hub[team]), pinned), []).append(team)
    return [
        _network(cluster, hub, pinned, tuple(kinds[hub, pinned])) for hub, pinned in sorted(kinds)
    ]


def _network(cluster: Cluster, hub: int, pinned: int, teams: tuple[int, ...]) -> Network:
    allowed = np.isin(cluster.pinned_team, [NO_PIN, ANY_TEAM, pinned])
    legs = np.where(
        (cluster.drive_s < 0) | (cluster.drive_s > cluster.limits.max_leg_s),
        NEVER,
        cluster.drive_s,
    )
    home = legs[cluster.hubs :, hub]
    tail, tail_drive = cluster.tail_s[:, hub], cluster.tail_drive_s[:, hub]
    may = [cluster.may_open, cluster.may_visit, cluster.may_close & (tail >= 0)]
    picked = [np.flatnonzero(role & allowed) for role in may]
    station = np.concatenate(picked)
    role = np.repeat([OPENING, VISIT, CLOSING], [len(some) for some in picked])
    opened, visited, closed = picked

    def joined(open_: IntArray, visit: IntArray, close: IntArray) -> IntArray:
        return np.concatenate([open_[opened], visit[visited], close[closed]])

    early = joined(cluster.open_arrive_s, cluster.visit_from_s, cluster.close_arrive_s)
    late = joined(
        cluster.open_arrive_s, cluster.visit_to_s - cluster.stay_s, cluster.close_arrive_s
    )
    stay = joined(
        cluster.open_leave_s - cluster.open_arrive_s,
        cluster.stay_s,
        cluster.count_to_s - cluster.close_arrive_s,
    )
    place = cluster.hubs + station
    first = legs[hub, place]
    leg = legs[np.ix_(place, place)]
    leg[station[:, None] == station[None, :]] = NEVER
    leg[:, role == OPENING] = NEVER
    leg[role == CLOSING] = NEVER
    leg[~_in_time(cluster, early, late, stay, role, leg)] = NEVER
    worth = joined(
        np.full(cluster.stations, cluster.opening_value),
        cluster.visit_value,
        cluster.count_value + cluster.tail_value[:, hub],
    )
    last_drive = joined(home, home, tail_drive)
    last = joined(home, home, tail)
    near = _there_and_back(legs, hub, place, last_drive, leg) <= cluster.limits.max_drive_s
    near &= late >= early
    return Network(
        teams=teams,
        station=station[near],
        role=role[near],
        early_s=early[near],
        late_s=late[near],
        stay_s=stay[near],
        worth=worth.astype(np.float64)[near],
        leg_s=leg[np.ix_(near, near)],
        first_s=first[near],
        depart_s=(late - first)[near],
        last_drive_s=last_drive[near],
        last_s=last[near],
        limits=cluster.limits,
        stations=cluster.stations,
    )


def _there_and_back(
    legs: IntArray, hub: int, place: IntArray, last_drive_s: IntArray, leg: IntArray
) -> IntArray:
    """Return the least driving of a day that contains each node, shape (nodes,).

    The way there is the shortest over any stations (Floyd and Warshall would give all pairs;
    from one hub Bellman and Ford need as many rounds as a day has legs).
    """
    from_hub = legs[hub].copy()
    from_hub[hub] = 0
    while True:
        nearer = np.minimum(from_hub, (from_hub[:, None] + legs).min(axis=0))
        if (nearer == from_hub).all():
            break
        from_hub = nearer
    back = last_drive_s.copy()
    while True:
        shorter = np.minimum(back, (leg + back[None, :]).min(axis=1, initial=NEVER))
        if (shorter == back).all():
            break
        back = shorter
    found: IntArray = from_hub[place] + back
    return found


def _in_time(
    cluster: Cluster,
    early: IntArray,
    late: IntArray,
    stay: IntArray,
    role: IntArray,
    leg: IntArray,
) -> BoolArray:
    """Tell which arcs windows allow: the next is reached in time, and waiting has a place.

    Who must wait for a station to open waits at the place before, so that must still be open;
    whoever has opened a station, or is to close one, may wait there.
    """
    leaves = early + stay
    reached: BoolArray = leaves[:, None] + leg <= late[None, :]
    if cluster.waits_outside:
        return reached
    shut = (role == VISIT)[:, None] & (role == VISIT)[None, :]
    waits: BoolArray = early[None, :] - leg > (late + stay)[:, None]
    allowed: BoolArray = reached & ~(shut & waits)
    return allowed
