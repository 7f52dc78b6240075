"""What an import did: counts that add up, what was understood, and everything that was found."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from planner.domain.finding import Finding
from planner.export.atomic import write_text
from planner.intake.ledger import Ledger
from planner.intake.table import Table
from planner.intake.write import cell


@dataclass(frozen=True)
class ImportReport:
    """Account of one import.

    ``rows_in == accepted + set_aside`` always holds. ``records_out`` may be larger than
    ``accepted``: a row may stand for several stations.

    Parameters
    ----------
    kind
        ``stations``, ``observers``, ``boundaries``, ``towns`` or ``commissions``.
    file
        The file that was imported.
    rows_in
        Records in it, without header, repeated headers and blank rows.
    accepted, set_aside
        Rows taken, and rows left out; the latter are in ``rejected_KIND.csv`` with reasons.
    records_out
        Records written.
    mapping
        Column by field, as understood.
    unused
        Columns that were not used.
    findings
        One finding for each kind of fault, with its number of rows and the first of them; the
        full list is in ``import_findings.csv``.
    written
        Files written into the mission folder.
    """

    kind: str
    file: str
    rows_in: int
    accepted: int
    set_aside: int
    records_out: int
    mapping: dict[str, str]
    unused: tuple[str, ...]
    findings: tuple[Finding, ...]
    written: tuple[Path, ...]


def write_rows(path: Path, header: tuple[str, ...], rows: list[list[object]]) -> Path:
    """Write a table as UTF-8 CSV, cells guarded against formulas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    write_text(path, buffer.getvalue())
    return path


def write_findings(path: Path, ledger: Ledger, others: list[Finding]) -> Path:
    """Write every case of every finding, one row each."""
    header = (
        "code",
        "severity",
        "set_aside",
        "file",
        "row",
        "column",
        "value",
        "message",
        "remedy",
    )
    rows: list[list[object]] = [
        [f.code, f.severity, False, f.file, f.row, f.column, f.value, f.message, f.remedy]
        for f in others
    ]
    for note in ledger.notes:
        fixed = (note.message, note.remedy)
        if not note.rows:
            value = ", ".join(note.values)
            rows.append([note.code, note.severity, False, ledger.file, None, "", value, *fixed])
            continue
        rows += [
            [note.code, note.severity, note.set_aside, ledger.file, row, note.column, value, *fixed]
            for row, value in zip(note.rows, note.values, strict=True)
        ]
    return write_rows(path, header, rows)


def write_rejected(
    path: Path, table: Table, mapping: dict[str, str], ledger: Ledger
) -> Path | None:
    """Write the rows set aside with their reasons; only columns that were understood.

    Other columns may hold people's data and stay in the original file. An older file is removed
    where nothing was set aside.
    """
    if not ledger.reasons:
        path.unlink(missing_ok=True)
        return None
    columns = {field: table.column(name) for field, name in mapping.items()}
    rows: list[list[object]] = [
        [ledger.row_numbers[i], reason, *(cells[i] for cells in columns.values())]
        for i, reason in sorted(ledger.reasons.items())
    ]
    return write_rows(path, ("row", "reason", *columns), rows)
