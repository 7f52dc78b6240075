"""The workbook of a comparison: scenarios side by side, with all that their figures rest on."""

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from planner.briefing.reading import Compared, Found, compared
from planner.briefing.sheets.assumptions import assumptions_sheet
from planner.briefing.sheets.data import data_sheet
from planner.briefing.sheets.precision import precision_sheet
from planner.briefing.sheets.refused import refused_sheet
from planner.briefing.sheets.scenarios import columns_sheet, scenarios_sheet
from planner.briefing.sheets.summary import summary_of
from planner.domain.mission_input import MissionInput
from planner.export.atomic import write_bytes
from planner.export.document import plan_hash
from planner.export.excel.front import render_front
from planner.export.excel.render import render
from planner.export.excel.styles import DEFAULT_SIZE, FONT, Styles
from planner.export.sheets.table import Sheet
from planner.scenario.run import ScenarioRun

META_SHEET = "_meta"
META_SCHEMA = "mission-planner comparison 1"
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""Fixed, the epoch of zip files: equal scenarios give equal bytes, so no clock is asked."""


def write_comparison(
    found: Sequence[Found],
    path: Path,
    *,
    mission: MissionInput | None = None,
    question: str = "",
) -> None:
    """Write the workbook; equal arguments give equal bytes, and no cell is a formula.

    Parameters
    ----------
    found
        Scenarios as runs, or as rows of figures (points of a sweep, refused scenarios), also
        mixed. The first one that was planned is what the others are compared with. Precision by
        region is known of runs alone.
    path
        The .xlsx file, replaced as a whole.
    mission
        The base mission; by default that of the first run. Needed where there is no run.
    question
        What somebody wants to know.

    Raises
    ------
    PlannerError
        ``BR-EMPTY``, ``BR-MISSION`` as for :func:`planner.briefing.reading.compared`;
        ``EX-WRITE``.
    """
    write_bytes(path, _workbook(compared(found, mission, question)))


def sheets_of(compared: Compared) -> tuple[Sheet, ...]:
    """Return all sheets but the summary, in their order."""
    return (
        scenarios_sheet(compared),
        precision_sheet(compared),
        assumptions_sheet(compared),
        refused_sheet(compared),
        data_sheet(compared),
        columns_sheet(),
    )


def digest_of(compared: Compared) -> str:
    """Return the SHA-256 of all rows, hexadecimal: the identity of a comparison."""
    digest = hashlib.sha256(compared.mission.input_hash.encode())
    for point in compared.points:
        digest.update(point.model_dump_json().encode())
    return digest.hexdigest()


def _workbook(compared: Compared) -> bytes:
    target, digest = io.BytesIO(), digest_of(compared)
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
            "title": compared.name,
            "subject": "Comparison of scenarios",
            "author": "mission-planner",
            "comments": compared.banner,
            "created": _CREATED,
        }
    )
    sheets, styles = sheets_of(compared), Styles(workbook)
    render_front(workbook, styles, compared, summary_of(compared), sheets, digest)
    for sheet in sheets:
        render(workbook, styles, compared, sheet, digest)
    _meta(workbook, compared, digest)
    workbook.close()
    return target.getvalue()


def _meta(workbook: Workbook, compared: Compared, digest: str) -> None:
    """Add the hidden sheet that says what the figures come from."""
    rows = [
        ("schema", META_SCHEMA),
        ("mission", compared.mission.mission.id),
        ("comparison_sha256", digest),
        ("mission_input_sha256", compared.mission.input_hash),
    ]
    for number, found in enumerate(compared.found, start=1):
        point = found.point if isinstance(found, ScenarioRun) else found
        rows += [
            (f"scenario:{number}", point.name),
            (f"scenario:{number}:input_sha256", point.input_hash),
            (f"scenario:{number}:seed", str(point.seed)),
        ]
        if isinstance(found, ScenarioRun):
            rows.append((f"scenario:{number}:plan_sha256", plan_hash(found.plan)))
            rows.append((f"scenario:{number}:document", found.scenario.model_dump_json()))
    page = workbook.add_worksheet(META_SHEET)
    for number, (key, value) in enumerate(rows):
        page.write_string(number, 0, key)
        page.write_string(number, 1, value[:32_767])
    page.set_column(0, 1, 40)
    page.hide()
