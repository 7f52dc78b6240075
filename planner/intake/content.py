"""What a column holds, judged by a sample of its cells, whatever it is called."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from planner.intake.coordinate_text import degrees, pair
from planner.intake.figures import calendar_date, clock_time, truth, whole_number
from planner.intake.states import find_state
from planner.intake.words import folded, value_words

_SAMPLE = 2_000
_LANGUAGE = re.compile(r"\b[a-z]{2}\s*[:(-]\s*(a1|a2|b1|b2|c1|c2|native)\b", re.IGNORECASE)


class Content:
    """A sample of a column's filled cells, spread over the whole list.

    Parameters
    ----------
    cells
        All cells of the column.
    """

    def __init__(self, cells: Sequence[str]) -> None:
        self.records = len(cells)
        step = max(1, len(cells) // _SAMPLE)
        self.filled = [cell for cell in cells[::step] if cell]
        self.share_filled = len(self.filled) / max(1, len(cells[::step]))

    def share(self, test: Callable[[str], object]) -> float:
        """Return the share of filled cells for which ``test`` is true, 0 to 1."""
        return sum(bool(test(cell)) for cell in self.filled) / max(1, len(self.filled))

    @cached_property
    def distinct(self) -> int:
        """Number of different values in the sample."""
        return len(set(self.filled))

    @cached_property
    def unique(self) -> float:
        """Share of different values among the filled cells."""
        return self.distinct / max(1, len(self.filled))

    @cached_property
    def wordy(self) -> float:
        """Share of cells with letters."""
        return self.share(lambda cell: any(letter.isalpha() for letter in cell))

    @cached_property
    def codes(self) -> float:
        """Share of cells that could be codes: short, without spaces, with a digit."""
        return self.share(
            lambda cell: (
                len(cell) <= 30 and " " not in cell and any(letter.isdigit() for letter in cell)
            )
        )

    @cached_property
    def numbers(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Cells as degrees or plain numbers, NaN where they are none."""
        return np.array([degrees(cell) for cell in self.filled], dtype=np.float64)

    def within(self, limit: float) -> float:
        """Return the share of cells that are numbers between ``-limit`` and ``limit``."""
        if not self.filled:
            return 0.0
        return float((np.abs(self.numbers) <= limit).mean())

    @cached_property
    def fractions(self) -> float:
        """Share of cells that are numbers with two or more decimals."""
        return self.share(lambda cell: re.fullmatch(r"[+-]?\d{1,3}[.,]\d{2,}", cell))

    @cached_property
    def whole(self) -> float:
        """Share of cells that are whole numbers, 0 and more."""
        return self.share(lambda cell: (whole_number(cell) or 0) >= 0 and _is_whole(cell))


def _is_whole(cell: str) -> bool:
    return whole_number(cell) is not None


def _is_day(cell: str) -> bool:
    known = calendar_date(cell) or calendar_date(cell, month_first=True)
    return known is not None or _is_whole(cell)


def _in_words(*groups: str) -> Callable[[str], bool]:
    words = frozenset().union(*(value_words(group) for group in groups))
    return lambda cell: folded(cell) in words


def _identity(column: Content) -> float:
    if column.fractions > 0.5 and column.unique > 0.5:
        return 0.0
    short = column.share(lambda cell: len(cell) <= 60)
    return short * (0.4 + 0.6 * column.unique) * min(1.0, column.share_filled * 1.25)


def _place(column: Content) -> float:
    if column.fractions > 0.5:
        return 0.0
    groups = column.distinct < max(3, 0.7 * len(column.filled)) or len(column.filled) < 20
    return 1.0 if groups else 0.3


def _named_place(column: Content) -> float:
    return _place(column) * (1.0 if column.wordy > 0.5 else 0.1)


def _figures(column: Content) -> float:
    return 1.0 if column.whole > 0.3 else 0.0


def _count(column: Content) -> float:
    small = column.share(lambda cell: 0 <= (whole_number(cell) or 0) <= 100)
    return 1.0 if column.whole > 0.8 and small > 0.95 else 0.0


def _truth(column: Content) -> float:
    return 1.0 if column.share(lambda cell: truth(cell) is not None) > 0.8 else 0.1


def _few(column: Content, limit: int) -> float:
    return 1.0 if column.distinct <= limit else 0.0


def _all_of(test: Callable[[str], object]) -> Callable[[Content], float]:
    return lambda column: 1.0 if column.share(test) >= 0.6 else 0.0


FITS: dict[str, Callable[[Content], float]] = {
    "id": _identity,
    "number": lambda column: 1.0 if column.codes > 0.5 and column.fractions < 0.5 else 0.0,
    "name": lambda column: 0.2 + 0.8 * column.wordy,
    "district": _place,
    "district_name": _named_place,
    "region": _place,
    "region_name": _named_place,
    "locality": lambda column: 1.0 if column.wordy > 0.5 else 0.0,
    "lat": lambda column: 1.0 if column.within(180) > 0.5 else 0.0,
    "lon": lambda column: 1.0 if column.within(180) > 0.5 else 0.0,
    "coordinates": _all_of(lambda cell: not np.isnan(pair(cell)[0])),
    "voters": _figures,
    "population": _figures,
    "beds": _figures,
    "kind": lambda column: _few(column, 40),
    "settlement": lambda column: (
        1.0 if column.share(_in_words("urban", "rural", "yes", "no")) > 0.5 else 0.0
    ),
    "opens": _all_of(clock_time),
    "closes": _all_of(clock_time),
    "commission": _place,
    "count": _count,
    "abroad": _truth,
    "country": lambda column: 1.0 if column.wordy > 0.5 else 0.0,
    "level": lambda column: _few(column, 20),
    "role": _all_of(_in_words("lto", "sto")),
    "state": _all_of(find_state),
    "languages": lambda column: 1.0 if column.wordy > 0.5 else 0.0,
    "experience": lambda column: _few(column, 60),
    "gender": _all_of(_in_words("female", "male")),
    "available_from": _all_of(_is_day),
    "available_to": _all_of(_is_day),
    "accredited": _truth,
    "reserve": _truth,
    "restrictions": lambda column: 1.0 if column.wordy > 0.3 else 0.0,
    "region_id": _place,
}
"""How well a column's content fits a field, 0 (not at all) to 1."""

HINTS: dict[str, tuple[str, Callable[[Content], bool]]] = {
    "coordinates": ("stations", lambda column: FITS["coordinates"](column) > 0),
    "state": ("observers", lambda column: column.share(find_state) > 0.9 and column.wordy > 0.9),
    "gender": ("observers", lambda column: column.share(_in_words("female", "male")) > 0.9),
    "role": ("observers", lambda column: column.share(_in_words("lto", "sto")) > 0.9),
    "languages": ("observers", lambda column: column.share(_LANGUAGE.search) > 0.6),
}
"""Fields that a column's content alone can tell, by the kind of list."""
