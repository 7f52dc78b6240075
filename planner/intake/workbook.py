"""Workbooks: XLSX, XLSM, XLSB, ODS and old XLS through calamine, with caps on their size."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from planner.domain.finding import Finding, Severity
from planner.errors import PlannerError
from planner.intake.table import RawSheet, Row
from planner.intake.workbook_size import ZIP, Caps, check_workbook_size, too_large, unreadable

MAX_FILE_BYTES = 60_000_000
MAX_UNZIPPED_BYTES = 600_000_000
MAX_CELLS = 20_000_000
EXPLANATION = "Explanation"
"""Name of a sheet that explains a template and is never read as a list."""
_OLE = b"\xd0\xcf\x11\xe0"

RawCell = str | int | float | bool | datetime | date | time | timedelta
"""A cell as calamine gives it; an empty one is an empty text."""


def is_workbook(path: Path) -> bool:
    """Tell by its first bytes whether a file is a workbook, whatever its name ends in."""
    with path.open("rb") as stream:
        return stream.read(4) in (_OLE, ZIP)


def _check_size(path: Path) -> None:
    with path.open("rb") as stream:
        check_workbook_size(stream, path.name, Caps(MAX_FILE_BYTES, MAX_UNZIPPED_BYTES, MAX_CELLS))


def cell_text(value: Any) -> str:  # noqa: ANN401, PLR0911 - calamine gives eight types
    """Return a cell as text; whole numbers without ``.0``, dates as ISO 8601."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _clock(value)
    return str(value)


def _clock(length: timedelta) -> str:
    """Return a duration as the time of day that a spreadsheet meant."""
    seconds = int(length.total_seconds()) % 86_400
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat()


def _sheets(path: Path) -> list[tuple[str, list[Row]]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only workbooks need it

    sheets: list[tuple[str, list[Row]]] = []
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                what = f"sheet {name} has {sheet.total_height} rows x {sheet.total_width} columns"
                raise too_large(path.name, f"{what}, at most {MAX_CELLS:,} cells are read")
            data = sheet.to_python(skip_empty_area=False)
            sheets.append((name, [tuple(cell_text(cell) for cell in row) for row in data]))
    return sheets


def read_cells(
    content: bytes, name: str, caps: Caps, wanted: Callable[[str], bool]
) -> dict[str, list[list[RawCell]] | None]:
    """Read the sheets of a workbook as they are, from its first row and column on.

    Parameters
    ----------
    content
        The file.
    name
        What messages call it.
    wanted
        Tells by its name whether a sheet is read; the others are only named.

    Returns
    -------
    dict
        Rows of cells by the name of the sheet, in the order of the workbook; None where it was not
        wanted.

    Raises
    ------
    PlannerError
        ``IN-SIZE`` above the caps, ``IN-WORKBOOK`` if it cannot be read.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only workbooks need it

    stream = io.BytesIO(content)
    check_workbook_size(stream, name, caps)
    with _errors_told(name), CalamineWorkbook.from_filelike(stream) as book:
        return {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if wanted(sheet)
            else None
            for sheet in book.sheet_names
        }


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook that can hold a list, in its order.

    Raises
    ------
    PlannerError
        ``IN-SIZE`` above the caps, ``IN-WORKBOOK`` if it cannot be read.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only workbooks need it

    _check_size(path)
    with _errors_told(path.name), CalamineWorkbook.from_path(path) as book:
        return tuple(name for name in book.sheet_names if name != EXPLANATION)


@contextmanager
def _errors_told(name: str) -> Iterator[None]:
    """Turn whatever calamine raises on a broken workbook into an error with a remedy."""
    try:
        yield
    except PlannerError:
        raise
    except Exception as error:
        raise unreadable(name, error) from error
    except BaseException as error:
        # A Rust panic on a broken workbook arrives as a BaseException of calamine's binding.
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable(name, error) from error


def read_workbook(path: Path, sheet: str | None = None) -> RawSheet:
    """Read one sheet of a workbook: the one named, or the one with the most filled rows.

    Raises
    ------
    PlannerError
        ``IN-SIZE`` above the caps, ``IN-WORKBOOK`` if it cannot be read, ``IN-SHEET`` if the
        named sheet does not exist.
    """
    _check_size(path)
    with _errors_told(path.name):
        sheets = _sheets(path)
    names = [name for name, _ in sheets]
    if sheet is not None and sheet not in names:
        raise PlannerError(
            "IN-SHEET",
            f"{path.name} has no sheet {sheet!r}",
            f"its sheets are: {', '.join(names)}",
        )
    if not sheets:
        return RawSheet(rows=[], file=path.name)
    filled = [
        -1 if name == EXPLANATION else sum(1 for row in rows if any(row)) for name, rows in sheets
    ]
    chosen = names.index(sheet) if sheet is not None else filled.index(max(filled))
    others = [name for i, name in enumerate(names) if i != chosen and filled[i] > 0]
    findings: tuple[Finding, ...] = ()
    if others and sheet is None:
        findings = (
            Finding(
                code="IN-SHEET",
                severity=Severity.INFO,
                subject=path.name,
                message=f"only the fullest sheet, {names[chosen]!r}, was read",
                value=", ".join(others),
                remedy="import other sheets with --sheet NAME",
                file=path.name,
            ),
        )
    return RawSheet(rows=sheets[chosen][1], file=path.name, findings=findings)
