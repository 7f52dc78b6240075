"""Sheet "Summary" as it was sent: it has no single table, so its lines are compared as wholes."""

import io
from collections import Counter
from collections.abc import Sequence

from planner.domain.finding import Finding, Severity
from planner.export.excel.front import render_front
from planner.export.excel.styles import Styles
from planner.export.sheets.summary import summary
from planner.export.sheets.table import Sheet
from planner.export.view import PlanView
from planner.intake.workbook import RawCell, read_cells
from planner.referee import Verdict
from planner.returned.grid import remark
from planner.returned.opening import CAPS, Rows
from planner.returned.values import shown, text_of
from planner.rules.text import some

SHEET = "Summary"


def tell_front(
    view: PlanView, verdict: Verdict, digest: str, sheets: Sequence[Sheet], rows: Rows
) -> list[Finding]:
    """Return a finding for every line of the sheet that is not as it was sent."""
    sent = _sent(view, verdict, digest, sheets)
    if sent == rows:
        return []
    known = Counter(_line(row) for row in sent)
    findings = []
    for number, row in enumerate(rows, start=1):
        line = _line(row)
        if line and known[line] > 0:
            known[line] -= 1
        elif line:
            findings.append(
                remark(
                    SHEET,
                    "RW-COMPUTED",
                    "The summary is computed; a changed line is ignored.",
                    change=(some(line), ""),
                    at=(number, ""),
                    remedy="Nothing: it follows from the plan.",
                )
            )
    gone = [line for line, count in known.items() if line and count > 0]
    if gone and not findings:
        findings.append(
            remark(
                SHEET,
                "RW-ROW",
                f"{len(gone)} line(s) of the summary were deleted; nothing follows from that.",
                change=("", some(line[0] for line in gone)),
                remedy="Nothing.",
                severity=Severity.INFO,
            )
        )
    return findings


def _line(row: Sequence[RawCell]) -> tuple[str, ...]:
    """Return the filled cells of a row as text; numbers to nine digits, as programs keep them."""
    texts = []
    for cell in row:
        text = text_of(cell)
        if text:
            try:
                text = f"{float(text.replace(',', '.')):.9g}"
            except ValueError:
                text = shown(text)
            texts.append(text)
    return tuple(texts)


def _sent(view: PlanView, verdict: Verdict, digest: str, sheets: Sequence[Sheet]) -> Rows:
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and only edited summaries need it

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        content = summary(view, verdict, digest)
        render_front(workbook, Styles(workbook), view, content, sheets, digest)
    return read_cells(target.getvalue(), SHEET, CAPS, lambda _: True)[SHEET] or []
