"""What came back: one record for each change that a person made in the workbook."""

from dataclasses import dataclass

from planner.domain.decision import Decision
from planner.domain.finding import Finding


@dataclass(frozen=True)
class Edit:
    """One change, to be accepted or refused by itself.

    Attributes
    ----------
    id
        Stable for the same workbook, e.g. ``Teams!STO-014:Member 1``.
    sheet, row, column
        Where it stands; ``row`` counts from 1 as a spreadsheet does.
    subject
        The record whose row it is: a team, an area, a district, a station.
    old, new
        What the plan says, and what the workbook says now.
    decision
        The pin that it becomes, author and reason still empty; None if it cannot become one.
    message
        In words, what changes and which pin that is.
    problem
        Why it cannot be accepted, with the rule; empty if it can.
    remedy
        What to do about the problem.
    """

    id: str
    sheet: str
    row: int
    column: str
    subject: str
    old: str
    new: str
    decision: Decision | None
    message: str
    problem: str = ""
    remedy: str = ""

    @property
    def acceptable(self) -> bool:
        """Whether it can be accepted."""
        return self.decision is not None and not self.problem


@dataclass(frozen=True)
class Returned:
    """An edited workbook, read against the plan that it was made from.

    Attributes
    ----------
    mission
        Id of the mission.
    plan_hash
        SHA-256 of the plan document.
    edits
        Changes that are, or want to be, pins, in the order of sheets and rows.
    ignored
        Every other difference, each with the reason why nothing follows from it.
    """

    mission: str
    plan_hash: str
    edits: tuple[Edit, ...]
    ignored: tuple[Finding, ...]
