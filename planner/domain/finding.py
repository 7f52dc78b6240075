"""A finding: one thing that is wrong or worth knowing, with its record and its remedy."""

from collections.abc import Iterable
from enum import StrEnum

from planner.domain.base import Frozen


class Severity(StrEnum):
    """How bad a finding is.

    ``HARD`` forbids the plan or the input, ``SOFT`` is a weakness that somebody must accept,
    ``INFO`` is something that the reader should know.
    """

    HARD = "hard"
    SOFT = "soft"
    INFO = "info"


class Finding(Frozen):
    """One problem, told so that a co-ordinator can act on it.

    Attributes
    ----------
    code
        Stable code: a rule id (``P2``, ``D3``), an intake code (``IN-…``) or a stage (``OP-…``).
    severity
        Hard, soft or info.
    subject
        Id of the record concerned (team, station, district, observer, stage), or of the file.
    message
        What is wrong, in one sentence.
    value, limit
        The offending value and the allowed range or limit, as text with units; empty if neither
        applies.
    remedy
        What to do about it.
    file, row, column
        Where it stands in an input file. ``row`` counts from 1 as a spreadsheet does.
    """

    code: str
    severity: Severity
    subject: str
    message: str
    value: str = ""
    limit: str = ""
    remedy: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""


def hard(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the hard ones among ``findings``, in their order."""
    return tuple(finding for finding in findings if finding.severity is Severity.HARD)
