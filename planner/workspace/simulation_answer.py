"""What a search for a target has found, as a document that outlives the process."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from planner.domain.base import Frozen
from planner.domain.finding import Finding
from planner.export.atomic import write_bytes
from planner.scenario.document import Scenario
from planner.scenario.point import Point

if TYPE_CHECKING:
    from planner.scenario.found import Inverse, Tried
    from planner.scenario.measure import Measure

AnswerStatus = Literal["searching", "met", "unreachable", "open"]
"""``searching``: not at its end; the others are those of :mod:`planner.scenario.found`."""


class AnswerMeasure(Frozen):
    """One part of the target at one staffing; see :class:`planner.scenario.measure.Measure`."""

    name: str
    value: float | None
    limit: float
    least: bool
    met: bool
    unit: str
    why: str = ""


class AnswerRow(Frozen):
    """One staffing that was planned in full.

    Attributes
    ----------
    met
        Whether the whole target is met.
    frontier
        Whether no other plan beats it in pairs, LTO teams, cost, longest duty and every goal.
    """

    lto_teams: int
    pairs: int
    met: bool
    frontier: bool
    measures: tuple[AnswerMeasure, ...]
    scenario: Scenario
    point: Point


class TargetAnswer(Frozen):
    """What was found so far, or in the end.

    Attributes
    ----------
    rows
        All plans that were tried, by pairs and LTO teams.
    answer, below
        Number of the row with the least staffing, and of the one with one pair fewer.
    low, most
        So few pairs cannot be enough by the formula; more than so many cannot be had.
    safe_pairs
        From so many pairs on, every plan that was tried is enough.
    """

    status: AnswerStatus
    rows: tuple[AnswerRow, ...]
    answer: int | None = None
    below: int | None = None
    low: int | None = None
    most: int | None = None
    safe_pairs: int | None = None
    findings: tuple[Finding, ...] = ()


def so_far(tried: "Sequence[Tried]", path: Path) -> None:
    """Write down what a search has tried.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    rows = sorted((_row(one, frontier=False) for one in tried), key=_place)
    _write(TargetAnswer(status="searching", rows=tuple(rows)), path)


def answer_of(found: "Inverse", path: Path) -> None:
    """Write down what a search has found.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    best = found.frontier
    places = {(one.lto_teams, one.pairs): number for number, one in enumerate(found.tried)}

    def number_of(one: "Tried | None") -> int | None:
        return None if one is None else places.get((one.lto_teams, one.pairs))

    answer = TargetAnswer(
        status=found.status,
        rows=tuple(_row(one, frontier=one in best) for one in found.tried),
        answer=number_of(found.answer),
        below=number_of(found.below),
        low=found.low,
        most=found.most,
        safe_pairs=found.safe_pairs,
        findings=found.findings,
    )
    _write(answer, path)


def read_answer(path: Path) -> TargetAnswer | None:
    """Return what stands in the file; None while there is nothing."""
    try:
        return TargetAnswer.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _write(answer: TargetAnswer, path: Path) -> None:
    write_bytes(path, answer.model_dump_json().encode())


def _place(row: AnswerRow) -> tuple[int, int]:
    return row.pairs, row.lto_teams


def _row(one: "Tried", *, frontier: bool) -> AnswerRow:
    return AnswerRow(
        lto_teams=one.lto_teams,
        pairs=one.pairs,
        met=one.met,
        frontier=frontier,
        measures=tuple(_measure(measure) for measure in one.measures),
        scenario=one.scenario,
        point=one.point,
    )


def _measure(one: "Measure") -> AnswerMeasure:
    return AnswerMeasure(
        name=one.name,
        value=one.value,
        limit=one.limit,
        least=one.least,
        met=one.met,
        unit=one.unit,
        why=one.why,
    )
