"""The roster of a mission folder by itself: it can be read before there are stations."""

from dataclasses import dataclass
from pathlib import Path

from planner.domain.finding import Finding
from planner.domain.observer import Observer
from planner.errors import InputError, PlannerError
from planner.intake.records import find_file, observer_cells, read_records

ROSTER_FILE = "observers.csv"


@dataclass(frozen=True)
class Roster:
    """What a mission folder's roster holds.

    Attributes
    ----------
    observers
        By id.
    file
        Name of the file; empty if there is none yet.
    """

    observers: tuple[Observer, ...]
    file: str


def read_roster(folder: Path) -> Roster:
    """Read the roster of a mission folder.

    Raises
    ------
    InputError, PlannerError
        If rows have faults (with all findings); ``IN-TWICE`` if there are two rosters;
        ``WS-ROSTER`` if it is no CSV file: editing would put a second one beside it.
    """
    path = find_file(folder, "observers")
    if path is not None and path.name != ROSTER_FILE:
        raise PlannerError(
            "WS-ROSTER",
            f"the roster is {path.name}, which cannot be edited here",
            f"bring {path.name} in as an upload, which makes it {ROSTER_FILE}",
        )
    findings: list[Finding] = []
    records = read_records(path, Observer, findings, convert=observer_cells)
    wrong = [finding for finding in findings if finding.severity.value == "hard"]
    if wrong:
        raise InputError(
            f"{ROSTER_FILE} has {len(wrong)} fault(s)",
            findings,
            remedy="bring a corrected roster in as an upload",
        )
    return Roster(
        tuple(sorted(records.values, key=lambda observer: observer.id)),
        path.name if path is not None else "",
    )
