"""Normalised tables of a mission folder: each row one record, every fault told at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from planner.domain.finding import Finding
from planner.errors import PlannerError
from planner.intake.notes import problem, remark
from planner.intake.read_table import read_table
from planner.intake.table import Table

TABLE_SUFFIXES = (".csv", ".xlsx", ".ods", ".xls")
_FORMULA_STARTS = ("'=", "'+", "'-", "'@")

Model = TypeVar("Model", bound=BaseModel)
Cells = dict[str, Any]
"""Filled cells of a row by column name."""


@dataclass(frozen=True)
class Records(Generic[Model]):
    """Records of one table, with the row each stands in.

    Parameters
    ----------
    values
        Validated records, in the order of the file.
    rows
        Row of each in the file.
    beside
        For each record, cells of the columns asked for that belong to no field of it.
    file
        Name of the file; empty if there is none.
    """

    values: tuple[Model, ...] = ()
    rows: tuple[int, ...] = ()
    beside: tuple[dict[str, str], ...] = ()
    file: str = ""


def find_file(folder: Path, stem: str, suffixes: Sequence[str] = TABLE_SUFFIXES) -> Path | None:
    """Return the file ``stem`` in any of its formats, or None.

    Raises
    ------
    PlannerError
        ``IN-TWICE`` if there are two, because nobody can tell which one is meant.
    """
    found = [path for suffix in suffixes if (path := folder / f"{stem}{suffix}").is_file()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise PlannerError("IN-TWICE", f"{folder} holds {names}", "keep one of them")
    return found[0] if found else None


def location(error: ErrorDetails) -> str:
    """Return the dotted path of a fault inside a record, e.g. ``policies.day.dwell_min``."""
    return ".".join(str(part) for part in error["loc"])


def fault_message(error: ErrorDetails) -> tuple[str, str]:
    """Return message and remedy of a pydantic fault in words for a co-ordinator."""
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "missing":
        return "a value is missing", "fill the cell, or map the column on import"
    if kind == "extra_forbidden":
        return "this field is unknown", "check its spelling, or remove it"
    if kind == "enum":
        return "the value is not one of those allowed", f"use {context.get('expected', '')}"
    return error["msg"].removeprefix("Value error, "), "correct the value"


def faults(
    error: ValidationError, *, subject: str, file: str, row: int | None = None
) -> list[Finding]:
    """Return one hard finding for every fault of a record."""
    found = []
    for detail in error.errors(include_url=False):
        message, remedy = fault_message(detail)
        value = "" if detail["type"] == "missing" else str(detail["input"])[:80]
        found.append(
            problem(
                "IN-VALUE",
                subject,
                message,
                value=value,
                remedy=remedy,
                file=file,
                row=row,
                column=location(detail),
            )
        )
    return found


def _cells(table: Table, index: int, names: Sequence[tuple[str, int]]) -> Cells:
    cells = {}
    for name, position in names:
        text = table.columns[position][index]
        if text:
            cells[name] = text[1:] if text.startswith(_FORMULA_STARTS) else text
    return cells


def read_records(
    path: Path | None,
    model: type[Model],
    findings: list[Finding],
    *,
    convert: Callable[[Cells], Cells] = dict,
    beside: Sequence[str] = (),
    filled: Sequence[str] = (),
) -> Records[Model]:
    """Read a normalised table.

    Parameters
    ----------
    path
        The file, or None: no records.
    model
        What a row becomes; its field names are the column names.
    findings
        Faults are appended here: a file that cannot be read, rows with wrong values.
    convert
        Changes the filled cells of a row before validation. A ``ValueError`` that it raises is
        told as a fault of the row.
    beside
        Columns that are no fields and are returned beside the record.
    filled
        Needed columns that ``convert`` may fill, so that a file may lack them.
    """
    if path is None:
        return Records()
    wanted = {*model.model_fields, *beside}
    try:
        table = read_table(path, known=lambda cell: cell.lower() in wanted)
    except PlannerError as error:
        findings.append(
            problem(error.code, path.name, error.message, remedy=error.remedy, file=path.name)
        )
        return Records(file=path.name)
    positions = [(name.lower(), i) for i, name in enumerate(table.header) if name.lower() in wanted]
    ignored = [name for name in table.header if name.lower() not in wanted]
    if ignored:
        findings.append(
            remark(
                "IN-IGNORED",
                path.name,
                "columns that are no part of the format were ignored",
                value=", ".join(ignored),
                remedy="check their spelling, or bring the list in with `mission-planner import`",
                file=path.name,
            )
        )
    present = {name for name, _ in positions}
    needed = {name for name, field in model.model_fields.items() if field.is_required()}
    lacking = sorted(needed - present - set(filled))
    if lacking:
        findings.append(
            problem(
                "IN-COLUMN",
                path.name,
                "columns are missing",
                value=", ".join(lacking),
                remedy=f"bring the list in with `mission-planner import`; needed: {sorted(wanted)}",
                file=path.name,
            )
        )
        return Records(file=path.name)
    values, rows, others = [], [], []
    for index, row in enumerate(table.row_numbers):
        cells = _cells(table, index, positions)
        extra = {name: cells.pop(name, "") for name in beside}
        subject = str(cells.get("id", path.name))
        try:
            values.append(model.model_validate(convert(cells)))
        except ValidationError as error:
            findings += faults(error, subject=subject, file=path.name, row=row)
        except ValueError as error:
            findings.append(
                problem("IN-VALUE", subject, str(error), remedy="correct the value").model_copy(
                    update={"file": path.name, "row": row}
                )
            )
        else:
            rows.append(row)
            others.append(extra)
    return Records(tuple(values), tuple(rows), tuple(others), path.name)


def observer_cells(cells: Cells) -> Cells:
    """Part the list cells of an observer: ``en:C1 ru:B2`` and ``no_stairs no_night_work``.

    Raises
    ------
    ValueError
        If a language has no level.
    """
    changed = dict(cells)
    if "languages" in cells:
        skills = []
        for part in str(cells["languages"]).replace(",", " ").replace(";", " ").split():
            language, colon, level = part.partition(":")
            if not colon:
                msg = f"language {part!r} has no level; write it like en:C1 ru:B2"
                raise ValueError(msg)
            level = "native" if level.lower() == "native" else level.upper()
            skills.append({"language": language.lower(), "level": level})
        changed["languages"] = skills
    if "restrictions" in cells:
        flags = str(cells["restrictions"]).replace(",", " ").replace(";", " ")
        changed["restrictions"] = flags.split()
    return changed


def region_cells(cells: Cells) -> Cells:
    """Part the languages of a region: ``kk ru``."""
    changed = dict(cells)
    if "languages" in cells:
        changed["languages"] = str(cells["languages"]).replace(",", " ").lower().split()
    return changed
