"""Workbooks that would be too large once they are opened, told before they are."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from planner.errors import PlannerError
from planner.intake.read_table import read_table
from planner.intake.workbook import read_cells
from planner.intake.workbook_size import Caps, check_workbook_size

CAPS = Caps(file_bytes=1_000_000, unzipped_bytes=10_000_000, cells=1_000)
SHEET = "xl/worksheets/sheet1.xml"


def archive(xml: bytes, member: str = SHEET) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(member, xml)
    return stream


def refused(stream: io.BytesIO, caps: Caps = CAPS) -> str:
    with pytest.raises(PlannerError) as caught:
        check_workbook_size(stream, "a.xlsx", caps)
    assert caught.value.remedy
    return f"{caught.value.code} {caught.value.message}"


def test_two_cells_in_opposite_corners_are_refused(tmp_path: Path) -> None:
    """Opening it would end the process: memory for all cells between them is taken at once."""
    path = tmp_path / "spread.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)
    assert path.stat().st_size < 10_000
    with pytest.raises(PlannerError, match="1,048,576 rows x 16,384 columns") as caught:
        read_table(path)
    assert caught.value.code == "IN-SIZE"


def test_cells_without_references_count_by_their_order() -> None:
    xml = b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 100 + b"<row>" + b"<c/>" * 20
    assert "101 rows x 20 columns" in refused(archive(xml + b"</row></sheetData>"))


def test_a_reference_is_found_across_the_pieces_that_are_read() -> None:
    for filling in range((1 << 20) - 60, (1 << 20) + 5, 3):
        xml = b"<a>" + b"x" * filling + b'<row r="900"><c r="ZZ900"><v>1</v></c></row></a>'
        assert "900 rows x 702 columns" in refused(archive(xml))


def test_a_small_file_of_repeated_cells_is_refused() -> None:
    names = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    cells = '<t:table-cell t:number-columns-repeated="90">x</t:table-cell>'
    rows = f'<t:table-row t:number-rows-repeated="50">{cells}</t:table-row>'
    xml = f"<t:table {names}>{rows}</t:table>".encode()
    assert "50 rows x 90 columns" in refused(archive(xml, "content.xml"))
    assert refused(archive(b"<a></b>", "content.xml")).startswith("IN-WORKBOOK")


def test_far_cells_of_a_binary_sheet_are_refused() -> None:
    row, cell = (bytes([kind, 4]) + (99).to_bytes(4, "little") for kind in (0, 5))
    sheet = b"\x81\x01\x00\x91\x01\x00" + row + cell
    assert "100 rows x 100 columns" in refused(archive(sheet, "xl/worksheets/sheet1.bin"))


def test_what_just_fits_is_read() -> None:
    stream = archive(b'<a><row r="100"><c r="J100"/></row></a>')
    check_workbook_size(stream, "a.xlsx", CAPS)
    assert stream.tell() == 0


def test_pictures_are_no_sheets() -> None:
    check_workbook_size(archive(b'\x89PNG r="ZZZ99999"' + bytes(9_000_000)), "a.xlsx", CAPS)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_xml_that_cannot_be_counted_is_refused(encoding: str) -> None:
    xml = '<a><row r="9999"><c r="ZZ9999"/></row></a>'.encode(encoding)
    assert refused(archive(xml)).startswith("IN-WORKBOOK")
    assert refused(archive(b"<a " + b" " * 9_000_000)).startswith("IN-WORKBOOK")


def test_bytes_are_capped_before_and_after_unzipping() -> None:
    assert refused(io.BytesIO(b"x" * 1_000_001)).startswith(
        "IN-SIZE a.xlsx is too large: 1,000,001"
    )
    assert "once unzipped" in refused(archive(bytes(10_000_001)))
    assert refused(io.BytesIO(b"PK\x03\x04nothing")).startswith("IN-WORKBOOK")


def test_only_wanted_sheets_are_read() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("A").write(1, 1, "x")
        book.add_worksheet("B").write(0, 0, 1.5)
    read = read_cells(stream.getvalue(), "a.xlsx", CAPS, lambda name: name == "A")
    assert read == {"A": [["", ""], ["", "x"]], "B": None}
