"""A valid upper bound on what the pairs of a cluster can observe.

A linear relaxation that forgets who drives where. The cost of each leg is split in halves between
its two ends, so that a visit costs at least half of the cheapest way in and out again between two
different neighbours (a hub may be both); driving, time and visits are pooled over the pairs.

With ``x`` visits, ``o`` openings, ``c`` counts per station (in [0, 1]) and ``n`` pairs:
``x + o + c <= 1`` per station; at most the quota of each stratum; ``sum o <= n``; ``sum c <= n``;
``sum x <= n * max_visits``; driving to each station plus the ways home ``<= n * max_drive``; and
stays plus driving within ``n`` times the hours in which visits are possible, less what an opening
and a closing take of them.
"""

import math
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from planner.optimizer.days.cluster import Cluster

FloatArray = npt.NDArray[np.float64]
HIGHS = Lock()
"""Clusters are planned in several threads; the linear solver is asked by one at a time."""


def upper_bound(cluster: Cluster) -> int:
    """Return the largest value that any set of routes could have, rounded down.

    Raises
    ------
    RuntimeError
        If the linear programme fails, which it cannot: nothing observed is always feasible.
    """
    n, teams = cluster.stations, cluster.teams
    if not n or not teams:
        return 0
    way = _cheapest_ways(cluster)
    limits = cluster.limits
    worth = np.concatenate(
        [
            cluster.visit_value,
            np.full(n, cluster.opening_value),
            cluster.count_value + cluster.tail_value.max(axis=1, initial=0),
        ]
    ).astype(float)
    upper = np.concatenate(
        [
            cluster.may_visit & np.isfinite(way.through),
            cluster.may_open & np.isfinite(way.from_hub),
            cluster.may_close & np.isfinite(way.half_in + way.home),
        ]
    ).astype(float)
    none, ones = np.zeros(n), np.ones(n)
    hours, morning, evening = _hours_s(cluster)
    drive = np.concatenate([way.through, way.from_hub + way.half_out, way.half_in + way.home])
    busy = np.concatenate(
        [cluster.stay_s + way.through, morning + way.half_out, evening + way.half_in]
    )
    shared = np.stack(
        [
            np.concatenate([none, ones, none]),
            np.concatenate([none, none, ones]),
            np.concatenate([ones, none, none]),
            np.where(np.isfinite(drive), drive, 0.0),
            np.where(np.isfinite(busy), busy, 0.0),
        ]
    )
    per_pair = [1, 1, limits.max_visits, limits.max_drive_s, hours]
    station = np.tile(np.arange(n), 3)
    once = coo_array((np.ones(3 * n), (station, np.arange(3 * n))), shape=(n, 3 * n)).tocsr()
    strata = cluster.stratum_quota
    member = coo_array(
        (np.ones(3 * n), (np.tile(cluster.stratum, 3), np.arange(3 * n))),
        shape=(len(strata), 3 * n),
    ).tocsr()
    limit = np.concatenate([ones, strata, teams * np.array(per_pair, dtype=float)])
    with HIGHS:
        solved = milp(
            -worth,
            constraints=LinearConstraint(vstack([once, member, csr_array(shared)]), -np.inf, limit),
            bounds=Bounds(0.0, upper),
        )
    if solved.status != 0:
        msg = f"the bound of a cluster of {n} stations could not be computed: {solved.message}"
        raise RuntimeError(msg)
    return math.floor(1e-6 - float(solved.fun))


def _hours_s(cluster: Cluster) -> tuple[float, float, float]:
    """Seconds for visits in a pair's day, and what an opening and a closing take of them.

    A pair without an opening may drive to its first visit before stations open, and one without
    a closing may drive on after its last; those legs lie outside the hours.
    """
    leg = float(cluster.limits.max_leg_s)
    first, last = float(cluster.visit_from_s.min()), float(cluster.visit_to_s.max())
    morning = evening = 0.0
    if cluster.may_open.any():
        morning = max(0.0, leg + float(cluster.open_leave_s[cluster.may_open].min()) - first)
    if cluster.may_close.any():
        evening = max(0.0, leg + last - float(cluster.close_arrive_s[cluster.may_close].max()))
    return max(0.0, last - first) + 2 * leg, morning, evening


@dataclass(frozen=True)
class _Ways:
    """Cheapest ways to and from each station in seconds, shape (stations,), inf where none is.

    ``through`` is half of a way in and a way out, ``half_in`` and ``half_out`` half of one of them;
    ``from_hub`` is a whole leg from the nearest hub, ``home`` the way home after a count.
    """

    through: FloatArray
    half_in: FloatArray
    half_out: FloatArray
    from_hub: FloatArray
    home: FloatArray


def _cheapest_ways(cluster: Cluster) -> _Ways:
    hubs = cluster.hubs
    legs = cluster.drive_s.astype(float)
    legs[(cluster.drive_s < 0) | (cluster.drive_s > cluster.limits.max_leg_s)] = np.inf
    np.fill_diagonal(legs, np.inf)
    into, out = legs[:, hubs:], legs[hubs:, :].T
    tail = cluster.tail_drive_s.astype(float)
    tail[cluster.tail_drive_s < 0] = np.inf
    return _Ways(
        through=_through(into, out, hubs) / 2,
        half_in=into.min(axis=0) / 2,
        # A pair that opens and goes nowhere else drives home, which is also a way out.
        half_out=np.where(np.isfinite(out.min(axis=0)), out.min(axis=0), 0.0) / 2,
        from_hub=into[:hubs].min(axis=0),
        home=tail.min(axis=1),
    )


def _through(into: FloatArray, out: FloatArray, hubs: int) -> FloatArray:
    """Cheapest way in plus way out between two different neighbours, or one hub."""
    same_hub: FloatArray = (into[:hubs] + out[:hubs]).min(axis=0)
    if len(into) <= 1:
        return same_hub
    stations = np.arange(into.shape[1])
    first_in, first_out = into.argmin(axis=0), out.argmin(axis=0)
    two_in, two_out = np.partition(into, 1, axis=0)[:2], np.partition(out, 1, axis=0)[:2]
    cheapest = into[first_in, stations] + out[first_out, stations]
    apart = np.minimum(two_in[0] + two_out[1], two_in[1] + two_out[0])
    best: FloatArray = np.minimum(same_hub, np.where(first_in == first_out, apart, cheapest))
    return best
