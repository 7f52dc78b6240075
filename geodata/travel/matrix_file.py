"""Travel times from a table that somebody measured or computed: a CSV file.

Two forms, told apart by the header (comma, semicolon or tab; UTF-8, with or without BOM):

- ``from_lat,from_lon,to_lat,to_lon,duration_s[,distance_m]``: points in degrees;
- ``from,to,duration_s[,distance_m]``: ids of places. Their points come from the mission, or from a
  file beside it called ``<name>_points.csv`` with the columns ``id,lat,lon``.

A row counts in its own direction only. A pair without a row, or with an empty ``duration_s``, has
no way. Times are taken as they stand, whatever the season.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from geodata.travel.access import access_legs, same_point
from geodata.travel.great_circle import EARTH_RADIUS_M, unit_vectors
from geodata.travel.matrix_table import ROAD_FACTOR, MatrixTable, Place, read_matrix_table
from geodata.travel.points import checked_pairs, checked_points
from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix

TOLERANCE_M = 250.0
"""A place counts as the nearest point of the file up to this great-circle distance."""

_Integers = npt.NDArray[np.int64]


class MatrixFile:
    """Travel between the points of a table.

    Two places near the same point are joined off the road, see :mod:`geodata.travel.access`.

    Parameters
    ----------
    table
        The known points and pairs.
    source
        Where the table comes from, for the provenance.
    tolerance_m
        A place counts as the nearest known point up to this many metres.
    """

    def __init__(self, table: MatrixTable, source: str, tolerance_m: float = TOLERANCE_M) -> None:
        self._points = table.points
        self._source = source
        self._tolerance_m = tolerance_m
        self._tree = cKDTree(unit_vectors(table.points))
        key = table.origin * len(table.points) + table.destination
        order = np.argsort(key)
        self._key = key[order]
        self._duration_s, self._distance_m = table.duration_s[order], table.distance_m[order]

    @classmethod
    def read(
        cls,
        path: Path,
        places: Mapping[str, Place] | None = None,
        tolerance_m: float = TOLERANCE_M,
    ) -> "MatrixFile":
        """Read a table, with all its problems told at once.

        Parameters
        ----------
        path
            The CSV file.
        places
            Latitude and longitude in degrees by id, for a table by ids without a points file.
        tolerance_m
            See the class.

        Raises
        ------
        TravelError
            ``TR-FILE``: there is no such file, or it is not text in UTF-8. ``TR-MATRIX``: columns
            are missing, or rows are wrong; ``problems`` names every one of them by its row.
        """
        table = read_matrix_table(path, places)
        return cls(table, f"{path.name} ({len(table.points)} points)", tolerance_m)

    @property
    def provenance(self) -> str:
        """One line for people: file, size, tolerance."""
        return (
            f"matrix file {self._source}, {len(self._key)} pairs taken as they stand; "
            f"places within {self._tolerance_m:g} m of a point; distance = great circle x "
            f"{ROAD_FACTOR:g} where the file has none"
        )

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from every origin to every destination.

        Parameters
        ----------
        origins, destinations
            Arrays of shape (n, 2) and (m, 2) in degrees (latitude, longitude).

        Returns
        -------
        TravelMatrix
            Shape (n, m); ``UNROUTABLE`` where the table has no row, or a place is near none of its
            points.

        Raises
        ------
        ValueError
            Expected points on the globe.
        """
        starts = checked_points(origins, "origins")
        ends = checked_points(destinations, "destinations")
        row, column = self._index(starts), self._index(ends)
        shape = (len(starts), len(ends))
        found = self._look_up(
            np.broadcast_to(row[:, None], shape).reshape(-1),
            np.broadcast_to(column[None, :], shape).reshape(-1),
        )
        answer = TravelMatrix(found.duration_s.reshape(shape), found.distance_m.reshape(shape))
        near = np.nonzero((row[:, None] == column[None, :]) & (row[:, None] >= 0))
        inside = access_legs(starts[near[0]], ends[near[1]])
        answer.duration_s[near], answer.distance_m[near] = inside.duration_s, inside.distance_m
        same = same_point(starts, ends)
        answer.duration_s[same] = answer.distance_m[same] = 0
        return answer

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination, as arrays of shape (n,).

        Raises
        ------
        ValueError
            Expected as many origins as destinations, all on the globe.
        """
        starts, ends = checked_pairs(origins, destinations)
        row, column = self._index(starts), self._index(ends)
        found = self._look_up(row, column)
        near = (row == column) & (row >= 0)
        inside = access_legs(starts[near], ends[near])
        found.duration_s[near], found.distance_m[near] = inside.duration_s, inside.distance_m
        same = (starts == ends).all(axis=1)
        found.duration_s[same] = found.distance_m[same] = 0
        return found

    def _index(self, points: Points) -> _Integers:
        """Return the nearest known point's index, -1 where none is near enough."""
        if not len(points) or not len(self._points):
            return np.full(len(points), -1, dtype=np.int64)
        chord, index = self._tree.query(unit_vectors(points))
        gap_m = 2.0 * EARTH_RADIUS_M * np.arcsin(np.minimum(chord / 2.0, 1.0))
        return np.where(gap_m <= self._tolerance_m, index, -1).astype(np.int64)

    def _look_up(self, row: _Integers, column: _Integers) -> TravelMatrix:
        duration_s = np.full(len(row), UNROUTABLE, dtype=np.int64)
        distance_m = duration_s.copy()
        if len(self._key):
            wanted = np.where((row < 0) | (column < 0), -1, row * len(self._points) + column)
            at = np.minimum(np.searchsorted(self._key, wanted), len(self._key) - 1)
            known = self._key[at] == wanted
            duration_s[known] = self._duration_s[at[known]]
            distance_m[known] = self._distance_m[at[known]]
        return TravelMatrix(duration_s, distance_m)
