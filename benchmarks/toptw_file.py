"""Published instances of team orienteering with time windows, as clusters of the days stage.

The file's own units are cut to whole tenths or hundredths, which are then the cluster's "seconds".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isqrt
from pathlib import Path

import numpy as np

from planner.optimizer.days.cluster import NO_PIN, Cluster, Limits


@dataclass(frozen=True)
class Vertex:
    """A row of the file: position in thousandths, the rest in the file's units."""

    x: int
    y: int
    service: Decimal
    profit: int
    opens: Decimal
    closes: Decimal


@dataclass(frozen=True)
class Instance:
    """A file: vertex 0 is the depot, whose closing time is the limit of the day.

    Parameters
    ----------
    decimals
        Distances are cut after this many decimals.
    """

    name: str
    vertices: tuple[Vertex, ...]
    decimals: int

    def distance(self, a: int, b: int) -> int:
        """Return the cut Euclidean distance in units of 10^-decimals."""
        one, other = self.vertices[a], self.vertices[b]
        square = (one.x - other.x) ** 2 + (one.y - other.y) ** 2
        # floor(10^d * sqrt(square) / 1000), without the rounding of a float
        return isqrt(square * 100**self.decimals // 1_000_000)

    def units(self, number: Decimal) -> int:
        """Return a time in units of 10^-decimals."""
        return int(number * 10**self.decimals)


def read(path: Path, decimals: int | None = None) -> Instance:
    """Read a file.

    Parameters
    ----------
    decimals
        Of distances; if None, one where all coordinates are whole numbers (the files made from
        Solomon's) and two elsewhere (those made from Cordeau's).
    """
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()[2:]]
    vertices = tuple(
        Vertex(
            int(Decimal(row[1]) * 1000),
            int(Decimal(row[2]) * 1000),
            Decimal(row[3]),
            int(Decimal(row[4])),
            Decimal(row[-2]),
            Decimal(row[-1]),
        )
        for row in rows
        if row
    )
    if decimals is None:
        whole = all(v.x % 1000 == 0 and v.y % 1000 == 0 for v in vertices)
        decimals = 1 if whole else 2
    return Instance(path.stem, vertices, decimals)


def as_cluster(instance: Instance, teams: int) -> Cluster:
    """Write an instance as a cluster: one hub, visits only, no cap on visits or driving.

    A pair cannot reach a vertex before the way from the depot allows, and must leave it so that
    it is back in time; so the depot's hours are part of each vertex's window.
    """
    n = len(instance.vertices) - 1
    drive = np.array(
        [[instance.distance(a, b) for b in range(n + 1)] for a in range(n + 1)], dtype=np.int64
    )
    end = instance.units(instance.vertices[0].closes)
    begin = instance.units(instance.vertices[0].opens)
    places = instance.vertices[1:]
    stay = np.array([instance.units(v.service) for v in places], dtype=np.int64)
    opens = np.array([instance.units(v.opens) for v in places], dtype=np.int64)
    closes = np.array([instance.units(v.closes) for v in places], dtype=np.int64)
    opens = np.maximum(opens, begin + drive[0, 1:])
    leaves = np.minimum(closes + stay, end - drive[1:, 0])
    zero, never = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=bool)
    return Cluster(
        drive_s=drive,
        team_hub=np.zeros(teams, dtype=np.int64),
        stay_s=stay,
        visit_from_s=opens,
        visit_to_s=leaves,
        open_arrive_s=zero,
        open_leave_s=zero,
        close_arrive_s=zero,
        count_from_s=zero,
        count_to_s=zero,
        tail_drive_s=np.full((n, 1), -1, dtype=np.int64),
        tail_s=np.full((n, 1), -1, dtype=np.int64),
        tail_value=np.zeros((n, 1), dtype=np.int64),
        may_open=never,
        may_close=never,
        may_visit=leaves - opens >= stay,
        visit_value=np.array([v.profit for v in places], dtype=np.int64),
        opening_value=0,
        count_value=0,
        pinned_team=np.full(n, NO_PIN, dtype=np.int64),
        stratum=zero,
        stratum_quota=np.array([n], dtype=np.int64),
        limits=Limits(n, end - begin, end - begin, end - begin),
        waits_outside=True,
    )


def faults(instance: Instance, teams: int, routes: Sequence[Sequence[int]]) -> list[str]:
    """Check routes of vertex numbers against the file alone; empty if nothing is wrong."""
    found = []
    if len(routes) > teams:
        found.append(f"{len(routes)} routes for {teams} teams")
    seen: set[int] = set()
    for number, route in enumerate(routes, start=1):
        at, clock = 0, instance.units(instance.vertices[0].opens)
        for vertex in route:
            if not 0 < vertex < len(instance.vertices):
                found.append(f"route {number}: no vertex {vertex}")
                break
            if vertex in seen:
                found.append(f"route {number}: vertex {vertex} is visited twice")
            seen.add(vertex)
            data = instance.vertices[vertex]
            clock = max(clock + instance.distance(at, vertex), instance.units(data.opens))
            if clock > instance.units(data.closes):
                found.append(f"route {number}: vertex {vertex} is reached after it has closed")
            clock += instance.units(data.service)
            at = vertex
        if clock + instance.distance(at, 0) > instance.units(instance.vertices[0].closes):
            found.append(f"route {number}: is back after the depot has closed")
    return found


def profit(instance: Instance, routes: Sequence[Sequence[int]]) -> int:
    """Return the sum of the profits of all vertices on the routes."""
    return sum(instance.vertices[vertex].profit for route in routes for vertex in route)
