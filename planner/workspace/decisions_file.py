"""``decisions.toml`` and the store say the same: what somebody writes by hand is taken over."""

from collections.abc import Sequence
from pathlib import Path

from planner.domain.decision import Decision
from planner.domain.finding import Finding
from planner.errors import InputError
from planner.export.atomic import replacing
from planner.intake.mission_file import read_decisions
from planner.intake.write import write_decisions

FILE = "decisions.toml"
HEAD = (
    "# Decisions that every plan keeps. The dashboard writes this file: withdraw decisions there.\n"
    "# What is added here by hand is taken over the next time the dashboard reads it."
)
BY_HAND = "by hand in decisions.toml"
"""Reason of a decision that gives none itself."""


def meaning(decision: Decision) -> tuple[object, ...]:
    """Return what a decision settles, without who, when and why; equal for equal pins."""
    fields = decision.model_dump(exclude={"author", "reason", "at", "observers"})
    named = sorted((name, str(value)) for name, value in fields.items())
    return (*named, *sorted(decision.observers))


def read_folder(folder: Path) -> tuple[Decision, ...]:
    """Return the decisions of a mission folder's file.

    Raises
    ------
    InputError
        If the file has faults; carries all of them.
    """
    findings: list[Finding] = []
    found = read_decisions(folder / FILE, findings)
    if findings:
        raise InputError(f"{FILE} has faults", findings, "correct the records named")
    return found


def write_folder(folder: Path, decisions: Sequence[Decision]) -> bool:
    """Bring a folder's file up to the decisions that stand; True if it had to change.

    Raises
    ------
    InputError
        As in :func:`read_folder`: a faulty file is never overwritten.
    PlannerError
        ``EX-WRITE`` if it cannot be written.
    """
    if read_folder(folder) == tuple(decisions):
        return False
    with replacing(folder / FILE) as temporary:
        write_decisions(decisions, temporary, HEAD)
    return True
