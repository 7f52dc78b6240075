"""Delimited text: encoding, delimiter and quoting are found out, not assumed."""

import csv
import io
from pathlib import Path

from planner.domain.finding import Finding, Severity
from planner.errors import PlannerError
from planner.intake.encoding import detect_encoding
from planner.intake.table import RawSheet, Row

MAX_TEXT_BYTES = 200_000_000
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 60
_MAX_LINES_IN_A_CELL = 40


def _score(sample: str, delimiter: str) -> float:
    """Return how evenly ``delimiter`` cuts the sample into columns, 0 if it does not cut."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    except csv.Error:
        return 0.0
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0.0
    usual = max(sorted(set(cut)), key=lambda width: (cut.count(width), width))
    return float((cut.count(usual) / len(widths)) * (1 + 0.1 * min(usual, 20)))


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts the first lines most evenly; a comma if none does."""
    first, _, _ = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == len("sep=;"):
        return first[len("sep=")]
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    sample = "\n".join(lines)
    return max(_DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _parse(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [tuple(cell.strip() for cell in row) for row in reader]


def _swallowed(rows: list[Row]) -> bool:
    """Tell whether a stray quote has swallowed many lines into one cell."""
    return any(cell.count("\n") > _MAX_LINES_IN_A_CELL for row in rows for cell in row)


def read_text(path: Path, encoding: str | None = None) -> RawSheet:
    """Read a delimited text file.

    Parameters
    ----------
    path
        The file.
    encoding
        Name of its encoding, or None: found out.

    Raises
    ------
    PlannerError
        ``IN-SIZE`` above 200 MB, ``IN-ENCODING`` if it is not in ``encoding``, ``IN-BINARY`` if
        it is no text.
    """
    size = path.stat().st_size
    if size > MAX_TEXT_BYTES:
        raise PlannerError(
            "IN-SIZE",
            f"{path.name} has {size:,} bytes, at most {MAX_TEXT_BYTES:,} are read",
            "cut the list into several files",
        )
    content = path.read_bytes()
    guessed = False
    if encoding is None:
        encoding, guessed = detect_encoding(content, path.name)
    try:
        text = content.decode(encoding).replace("\0", "").removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise PlannerError(
            "IN-ENCODING",
            f"{path.name} cannot be read as {encoding}: {error}",
            "save it as CSV UTF-8, or name its encoding with --encoding",
        ) from error
    del content
    findings = []
    if guessed:
        findings.append(
            Finding(
                code="IN-ENCODING",
                severity=Severity.INFO,
                subject=path.name,
                message="the encoding was guessed from the letters",
                value=encoding,
                remedy="if names look wrong, name the encoding with --encoding",
                file=path.name,
            )
        )
    delimiter = find_delimiter(text)
    if text.lower().startswith("sep="):
        text = "\n" + text.partition("\n")[2]
    try:
        rows = _parse(text, delimiter)
        broken = _swallowed(rows)
    except csv.Error:
        rows, broken = [], True
    if broken:
        rows = _parse_unquoted(text, delimiter)
        findings.append(
            Finding(
                code="IN-QUOTES",
                severity=Severity.SOFT,
                subject=path.name,
                message="quotation marks are not paired; they were read as ordinary characters",
                remedy="look at rows with quotation marks, or save the list as XLSX",
                file=path.name,
            )
        )
    return RawSheet(rows=rows, file=path.name, findings=tuple(findings))


def _parse_unquoted(text: str, delimiter: str) -> list[Row]:
    return [
        tuple(cell.strip().strip('"') for cell in line.split(delimiter))
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
