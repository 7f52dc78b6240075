# ruff: noqa: RUF001 - lists in Cyrillic and Turkish are the matter here
"""Files in every dress: encodings, delimiters, headers, workbooks, and what is no table at all."""

import zipfile
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.intake import workbook as workbook_module
from planner.intake.read_table import read_table
from tests.intake import lists

RUSSIAN = [
    ["Номер участка", "Адрес", "Район"],
    ["0001", "г. Бишкек, ул. Токтогула, 15, школа №5", "Первомайский район"],
    ["0002", "село Кара-Балта, дом культуры", "Жайылский район"],
    ["0003", "г. Ош, ул. Ленина, 3, ЖЭУ", "Ошский"],
]
FRENCH = [
    ["Code bureau de vote", "Libellé", "Département"],
    ["001", "École élémentaire Jean-Jaurès, à côté de l'hôtel de ville", "Isère"],
    ["002", "Collège Molière, rue de la République", "Drôme"],
]
ROMANIAN = [
    ["Nr. secţiei", "Denumire", "Raion"],
    ["1", "Şcoala gimnazială, oraşul Făleşti, str. Ştefan cel Mare", "Făleşti"],
    ["2", "Căminul cultural, satul Ţaul", "Donduşeni"],
]
TURKISH = [
    ["Sandık No", "Adres", "İlçe"],
    ["1001", "Atatürk İlköğretim Okulu, Işıklar Mahallesi, Çağdaş Sokağı", "Şişli"],
    ["1002", "Ağaoğlu Lisesi, Güneş Caddesi", "Üsküdar"],
]


@pytest.mark.parametrize(
    ("rows", "encoding", "delimiter"),
    [
        (RUSSIAN, "utf-8", ","),
        (RUSSIAN, "utf-8-sig", ";"),
        (RUSSIAN, "utf-16", "\t"),
        (RUSSIAN, "utf-16-le", "\t"),
        (RUSSIAN, "utf-16-be", ";"),
        (RUSSIAN, "utf-32", ","),
        (RUSSIAN, "cp1251", ";"),
        (RUSSIAN, "cp866", ";"),
        (FRENCH, "cp1252", ";"),
        (FRENCH, "latin-1", "|"),
        (ROMANIAN, "cp1250", ","),
        (TURKISH, "cp1254", ";"),
    ],
)
def test_encodings_and_delimiters_are_found_out(
    tmp_path: Path, rows: list[list[str]], encoding: str, delimiter: str
) -> None:
    table = read_table(lists.write(tmp_path / "a.csv", rows, delimiter, encoding))
    assert list(table.header) == rows[0]
    assert [list(cells) for cells in zip(*table.columns, strict=True)] == rows[1:]
    assert table.row_numbers == list(range(2, len(rows) + 1))


def test_koi8_is_no_cp1251(tmp_path: Path) -> None:
    rows = [[cell.replace("№", "N") for cell in row] for row in RUSSIAN]
    table = read_table(lists.write(tmp_path / "a.csv", rows, ";", "koi8-r"))
    assert list(table.header) == rows[0]


def test_a_guessed_encoding_is_told_and_can_be_named(tmp_path: Path) -> None:
    path = lists.write(tmp_path / "a.csv", RUSSIAN, ";", "cp1251")
    assert "IN-ENCODING" in {f.code for f in read_table(path).findings}
    assert read_table(path, encoding="cp1251").findings == []
    with pytest.raises(PlannerError, match="cannot be read as utf-8"):
        read_table(path, encoding="utf-8")
    with pytest.raises(PlannerError, match="cannot be read as klingon"):
        read_table(path, encoding="klingon")


def test_the_header_may_stand_lower_and_be_repeated(tmp_path: Path) -> None:
    rows = [
        ["Central Election Commission"],
        ["List of polling stations, 1 October 2024"],
        [],
        ["id", "name", "district", "voters"],
        ["001", "School", "A", "100"],
        ["002", "Hall", "A", "200"],
        ["id", "name", "district", "voters"],
        [],
        ["003", "Library", "B", "300"],
    ]
    table = read_table(lists.write(tmp_path / "a.csv", rows))
    assert table.header == ("id", "name", "district", "voters")
    assert table.column("id") == ["001", "002", "003"]
    assert table.row_numbers == [5, 6, 9]
    assert {f.code for f in table.findings} == {"IN-HEADER"}


def test_blank_columns_go_and_double_names_are_numbered(tmp_path: Path) -> None:
    rows = [["id", "", "name", "name", ""], ["1", "", "a", "b", ""], ["2", "", "c", "d", ""]]
    table = read_table(lists.write(tmp_path / "a.csv", rows))
    assert table.header == ("id", "name", "name (2)")
    assert "IN-COLUMN" in {f.code for f in table.findings}


def test_a_stray_quote_does_not_swallow_the_list(tmp_path: Path) -> None:
    lines = ["id,name,district", '1,"School,A', *(f"{i},Hall {i},A" for i in range(2, 200))]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), "utf-8")
    table = read_table(path)
    assert len(table) == 199
    assert "IN-QUOTES" in {f.code for f in table.findings}


def test_excels_separator_line_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\nid|name\n01|a,b\n", "utf-8")
    assert read_table(path).column("name") == ["a,b"]


def test_a_workbook_with_merged_titles(tmp_path: Path) -> None:
    rows = [
        ["List of polling stations", "", "", "", ""],
        ["", "", "", "Coordinates", ""],
        ["No.", "Name", "District", "lat", "lon"],
        [1.0, "School", "A", 41.71, 44.78],
        ["002", "Hall", "A", 41.72, 44.79],
    ]
    table = read_table(lists.workbook(tmp_path / "a.xlsx", rows, "A1:E1"))
    assert table.header == ("No.", "Name", "District", "lat", "lon")
    assert table.column("No.") == ["1", "002"]
    assert table.column("lat") == ["41.71", "41.72"]
    assert table.row_numbers == [4, 5]


def test_a_workbook_is_known_by_its_bytes_and_its_fullest_sheet(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - one test only

    path = tmp_path / "a.csv"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("about").write_row(0, 0, ["made by", "somebody"])
        sheet = book.add_worksheet("stations")
        for i, row in enumerate(lists.GEORGIAN):
            sheet.write_row(i, 0, row)
    table = read_table(path)
    assert len(table) == 5
    assert "IN-SHEET" in {f.code for f in table.findings}
    assert len(read_table(path, sheet="stations")) == 5
    with pytest.raises(PlannerError, match="no sheet 'nothing'"):
        read_table(path, sheet="nothing")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "IN-EMPTY"),
        (b"\n\n\n", "IN-EMPTY"),
        (b"\xef\xbb\xbf", "IN-EMPTY"),
        (bytes(range(256)) * 40, "IN-BINARY"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "IN-WORKBOOK"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0\xff" * 600, "IN-WORKBOOK"),
        (b"1,2,3\n4,5,6\n7,8,9\n", "IN-HEADER"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(PlannerError) as caught:
        read_table(path)
    assert caught.value.code == code
    assert caught.value.remedy


def test_a_zip_bomb_is_refused_by_counting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(workbook_module, "MAX_UNZIPPED_BYTES", 10_000_000)
    with pytest.raises(PlannerError, match="once unzipped") as caught:
        read_table(path)
    assert caught.value.code == "IN-SIZE"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="there is no file"):
        read_table(tmp_path / "none.csv")
