"""One value into one cell: text stays text, whatever it begins with."""

from datetime import datetime, time

from xlsxwriter.worksheet import Worksheet

from planner.export.excel.styles import Look, Styles
from planner.export.sheets.table import Cell, Kind, Toned

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""Text that begins so could be taken for a formula by this or another spreadsheet program."""
_TEXT_LIMIT = 32_767
"""Characters in one cell of an .xlsx file."""


def write_cell(
    sheet: Worksheet,
    styles: Styles,
    row: int,
    column: int,
    cell: Cell,
    kind: Kind,
    *,
    shaded: bool = False,
    first: bool = False,
) -> None:
    """Write one cell. Text is always written as text, never as a formula, link or number."""
    toned = cell if isinstance(cell, Toned) else Toned(cell)
    value = toned.value
    kind = toned.kind or kind
    if kind is Kind.NUMBER and isinstance(value, (int, float)) and value == int(value):
        kind = Kind.COUNT
    quoted = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    style = styles.cell(Look(kind, toned.tone, shaded, first, quoted))
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:_TEXT_LIMIT], style)
    elif isinstance(value, (datetime, time)):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)
