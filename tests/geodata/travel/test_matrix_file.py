from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.travel.errors import TravelError
from geodata.travel.matrix_file import MatrixFile
from geodata.travel.provider import UNROUTABLE, Points

A, B, C = (51.0, 71.0), (51.0, 72.0), (52.0, 71.0)
PLACES = {"a": A, "b": B, "c": C}
HEADER = "from_lat,from_lon,to_lat,to_lon,duration_s,distance_m\n"
ROWS = "51,71,51,72,4000,80000\n51,72,51,71,4500,81000\n51,71,52,71,,\n"
ALL: Points = np.array([A, B, C])


def write(folder: Path, text: str, name: str = "travel.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_times_are_taken_as_they_stand_in_their_own_direction(tmp_path: Path) -> None:
    matrix = MatrixFile.read(write(tmp_path, HEADER + ROWS)).matrix(ALL, ALL)
    no = UNROUTABLE
    assert matrix.duration_s.tolist() == [[0, 4000, no], [4500, 0, no], [no, no, 0]]
    assert matrix.distance_m.tolist() == [[0, 80000, no], [81000, 0, no], [no, no, 0]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_delimiters_bom_blank_rows_and_capitals(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    text = (HEADER.upper() + "\n" + ROWS).replace(",", delimiter)
    matrix = MatrixFile.read(write(tmp_path, text, encoding=encoding)).matrix(ALL, ALL)
    assert matrix.duration_s[0, 1] == 4000


def test_seconds_are_rounded_up_and_missing_distances_estimated(tmp_path: Path) -> None:
    text = "from_lat,from_lon,to_lat,to_lon,duration_s\n51,71,51,72,4000.2\n"
    leg = MatrixFile.read(write(tmp_path, text)).legs(ALL[:1], ALL[1:2])
    assert leg.duration_s[0] == 4001
    assert leg.distance_m[0] == pytest.approx(69_975 * 1.3, rel=0.001)


def test_a_table_by_ids_takes_the_missions_places(tmp_path: Path) -> None:
    path = write(tmp_path, "from,to,duration_s\na,b,100\n")
    assert MatrixFile.read(path, PLACES).legs(ALL[:1], ALL[1:2]).duration_s[0] == 100


def test_a_points_file_beside_it_goes_before_the_missions_places(tmp_path: Path) -> None:
    path = write(tmp_path, "from,to,duration_s\na,b,100\n")
    write(tmp_path, "id,lat,lon\na,10,20\nb,10,21\n", "travel_points.csv")
    provider = MatrixFile.read(path, PLACES)
    found = provider.legs(np.array([[10.0, 20.0], A]), np.array([[10.0, 21.0], B]))
    assert found.duration_s.tolist() == [100, UNROUTABLE]


def test_a_place_near_a_point_counts_as_it_and_one_too_far_does_not(tmp_path: Path) -> None:
    provider = MatrixFile.read(write(tmp_path, HEADER + ROWS))
    near, far = np.array([[51.001, 71.0]]), np.array([[51.01, 71.0]])
    assert provider.legs(near, ALL[1:2]).duration_s[0] == 4000
    assert provider.legs(far, ALL[1:2]).duration_s[0] == UNROUTABLE
    inside = provider.legs(near, ALL[:1])
    assert 0 < inside.duration_s[0] < 60


def test_all_problems_are_told_with_their_rows(tmp_path: Path) -> None:
    text = HEADER + (
        "51,71,51,72,4000,80000\n"
        "91,71,51,72,4000,\n"
        "51,east,51,72,-5,\n"
        "51,71,51,72,4001,80000\n"
        "51,71,51,72,4000,80000\n"
        "51,71,52,71,nan,1e99\n"
    )
    with pytest.raises(TravelError, match="6 problem") as caught:
        MatrixFile.read(write(tmp_path, text))
    assert caught.value.code == "TR-MATRIX"
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "row 3, column from_lat",
        "row 4, column from_lon",
        "row 4, column duration_s",
        "row 5",
        "row 7, column duration_s",
        "row 7, column distance_m",
    ]
    assert "row 2" in caught.value.problems[3]
    assert "got 'east'" in str(caught.value)


def test_many_problems_do_not_flood_the_screen(tmp_path: Path) -> None:
    text = HEADER + "x,71,51,72,1,1\n" * 5000
    with pytest.raises(TravelError, match="5000 problem") as caught:
        MatrixFile.read(write(tmp_path, text))
    assert len(caught.value.problems) == 5000
    assert len(str(caught.value).splitlines()) == 22
    assert "and 4980 more" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has the columns"),
        ("a,b\n1,2\n", "has the columns"),
        ("from_lat,from_lon,to_lat,to_lon,minutes\n1,2,3,4,5\n", "no column duration_s"),
        (HEADER, "holds no row"),
        ("from,to,duration_s\na,nowhere,5\n", "no place has the id 'nowhere'"),
    ],
)
def test_other_tables_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TravelError, match=message) as caught:
        MatrixFile.read(write(tmp_path, text), PLACES)
    assert caught.value.remedy


def test_a_points_file_with_two_points_for_one_id_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "from,to,duration_s\na,b,100\n")
    write(tmp_path, "id,lat,lon\na,10,20\na,11,21\n", "travel_points.csv")
    with pytest.raises(TravelError, match="row 3: the id 'a' has another point"):
        MatrixFile.read(path)


def test_missing_and_binary_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(TravelError, match="no travel file"):
        MatrixFile.read(tmp_path / "travel.csv")
    (tmp_path / "travel.csv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(TravelError, match="UTF-8"):
        MatrixFile.read(tmp_path / "travel.csv")
    with pytest.raises(TravelError, match="cannot be read"):
        MatrixFile.read(tmp_path)


def test_provenance_names_file_and_rules(tmp_path: Path) -> None:
    text = MatrixFile.read(write(tmp_path, HEADER + ROWS)).provenance
    assert "travel.csv (3 points), 2 pairs taken as they stand" in text
    assert "250 m" in text


@given(values=st.lists(st.integers(-1, 10_000), min_size=9, max_size=9))
def test_what_is_written_is_answered(
    values: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = list(PLACES)
    lines = [
        f"{names[i // 3]},{names[i % 3]},{'' if value < 0 else value}"
        for i, value in enumerate(values)
    ]
    folder = tmp_path_factory.mktemp("matrix")
    path = write(folder, "\n".join(["from,to,duration_s", *lines]))
    provider = MatrixFile.read(path, PLACES)
    expected = np.array(values).reshape(3, 3)
    np.fill_diagonal(expected, 0)
    matrix = provider.matrix(ALL, ALL)
    np.testing.assert_array_equal(matrix.duration_s, expected)
    np.testing.assert_array_equal(matrix.distance_m == UNROUTABLE, expected == UNROUTABLE)
    legs = provider.legs(np.repeat(ALL, 3, axis=0), np.tile(ALL, (3, 1)))
    np.testing.assert_array_equal(legs.duration_s, expected.reshape(-1))
