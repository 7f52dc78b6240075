"""A provider that asks no question twice: for servers and big road networks."""

from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from geodata.travel.points import checked_pairs, checked_points
from geodata.travel.provider import Points, TravelMatrix, TravelProvider

MAX_CELLS = 20_000_000
"""Cells kept by default, 16 bytes each; the oldest matrices are forgotten first."""

_Index = dict[tuple[float, float], int]


class Remembered:
    """Keeps the matrices of another provider in memory, and answers legs from them.

    Parameters
    ----------
    provider
        Who is asked what is not known yet.
    max_cells
        How many cells are kept; the least recently used matrices go first.
    """

    def __init__(self, provider: TravelProvider, max_cells: int = MAX_CELLS) -> None:
        self._provider = provider
        self._max_cells = max_cells
        self._known: OrderedDict[tuple[bytes, bytes], TravelMatrix] = OrderedDict()
        self._index: dict[bytes, _Index] = {}

    @property
    def provenance(self) -> str:
        """The other provider's line."""
        return self._provider.provenance

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from every origin to every destination, see the other provider.

        Raises
        ------
        ValueError
            Expected points on the globe.
        """
        starts = checked_points(origins, "origins")
        ends = checked_points(destinations, "destinations")
        key = (starts.tobytes(), ends.tobytes())
        if key not in self._known:
            self._known[key] = self._provider.matrix(starts, ends)
            self._index[key[0]], self._index[key[1]] = _index(starts), _index(ends)
        self._known.move_to_end(key)
        known = self._known[key]
        # Copies: whoever gets a matrix may change it.
        answer = TravelMatrix(known.duration_s.copy(), known.distance_m.copy())
        self._forget()
        return answer

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination, as arrays of shape (n,).

        Raises
        ------
        ValueError
            Expected as many origins as destinations, all on the globe.
        """
        starts, ends = checked_pairs(origins, destinations)
        duration_s = np.zeros(len(starts), dtype=np.int64)
        distance_m = np.zeros_like(duration_s)
        open_legs = np.ones(len(starts), dtype=bool)
        for (from_key, to_key), known in reversed(self._known.items()):
            if not open_legs.any():
                break
            legs = np.flatnonzero(open_legs)
            row = _positions(self._index[from_key], starts[legs])
            column = _positions(self._index[to_key], ends[legs])
            found = (row >= 0) & (column >= 0)
            duration_s[legs[found]] = known.duration_s[row[found], column[found]]
            distance_m[legs[found]] = known.distance_m[row[found], column[found]]
            open_legs[legs[found]] = False
        if open_legs.any():
            asked = self._provider.legs(starts[open_legs], ends[open_legs])
            duration_s[open_legs] = asked.duration_s
            distance_m[open_legs] = asked.distance_m
        return TravelMatrix(duration_s, distance_m)

    def _forget(self) -> None:
        cells = sum(matrix.duration_s.size for matrix in self._known.values())
        while cells > self._max_cells:
            _, oldest = self._known.popitem(last=False)
            cells -= oldest.duration_s.size
        used = {part for key in self._known for part in key}
        self._index = {part: index for part, index in self._index.items() if part in used}


def _index(points: Points) -> _Index:
    return {(lat, lon): i for i, (lat, lon) in enumerate(points.tolist())}


def _positions(index: _Index, points: Points) -> npt.NDArray[np.int64]:
    found = [index.get((lat, lon), -1) for lat, lon in points.tolist()]
    return np.array(found, dtype=np.int64)
