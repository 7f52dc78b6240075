"""The table of points: tidy, typed, without formulas, the same bytes each time."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from planner.scenario.point import COLUMNS, Point
from planner.sweep.table import rows_of, write_parquet, write_xlsx

POINTS = (
    Point(
        name="=cmd|' /C calc'!A0",
        mission="kz",
        input_hash="h",
        status="planned",
        pairs_planned=127,
        delivery_rate=0.85,
        delivery_known=True,
        margin_voting=0.0368,
        isolated="Абай 6-30 h",
    ),
    Point(name="none", mission="kz", input_hash="h", status="refused", reason="SC-BEDS"),
)


def test_parquet_holds_every_column_with_type_unit_and_meaning(tmp_path: Path):
    path = tmp_path / "points.parquet"
    write_parquet(POINTS, path)
    table = pq.read_table(path)
    assert table.column_names == [column.name for column in COLUMNS]
    assert table.to_pylist() == rows_of(POINTS)
    margin = table.schema.field("margin_voting")
    assert str(margin.type) == "double"
    assert margin.metadata[b"unit"] == b"share"
    assert str(table.schema.field("pairs_planned").type) == "int64"
    assert str(table.schema.field("delivery_known").type) == "bool"
    # Columns without any value keep their type.
    write_parquet((), path)
    assert str(pq.read_table(path).schema.field("cost").type) == "double"


def test_xlsx_holds_the_same_and_no_formula(tmp_path: Path):
    path = tmp_path / "points.xlsx"
    write_xlsx(POINTS, path)
    book = CalamineWorkbook.from_path(path)
    head, units, *rows = book.get_sheet_by_name("Points").to_python()
    assert head == [column.name for column in COLUMNS]
    assert units[head.index("margin_voting")] == "share"
    assert rows[0][head.index("name")] == POINTS[0].name
    assert rows[0][head.index("pairs_planned")] == 127
    assert rows[0][head.index("delivery_known")] is True
    assert rows[1][head.index("pairs_planned")] == ""
    about = book.get_sheet_by_name("Columns").to_python()
    assert len(about) == len(COLUMNS) + 1


@pytest.mark.parametrize("write", [write_xlsx, write_parquet])
def test_equal_points_give_equal_bytes(write: object, tmp_path: Path):
    assert callable(write)
    write(POINTS, tmp_path / "one")
    write(POINTS, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
