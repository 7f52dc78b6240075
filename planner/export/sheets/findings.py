"""Sheet "Findings": what the referee and the stages have to say, the worst first."""

from collections.abc import Iterable

from planner.domain.finding import Finding, Severity
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView
from planner.referee import Verdict

COLUMNS = (
    Column("Severity", 10, Kind.CODE),
    Column("Said by", 11, Kind.CODE),
    Column("Code", 12, Kind.CODE),
    Column("Subject", 20),
    Column("Finding", 58, Kind.LONG_TEXT),
    Column("Value", 20, Kind.LONG_TEXT),
    Column("Limit", 20, Kind.LONG_TEXT),
    Column("Remedy", 50, Kind.LONG_TEXT),
    Column("Input (file, row, column)", 26, Kind.LONG_TEXT),
)
_ORDER = tuple(Severity)
_TONES = {Severity.HARD: Tone.RED, Severity.SOFT: Tone.AMBER, Severity.INFO: Tone.MUTED}


def findings_sheet(view: PlanView, verdict: Verdict) -> Sheet:
    """Return all findings: hard, soft, info; within each the referee before the planning."""
    said = [*_said("referee", verdict.findings), *_said("planning", view.plan.findings)]
    said.sort(key=lambda pair: _ORDER.index(pair[1].severity))
    return Sheet(
        name="Findings",
        title="Findings",
        intro=(
            "Hard: the plan breaks a rule and must not be used. Soft: a weakness that somebody "
            "must accept. Info: worth knowing."
        ),
        table=Table(
            COLUMNS,
            tuple(_row(origin, finding) for origin, finding in said),
            empty="Neither the referee nor the stages found anything.",
        ),
    )


def _said(origin: str, findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    return [(origin, finding) for finding in findings]


def _row(origin: str, finding: Finding) -> tuple[Cell, ...]:
    row = f"row {finding.row}" if finding.row is not None else ""
    return (
        Toned(finding.severity.value, _TONES[finding.severity]),
        origin,
        finding.code,
        finding.subject,
        finding.message,
        finding.value,
        finding.limit,
        finding.remedy,
        ", ".join(part for part in (finding.file, row, finding.column) if part),
    )
