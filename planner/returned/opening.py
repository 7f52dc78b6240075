"""An uploaded workbook, opened, if it is one of ours, of this mission and of this very plan."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.plan import SCHEMA_VERSION
from planner.errors import PlannerError
from planner.export.workbook import META_SCHEMA, META_SHEET
from planner.intake.workbook import RawCell, read_cells
from planner.intake.workbook_size import BROKEN_ZIP, Caps, unreadable
from planner.returned.values import text_of

CAPS = Caps(file_bytes=25_000_000, unzipped_bytes=300_000_000, cells=5_000_000)
"""The founding mission makes 1.3 MB, 11 MB unzipped, 0.2 million cells on its largest sheet."""
_WORKBOOK = "xl/workbook.xml"
_NEWEST = "Download the workbook of this plan again and repeat the edits there"

Rows = list[list[RawCell]]


@dataclass(frozen=True)
class Book:
    """The sheets that are read, by name, and the names of those that are not."""

    sheets: Mapping[str, Rows]
    others: tuple[str, ...]


def open_book(
    content: bytes, name: str, *, mission: str, plan_hash: str, wanted: frozenset[str]
) -> Book:
    """Open a workbook and make sure that it was made from this plan.

    Parameters
    ----------
    content, name
        The file, and what messages call it.
    mission, plan_hash
        What the hidden sheet must say.
    wanted
        Names of the sheets that are read.

    Raises
    ------
    PlannerError
        ``IN-WORKBOOK`` if it is no XLSX workbook; ``IN-SIZE`` above the caps; ``RW-FOREIGN`` if
        mission-planner did not write it; ``RW-SCHEMA`` if a newer one did; ``RW-MISSION`` if it is
        of another mission; ``RW-STALE`` if it was made from another plan.
    """
    _refuse_other_formats(content, name)
    keys = {sheet.casefold(): sheet for sheet in (*wanted, META_SHEET)}
    read = read_cells(content, name, CAPS, lambda sheet: sheet.casefold() in keys)
    meta = {text_of(row[0]): text_of(row[1]) for row in read.get(META_SHEET) or () if len(row) > 1}
    _check_origin(meta, name)
    _check_plan(meta, name, mission, plan_hash)
    sheets = {keys[sheet.casefold()]: rows for sheet, rows in read.items() if rows is not None}
    return Book(
        sheets={sheet: rows for sheet, rows in sheets.items() if sheet != META_SHEET},
        others=tuple(sheet for sheet, rows in read.items() if rows is None),
    )


def _refuse_other_formats(content: bytes, name: str) -> None:
    """Let nothing but XLSX through: in the other formats a few bytes can mean billions of cells."""
    if len(content) > CAPS.file_bytes:
        return  # the size is told as such
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            known = _WORKBOOK in archive.namelist()
    except BROKEN_ZIP as error:
        raise unreadable(name, error) from error
    if not known:
        raise PlannerError(
            "IN-WORKBOOK",
            f"{name} is not an XLSX workbook",
            "Save it as XLSX (Excel 2007 or later) and upload that.",
        )


def _check_origin(meta: Mapping[str, str], name: str) -> None:
    made_by, _, layout = meta.get("schema", "").rpartition(" ")
    ours, _, newest = META_SCHEMA.rpartition(" ")
    if made_by != ours or not layout.isdecimal():
        raise PlannerError(
            "RW-FOREIGN",
            f"{name} was not written by mission-planner: its hidden sheet {META_SHEET!r} is "
            + ("missing" if not meta else f"of {meta.get('schema', '')[:80]!r}"),
            "Edit the workbook that mission-planner hands out, and keep all of its sheets.",
        )
    plan_schema = meta.get("plan_schema_version", "")
    if int(layout) != int(newest) or plan_schema != str(SCHEMA_VERSION):
        raise PlannerError(
            "RW-SCHEMA",
            f"{name} has layout {layout} of plans of version {plan_schema[:20] or 'unknown'}; "
            f"layout {newest} of plans of version {SCHEMA_VERSION} is read.",
            f"{_NEWEST}, or update mission-planner if the workbook is newer.",
        )


def _check_plan(meta: Mapping[str, str], name: str, mission: str, plan_hash: str) -> None:
    if meta.get("mission") != mission:
        raise PlannerError(
            "RW-MISSION",
            f"{name} belongs to mission {meta.get('mission', '')[:80]!r}, not to {mission!r}.",
            "Open that mission and upload it there.",
        )
    made_from = meta.get("plan_sha256", "")
    if made_from != plan_hash:
        raise PlannerError(
            "RW-STALE",
            f"{name} was made from another plan: {made_from[:12] or 'unknown'}, "
            f"and this one is {plan_hash[:12]}.",
            f"{_NEWEST}, or open the revision of that plan and upload it there.",
        )
