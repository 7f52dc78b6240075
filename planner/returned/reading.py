"""An edited workbook, read back against its plan: which cells changed, and which become pins."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.export.document import plan_hash
from planner.export.sheets.table import Sheet
from planner.export.view import PlanView
from planner.export.workbook import sheets_of
from planner.referee import Verdict
from planner.returned import front
from planner.returned.areas import moved_districts, read_base_towns
from planner.returned.computed import tell_computed
from planner.returned.conflicts import settle
from planner.returned.context import Context
from planner.returned.draft import Draft
from planner.returned.e_day import read_e_day
from planner.returned.edit import Edit, Returned
from planner.returned.grid import read_grid, remark
from planner.returned.match import Matched, header_keys, match
from planner.returned.opening import Book, open_book
from planner.returned.stations import read_stations
from planner.returned.teams import read_teams

MAX_EDITS = 5_000
"""More is no editing by hand; what is beyond is counted and said."""


def read_returned(
    content: bytes, name: str, mission: MissionInput, plan: Plan, verdict: Verdict
) -> Returned:
    """Read an edited workbook against the plan that it was made from.

    Rows are known by their keys, columns by their titles: sorting, filtering, blank rows, hidden
    or moved columns and saving by another program are no edits.

    Parameters
    ----------
    content
        The uploaded file.
    name
        What messages call it.
    mission, plan, verdict
        What the workbook was written from.

    Returns
    -------
    Returned
        Edits that are or want to be pins, each with its problem if it has one, and a finding for
        every other difference. An unedited workbook gives neither.

    Raises
    ------
    PlannerError
        ``IN-WORKBOOK`` if it is no XLSX workbook, ``IN-SIZE`` if it is too large, ``RW-FOREIGN`` if
        mission-planner did not write it, ``RW-SCHEMA`` if it has another layout, ``RW-MISSION`` if
        it belongs to another mission, ``RW-STALE`` if it was made from another plan.
    """
    if plan.mission != mission.mission.id:
        raise PlannerError(
            "RW-MISSION",
            f"The plan is of mission {plan.mission}, not of {mission.mission.id}.",
            "Open the plan with its own mission.",
        )
    view, digest = PlanView(mission, plan), plan_hash(plan)
    sheets = sheets_of(view, verdict)
    book = open_book(
        content,
        name,
        mission=plan.mission,
        plan_hash=digest,
        wanted=frozenset({front.SHEET, *(sheet.name for sheet in sheets)}),
    )
    draft = Draft()
    draft.ignore(*_strange(book, sheets))
    if front.SHEET in book.sheets:
        draft.ignore(*front.tell_front(view, verdict, digest, sheets, book.sheets[front.SHEET]))
    matched = {sheet.name: _matched(sheet, book, view.banner, draft) for sheet in sheets}
    _understand(Context(mission, plan), matched, draft)
    edits, doubles = settle(Context(mission, plan), _sorted(draft.edits, sheets))
    ignored = [
        finding.model_copy(update={"file": f"{name}, sheet {finding.file}"})
        for finding in (*draft.ignored, *doubles)
    ]
    return Returned(
        mission=plan.mission,
        plan_hash=digest,
        edits=tuple(edits[:MAX_EDITS]),
        ignored=(*_too_many(name, len(edits), len(ignored)), *ignored[:MAX_EDITS]),
    )


def _understand(context: Context, matched: dict[str, Matched], draft: Draft) -> None:
    moves = moved_districts(context, matched["Areas"], draft)
    context = replace(context, moves=moves)
    read_base_towns(context, matched["Areas"], draft)
    read_teams(context, matched["Teams"], draft)
    read_e_day(context, matched["E-day"], draft)
    read_stations(context, matched["Stations"], draft)
    for each in matched.values():
        tell_computed(each, draft)


def _matched(sheet: Sheet, book: Book, banner: str, draft: Draft) -> Matched:
    """Return the sheet with its rows matched; empty if it did not come back."""
    rows = book.sheets.get(sheet.name)
    if rows is None:
        return Matched(sheet)
    grid = read_grid(sheet, rows, header_keys(sheet), banner)
    draft.ignore(*grid.findings)
    return match(sheet, grid.rows) if grid.found else Matched(sheet)


def _strange(book: Book, sheets: Sequence[Sheet]) -> list[Finding]:
    missing = [name for name in (front.SHEET, *(s.name for s in sheets)) if name not in book.sheets]
    gone = [
        remark(
            name,
            "RW-SHEET",
            f"Sheet {name} is missing; its cells count as unchanged.",
            remedy="Nothing, if it was deleted on purpose; keep its name if it was renamed.",
        )
        for name in missing
    ]
    new = [
        remark(
            name,
            "RW-SHEET",
            "A sheet that the workbook did not have was not read.",
            change=(name, ""),
            remedy="Nothing, if it holds notes of your own.",
            severity=Severity.INFO,
        )
        for name in book.others
    ]
    return gone + new


def _sorted(edits: Sequence[Edit], sheets: Sequence[Sheet]) -> list[Edit]:
    order = {sheet.name: number for number, sheet in enumerate(sheets)}
    return sorted(edits, key=lambda edit: (order[edit.sheet], edit.row))


def _too_many(name: str, edits: int, ignored: int) -> list[Finding]:
    return [
        remark(
            name,
            "RW-MANY",
            f"{count:,} {what}: only the first {MAX_EDITS:,} are shown.",
            change=(f"{count:,}", f"{MAX_EDITS:,}"),
            remedy="Accept these, plan again, and repeat the others in the new workbook.",
        )
        for count, what in ((edits, "edits"), (ignored, "other changes"))
        if count > MAX_EDITS
    ]
