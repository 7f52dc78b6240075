"""A workbook as a person edits it: written, taken apart into cells, changed, written again."""

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.export.workbook import META_SHEET, write_workbook
from planner.referee import Verdict, check_plan
from planner.returned import Edit, Returned, read_returned
from planner.returned.values import serial
from tests.good_plan import TRAVEL, good_mission, good_plan

NAME = "plan.xlsx"
Saver = Callable[[Any], Any]


class Edited:
    """Sheets of cells, found as a person finds them: by sheet, first cell of the row, title."""

    def __init__(self, content: bytes) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        self.sheets: dict[str, list[list[Any]]] = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }

    def header(self, sheet: str) -> int:
        """Return the index of the row of titles."""
        titles = {"E-day": ["Team", "Area", "No."], "Stations": ["Station", "Name"]}
        first = titles.get(sheet) or [
            {"Areas": "Area", "Teams": "Team", "Logistics": "Town"}.get(sheet, "")
        ]
        rows = self.sheets[sheet]
        if not first[0]:
            return 3
        return next(i for i, row in enumerate(rows) if row[: len(first)] == first)

    def column(self, sheet: str, title: str) -> int:
        return self.sheets[sheet][self.header(sheet)].index(title)

    def row(self, sheet: str, *keys: Any) -> list[Any]:
        """Return the row whose cells hold ``keys``: its first cell, and any others after it."""
        return next(
            row for row in self.rows(sheet) if row[0] == keys[0] and all(k in row for k in keys)
        )

    def rows(self, sheet: str) -> Iterator[list[Any]]:
        return iter(self.sheets[sheet][self.header(sheet) + 1 :])

    def put(self, sheet: str, key: Any, title: str, value: Any) -> "Edited":
        keys = key if isinstance(key, tuple) else (key,)
        self.row(sheet, *keys)[self.column(sheet, title)] = value
        return self

    def get(self, sheet: str, key: Any, title: str) -> Any:
        keys = key if isinstance(key, tuple) else (key,)
        return self.row(sheet, *keys)[self.column(sheet, title)]

    def number(self, sheet: str, *keys: Any) -> int:
        """Return the number of a row as a spreadsheet shows it."""
        wanted = self.row(sheet, *keys)
        return next(i for i, row in enumerate(self.sheets[sheet], start=1) if row is wanted)

    def drop_column(self, sheet: str, title: str) -> None:
        place = self.column(sheet, title)
        for row in self.sheets[sheet]:
            del row[place]

    def save(self, saver: Saver = lambda cell: cell) -> bytes:
        """Write all cells again; ``saver`` is what a program does to each of them."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
            styles = {
                kind: book.add_format({"num_format": form})
                for kind, form in (
                    (datetime, "yyyy-mm-dd hh:mm"),
                    (date, "yyyy-mm-dd"),
                    (time, "hh:mm"),
                )
            }
            for name, rows in self.sheets.items():
                page = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        value = saver(cell)
                        if isinstance(value, str):
                            page.write_string(number, place, value) if value else None
                        elif type(value) in styles:
                            page.write_datetime(number, place, value, styles[type(value)])
                        else:
                            page.write(number, place, value)
                if name == META_SHEET:
                    page.hide()
        return target.getvalue()


def as_serials(cell: Any) -> Any:
    """Return what is left of a time when its format is lost: the number of days."""
    return serial(cell) if isinstance(cell, date | time) else cell


def as_typed(cell: Any) -> Any:
    """Return numbers and times as the text that a person sees."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


class Sent:
    """A mission with its plan, its verdict and its workbook."""

    def __init__(self, folder: Path, mission: MissionInput, plan: Plan) -> None:
        self.mission, self.plan = mission, plan
        self.verdict: Verdict = check_plan(mission, plan, TRAVEL)
        path = folder / NAME
        write_workbook(mission, plan, self.verdict, path)
        self.content = path.read_bytes()

    def edited(self) -> Edited:
        return Edited(self.content)

    def read(self, content: bytes | Edited, **update: Any) -> Returned:
        """Read what came back; ``update`` replaces parts of the mission's input."""
        content = content.save() if isinstance(content, Edited) else content
        mission = self.mission.model_copy(update=update)
        return read_returned(content, NAME, mission, self.plan, self.verdict)


def sent(folder: Path, **update: Any) -> Sent:
    """Return the good mission with its good plan, as they were sent out."""
    mission = good_mission()
    return Sent(folder, mission.model_copy(update=update), good_plan(mission))


def only(returned: Returned) -> Edit:
    """Return the one edit; nothing else may have been noticed."""
    assert returned.ignored == ()
    (edit,) = returned.edits
    return edit
