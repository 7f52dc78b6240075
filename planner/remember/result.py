"""The result of one stage as a text that can be kept, and back onto a draft."""

from dataclasses import replace

from planner.domain.base import Frozen
from planner.domain.finding import Finding
from planner.domain.plan import (
    Area,
    Day,
    SampledStation,
    StageName,
    StageReport,
    Team,
    Unassigned,
)
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import StageNotes


class StageResult(Frozen):
    """What a stage has added to the draft, with its report and its remarks."""

    areas: tuple[Area, ...] | None = None
    teams: tuple[Team, ...] | None = None
    sample: tuple[SampledStation, ...] | None = None
    days: tuple[Day, ...] | None = None
    report: StageReport
    findings: tuple[Finding, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()


_WRITES: dict[StageName, tuple[str, ...]] = {
    StageName.AREAS: ("areas",),
    StageName.ALLOCATION: ("areas", "teams"),
    StageName.PAIRING: ("teams",),
    StageName.SAMPLING: ("sample",),
    StageName.DAYS: ("days",),
}
"""Parts of the draft that each stage writes."""


def kept(stage: StageName, ran: Ran) -> str:
    """Return the result of a stage as JSON."""
    return StageResult.model_validate(
        {name: getattr(ran.draft, name) for name in _WRITES[stage]}
        | {
            "report": ran.report,
            "findings": ran.notes.findings,
            "unassigned": ran.notes.unassigned,
        }
    ).model_dump_json()


def taken(stage: StageName, draft: Draft, text: str) -> Ran:
    """Return a draft one stage further, by a result that was kept.

    Raises
    ------
    ValueError
        If the text is none of :func:`kept`.
    """
    found = StageResult.model_validate_json(text)
    parts = {name: getattr(found, name) for name in _WRITES[stage]}
    if any(part is None for part in parts.values()):
        msg = f"Expected a result of stage {stage}, got one without {_WRITES[stage]}."
        raise ValueError(msg)
    return Ran(replace(draft, **parts), found.report, StageNotes(found.findings, found.unassigned))
