"""A sheet with one table, drawn: title, frozen and filterable header, rows, print setup."""

import textwrap

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.export.excel.cells import write_cell
from planner.export.excel.page import break_pages, set_up_page
from planner.export.excel.styles import Styles, alignment
from planner.export.heading import Headed
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Toned

HEADER_ROW = 3
"""Zero-based row of the column titles: heading, classification and intro stand above."""
_MAX_LINES = 30
"""A row of an .xlsx file is at most 409 points high."""
_MAX_BREAKS = 1_023
"""Page breaks that Excel allows on one sheet."""


def render(workbook: Workbook, styles: Styles, view: Headed, sheet: Sheet, digest: str) -> None:
    """Add ``sheet`` to the workbook."""
    page = workbook.add_worksheet(sheet.name)
    set_up_page(page, view, sheet.title, digest)
    columns, rows = sheet.table.columns, sheet.table.rows
    for index, column in enumerate(columns):
        page.set_column(index, index, column.width)
    page.set_row(0, 26)
    page.write_string(0, 0, sheet.title, styles.line("title"))
    page.write_string(1, 0, view.banner, styles.line("classified"))
    page.write_string(2, 0, sheet.intro, styles.line("intro"))
    page.set_row(HEADER_ROW, 13.5 * max(_lines(column) for column in columns) + 5)
    for index, column in enumerate(columns):
        style = styles.line("header", alignment(column.kind))
        page.write_string(HEADER_ROW, index, column.title, style)
    page.freeze_panes(HEADER_ROW + 1, sheet.key_columns)
    page.repeat_rows(HEADER_ROW)
    if sheet.pages_wide > 1:
        page.fit_to_pages(sheet.pages_wide, 0)
        page.repeat_columns(0, sheet.key_columns - 1)
    if not rows:
        page.write_string(HEADER_ROW + 1, 0, sheet.table.empty, styles.line("empty"))
        return
    last = HEADER_ROW + len(rows)
    page.autofilter(HEADER_ROW, 0, last, len(columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A{HEADER_ROW + 2}:XFD{last + 1}"})
    starts = _rows(page, styles, sheet)
    if sheet.page_per_group and len(starts) <= _MAX_BREAKS:
        break_pages(page, [column.width for column in columns], starts)


def _rows(page: Worksheet, styles: Styles, sheet: Sheet) -> list[int]:
    """Write the rows; return those (zero-based) that start a group, the very first left out."""
    groups = sheet.table.groups or (0,) * len(sheet.table.rows)
    columns = sheet.table.columns
    starts: list[int] = []
    before = None
    for row, (cells, group) in enumerate(
        zip(sheet.table.rows, groups, strict=True), start=HEADER_ROW + 1
    ):
        first = group != before
        if first and before is not None:
            starts.append(row)
        shaded = first if sheet.page_per_group else bool(group % 2)
        before = group
        lines = max(map(cell_lines, cells, columns))
        if lines > 1:
            page.set_row(row, 12 * lines + 3)
        for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            write_cell(page, styles, row, index, cell, column.kind, shaded=shaded, first=first)
    return starts


def cell_lines(cell: Cell, column: Column) -> int:
    """Return how many lines a wrapped cell needs: not every program finds that out itself.

    Letters beyond Latin are wider on average, so they count for more than one.
    """
    if column.kind is not Kind.LONG_TEXT:
        return 1
    value = cell.value if isinstance(cell, Toned) else cell
    if not isinstance(value, str) or len(value) * 2 < column.width:
        return 1
    wide = sum(letter > "\u024f" for letter in value) / len(value)
    room = max(4, int(column.width * (1.25 - 0.15 * wide)) - 1)
    return min(_MAX_LINES, sum(len(textwrap.wrap(line, room)) for line in value.splitlines()) or 1)


def _lines(column: Column) -> int:
    """Return how many lines the title needs; the filter button takes about three characters."""
    room = max(4, int(column.width) - (0 if column.kind is Kind.LONG_TEXT else 2))
    return max(1, len(textwrap.wrap(column.title, room, break_long_words=True)))
