"""Where the header stands, and which rows below it are records."""

from collections.abc import Callable, Sequence

from planner.domain.finding import Finding, Severity
from planner.errors import PlannerError
from planner.intake.table import RawSheet, Row, Table
from planner.intake.words import folded

_SEARCH_ROWS = 40
_MAX_COLUMNS = 2_000
_COMMENT = "# "
"""Starts a row that explains a template and is no record."""


def _is_figure(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell) and not any(letter.isalpha() for letter in cell)


def _likeness(row: Row, width: int, known: Callable[[str], bool]) -> float:
    """Return how much a row looks like a header: many short, distinct, wordy or known cells."""
    filled = [cell for cell in row if cell]
    if not filled:
        return 0.0
    wordy = [cell for cell in filled if not _is_figure(cell)]
    score = len({folded(cell) for cell in wordy}) / max(width, 1)
    score -= sum(_is_figure(cell) for cell in filled) / len(filled)
    score -= 0.5 * sum(len(cell) > 80 for cell in filled) / len(filled)
    return score + 0.75 * sum(known(cell) for cell in filled) / max(1.0, 0.5 * width)


def find_header(rows: Sequence[Row], known: Callable[[str], bool]) -> int | None:
    """Return the index of the header row, or None where no row looks like one.

    Parameters
    ----------
    rows
        All rows of the sheet.
    known
        Tells whether a cell is a column name that intake understands.
    """
    widths = sorted(sum(map(bool, row)) for row in rows[:2_000] if any(row))
    if not widths:
        return None
    width = widths[len(widths) // 2]
    scores = [_likeness(row, width, known) for row in rows[:_SEARCH_ROWS]]
    best = max(range(len(scores)), key=lambda i: (round(scores[i], 6), -i))
    return best if scores[best] > 0 else None


def _filled_from_above(rows: Sequence[Row], index: int, width: int) -> list[str]:
    """Return the header's cells; a blank one under a merged title takes the text above it."""
    names = [*rows[index], *[""] * (width - len(rows[index]))][:width]
    if index and sum(map(bool, rows[index - 1])) > 1:
        above = [*rows[index - 1], *[""] * width]
        names = [name or above[i] for i, name in enumerate(names)]
    return names


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names with blanks called by their letter and repeated ones numbered."""
    seen: dict[str, int] = {}
    result = []
    for i, name in enumerate(names):
        flat = " ".join(name.split()) or f"column {column_letter(i)}"
        seen[flat] = seen.get(flat, 0) + 1
        result.append(flat if seen[flat] == 1 else f"{flat} ({seen[flat]})")
    return result


def column_letter(index: int) -> str:
    """Return a spreadsheet's letter for a column, 0 → ``A``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def to_table(sheet: RawSheet, known: Callable[[str], bool]) -> Table:
    """Find the header and return the records below it, by column.

    Blank rows and columns and repeated headers are left out; the latter are told.

    Raises
    ------
    PlannerError
        ``IN-EMPTY`` if nothing stands in the file, ``IN-HEADER`` if no row looks like a header.
    """
    rows = sheet.rows
    index = find_header(rows, known)
    if index is None:
        empty = not any(any(row) for row in rows)
        raise PlannerError(
            "IN-EMPTY" if empty else "IN-HEADER",
            f"{sheet.file} is empty" if empty else f"{sheet.file} has no row with column names",
            "write the names of the columns into the first row; see `mission-planner template`",
        )
    header_row = rows[index]
    records = [
        (i + 1, row)
        for i, row in enumerate(rows)
        if i > index and any(row) and not row[0].startswith(_COMMENT)
    ]
    repeated = [number for number, row in records if row == header_row]
    if repeated:
        records = [(number, row) for number, row in records if row != header_row]
    width = max([len(header_row), *(len(row) for _, row in records)])
    findings = list(sheet.findings)
    if width > _MAX_COLUMNS:
        raise PlannerError(
            "IN-WIDTH",
            f"{sheet.file} has {width:,} columns, at most {_MAX_COLUMNS:,} are read",
            "keep the columns that planning needs; see `mission-planner template`",
        )
    names = _filled_from_above(rows, index, width)
    columns = [[row[i] if i < len(row) else "" for _, row in records] for i in range(width)]
    kept = [i for i in range(width) if names[i] or any(columns[i])]
    distinct = _distinct([names[i] or "" for i in kept])
    if index:
        findings.append(_note("IN-HEADER", sheet.file, "the header is not on row 1", index + 1))
    if repeated:
        message = f"the header is repeated inside the list {len(repeated)} time(s); left out"
        findings.append(_note("IN-HEADER", sheet.file, message, repeated[0]))
    doubles = sorted(
        {name for name in distinct if name.endswith(")") and " (" in name} - set(names)
    )
    if doubles:
        message = "two columns have the same name; the later ones were numbered"
        note = _note("IN-COLUMN", sheet.file, message, index + 1)
        findings.append(note.model_copy(update={"value": ", ".join(doubles)}))
    return Table(
        header=tuple(distinct),
        columns=[columns[i] for i in kept],
        row_numbers=[number for number, _ in records],
        file=sheet.file,
        findings=findings,
    )


def _note(code: str, file: str, message: str, row: int) -> Finding:
    return Finding(
        code=code, severity=Severity.INFO, subject=file, message=message, file=file, row=row
    )
