"""The first sheet, drawn: verdict, blocks of figures, and the way to the other sheets."""

import math
import textwrap
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.export.excel.cells import write_cell
from planner.export.excel.page import set_up_page
from planner.export.excel.styles import Look, Styles, alignment
from planner.export.heading import Headed
from planner.export.sheets.summary import Block, Summary
from planner.export.sheets.table import Cell, Kind, Sheet, Toned


def render_front(
    workbook: Workbook,
    styles: Styles,
    view: Headed,
    summary: Summary,
    sheets: Sequence[Sheet],
    digest: str,
) -> None:
    """Add the Summary sheet, with links to ``sheets`` below its printed part."""
    page = workbook.add_worksheet("Summary")
    set_up_page(page, view, "Summary", digest, portrait=not summary.landscape)
    for index, width in enumerate(summary.widths):
        page.set_column(index, index, width)
    page.set_row(0, 28)
    page.write_string(0, 0, summary.title, styles.line("title"))
    page.write_string(1, 0, summary.subtitle, styles.line("subtitle"))
    page.write_string(2, 0, view.banner, styles.line("classified"))
    page.set_row(3, 15)
    verdict = styles.cell(Look(Kind.LONG_TEXT, summary.verdict.tone))
    page.merge_range(3, 0, 3, len(summary.widths) - 1, "", verdict)
    page.write_string(3, 0, str(summary.verdict.value), verdict)
    page.freeze_panes(3, 0)
    row = 5
    for block in summary.blocks:
        row = _block(page, styles, block, row, summary.widths) + 1
    page.print_area(0, 0, row - 2, len(summary.widths) - 1)
    _contents(page, styles, sheets, row)


def _block(page: Worksheet, styles: Styles, block: Block, row: int, widths: Sequence[float]) -> int:
    last = len(widths) - 1
    page.set_row(row, 20)
    page.write_string(row, 0, block.heading, styles.line("heading"))
    row += 1
    if block.header:
        kinds = _kinds(block, len(widths))
        lines = max(map(_title_lines, block.header, widths))
        if lines > 1:
            page.set_row(row, 13.5 * lines + 3)
        for index in range(last + 1):
            title = block.header[index] if index < len(block.header) else ""
            page.write_string(row, index, title, styles.line("header", alignment(kinds[index])))
        row += 1
    for cells in block.rows:
        for index, cell in enumerate(cells):
            write_cell(page, styles, row, index, cell, Kind.TEXT)
        if len(cells) <= last:
            _run_on(page, styles, row, widths, len(cells) - 1, cells[-1])
        row += 1
    return row


def _title_lines(title: str, width: float) -> int:
    return max(1, len(textwrap.wrap(title, max(4, int(width) - 1))))


def _kinds(block: Block, number: int) -> list[Kind]:
    """Return the kind of each column by the block's first row, so that titles stand over values."""
    cells = block.rows[0] if block.rows else ()
    kinds = [(cell.kind if isinstance(cell, Toned) else None) or Kind.TEXT for cell in cells]
    return kinds + [Kind.TEXT] * (number - len(kinds))


def _run_on(
    page: Worksheet, styles: Styles, row: int, widths: Sequence[float], column: int, cell: Cell
) -> None:
    """Let the last text of a row run on to the right edge, over as many lines as it needs."""
    last = len(widths) - 1
    toned = cell if isinstance(cell, Toned) else Toned(cell)
    if not isinstance(toned.value, str):
        for index in range(column + 1, last + 1):
            write_cell(page, styles, row, index, None, Kind.TEXT)
        return
    style = styles.cell(Look(Kind.LONG_TEXT, toned.tone))
    page.merge_range(row, column, row, last, "", style)
    write_cell(page, styles, row, column, cell, Kind.LONG_TEXT)
    lines = math.ceil(len(toned.value) / sum(widths[column:]))
    if lines > 1:
        page.set_row(row, 13.5 * lines + 2)


def _contents(page: Worksheet, styles: Styles, sheets: Sequence[Sheet], row: int) -> None:
    page.set_row(row, 20)
    page.write_string(row, 0, "Sheets", styles.line("heading"))
    for offset, sheet in enumerate(sheets, start=1):
        count = f"{len(sheet.table.rows):,} rows" if sheet.table.rows else sheet.table.empty
        link = f"internal:'{sheet.name}'!A1"
        page.write_url(row + offset, 0, link, styles.line("link"), sheet.title)
        page.write_string(row + offset, 1, count, styles.line("intro"))
