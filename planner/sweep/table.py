"""The points of a sweep as one tidy table: Parquet for programs, XLSX for people."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from planner.errors import PlannerError
from planner.export.atomic import write_bytes
from planner.scenario.point import COLUMNS, Point

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_SHEET_WIDTH = 16
_PLAIN: tuple[type[bool | float | str], ...] = (bool, int, float, str)


def rows_of(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Return the points as rows with all columns, in the order of the columns."""
    return [point.model_dump(mode="json") for point in points]


def write_parquet(points: Sequence[Point], path: Path) -> None:
    """Write a table with a row a point; unit and meaning stand in each column's metadata.

    Raises
    ------
    PlannerError
        ``SW-EXTRA`` without pyarrow, ``EX-WRITE``.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise PlannerError(
            "SW-EXTRA",
            "writing Parquet needs pyarrow, which is not installed",
            "Install mission-planner[sweep], or take the XLSX file.",
        ) from fault
    schema = pa.schema([_field(column.name, column.unit, column.meaning) for column in COLUMNS])
    table = pa.Table.from_pylist(rows_of(points), schema=schema)
    target = io.BytesIO()
    pq.write_table(table, target, compression="zstd")
    write_bytes(path, target.getvalue())


def _field(name: str, unit: str, meaning: str) -> "pa.Field[Any]":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kinds = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}
    return pa.field(name, kinds[_kind(name)], metadata={"unit": unit, "meaning": meaning})


def _kind(name: str) -> type[bool | float | str]:
    """Return the plain type of a column; empty cells are possible in all."""
    annotation = Point.model_fields[name].annotation
    if get_origin(annotation) is Literal:
        return str
    parts = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    for kind in _PLAIN:
        if kind in parts:
            return kind
    msg = f"column {name} has no plain type: {annotation}"  # pragma: no cover - a fault of ours
    raise AssertionError(msg)


def write_xlsx(points: Sequence[Point], path: Path) -> None:
    """Write the same table as a workbook; equal points give equal bytes. No cell is a formula.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy import

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": "Sweep of scenarios", "created": _EPOCH})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        grey = book.add_format({"font_color": "#666666", "italic": True})
        sheet = book.add_worksheet("Points")
        for number, column in enumerate(COLUMNS):
            sheet.write_string(0, number, column.name, bold)
            sheet.write_string(1, number, column.unit, grey)
        for row, values in enumerate(rows_of(points), start=2):
            for number, value in enumerate(values.values()):
                _write(sheet, row, number, value)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 0, 3 * _SHEET_WIDTH)
        sheet.set_column(1, len(COLUMNS) - 1, _SHEET_WIDTH)
        sheet.autofilter(1, 0, 1 + len(points), len(COLUMNS) - 1)
        about = book.add_worksheet("Columns")
        for number, title in enumerate(("column", "unit", "meaning")):
            about.write_string(0, number, title, bold)
        for row, column in enumerate(COLUMNS, start=1):
            for number, text in enumerate((column.name, column.unit, column.meaning)):
                about.write_string(row, number, text)
        about.set_column(0, 0, 2 * _SHEET_WIDTH)
        about.set_column(2, 2, 5 * _SHEET_WIDTH)
    write_bytes(path, target.getvalue())


def _write(sheet: Any, row: int, number: int, value: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, number, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, number, value)
    else:
        sheet.write_string(row, number, str(value))
