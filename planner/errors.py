"""Errors that a user sees: a stable code, what is wrong, and what to do."""

from collections.abc import Sequence

from planner.domain.finding import Finding


class PlannerError(Exception):
    """Anything that ends a command with a message instead of a traceback.

    Parameters
    ----------
    code
        Stable error code, e.g. ``IN-FILE``.
    message
        What is wrong, with the value and the record.
    remedy
        What the user can do about it.
    """

    exit_code = 2

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


class InputError(PlannerError):
    """Input that cannot be planned; carries **all** findings, not only the first."""

    def __init__(self, message: str, findings: Sequence[Finding] = (), remedy: str = "") -> None:
        super().__init__("IN-INPUT", message, remedy)
        self.findings = tuple(findings)
