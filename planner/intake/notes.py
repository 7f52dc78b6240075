"""Short ways to make findings of intake."""

from typing import Any

from planner.domain.finding import Finding, Severity


def problem(code: str, subject: str, message: str, **where: Any) -> Finding:  # noqa: ANN401
    """Return a hard finding: the input cannot be planned before this is put right."""
    return Finding(code=code, severity=Severity.HARD, subject=subject, message=message, **where)


def weakness(code: str, subject: str, message: str, **where: Any) -> Finding:  # noqa: ANN401
    """Return a soft finding: planning goes on, somebody should look."""
    return Finding(code=code, severity=Severity.SOFT, subject=subject, message=message, **where)


def remark(code: str, subject: str, message: str, **where: Any) -> Finding:  # noqa: ANN401
    """Return an info finding."""
    return Finding(code=code, severity=Severity.INFO, subject=subject, message=message, **where)
