"""What an uploaded list offers for choosing: its columns, sheets and layers."""

import contextlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planner.errors import PlannerError
from planner.intake.column_maps import recall
from planner.intake.guess import fields, guess, is_known, resolve
from planner.intake.importing import Kind
from planner.intake.private import find_private
from planner.intake.read_table import read_table
from planner.intake.workbook import is_workbook, sheet_names
from planner.intake.zipped import is_zipped, unzip_boundaries, zipped_names

BOUNDARY_FIELDS = ("id", "name", "region", "region_name")


@dataclass(frozen=True)
class ListForm:
    """The form of a list.

    Attributes
    ----------
    fields
        What a list of this kind can tell, in order.
    columns
        Columns that may be chosen, in the order of the list.
    guessed
        Column by field as understood so far; also where nothing of the list could be used.
    private
        Columns that are refused because they hold people's data.
    sheets
        Sheets of a workbook; empty for a text file.
    layers
        Layers of a boundary file, or boundary files of an archive; empty where there is one.
    """

    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    guessed: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


def read_form(
    upload: Path,
    folder: Path,
    kind: Kind,
    sheet: str | None,
    layer: str | None,
    mapping: Mapping[str, str] | None,
) -> ListForm:
    """Return the form of an uploaded list, as far as it can be read; never fails."""
    if kind == "boundaries":
        return _boundary_form(upload, layer, mapping or {})
    sheets: tuple[str, ...] = ()
    known = fields(kind)
    with contextlib.suppress(PlannerError, OSError):
        if is_workbook(upload):
            sheets = sheet_names(upload)
    try:
        table = read_table(upload, known=lambda cell: is_known(kind, cell), sheet=sheet)
    except PlannerError:
        return ListForm(fields=known, sheets=sheets)
    private = find_private(kind, table).all
    columns = tuple(name for name in table.header if name not in private)
    remembered = recall(folder, kind, table.header)
    wanted = {**remembered, **(mapping or {})}
    try:
        fixed = resolve(kind, table, {f: c for f, c in wanted.items() if c not in private})
    except PlannerError:
        fixed = {}
    guessed = {
        name: column for name, column in guess(kind, table, fixed).items() if column in columns
    }
    return ListForm(
        fields=known,
        columns=columns,
        guessed=guessed,
        private=tuple(name for name in table.header if name in private),
        sheets=sheets,
    )


def _boundary_form(upload: Path, layer: str | None, mapping: Mapping[str, str]) -> ListForm:
    from geodata.errors import GeodataError  # noqa: PLC0415 - heavy import
    from geodata.vector_file import layer_form  # noqa: PLC0415 - heavy import

    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="mission-planner-unzip-") as scratch:
        path, inside = upload, layer
        with contextlib.suppress(PlannerError, GeodataError, OSError):
            if is_zipped(upload):
                choices = zipped_names(upload)
                path, inside = unzip_boundaries(upload, Path(scratch), layer)
            layers, columns = layer_form(path, inside)
            choices = choices if len(choices) > 1 else layers
    return ListForm(
        fields=BOUNDARY_FIELDS,
        columns=columns,
        guessed={name: column for name, column in mapping.items() if column in columns},
        layers=choices if len(choices) > 1 else (),
    )
