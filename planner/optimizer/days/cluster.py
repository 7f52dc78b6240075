"""One cluster of an election day: a few pairs, their hubs and their stations, as arrays.

The solver, the bound, the timetable and the insertion pass all read this one description. Nothing
in it knows a mission: any team orienteering problem with time windows can be written as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
NO_PIN, ANY_TEAM = -2, -1
"""Values of ``Cluster.pinned_team`` beside a pair's number."""


@dataclass(frozen=True)
class Limits:
    """Limits of a pair's day, in seconds except for the count of visits."""

    max_visits: int
    max_leg_s: int
    max_drive_s: int
    max_duty_s: int


@dataclass(frozen=True)
class Cluster:
    """Pairs, hubs and stations of one cluster.

    Places are numbered hubs first (0 … hubs-1), then stations (hubs … hubs+stations-1). All times
    are seconds from one reference instant, the same for the whole country, so that two time zones
    need no special care.

    Parameters
    ----------
    drive_s
        Travel between all places, shape (places, places); -1 where there is no way.
    team_hub
        Hub of each pair, shape (teams,).
    stay_s
        Planned stay of a voting visit, shape (stations,).
    visit_from_s, visit_to_s
        A voting visit lies within these, shape (stations,).
    open_arrive_s, open_leave_s
        When a pair that opens here arrives and leaves, shape (stations,).
    close_arrive_s, count_from_s, count_to_s
        Latest arrival of a pair that closes here, and the count it stays for, shape (stations,).
    tail_drive_s, tail_s
        From the end of the count to the hub, through the commission if there is one: driving, and
        driving with the stay there; shape (stations, hubs). -1 where there is no allowed way.
    tail_value
        Value of what lies on the tail (1 where a commission is visited), shape (stations, hubs).
    may_open, may_close, may_visit
        Which roles a station can have, shape (stations,).
    visit_value
        Value of a voting visit, shape (stations,).
    opening_value, count_value
        Value of an opening and of a count.
    pinned_team
        Pair that a station is pinned to, -1 for any, -2 for no pin, shape (stations,).
    stratum, stratum_quota
        Stratum of each station, shape (stations,), and the most stations of each stratum that may
        be visited, shape (strata,): a substitute replaces a station, it does not add one.
    waits_outside
        Whether a pair may wait in front of a station that has not opened; else it waits at the
        place before, as long as that is open.
    """

    drive_s: IntArray
    team_hub: IntArray
    stay_s: IntArray
    visit_from_s: IntArray
    visit_to_s: IntArray
    open_arrive_s: IntArray
    open_leave_s: IntArray
    close_arrive_s: IntArray
    count_from_s: IntArray
    count_to_s: IntArray
    tail_drive_s: IntArray
    tail_s: IntArray
    tail_value: IntArray
    may_open: BoolArray
    may_close: BoolArray
    may_visit: BoolArray
    visit_value: IntArray
    opening_value: int
    count_value: int
    pinned_team: IntArray
    stratum: IntArray
    stratum_quota: IntArray
    limits: Limits
    waits_outside: bool = False

    @property
    def hubs(self) -> int:
        """Number of hubs."""
        return len(self.drive_s) - len(self.stay_s)

    @property
    def stations(self) -> int:
        """Number of stations."""
        return len(self.stay_s)

    @property
    def teams(self) -> int:
        """Number of pairs."""
        return len(self.team_hub)

    def only(self, stations: Iterable[int]) -> "Cluster":
        """Return the same cluster with no role for any other station."""
        mask = np.zeros(self.stations, dtype=bool)
        mask[list(stations)] = True
        return replace(
            self,
            may_open=self.may_open & mask,
            may_close=self.may_close & mask,
            may_visit=self.may_visit & mask,
        )

    def allowed(self, origin: int, destination: int) -> bool:
        """Tell whether a leg between two places exists and is within the limit of a leg."""
        return bool(0 <= self.drive_s[origin, destination] <= self.limits.max_leg_s)


@dataclass(frozen=True)
class Route:
    """One pair's day as station numbers (0 … stations-1). Empty where a pair stays at home."""

    team: int
    opening: int | None
    visits: tuple[int, ...]
    closing: int | None

    @property
    def stations(self) -> tuple[int, ...]:
        """All stations in their order."""
        first = () if self.opening is None else (self.opening,)
        last = () if self.closing is None else (self.closing,)
        return (*first, *self.visits, *last)

    @property
    def roles(self) -> tuple[tuple[int, str], ...]:
        """All stations in their order, each with ``opening``, ``visit`` or ``closing``."""
        first = () if self.opening is None else ((self.opening, "opening"),)
        last = () if self.closing is None else ((self.closing, "closing"),)
        return (*first, *((station, "visit") for station in self.visits), *last)


def idle(team: int) -> Route:
    """Return the route of a pair that stays at home."""
    return Route(team, None, (), None)


def value(cluster: Cluster, route: Route) -> int:
    """Return the value of a route in the cluster's own units."""
    total = int(sum(cluster.visit_value[visit] for visit in route.visits))
    if route.opening is not None:
        total += cluster.opening_value
    if route.closing is not None:
        total += cluster.count_value
        total += int(cluster.tail_value[route.closing, cluster.team_hub[route.team]])
    return total
