"""One sheet that came back, as rows by column title, wherever its header stands by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.finding import Finding, Severity
from planner.export.sheets.table import Sheet
from planner.intake.words import folded
from planner.intake.workbook import RawCell
from planner.returned.opening import Rows
from planner.returned.values import shown, text_of
from planner.rules.text import some

_HEADING_CELLS = 2
"""A line of heading above the header fills one cell; a person may have added a second."""


@dataclass(frozen=True)
class Row:
    """A row that came back: its number as the spreadsheet shows it, its cells by title.

    Cells of a column that was deleted are not there.
    """

    number: int
    cells: Mapping[str, RawCell]

    def text(self, title: str) -> str:
        """Return a cell as text; empty if its column is not there."""
        return text_of(self.cells.get(title, ""))


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet, and what its shape has to say."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    found: bool = True
    """Whether there is a header; without one there are no rows either."""


def remark(
    sheet: str,
    code: str,
    message: str,
    *,
    subject: str = "",
    change: tuple[str, str] = ("", ""),
    at: tuple[int | None, str] = (None, ""),
    remedy: str = "",
    severity: Severity = Severity.SOFT,
) -> Finding:
    """Return a finding on a returned sheet.

    Parameters
    ----------
    change
        What came back, and what was sent.
    at
        Row and column.
    """
    value, limit = change
    row, column = at
    return Finding(
        code=code,
        severity=severity,
        subject=subject or sheet,
        message=message,
        value=value,
        limit=limit,
        remedy=remedy,
        file=sheet,
        row=row,
        column=column,
    )


def read_grid(sheet: Sheet, rows: Rows, keys: Sequence[str], banner: str) -> Grid:
    """Find the header, then the rows.

    Rows and columns may have been inserted, deleted, moved and sorted: the header is the first row
    that holds the titles of the key columns, and columns are known by their title.

    Parameters
    ----------
    sheet
        What was sent out.
    rows
        What came back, from the first row of the sheet on.
    keys
        Titles without which the sheet cannot be read.
    banner
        The line under the title, which is no row.
    """
    at = _header(rows, keys)
    if at is None:
        finding = remark(
            sheet.name,
            "RW-COLUMN",
            f"Sheet {sheet.name} was not read: no row holds the titles {some(keys)}.",
            remedy="Restore the row of column titles.",
        )
        return Grid((), (finding,), found=False)
    places, findings = _columns(sheet, rows, at)
    sent = {sheet.title, banner, sheet.intro, sheet.table.empty, ""}
    sent = {text_of(line) for line in sent}
    found: list[Row] = []
    for number, row in enumerate(rows, start=1):
        filled = [cell for cell in row if cell not in ("", None)]
        if not filled or number == at + 1:
            continue
        if len(filled) <= _HEADING_CELLS and (
            number <= at or (len(filled) == 1 and text_of(filled[0]) in sent)
        ):
            findings += _headings(sheet, number, filled, sent)
            continue
        if row != rows[at]:
            found.append(Row(number, {title: row[place] for title, place in places.items()}))
    return Grid(tuple(found), tuple(findings))


def _header(rows: Rows, keys: Sequence[str]) -> int | None:
    for at, row in enumerate(rows):
        if all(key in row for key in keys):
            return at
    wanted = {folded(key) for key in keys}
    for at, row in enumerate(rows[:100]):
        if wanted <= {folded(cell) for cell in row if isinstance(cell, str)}:
            return at
    return None


def _columns(sheet: Sheet, rows: Rows, at: int) -> tuple[dict[str, int], list[Finding]]:
    """Return where each column stands, and what is missing, doubled or new."""
    titles = {folded(column.title): column.title for column in sheet.table.columns}
    places: dict[str, int] = {}
    strange: list[int] = []
    for place, cell in enumerate(rows[at]):
        title = titles.get(folded(text_of(cell)))
        if title is None or title in places:
            strange.append(place)
        else:
            places[title] = place
    missing = [title for title in titles.values() if title not in places]
    findings = []
    if missing:
        findings.append(
            remark(
                sheet.name,
                "RW-COLUMN",
                f"{len(missing)} column(s) are missing; their cells count as unchanged.",
                change=(some(missing), ""),
                remedy="Nothing, if they were deleted on purpose: a plan keeps what they say.",
            )
        )
    for place in strange:
        filled = sum(place < len(row) and row[place] not in ("", None) for row in rows)
        if filled:
            title = shown(rows[at][place])
            findings.append(
                remark(
                    sheet.name,
                    "RW-COLUMN",
                    f"{filled} cell(s) of a column that the workbook did not have are ignored.",
                    change=(title or "no title", ""),
                    at=(None, _letters(place)),
                    remedy="Keep notes of your own outside the plan, or as reasons of decisions.",
                )
            )
    return places, findings


def _headings(sheet: Sheet, number: int, filled: list[RawCell], sent: set[str]) -> list[Finding]:
    return [
        remark(
            sheet.name,
            "RW-COMPUTED",
            "Text above the table was changed; ignored.",
            change=(shown(cell), ""),
            at=(number, ""),
            remedy="Nothing: headings come from the mission.",
        )
        for cell in filled
        if text_of(cell) not in sent
    ]


def _letters(place: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
