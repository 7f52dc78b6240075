"""What a sheet consists of: columns, rows, tones. Nothing here knows a file format."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; decides alignment and number format."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    """Wrapped over several lines."""
    CODE = "code"
    """Ids and other short words, centred."""
    COUNT = "count"
    DECIMAL = "decimal"
    """One decimal place."""
    NUMBER = "number"
    """A whole number, or else two decimal places."""
    SHARE = "share"
    """A share between 0 and 1, shown in per cent."""
    FINE_SHARE = "fine_share"
    """A share shown in per cent with three decimal places, for gaps."""
    CHANGE = "change"
    """A difference with its sign, as a whole number."""
    FINE_CHANGE = "fine_change"
    """The same with one decimal place."""
    PROBABILITY = "probability"
    DEGREES = "degrees"
    CLOCK = "clock"
    """Local wall-clock time."""


class Tone(StrEnum):
    """What a cell wants to say beside its value."""

    PLAIN = "plain"
    GOOD = "good"
    AMBER = "amber"
    RED = "red"
    MUTED = "muted"
    STRONG = "strong"


Value = str | int | float | datetime | time | None


@dataclass(frozen=True)
class Toned:
    """A value with a tone, and a kind where it differs from its column's."""

    value: Value
    tone: Tone = Tone.PLAIN
    kind: Kind | None = None


Cell = Value | Toned


@dataclass(frozen=True)
class Column:
    """A column. ``title`` carries the unit; ``width`` is in characters."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Table:
    """Rows under columns.

    Parameters
    ----------
    columns, rows
        Every row has one cell for each column.
    groups
        Number of the group of each row, rising; neighbouring groups are shaded differently, or
        get a page each. Empty if the rows belong together.
    empty
        What to say instead of rows when there are none.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    groups: tuple[int, ...] = ()
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Sheet:
    """One sheet with one table, whose header is frozen and filterable.

    Parameters
    ----------
    name
        Of the tab, at most 31 characters.
    title
        Heading on the sheet and on every printed page.
    intro
        One or two sentences under the heading: what this is, and what its colours mean.
    table
        The table.
    key_columns
        So many columns on the left stay in sight while scrolling.
    page_per_group
        Every group is printed on pages of its own.
    pages_wide
        Pages side by side in print, for tables of very many columns; the key columns stand on
        each of them.
    """

    name: str
    title: str
    intro: str
    table: Table
    key_columns: int = 1
    page_per_group: bool = False
    pages_wide: int = 1
