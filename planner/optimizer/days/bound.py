"""A valid upper bound on what the pairs of a cluster can observe.

A linear relaxation that forgets who drives where: every visited station must be driven to, at
least from its nearest neighbour, and all driving, time and visits are pooled over the pairs.

With ``x`` visits, ``o`` openings, ``c`` counts per station (in [0, 1]) and ``n`` pairs:
``x + o + c <= 1`` per station; at most the quota of each stratum; ``sum o <= n``; ``sum c <= n``;
``sum x <= n * max_visits``; driving to each station plus the ways home ``<= n * max_drive``; and
stays plus driving within ``n`` times the hours in which visits are possible, less what an opening
and a closing take of them.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from planner.optimizer.days.cluster import Cluster

FloatArray = npt.NDArray[np.float64]


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
    visit_in, open_in, close_in = _cheapest_ways_in(cluster)
    home = _cheapest_ways_home(cluster)
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
            cluster.may_visit & np.isfinite(visit_in),
            cluster.may_open & np.isfinite(open_in),
            cluster.may_close & np.isfinite(close_in) & np.isfinite(home),
        ]
    ).astype(float)
    none, ones = np.zeros(n), np.ones(n)
    hours, morning, evening = _hours_s(cluster)
    drive = np.concatenate([visit_in, open_in, close_in + home])
    busy = np.concatenate([cluster.stay_s + visit_in, ones * morning, evening + close_in])
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
    """Seconds for visits in a pair's day, and what an opening and a closing take of them."""
    first, last = float(cluster.visit_from_s.min()), float(cluster.visit_to_s.max())
    morning = evening = 0.0
    if cluster.may_open.any():
        morning = max(0.0, float(cluster.open_leave_s[cluster.may_open].min()) - first)
    if cluster.may_close.any():
        evening = max(0.0, last - float(cluster.close_arrive_s[cluster.may_close].max()))
    return last - first, morning, evening


def _cheapest_ways_in(cluster: Cluster) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Cheapest legs to each station: as a visit, as an opening, as a closing, in seconds."""
    legs = cluster.drive_s.astype(float)
    legs[(cluster.drive_s < 0) | (cluster.drive_s > cluster.limits.max_leg_s)] = np.inf
    np.fill_diagonal(legs, np.inf)
    hubs = cluster.hubs
    anywhere = legs[:, hubs:].min(axis=0)
    return anywhere, legs[:hubs, hubs:].min(axis=0), anywhere


def _cheapest_ways_home(cluster: Cluster) -> FloatArray:
    tail = cluster.tail_drive_s.astype(float)
    tail[cluster.tail_drive_s < 0] = np.inf
    best: FloatArray = tail.min(axis=1)
    return best
