"""A directed road network in arrays, and the fastest way through it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from geodata.travel.provider import UNROUTABLE, Points

# Time and length of an edge share one number: whole time units above, whole metres below. One
# search by time then also gives the length of the fastest way, exactly, because the sums stay
# below 2**53 up to 8,388 km and 124 days.
_METRES = 2**23
_UNITS_A_SECOND = 100
# A search gives one row over all nodes; so many numbers are held at once.
_CELLS = 20_000_000
# Clipped ends and car parks: a place must not be snapped to what leads nowhere.
_SMALLEST_COMPONENT = 100

_Floats = npt.NDArray[np.float64]
_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RoadGraph:
    """Nodes and directed edges.

    Parameters
    ----------
    points
        Latitude and longitude of the nodes in degrees, shape (n, 2).
    weights
        Square sparse array: time and length of each edge in one number.
    """

    points: Points
    weights: csr_array[np.float64]

    @classmethod
    def build(
        cls,
        points: Points,
        tails: _Integers,
        heads: _Integers,
        duration_s: _Floats,
        length_m: _Floats,
    ) -> "RoadGraph":
        """Build the network from directed edges, of which the fastest of parallel ones is kept.

        Only nodes between which one can drive there and back are kept: the largest such component,
        and every other one of at least 100 nodes (an island with its own roads).

        Parameters
        ----------
        points
            Latitude and longitude of the nodes in degrees, shape (n, 2).
        tails, heads
            Indices of the nodes that each edge leaves and reaches, shape (m,).
        duration_s, length_m
            Seconds and metres of each edge, not negative, shape (m,).
        """
        units = np.maximum(np.rint(np.asarray(duration_s) * _UNITS_A_SECOND), 1.0)
        weight = units * _METRES + np.rint(length_m)
        order = np.lexsort((weight, heads, tails))
        order = order[tails[order] != heads[order]]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (np.diff(tails[order]) != 0) | (np.diff(heads[order]) != 0)
        kept = order[first]
        size = len(points)
        graph = coo_array((weight[kept], (tails[kept], heads[kept])), shape=(size, size)).tocsr()
        members = _there_and_back(graph)
        return cls(points[members], graph[members][:, members])

    @property
    def edges(self) -> int:
        """Number of directed edges."""
        return int(self.weights.nnz)

    def fastest(self, sources: _Integers, targets: _Integers) -> tuple[_Floats, _Integers]:
        """Return time and length of the fastest way from every source node to every target node.

        Parameters
        ----------
        sources, targets
            Indices of nodes, shape (n,) and (m,).

        Returns
        -------
        tuple of two arrays of shape (n, m)
            Seconds, infinite where there is no way, and metres, ``UNROUTABLE`` there.
        """
        shape = (len(sources), len(targets))
        duration_s, length_m = np.full(shape, np.inf), np.full(shape, UNROUTABLE, dtype=np.int64)
        rows = max(1, _CELLS // max(1, len(self.points)))
        for start in range(0, len(sources), rows):
            block = slice(start, start + rows)
            found = dijkstra(self.weights, indices=sources[block])[:, targets]
            reached = np.isfinite(found)
            whole = found[reached].astype(np.int64)
            duration_s[block][reached] = whole // _METRES / _UNITS_A_SECOND
            length_m[block][reached] = whole % _METRES
        return duration_s, length_m


def _there_and_back(graph: csr_array[np.float64]) -> _Integers:
    count, label = connected_components(graph, directed=True, connection="strong")
    sizes = np.bincount(label, minlength=count)
    enough = max(2, min(_SMALLEST_COMPONENT, int(sizes.max(initial=0))))
    return np.flatnonzero(sizes[label] >= enough)
