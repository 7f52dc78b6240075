"""Reads a table of travel times from CSV, and tells all its problems at once."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geodata.travel.errors import TravelError
from geodata.travel.great_circle import great_circle_m
from geodata.travel.points import checked_points
from geodata.travel.provider import Points

ROAD_FACTOR = 1.3
"""Distance where the table has none: great circle times this factor."""

_BY_POINT = ("from_lat", "from_lon", "to_lat", "to_lon")
_BY_ID = ("from", "to")
_COLUMNS = (
    "Give the columns from_lat,from_lon,to_lat,to_lon,duration_s[,distance_m], or "
    "from,to,duration_s[,distance_m] with a file <name>_points.csv of id,lat,lon beside it."
)
_MAX_VALUE = 10**8
_NOISE_S = 1e-6

Place = tuple[float, float]
_Row = tuple[int, dict[str, str]]
_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MatrixTable:
    """A table of travel times.

    Parameters
    ----------
    points
        The known points in degrees, shape (k, 2), all different.
    origin, destination
        Indices of points, shape (r,); no pair twice.
    duration_s, distance_m
        Seconds and metres of the pairs, shape (r,), not negative.
    """

    points: Points
    origin: _Integers
    destination: _Integers
    duration_s: _Integers
    distance_m: _Integers


def read_matrix_table(path: Path, places: Mapping[str, Place] | None = None) -> MatrixTable:
    """Read a table; see :mod:`geodata.travel.matrix_file` for its two forms.

    Parameters
    ----------
    path
        The CSV file.
    places
        Latitude and longitude in degrees by id, for a table by ids without a points file.

    Raises
    ------
    TravelError
        ``TR-FILE``: there is no such file, or it is not text in UTF-8. ``TR-MATRIX``: columns are
        missing, or rows are wrong; ``problems`` names every one of them by its row.
    """
    header, rows = _read_csv(path)
    if set(_BY_POINT) <= set(header):
        known = None
    elif set(_BY_ID) <= set(header):
        beside = path.with_name(f"{path.stem}_points.csv")
        known = _read_points(beside) if beside.is_file() else places or {}
    else:
        raise TravelError("TR-MATRIX", f"'{path.name}' has the columns {header}", _COLUMNS)
    if "duration_s" not in header:
        raise TravelError("TR-MATRIX", f"'{path.name}' has no column duration_s", _COLUMNS)
    reader = _Reader(known)
    for number, row in rows:
        reader.take(number, row)
    return reader.finish(path.name)


class _Reader:
    """Collects points, pairs and problems row by row."""

    def __init__(self, places: Mapping[str, Place] | None) -> None:
        self._places = places
        self._index: dict[Place, int] = {}
        self._at: dict[tuple[int, int], int] = {}
        self._values: list[tuple[int, int, int]] = []  # seconds, metres or -1, row
        self._problems: list[str] = []

    def take(self, number: int, row: Mapping[str, str]) -> None:
        """Take row ``number`` (counted as a spreadsheet does), or note what is wrong with it."""
        before = len(self._problems)
        start, end = (self._place(number, row, side) for side in ("from", "to"))
        duration_s = self._amount(number, row, "duration_s")
        distance_m = self._amount(number, row, "distance_m")
        if len(self._problems) > before or start is None or end is None:
            return
        pair = tuple(self._index.setdefault(place, len(self._index)) for place in (start, end))
        if duration_s is None:  # an empty time says that there is no way
            return
        seconds = math.ceil(duration_s - _NOISE_S)
        metres = -1 if distance_m is None else round(distance_m)
        at = self._at.setdefault((pair[0], pair[1]), len(self._values))
        if at == len(self._values):
            self._values.append((seconds, metres, number))
        elif self._values[at][:2] != (seconds, metres):
            self._problems.append(
                f"row {number}: the same pair has another time or distance in row "
                f"{self._values[at][2]}"
            )

    def finish(self, name: str) -> MatrixTable:
        """Return the table, or raise with every problem."""
        _raise(name, self._problems)
        if not self._index:
            raise TravelError("TR-MATRIX", f"'{name}' holds no row", _COLUMNS)
        points = checked_points(list(self._index))
        origin, destination = np.array(list(self._at), dtype=np.int64).reshape(-1, 2).T
        duration_s, distance_m, _ = np.array(self._values, dtype=np.int64).reshape(-1, 3).T
        unknown = distance_m < 0
        straight_m = great_circle_m(points[origin[unknown]], points[destination[unknown]])
        distance_m = distance_m.copy()
        distance_m[unknown] = np.rint(straight_m * ROAD_FACTOR)
        return MatrixTable(points, origin, destination, duration_s, distance_m)

    def _place(self, number: int, row: Mapping[str, str], side: str) -> Place | None:
        if self._places is None:
            return _point(number, row, (f"{side}_lat", f"{side}_lon"), self._problems)
        place = self._places.get(row[side])
        if place is None:
            self._problems.append(f"row {number}, column {side}: no place has the id '{row[side]}'")
        return place

    def _amount(self, number: int, row: Mapping[str, str], column: str) -> float | None:
        text = row.get(column, "")
        if not text:
            return None
        value = _number(text)
        if value is None or not 0 <= value <= _MAX_VALUE:
            self._problems.append(
                f"row {number}, column {column}: expected a number from 0 to {_MAX_VALUE}, "
                f"got '{text}'"
            )
        return value


def _read_csv(path: Path) -> tuple[list[str], Iterator[_Row]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise TravelError("TR-FILE", f"there is no travel file '{path.name}'", _COLUMNS) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TravelError(
            "TR-FILE", f"'{path.name}' cannot be read as UTF-8 text: {error}", _COLUMNS
        ) from error
    first, _, _ = text.partition("\n")
    lines = csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count))
    header = [name.strip().lower() for name in next(lines, [])]

    def rows() -> Iterator[_Row]:
        for number, values in enumerate(lines, start=2):
            cells = [value.strip() for value in values]
            if any(cells):
                filled = cells + [""] * (len(header) - len(cells))
                yield number, dict(zip(header, filled, strict=False))

    return header, rows()


def _read_points(path: Path) -> dict[str, Place]:
    header, rows = _read_csv(path)
    if not {"id", "lat", "lon"} <= set(header):
        raise TravelError(
            "TR-MATRIX", f"'{path.name}' has the columns {header}", "Give the columns id,lat,lon."
        )
    places: dict[str, Place] = {}
    problems: list[str] = []
    for number, row in rows:
        place = _point(number, row, ("lat", "lon"), problems)
        if place is not None and places.setdefault(row["id"], place) != place:
            problems.append(f"row {number}: the id '{row['id']}' has another point further up")
    _raise(path.name, problems)
    return places


def _point(
    number: int, row: Mapping[str, str], columns: tuple[str, str], problems: list[str]
) -> Place | None:
    values = []
    for column, limit in zip(columns, (90.0, 180.0), strict=True):
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
    return value if math.isfinite(value) else None


def _raise(name: str, problems: list[str]) -> None:
    if problems:
        raise TravelError(
            "TR-MATRIX",
            f"'{name}' has {len(problems)} problem(s)",
            "Correct these rows; leave duration_s empty where there is no way.",
            problems,
        )
