"""What has been understood so far, so that nothing is told twice and nothing is lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.domain.finding import Finding
from planner.returned.context import Pin
from planner.returned.edit import Edit
from planner.returned.grid import Row
from planner.returned.values import short, shown


@dataclass
class Draft:
    """Edits and findings, and the cells that they account for."""

    edits: list[Edit] = field(default_factory=list)
    ignored: list[Finding] = field(default_factory=list)
    _claimed: set[tuple[str, int, str]] = field(default_factory=set)
    _ids: Counter[str] = field(default_factory=Counter)

    def edit(
        self,
        row: Row,
        sheet: str,
        subject: str,
        column: str,
        *,
        change: tuple[str, str],
        message: str,
        pin: Pin,
        about: str = "",
    ) -> None:
        """Add an edit.

        Parameters
        ----------
        change
            What was sent, and what came back.
        pin
            What it becomes, and why it cannot be accepted.
        about
            Tells apart several edits of one cell in their ids.
        """
        (old, new), (decision, objection) = change, pin
        name = f"{sheet}!{subject}:{column}" + (f" {about}" if about else "")
        self._ids[name] += 1
        if self._ids[name] > 1:
            name = f"{name} ({self._ids[name]})"
        self.edits.append(
            Edit(
                id=name,
                sheet=sheet,
                row=row.number,
                column=column,
                subject=subject,
                old=shown(old),
                new=shown(new),
                decision=decision,
                message=short(message),
                problem=short(objection.problem) if objection else "",
                remedy=objection.remedy if objection else "",
            )
        )

    def ignore(self, *findings: Finding) -> None:
        """Add findings."""
        self.ignored += findings

    def claim(self, sheet: str, row: Row, columns: Iterable[str]) -> None:
        """Note that the changes in these cells are accounted for."""
        self._claimed |= {(sheet, row.number, column) for column in columns}

    def claimed(self, sheet: str, row: Row, column: str) -> bool:
        """Tell whether a change in this cell is accounted for."""
        return (sheet, row.number, column) in self._claimed
