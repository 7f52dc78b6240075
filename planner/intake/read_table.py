"""Any list that people keep: CSV in any dress, XLSX, ODS, XLS."""

from collections.abc import Callable
from pathlib import Path

from planner.errors import PlannerError
from planner.intake.header import to_table
from planner.intake.table import Table
from planner.intake.text_file import read_text
from planner.intake.workbook import is_workbook, read_workbook


def read_table(
    path: Path,
    *,
    known: Callable[[str], bool] = lambda _: False,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a list into columns of text.

    Parameters
    ----------
    path
        The file; its first bytes say whether it is a workbook, not its name.
    known
        Tells whether a cell is a column name that intake understands; helps to find the header.
    encoding
        Encoding of a text file, or None: found out.
    sheet
        Sheet of a workbook, or None: the fullest.

    Raises
    ------
    PlannerError
        If it is missing, too large, no table, or has no header.
    """
    if not path.is_file():
        raise PlannerError("IN-FILE", f"there is no file {path}", "check the name and the folder")
    try:
        workbook = is_workbook(path)
        raw = read_workbook(path, sheet) if workbook else read_text(path, encoding)
    except OSError as error:
        raise PlannerError(
            "IN-FILE", f"{path} cannot be read: {error.strerror}", "check its permissions"
        ) from error
    return to_table(raw, known)
