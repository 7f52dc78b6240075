"""The account of an import: what was said about which row, and what became of each row.

Notes are kept by code and not as one object a row, so that a list of 180,000 rows with a fault in
each costs little; the screen sees one line a code, a file holds them all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from planner.domain.finding import Finding, Severity

_SHOWN = 5


@dataclass
class Note:
    """One kind of remark, with all rows that it is about.

    Parameters
    ----------
    code, severity, message, remedy, column
        As in :class:`planner.domain.finding.Finding`.
    rows
        Row in the file of each case.
    values
        Offending value of each case.
    set_aside
        True if the rows are left out of the result because of it.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    column: str = ""
    set_aside: bool = False
    rows: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


class Ledger:
    """Collects notes and decides which rows are accepted.

    Parameters
    ----------
    file
        File name, for findings.
    row_numbers
        Row in the file of each record.
    """

    def __init__(self, file: str, row_numbers: Sequence[int]) -> None:
        self.file = file
        self.row_numbers = row_numbers
        self.accepted: npt.NDArray[np.bool_] = np.ones(len(row_numbers), dtype=np.bool_)
        self.reasons: dict[int, str] = {}
        self._notes: dict[tuple[str, str, str], Note] = {}

    def note(
        self,
        code: str,
        severity: Severity,
        message: str,
        indices: Iterable[int],
        *,
        values: Sequence[str] | None = None,
        remedy: str = "",
        column: str = "",
    ) -> None:
        """Say something about records; ``values`` is a column of cells, looked up by index."""
        self._add(Note(code, severity, message, remedy, column), indices, values)

    def note_list(
        self, code: str, severity: Severity, message: str, *, value: str = "", remedy: str = ""
    ) -> None:
        """Say something about the list as a whole."""
        note = Note(code, severity, message, remedy, values=[value] if value else [])
        self._notes.setdefault((code, message, ""), note)

    def set_aside(
        self,
        code: str,
        message: str,
        indices: Iterable[int],
        *,
        values: Sequence[str] | None = None,
        remedy: str = "",
        column: str = "",
    ) -> None:
        """Leave records out, with the reason; those already left out keep their first reason."""
        fresh = [index for index in indices if self.accepted[index]]
        note = Note(code, Severity.SOFT, message, remedy, column, set_aside=True)
        self._add(note, fresh, values)
        for index in fresh:
            self.accepted[index] = False
            self.reasons[index] = f"{code}: {message}"

    def _add(self, note: Note, indices: Iterable[int], values: Sequence[str] | None) -> None:
        cases = list(indices)
        if not cases:
            return
        kept = self._notes.setdefault((note.code, note.message, note.column), note)
        kept.rows += [self.row_numbers[index] for index in cases]
        kept.values += (
            [values[index] for index in cases] if values is not None else [""] * len(cases)
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, in the order in which they were first made."""
        return tuple(self._notes.values())

    def summary(self) -> list[Finding]:
        """Return one finding for each note, with its number of rows and the first of them."""
        return [_summarised(note, self.file) for note in self.notes]


def _summarised(note: Note, file: str) -> Finding:
    if not note.rows:
        return Finding(
            code=note.code,
            severity=note.severity,
            subject=file,
            message=note.message,
            value=", ".join(note.values),
            remedy=note.remedy,
            file=file,
        )
    rows = ", ".join(str(row) for row in note.rows[:_SHOWN])
    more = " …" if len(note.rows) > _SHOWN else ""
    values = [value for value in dict.fromkeys(note.values) if value]
    shown = ", ".join(value[:60] for value in values[:_SHOWN])
    number = len(note.rows)
    return Finding(
        code=note.code,
        severity=note.severity,
        subject=file,
        message=f"{number:,} row{'s' if number != 1 else ''} "
        f"{'set aside: ' if note.set_aside else ''}({rows}{more}): {note.message}",
        value=shown + (" …" if len(values) > _SHOWN else ""),
        remedy=note.remedy,
        file=file,
        row=note.rows[0],
        column=note.column,
    )
