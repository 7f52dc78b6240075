"""Travel times from a table that somebody measured or computed: a CSV file.

Two forms, told apart by the header (comma, semicolon or tab; UTF-8, with or without BOM):

- ``from_lat,from_lon,to_lat,to_lon,duration_s[,distance_m]``: points in degrees;
- ``from,to,duration_s[,distance_m]``: ids of places. Their points come from the mission, or from a
  file beside it called ``<name>_points.csv`` with the columns ``id,lat,lon``.

A row counts in its own direction only. A pair without a row, or with an empty ``duration_s``, has
no way. Times are taken as they stand, whatever the season.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from geodata.travel.access import access_legs, same_point
from geodata.travel.errors import TravelError
from geodata.travel.great_circle import EARTH_RADIUS_M, great_circle_m, unit_vectors
from geodata.travel.points import checked_pairs, checked_points
from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix

TOLERANCE_M = 250.0
"""A place counts as the nearest point of the file up to this great-circle distance."""
ROAD_FACTOR = 1.3
"""Distance where the file has none: great circle times this factor."""

_BY_POINT = ("from_lat", "from_lon", "to_lat", "to_lon")
_BY_ID = ("from", "to")
_REMEDY = (
    "Give the columns from_lat,from_lon,to_lat,to_lon,duration_s[,distance_m], or "
    "from,to,duration_s[,distance_m] with a file <name>_points.csv of id,lat,lon beside it."
)
_MAX_VALUE = 10**8
_SHOWN = 20

Place = tuple[float, float]
_Integers = npt.NDArray[np.int64]


class MatrixFile:
    """Travel between the points of a table.

    Parameters
    ----------
    points
        The known points in degrees, shape (k, 2), all different.
    pairs
        (index of origin, index of destination) to (seconds, metres); both not negative.
    source
        Where the table comes from, for the provenance.
    tolerance_m
        A place counts as the nearest known point up to this many metres.
    """

    def __init__(
        self,
        points: Points,
        pairs: Mapping[tuple[int, int], tuple[int, int]],
        source: str,
        tolerance_m: float = TOLERANCE_M,
    ) -> None:
        self._points = checked_points(points)
        self._source = source
        self._tolerance_m = tolerance_m
        self._tree = cKDTree(unit_vectors(self._points))
        table = sorted((a * len(self._points) + b, *value) for (a, b), value in pairs.items())
        columns = np.array(table, dtype=np.int64).reshape(-1, 3).T
        self._key, self._duration_s, self._distance_m = columns

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
            ``TR-FILE``: there is no such file or it is not text in UTF-8. ``TR-MATRIX``: columns
            are missing, or rows are wrong; ``problems`` names every one of them by its row.
        """
        header, rows = _table(path)
        if set(_BY_POINT) <= set(header):
            reader = _Reader(path.name, None)
        elif set(_BY_ID) <= set(header):
            beside = path.with_name(f"{path.stem}_points.csv")
            reader = _Reader(path.name, _points_file(beside) if beside.is_file() else places or {})
        else:
            raise TravelError("TR-MATRIX", f"'{path.name}' has the columns {header}", _REMEDY)
        if "duration_s" not in header:
            raise TravelError("TR-MATRIX", f"'{path.name}' has no column duration_s", _REMEDY)
        for number, row in rows:
            reader.take(number, row)
        points, pairs = reader.finish()
        return cls(points, pairs, f"{path.name} ({len(points)} points)", tolerance_m)

    @property
    def provenance(self) -> str:
        """One line for people: file, size, tolerance."""
        return (
            f"matrix file {self._source}, {len(self._key)} pairs taken as they stand; places within "
            f"{self._tolerance_m:g} m of a point; distance = great circle x {ROAD_FACTOR:g} where "
            f"the file has none"
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


class _Reader:
    """Collects points, pairs and problems row by row."""

    def __init__(self, name: str, places: Mapping[str, Place] | None) -> None:
        self._name = name
        self._places = places
        self._index: dict[Place, int] = {}
        self._pairs: dict[tuple[int, int], tuple[int, int]] = {}
        self._first_row: dict[tuple[int, int], int] = {}
        self.problems: list[str] = []

    def take(self, number: int, row: Mapping[str, str]) -> None:
        """Take row ``number`` (counted as a spreadsheet does), or note what is wrong with it."""
        before = len(self.problems)
        ends = [self._place(number, row, side) for side in ("from", "to")]
        duration_s = self._amount(number, row, "duration_s")
        distance_m = self._amount(number, row, "distance_m")
        start, end = ends
        if len(self.problems) > before or start is None or end is None:
            return
        a, b = (self._index.setdefault(place, len(self._index)) for place in (start, end))
        if duration_s is None:  # an empty time says that there is no way
            return
        if distance_m is None:
            metres = great_circle_m(np.array([start]), np.array([end])) * ROAD_FACTOR
            distance_m = int(np.rint(metres[0]))
        known = self._pairs.setdefault((a, b), (duration_s, distance_m))
        first = self._first_row.setdefault((a, b), number)
        if known != (duration_s, distance_m):
            self.problems.append(
                f"row {number}: {duration_s} s, {distance_m} m contradicts row {first}: "
                f"{known[0]} s, {known[1]} m for the same pair"
            )

    def finish(self) -> tuple[Points, dict[tuple[int, int], tuple[int, int]]]:
        """Return points and pairs, or raise with every problem."""
        _raise(self._name, self.problems)
        if not self._index:
            raise TravelError("TR-MATRIX", f"'{self._name}' holds no row", _REMEDY)
        return checked_points(list(self._index)), self._pairs

    def _place(self, number: int, row: Mapping[str, str], side: str) -> Place | None:
        if self._places is None:
            return _point(number, row, f"{side}_lat", f"{side}_lon", self.problems)
        name = row[side]
        if name not in self._places:
            self.problems.append(f"row {number}, column {side}: no place has the id '{name}'")
            return None
        return self._places[name]

    def _amount(self, number: int, row: Mapping[str, str], column: str) -> int | None:
        text = row.get(column, "")
        if not text:
            return None
        value = _number(text)
        if value is None or not 0 <= value <= _MAX_VALUE:
            self.problems.append(
                f"row {number}, column {column}: expected a number from 0 to {_MAX_VALUE}, "
                f"got '{text}'"
            )
            return None
        return int(np.ceil(value - 1e-6)) if column == "duration_s" else int(np.rint(value))


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise TravelError("TR-FILE", f"there is no travel file '{path.name}'", _REMEDY) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TravelError(
            "TR-FILE", f"'{path.name}' cannot be read as UTF-8 text: {error}", _REMEDY
        ) from error
    first, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(text.splitlines(), delimiter=delimiter)
    header = [name.strip().lower() for name in next(lines, [])]

    def rows() -> Iterator[tuple[int, dict[str, str]]]:
        for number, values in enumerate(lines, start=2):
            cells = [value.strip() for value in values]
            if any(cells):
                filled = cells + [""] * (len(header) - len(cells))
                yield number, dict(zip(header, filled, strict=False))

    return header, rows()


def _points_file(path: Path) -> dict[str, Place]:
    header, rows = _table(path)
    if not {"id", "lat", "lon"} <= set(header):
        raise TravelError(
            "TR-MATRIX", f"'{path.name}' has the columns {header}", "Give the columns id,lat,lon."
        )
    places: dict[str, Place] = {}
    problems: list[str] = []
    for number, row in rows:
        place = _point(number, row, "lat", "lon", problems)
        if place is not None and places.setdefault(row["id"], place) != place:
            problems.append(f"row {number}: the id '{row['id']}' has another point further up")
    _raise(path.name, problems)
    return places


def _point(
    number: int, row: Mapping[str, str], lat_column: str, lon_column: str, problems: list[str]
) -> Place | None:
    values = []
    for column, limit in ((lat_column, 90.0), (lon_column, 180.0)):
        value = _number(row[column])
        if value is None or abs(value) > limit:
            problems.append(
                f"row {number}, column {column}: expected degrees from -{limit:g} to {limit:g}, "
                f"got '{row[column]}'"
            )
        else:
            values.append(value)
    return (values[0], values[1]) if len(values) == 2 else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _raise(name: str, problems: list[str]) -> None:
    if problems:
        shown = problems[:_SHOWN]
        if len(problems) > _SHOWN:
            shown.append(f"… and {len(problems) - _SHOWN} more")
        raise TravelError(
            "TR-MATRIX",
            f"'{name}' has {len(problems)} problem(s)",
            "Correct these rows; leave duration_s empty where there is no way.",
            shown,
        )
