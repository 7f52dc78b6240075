"""OpenDocument sheets whose repeated cells would make them huge, told before they are opened."""

import pytest

from planner.intake.ods_extent import OdsExtent

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
FULL, EMPTY = "<text:p>x</text:p>", ""


def cell(repeated: int, content: str = FULL) -> str:
    return f'<t:table-cell t:number-columns-repeated="{repeated}">{content}</t:table-cell>'


def row(repeated: int, *cells: str) -> str:
    return f'<t:table-row t:number-rows-repeated="{repeated}">{"".join(cells)}</t:table-row>'


def table(*rows: str) -> str:
    return f"<t:table>{''.join(rows)}</t:table>"


def extent(*tables: str, pieces: int = 1_000) -> tuple[int, int]:
    xml = f"<office:body {NAMES}>{''.join(tables)}</office:body>".encode()
    counted = OdsExtent()
    for at in range(0, len(xml), pieces):
        assert counted.add(xml[at : at + pieces])
    return counted.close()


@pytest.mark.parametrize("pieces", [1, 7, 1_000])
def test_repeated_cells_and_rows_count_as_often_as_they_are_repeated(pieces: int) -> None:
    bomb = table(row(1_048_576, cell(16_384)))
    assert extent(bomb, pieces=pieces) == (1_048_576, 16_384)


def test_the_empty_rest_that_programs_write_is_not_counted() -> None:
    usual = table(row(2, cell(3), cell(16_381, EMPTY)), row(1_048_574, cell(16_384, EMPTY)), row(1))
    assert extent(usual) == (2, 3)


def test_what_stands_behind_a_gap_reaches_over_it() -> None:
    gap = table(row(1_000, cell(1, EMPTY)), row(1, cell(499, EMPTY), cell(1)))
    assert extent(gap) == (1_001, 500)


def test_a_value_without_a_text_fills_a_cell() -> None:
    valued = '<t:table-cell office:value="3" t:number-columns-repeated="9"/>'
    assert extent(table(row(4, valued))) == (4, 9)


def test_the_largest_sheet_counts() -> None:
    assert extent(table(row(2, cell(5))), table(row(30, cell(2))), table(row(1, cell(9)))) == (
        30,
        2,
    )


def test_numbers_of_any_length_and_what_is_no_number() -> None:
    rows, columns = extent(
        table(f'<t:table-row t:number-rows-repeated="{"9" * 5_000}">{cell(7)}</t:table-row>')
    )
    assert rows >= 10**12
    assert columns == 7
    assert extent(table(f'<t:table-row t:number-rows-repeated="many">{cell(7)}</t:table-row>')) == (
        1,
        7,
    )


def test_what_is_no_xml_cannot_be_counted() -> None:
    assert not OdsExtent().add(b"<a><b></a>")
