"""Small made-up lists in the dress of many countries, for the tests of intake."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from planner.intake.new import new_mission


def mission(folder: Path, country: str = "GE", time_zone: str | None = None) -> Path:
    new_mission(folder, country, date(2024, 10, 26), time_zone=time_zone)
    return folder


def text(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def write(
    path: Path, rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    path.write_bytes(text(rows, delimiter).encode(encoding))
    return path


def workbook(path: Path, rows: Sequence[Sequence[Any]], merge: str = "") -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("list")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        if merge:
            sheet.merge_range(merge, rows[0][0])
    return path


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


GEORGIAN = [
    ["id", "name", "district", "lat", "lon", "voters"],
    ["01", "School 1", "A", "41.71", "44.78", "1200"],
    ["02", "School 2", "A", "41.72", "44.79", "900"],
    ["03", "School 3", "B", "41.64", "41.64", "700"],
    ["04", "School 4", "B", "41.65", "41.65", "650"],
    ["05", "School 5", "B", "41.66", "41.66", "640"],
]
