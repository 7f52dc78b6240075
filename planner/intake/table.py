"""A table as intake sees it: text columns, and the row of the file that each record stood in."""

from dataclasses import dataclass, field

from planner.domain.finding import Finding

Row = tuple[str, ...]
"""Cells of one row as trimmed text; an empty cell is ``""``."""


@dataclass(frozen=True)
class RawSheet:
    """Cells as they stand in a file, before anybody knows which row is the header.

    Parameters
    ----------
    rows
        All rows in order, blank ones included, so that ``rows[0]`` is row 1 of the file.
    file
        File name, and the sheet after ``#`` where there are several.
    findings
        What was noticed while reading (guessed encoding, other sheets).
    """

    rows: list[Row]
    file: str
    findings: tuple[Finding, ...] = ()


@dataclass
class Table:
    """A header and its records, by column.

    Parameters
    ----------
    header
        Distinct column names, as written in the file.
    columns
        One list of cells for each name, all of length ``len(row_numbers)``.
    row_numbers
        Row of each record in the file, counted from 1 as a spreadsheet does.
    file
        For messages.
    findings
        What was noticed while reading.
    """

    header: tuple[str, ...]
    columns: list[list[str]]
    row_numbers: list[int]
    file: str
    findings: list[Finding] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.row_numbers)

    def column(self, name: str) -> list[str]:
        """Return the cells of the column called ``name``."""
        return self.columns[self.header.index(name)]
