"""Where pairs sleep that have to go somewhere: near to many stations, and in nobody's way.

A repair does not look for the best hubs of an area, it looks for a place for a few pairs. The
objective of the stage would send each to the corner that is served worst, where a day holds little;
here it goes where the stations that are nearest to its town are nearest on average, if there are
enough of them for all pairs of the town.
"""

from collections.abc import Collection

import numpy as np

from planner.domain.ids import StationId, TownId
from planner.domain.plan import Plan, SampleRole
from planner.objective.allocation import Floats, Ints
from planner.optimizer.allocation.hubs import HubProblem

ENOUGH = 1.5
"""A hub takes a pair if its stations are this many times the sample of all its pairs."""
HALF_LOST = 1.5
"""A pair stays if this many times its stations that are left are as many as it had."""


def added(problem: HubProblem, counts: Ints, more: int, per_pair: int) -> Ints | None:
    """Return the pairs of each hub with ``more`` of them placed, or None where they find no place.

    Parameters
    ----------
    counts
        Shape (hubs,): pairs that are there.
    per_pair
        Stations drawn for a pair.
    """
    now = counts.copy()
    for _ in range(more):
        best: tuple[float, int] | None = None
        for hub in np.flatnonzero(now < problem.cap).tolist():
            near, stations = _catchment(problem, now, hub)
            if stations < ENOUGH * per_pair * (int(now[hub]) + 1):
                continue
            if best is None or (near, hub) < best:
                best = near, hub
        if best is None:
            return None
        now[best[1]] += 1
    return now


def _catchment(problem: HubProblem, counts: Ints, hub: int) -> tuple[float, float]:
    """Return the mean drive in minutes to the stations of a hub, and how many there are."""
    others = counts > 0
    others[hub] = False
    elsewhere: Floats = problem.minutes[others].min(axis=0, initial=np.inf)
    mine = np.isfinite(problem.minutes[hub]) & (problem.minutes[hub] <= elsewhere)
    stations = float(problem.demand[mine].sum())
    if not stations:
        return np.inf, 0.0
    return float(problem.minutes[hub][mine] @ problem.demand[mine]) / stations, stations


def room_left(earlier: Plan, known: Collection[StationId]) -> dict[TownId, float]:
    """Return for every hub of an earlier sample the share of its pairs that have enough to do.

    Parameters
    ----------
    known
        Stations that are still there, by id.
    """
    had: dict[TownId, int] = {}
    left: dict[TownId, int] = {}
    for entry in earlier.sample:
        if entry.role is SampleRole.PRIMARY:
            had[entry.hub] = had.get(entry.hub, 0) + 1
            left[entry.hub] = left.get(entry.hub, 0) + (entry.station in known)
    return {hub: min(1.0, HALF_LOST * left[hub] / number) for hub, number in had.items()}
