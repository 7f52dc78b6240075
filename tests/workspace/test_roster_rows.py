"""Rows of a roster as texts, and everything that can be wrong with them."""

import pytest

from planner.workspace.roster_rows import read_rows, row_of
from tests.good_plan import good_mission

GOOD = {
    "id": "O-1",
    "role": "STO",
    "state": "NO",
    "languages": "en:C1 ru:B2",
    "experience": "some",
    "gender": "F",
    "available_from": "2022-11-16",
    "available_to": "2022-11-22",
    "accredited": "yes",
    "reserve": "no",
    "restrictions": "no_stairs",
}


def test_every_observer_survives_the_way_through_texts() -> None:
    people = good_mission().observers
    found, problems = read_rows([row_of(observer) for observer in people])
    assert problems == ()
    assert found == people


def test_states_and_truths_may_be_words() -> None:
    found, problems = read_rows([{**GOOD, "state": "Norway", "reserve": "да"}])
    assert problems == ()
    assert (found[0].state, found[0].reserve) == ("NO", True)


def test_languages_that_no_list_of_words_knows_may_be_written_by_their_code() -> None:
    found, problems = read_rows([{**GOOD, "languages": "en:C1 is:native kmr:B1"}])
    assert problems == ()
    assert [skill.language for skill in found[0].languages] == ["en", "is", "kmr"]


@pytest.mark.parametrize(
    ("column", "text", "part"),
    [
        ("id", "", "missing"),
        ("id", "Jane Roe", "name"),
        ("id", "jane@example.org", "name"),
        ("role", "", "missing"),
        ("role", "XXX", "allowed"),
        ("state", "Atlantis", "State"),
        ("state", "", "missing"),
        ("languages", "en", "level"),
        ("languages", "english:C1", "language"),
        ("languages", "en:Z9", "allowed"),
        ("experience", "lots", "allowed"),
        ("available_from", "2022-11-30", "after"),
        ("accredited", "maybe", "yes nor no"),
        ("restrictions", "asthma", "allowed"),
    ],
)
def test_each_fault_names_row_column_and_remedy(column: str, text: str, part: str) -> None:
    _found, problems = read_rows([{**GOOD, "id": "O-0"}, {**GOOD, column: text}])
    assert len(problems) == 1
    problem = problems[0]
    assert problem.row == 2
    assert part in problem.message
    # Two days that cross concern the row and not one of its columns.
    assert problem.column == ("" if part == "after" else column)
    assert problem.remedy


def test_all_faults_are_told_at_once() -> None:
    rows = [{**GOOD, "state": "?", "languages": "en"}, {**GOOD, "role": ""}]
    _found, problems = read_rows(rows)
    assert {(p.row, p.column) for p in problems} == {
        (1, "state"),
        (1, "languages"),
        (2, "role"),
        (2, "id"),
    }


def test_an_id_that_comes_twice_names_the_first_row() -> None:
    _found, problems = read_rows([GOOD, GOOD])
    assert [(p.row, p.column, p.value) for p in problems] == [(2, "id", "O-1")]
    assert "row 1" in problems[0].message
