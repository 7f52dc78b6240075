"""The workbook of a plan: what a co-ordinator prints, filters and hands out."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.export.atomic import write_bytes
from planner.export.document import plan_hash
from planner.export.excel.front import render_front
from planner.export.excel.render import HEADER_ROW, render
from planner.export.excel.styles import DEFAULT_SIZE, FONT, Styles
from planner.export.sheets.areas import areas_sheet
from planner.export.sheets.e_day import e_day_sheet
from planner.export.sheets.findings import findings_sheet
from planner.export.sheets.logistics import logistics_sheet
from planner.export.sheets.quotas import quotas_sheet
from planner.export.sheets.reserve import reserve_sheet
from planner.export.sheets.sources import sources_sheet
from planner.export.sheets.stations import stations_sheet
from planner.export.sheets.substitutes import substitutes_sheet
from planner.export.sheets.summary import summary
from planner.export.sheets.table import Sheet
from planner.export.sheets.teams import teams_sheet
from planner.export.sheets.unassigned import unassigned_sheet
from planner.export.view import PlanView
from planner.referee import Verdict

META_SHEET = "_meta"
META_SCHEMA = "mission-planner workbook 1"
"""Layout of the workbook: which sheets and columns a returned one is expected to have."""
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""Fixed, the epoch of zip files: equal plans give equal bytes, so no clock is asked."""


def write_workbook(mission: MissionInput, plan: Plan, verdict: Verdict, path: Path) -> None:
    """Write the workbook; the same mission, plan and verdict give the same bytes.

    Parameters
    ----------
    mission, plan
        The documents that are shown.
    verdict
        What the referee says about them; stands on the first sheet.
    path
        The .xlsx file, replaced as a whole.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if the file cannot be written.
    """
    view = PlanView(mission, plan)
    write_bytes(path, _workbook(view, verdict, plan_hash(plan)))


def sheets_of(view: PlanView, verdict: Verdict) -> tuple[Sheet, ...]:
    """Return all sheets but the summary, in their order."""
    return (
        areas_sheet(view),
        teams_sheet(view),
        e_day_sheet(view),
        stations_sheet(view),
        reserve_sheet(view),
        substitutes_sheet(view),
        unassigned_sheet(view),
        findings_sheet(view, verdict),
        quotas_sheet(view),
        logistics_sheet(view),
        sources_sheet(view),
    )


def _workbook(view: PlanView, verdict: Verdict, digest: str) -> bytes:
    target = io.BytesIO()
    workbook = Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {**FONT, "font_size": DEFAULT_SIZE},
        },
    )
    workbook.set_properties(
        {
            "title": view.mission.mission.name,
            "subject": "Deployment plan",
            "author": "mission-planner",
            "comments": view.banner,
            "created": _CREATED,
        }
    )
    sheets = sheets_of(view, verdict)
    styles = Styles(workbook)
    render_front(workbook, styles, view, summary(view, verdict, digest), sheets, digest)
    for sheet in sheets:
        render(workbook, styles, view, sheet, digest)
    _meta(workbook, view, sheets, digest)
    workbook.close()
    return target.getvalue()


def _meta(workbook: Workbook, view: PlanView, sheets: Sequence[Sheet], digest: str) -> None:
    """Add the hidden sheet by which an edited workbook finds its way back to its plan."""
    rows = [
        ("schema", META_SCHEMA),
        ("plan_schema_version", str(view.plan.schema_version)),
        ("mission", view.plan.mission),
        ("plan_sha256", digest),
        ("input_sha256", view.plan.provenance.input_hash),
        *((f"header_row:{sheet.name}", str(HEADER_ROW + 1)) for sheet in sheets),
    ]
    page = workbook.add_worksheet(META_SHEET)
    for number, (key, value) in enumerate(rows):
        page.write_string(number, 0, key)
        page.write_string(number, 1, value)
    page.set_column(0, 1, 40)
    page.hide()
