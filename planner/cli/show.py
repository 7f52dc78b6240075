"""How findings and errors look in a terminal."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.domain.finding import Finding, Severity
from planner.domain.plan import StageReport, Unassigned
from planner.errors import InputError, PlannerError

if TYPE_CHECKING:
    from planner.domain.frontier_point import FrontierPoint

ROWS_PER_CODE = 3
KINDS = ("decision", "team", "observer", "district", "town", "commission", "station")
PLAIN_WIDTH = 160
"""Columns where standard error is no terminal but a log, which nobody can widen."""
STYLE = {Severity.HARD: "bold red", Severity.SOFT: "yellow", Severity.INFO: "dim"}
# Without emoji: ":flag:" in somebody's data is a text, and Ctrl-C may come before rich has them.
ERR = Console(stderr=True, width=None if sys.stderr.isatty() else PLAIN_WIDTH, emoji=False)
"""Progress, errors and tables go to standard error; standard output is for data."""


def show_error(error: PlannerError) -> None:
    """Print an error with its code, its findings and its remedy."""
    ERR.print(f"[bold red]{error.code}[/] {escape(error.message)}")
    if isinstance(error, InputError):
        show_findings(error.findings)
    if error.remedy:
        ERR.print(f"[bold]What to do:[/] {escape(error.remedy)}")


def show_findings(findings: Iterable[Finding], rows_per_code: int = ROWS_PER_CODE) -> None:
    """Print findings by severity and code, a few of each, and how many more there are."""
    ordered = sorted(findings, key=lambda f: (tuple(Severity).index(f.severity), f.code))
    if not ordered:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="bold")
    for column in ("code", "where", "what", "what to do"):
        table.add_column(column, overflow="fold")
    counts = Counter((finding.severity, finding.code) for finding in ordered)
    shown: Counter[tuple[Severity, str]] = Counter()
    for finding in ordered:
        key = finding.severity, finding.code
        shown[key] += 1
        if shown[key] > rows_per_code:
            continue
        style = STYLE[finding.severity]
        table.add_row(
            f"[{style}]{escape(finding.code)}[/]",
            escape(_where(finding)),
            escape(_what(finding)),
            escape(finding.remedy),
        )
        if shown[key] == rows_per_code and counts[key] > rows_per_code:
            table.add_row("", "", f"[dim]… and {counts[key] - rows_per_code:,} more[/]", "")
    ERR.print(table)


def show_left_out(unassigned: Iterable[Unassigned], rows_per_code: int = ROWS_PER_CODE) -> None:
    """Print what the plan leaves out and why: decisions first, then teams, people and places."""
    ordered = sorted(unassigned, key=lambda entry: (KINDS.index(entry.kind), entry.code))
    if not ordered:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("left out", "why", "what to do"):
        table.add_column(column, overflow="fold")
    for (kind, code), group in groupby(ordered, key=lambda entry: (entry.kind, entry.code)):
        entries = list(group)
        for entry in entries[:rows_per_code]:
            what = f"{kind} {entry.subject}"
            table.add_row(escape(what), escape(entry.reason), escape(entry.remedy))
        if len(entries) > rows_per_code:
            more = f"… and {len(entries) - rows_per_code:,} more ({code})"
            table.add_row("", f"[dim]{more}[/]", "")
    ERR.print(table)


def show_stages(stages: Sequence[StageReport], wall_s: dict[str, float]) -> None:
    """Print what each stage claims."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("stage")
    table.add_column("status")
    for column in ("objective", "bound", "gap", "seconds"):
        table.add_column(column, justify="right")
    table.add_column("stopped by")
    for stage in stages:
        table.add_row(
            stage.name.value,
            stage.status.value,
            _number(stage.objective),
            _number(stage.bound),
            "" if stage.gap is None else f"{stage.gap:.2%}",
            f"{wall_s[stage.name]:.1f}" if stage.name in wall_s else "kept",
            stage.stop.value.replace("_", " "),
        )
    ERR.print(table)


def show_frontier(points: Sequence["FrontierPoint"]) -> None:
    """Print what repairs at several stabilities are worth, and what they do not keep."""
    if not points:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    columns = (
        "stability",
        "value of the days",
        "points of pairing",
        "visits lost",
        "of those possible",
    )
    for column in columns:
        table.add_column(column, justify="right")
    for point in points:
        table.add_row(
            f"{point.stability:g}",
            _number(point.value),
            _number(point.points),
            f"{point.lost:,}",
            f"{point.lost_share:.1%}",
        )
    ERR.print(table)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.4f}" if abs(value) < 10 else f"{value:,.0f}"


def _where(finding: Finding) -> str:
    place = [finding.file, f"row {finding.row}" if finding.row else "", finding.column]
    named = " ".join(part for part in place if part)
    return named or finding.subject


def _what(finding: Finding) -> str:
    figures = [f"got {finding.value}" if finding.value else "", finding.limit]
    extra = "; ".join(part for part in figures if part)
    return f"{finding.message} ({extra})" if extra else finding.message
