"""Binary sheets whose cells lie far apart, told before they are opened."""

import pytest

from planner.intake.xlsb_extent import SHEET, XlsbExtent

BEGIN, END = b"\x91\x01\x00", b"\x92\x01\x00"
REAL = 5


def length(number: int) -> bytes:
    parts = []
    while number >= 0x80:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def record(kind: int, begins: int, filling: int = 8) -> bytes:
    content = begins.to_bytes(4, "little") + bytes(filling)
    return bytes([kind]) + length(len(content)) + content


def extent(data: bytes, pieces: int) -> tuple[int, int]:
    counted = XlsbExtent()
    for at in range(0, len(data), pieces):
        assert counted.add(data[at : at + pieces])
    return counted.close()


@pytest.mark.parametrize("pieces", [1, 2, 5, 64, 10_000])
@pytest.mark.parametrize("filling", [0, 8, 5_000])
def test_rows_and_columns_across_pieces(pieces: int, filling: int) -> None:
    cells = record(0, 0, filling) + record(REAL, 0, filling)
    cells += record(0, 1_048_575, filling) + record(7, 16_383, filling)
    assert extent(SHEET + BEGIN + cells + END, pieces) == (1_048_576, 16_384)


def test_what_lies_outside_the_sheet_s_data_is_not_counted() -> None:
    other = record(0, 999_999) + record(REAL, 9_999)
    inside = record(0, 4) + record(REAL, 2)
    assert extent(SHEET + other + BEGIN + inside + END + other, 50) == (5, 3)


def test_other_records_and_a_cut_end_are_passed_by() -> None:
    assert extent(SHEET + BEGIN + record(0, 4) + record(60, 77) + b"\x05\x84", 9) == (5, 0)
