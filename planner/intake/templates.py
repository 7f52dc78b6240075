"""Empty lists to fill in: the columns of each kind, with a word about each."""

import io
from pathlib import Path

from planner.errors import PlannerError
from planner.export.atomic import write_bytes, write_text
from planner.intake.observers import HEADER as OBSERVER_HEADER
from planner.intake.places import HEADERS as PLACE_HEADERS
from planner.intake.workbook import EXPLANATION
from planner.intake.write import cell

_STATIONS = (
    *("id", "name", "district", "district_name", "region", "locality", "lat", "lon", "voters"),
    *("kind", "settlement", "opens", "closes", "commission", "abroad"),
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "stations": _STATIONS,
    "observers": OBSERVER_HEADER,
    "towns": tuple(name for name in PLACE_HEADERS["towns"] if name != "status"),
    "commissions": tuple(name for name in PLACE_HEADERS["commissions"] if name != "status"),
}
"""Columns of each template."""

_WORDS = {
    "id": "text, kept as it stands with its zeros; one for each record",
    "name": "name or address",
    "district": "code or name of the district",
    "district_name": "name of the district, if district is a code",
    "region": "code or name of the region",
    "locality": "settlement; places a station that has no coordinates",
    "lat": "degrees north, e.g. 41.6903",
    "lon": "degrees east, e.g. 44.8020",
    "voters": "registered voters; empty if unknown",
    "kind": "ordinary or special (hospital, barracks, prison, rest home)",
    "settlement": "urban or rural; empty if unknown",
    "opens": "only if not the usual hour, e.g. 06:00",
    "closes": "only if not the usual hour, e.g. 20:00",
    "commission": "id in the list of commissions",
    "abroad": "yes for stations outside the country",
    "role": "LTO or STO",
    "state": "participating State: ISO code or name",
    "languages": "language:level, e.g. en:C1 ru:B2",
    "experience": "number of earlier missions, or new, some, senior",
    "gender": "F, M or empty",
    "available_from": "first day in the country, e.g. 2024-10-20",
    "available_to": "last day in the country",
    "accredited": "yes or no",
    "reserve": "yes for observers who are not deployed",
    "restrictions": "no_stairs no_long_drives no_night_work no_remote_areas; never a diagnosis",
    "beds": "beds that can be had",
    "population": "inhabitants",
    "level": "TEC or DEC",
}
_PRIVACY = "No names, passports, dates of birth or medical data: such columns are refused."


def write_template(kind: str, path: Path) -> Path:
    """Write an empty list with its header and an explanation.

    Parameters
    ----------
    kind
        ``stations``, ``observers``, ``towns`` or ``commissions``.
    path
        ``.csv``: the explanation is a row that starts with ``#`` and is skipped on import.
        ``.xlsx``: it is a sheet of its own.

    Raises
    ------
    PlannerError
        ``IN-KIND`` for another kind, ``IN-FILE`` for another ending.
    """
    if kind not in COLUMNS:
        raise PlannerError(
            "IN-KIND", f"there is no template for {kind!r}", f"use {', '.join(COLUMNS)}"
        )
    columns = COLUMNS[kind]
    if path.suffix == ".csv":
        words = [f"# {_WORDS[columns[0]]}", *(_WORDS[name] for name in columns[1:])]
        lines = [",".join(columns), ",".join(f'"{cell(word)}"' for word in words)]
        write_text(path, "\ufeff" + "\n".join(lines) + "\n")
    elif path.suffix == ".xlsx":
        write_bytes(path, _workbook(kind, columns))
    else:
        raise PlannerError(
            "IN-FILE", f"a template cannot be written as {path.name}", "use .csv or .xlsx"
        )
    return path


def _workbook(kind: str, columns: tuple[str, ...]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - heavy import

    content = io.BytesIO()
    options = {"strings_to_formulas": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(kind)
        sheet.write_row(0, 0, columns, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 16)
        # Ids are text, so that a spreadsheet keeps their zeros.
        for i, name in enumerate(columns):
            if name in ("id", "district", "region", "commission"):
                sheet.set_column(i, i, 16, text)
        help_sheet = book.add_worksheet(EXPLANATION)
        help_sheet.set_column(0, 0, 18)
        help_sheet.set_column(1, 1, 80)
        for i, name in enumerate(columns):
            help_sheet.write_row(i, 0, (name, _WORDS[name]))
        if kind == "observers":
            help_sheet.write(len(columns) + 1, 0, _PRIVACY)
    return content.getvalue()
