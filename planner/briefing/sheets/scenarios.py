"""Sheets "Scenarios" and "Columns": all figures, a row a scenario, and what each column means."""

from types import UnionType
from typing import get_args

from planner.briefing.reading import Compared
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.scenario.column import Column as PointColumn
from planner.scenario.point import COLUMNS, Point

_LONG = {"name": 34, "reason": 50, "remarks": 50, "isolated": 24, "closed_towns": 24}
_HASH, _PAGES = 16, 7
"""About a dozen columns on each printed page."""


def scenarios_sheet(compared: Compared) -> Sheet:
    """Return one row for each scenario with every column of a point."""
    return Sheet(
        name="Scenarios",
        title="All figures",
        intro=(
            "One row for each scenario, as asked, planned, expected, and how precise it is. "
            "Sheet Columns says what each column means; shares are in per cent."
        ),
        table=Table(
            tuple(_column(column) for column in COLUMNS),
            tuple(
                tuple(_cell(point, column.name) for column in COLUMNS) for point in compared.points
            ),
        ),
        pages_wide=_PAGES,
    )


def columns_sheet() -> Sheet:
    """Return what each column of the sheet of figures means."""
    return Sheet(
        name="Columns",
        title="What the columns mean",
        intro="Name in files and scripts, unit and meaning of each column of sheet Scenarios.",
        table=Table(
            (
                Column("Column", 34),
                Column("Title", 40),
                Column("Unit", 14, Kind.CODE),
                Column("Meaning", 80, Kind.LONG_TEXT),
            ),
            tuple((one.name, title_of(one), one.unit, one.meaning) for one in COLUMNS),
        ),
    )


def title_of(column: PointColumn) -> str:
    """Return the title of a column in words, with its unit."""
    if column.name == "name":
        return "Scenario"
    words = column.name.split("_")
    if words[-1] in {"h", "km", "min"} and len(words) > 1:
        words.pop()
    told = " ".join(_word(word) for word in words)
    unit = "" if column.unit in {"", "share"} else f" ({column.unit})"
    return told[:1].upper() + told[1:] + unit


def _word(word: str) -> str:
    spoken = {"sto": "STO", "stos": "STOs", "lto": "LTO", "p5": "P5", "p50": "P50", "p95": "P95"}
    return spoken.get(word, word)


def _column(column: PointColumn) -> Column:
    if column.name in _LONG:
        return Column(title_of(column), _LONG[column.name], Kind.LONG_TEXT)
    kind = _kind(column)
    return Column(title_of(column), 15 if kind is Kind.TEXT else 13, kind)


def _kind(column: PointColumn) -> Kind:
    annotation = Point.model_fields[column.name].annotation
    kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    if bool in kinds:
        return Kind.CODE
    if int in kinds:
        return Kind.COUNT
    if float in kinds:
        return Kind.SHARE if column.unit == "share" else Kind.NUMBER
    return Kind.TEXT


def _cell(point: Point, name: str) -> Cell:
    value = getattr(point, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "input_hash":
        return str(value)[:_HASH]
    if name == "status" and value == "refused":
        return Toned(value, Tone.AMBER)
    if name == "hard_findings" and value:
        return Toned(value, Tone.RED)
    return value if value is None or isinstance(value, int | float) else str(value)
