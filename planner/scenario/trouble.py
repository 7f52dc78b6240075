"""Why a scenario cannot be, and the nearest one that can."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.domain.finding import Finding, Severity
from planner.scenario.document import Scenario


@dataclass(frozen=True)
class Trouble:
    """One value of a scenario that cannot be, or that somebody should look at.

    Parameters
    ----------
    finding
        What is wrong, with the value, the range and the remedy; hard if the scenario is refused.
    path
        Dotted path of the value in the document, with a number where it stands in a list.
    nearest
        The nearest value that can be; None where the remedy is to leave the value out.
    """

    finding: Finding
    path: str
    nearest: Any = None

    @property
    def refused(self) -> bool:
        """Whether the scenario cannot be planned with this value."""
        return self.finding.severity is Severity.HARD


def refusal(
    code: str, path: str, message: str, *, value: object, limit: str, nearest: object
) -> Trouble:
    """Return the trouble with a value that cannot be; the remedy names the nearest one."""
    remedy = "leave this out" if nearest is None else f"nearest possible value: {shown(nearest)}"
    finding = Finding(
        code=code,
        severity=Severity.HARD,
        subject=path,
        message=message,
        value=shown(value),
        limit=limit,
        remedy=remedy,
    )
    return Trouble(finding, path, nearest)


def remark(
    code: str, path: str, message: str, *, value: str = "", limit: str = "", remedy: str = ""
) -> Trouble:
    """Return what somebody should know about a value that can be."""
    finding = Finding(
        code=code,
        severity=Severity.INFO,
        subject=path,
        message=message,
        value=value,
        limit=limit,
        remedy=remedy,
    )
    return Trouble(finding, path)


def shown(value: object) -> str:
    """Return a value as a person writes it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"


def mended(scenario: Scenario, troubles: Iterable[Trouble]) -> Scenario:
    """Return the scenario with the nearest possible value wherever it was refused.

    Entries of lists and States without a nearest value are taken out. It may take a second round:
    a number of pairs within its range can still be more than there are beds.
    """
    document = scenario.model_dump(mode="json")
    for trouble in troubles:
        if trouble.refused:
            *outer, last = (int(part) if part.isdigit() else part for part in _parts(trouble))
            place: Any = document
            for part in outer:
                place = place[part]
            place[last] = trouble.nearest
    for name in ("isolated", "closed_towns", "joint"):
        document[name] = [entry for entry in document[name] if entry is not None]
    rates = document["delivery"]["by_state"]
    document["delivery"]["by_state"] = {s: rate for s, rate in rates.items() if rate is not None}
    return Scenario.model_validate(document)


def _parts(trouble: Trouble) -> list[str]:
    return trouble.path.split(".")
