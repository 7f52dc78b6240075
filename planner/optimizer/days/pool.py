"""Days that are known, each once: the columns of the set-packing programmes of a cluster."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.sparse import csc_array

from planner.optimizer.days.cluster import NO_PIN, Cluster, Route, value
from planner.optimizer.days.network import Network

PIN_WORTH = 1_000
"""A pinned station is worth this many visits, as in the search."""


@dataclass(frozen=True)
class Column:
    """A day that any pair of one kind can have.

    Parameters
    ----------
    kind
        Index of the network.
    stations
        Stations in their order; one that is seen twice stands twice.
    worth
        Value of the day; pins do not count in it.
    pins
        Pinned stations on it.
    drive_s
        Its driving, with the way home.
    """

    kind: int
    route: Route
    stations: tuple[int, ...]
    worth: int
    pins: int
    drive_s: int

    @property
    def elementary(self) -> bool:
        """Whether no station is seen twice, so that it is a day that a pair can have."""
        return len(set(self.stations)) == len(self.stations)


@dataclass
class Pool:
    """Columns by what they visit; of days with the same stations the best one stays.

    The best is the most valuable, of these the one with the least driving.

    Parameters
    ----------
    cluster, networks
        What the columns are of.
    """

    cluster: Cluster
    networks: Sequence[Network]
    columns: list[Column] = field(default_factory=list)
    _number: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)
    _seen: set[Route] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note which kind each pair is of, and which stations are pinned."""
        self._kind = {
            team: kind for kind, network in enumerate(self.networks) for team in network.teams
        }
        self._pinned = self.cluster.pinned_team != NO_PIN

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.columns)

    def add(self, routes: Iterable[Route]) -> int:
        """Take routes up; return how many sets of stations are new or worth more."""
        new = 0
        for route in routes:
            kind = self._kind[route.team]
            first = self.networks[kind].teams[0]
            shared = Route(first, route.opening, route.visits, route.closing)
            if shared in self._seen or not shared.stations:
                continue
            self._seen.add(shared)
            stations = shared.stations
            column = Column(
                kind,
                shared,
                stations,
                value(self.cluster, shared),
                int(self._pinned[list(stations)].sum()),
                self._drive_s(shared),
            )
            key = kind, tuple(sorted(stations))
            number = self._number.get(key)
            if number is None:
                self._number[key] = len(self.columns)
                self.columns.append(column)
                new += 1
            else:
                old = self.columns[number]
                if (column.worth, -column.drive_s) > (old.worth, -old.drive_s):
                    self.columns[number] = column
                    new += column.worth > old.worth
        return new

    def _drive_s(self, route: Route) -> int:
        cluster = self.cluster
        hub = int(cluster.team_hub[route.team])
        places = [hub, *(cluster.hubs + station for station in route.stations)]
        drive = sum(int(cluster.drive_s[a, b]) for a, b in pairwise(places))
        if route.closing is not None:
            return drive + int(cluster.tail_drive_s[route.closing, hub])
        return drive + int(cluster.drive_s[places[-1], hub])

    def matrix(self, columns: Sequence[Column]) -> csc_array:
        """Return how often each column sees each station and kind, and draws on each stratum.

        Rows: stations, then kinds, then strata.
        """
        cluster = self.cluster
        kinds = len(self.networks)
        rows: list[int] = []
        ends = [0]
        for column in columns:
            rows += column.stations
            rows.append(cluster.stations + column.kind)
            rows += (cluster.stations + kinds + cluster.stratum[list(column.stations)]).tolist()
            ends.append(len(rows))
        shape = (cluster.stations + kinds + len(cluster.stratum_quota), len(columns))
        made = csc_array(
            (np.ones(len(rows)), np.array(rows, dtype=np.int64), np.array(ends)), shape=shape
        )
        made.sum_duplicates()
        return made

    def limits(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return the right sides of the rows of :meth:`matrix`."""
        return np.concatenate(
            [
                np.ones(self.cluster.stations),
                [len(network.teams) for network in self.networks],
                self.cluster.stratum_quota,
            ]
        ).astype(np.float64)
