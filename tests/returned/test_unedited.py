"""What is no edit: sorting, filtering, moving, and saving by another program."""

import random
import re
import time as clock
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.ids import StationId
from tests.export.made_up import build
from tests.good_plan import good_mission, good_plan
from tests.returned.edited import Edited, Saver, Sent, as_serials, as_typed

TABLES = ("Areas", "Teams", "E-day", "Stations", "Reserve", "Substitutes", "State quotas")


def nothing(good: Sent, content: bytes | Edited) -> None:
    returned = good.read(content)
    assert returned.edits == ()
    assert returned.ignored == ()


def test_an_unedited_workbook_says_nothing(good: Sent) -> None:
    nothing(good, good.content)
    assert good.read(good.content).mission == "good"
    assert re.fullmatch(r"[0-9a-f]{64}", good.read(good.content).plan_hash)


@pytest.mark.parametrize("saver", [lambda cell: cell, as_serials, as_typed])
def test_saving_by_another_program_says_nothing(good: Sent, saver: Saver) -> None:
    nothing(good, good.edited().save(saver))


@settings(max_examples=50)
@given(seed=st.integers(0, 2**32), sheet=st.sampled_from([*TABLES, "Logistics", "Sources"]))
def test_any_order_of_rows_says_nothing(good: Sent, seed: int, sheet: str) -> None:
    book = good.edited()
    start = book.header(sheet) + 1
    rows = book.sheets[sheet][start:]
    random.Random(seed).shuffle(rows)  # noqa: S311 - no secret
    book.sheets[sheet][start:] = rows
    nothing(good, book)


@settings(max_examples=50)
@given(data=st.data())
def test_blank_rows_and_moved_columns_say_nothing(good: Sent, data: st.DataObject) -> None:
    book = good.edited()
    sheet = data.draw(st.sampled_from(TABLES))
    rows = book.sheets[sheet]
    order = data.draw(st.permutations(range(len(rows[0]))))
    start = book.header(sheet)
    rows[start:] = [[row[place] for place in order] for row in rows[start:]]
    for _ in range(data.draw(st.integers(0, 5))):
        rows.insert(data.draw(st.integers(0, len(rows))), [""] * len(rows[0]))
    nothing(good, book)


@settings(max_examples=50)
@given(seed=st.integers(0, 2**32))
def test_cells_of_any_kind_never_end_in_a_crash(good: Sent, seed: int) -> None:
    """Whatever stands in whatever cell: every change is an edit or is told as ignored."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    book = good.edited()
    sheet = chance.choice(TABLES)
    rows = book.sheets[sheet]
    pool: list[Any] = ["", "STO-001", "E1-5", "T-E1", "<b>x</b>", "=1+1", "A01", "nan"]
    pool += [0, -1.5, 1e300, True, "1e999", "x" * 30_000]
    pool += [cell for row in rows for cell in row]
    before = [list(row) for row in rows]
    for _ in range(chance.randint(1, 6)):
        row = chance.randrange(book.header(sheet) + 1, len(rows))
        rows[row][chance.randrange(len(rows[row]))] = chance.choice(pool)
    returned = good.read(book)
    assert returned.edits or returned.ignored or rows == before
    for edit in returned.edits:
        assert edit.decision is not None or edit.problem
        assert bool(edit.problem) == bool(edit.remedy)
    assert len({edit.id for edit in returned.edits}) == len(returned.edits)
    assert all(finding.message and finding.remedy for finding in returned.ignored)


def test_names_with_odd_characters_say_nothing(tmp_path: Path) -> None:
    mission = good_mission()
    names = (
        "a\x07b",
        "_x0041_",
        " two  spaces ",
        "li\nne",
        "№ 5",
        "=1+1",
        "e\u0301",
        "1e5",
        "0012",
    )
    stations = tuple(
        station.model_copy(update={"name": names[number % len(names)]})
        for number, station in enumerate(mission.stations)
    )
    odd = Sent(tmp_path, mission.model_copy(update={"stations": stations}), good_plan(mission))
    nothing(odd, odd.content)
    nothing(odd, odd.edited())


def test_ids_of_digits_stay_the_same_when_a_program_makes_numbers_of_them(tmp_path: Path) -> None:
    mission = good_mission()
    stations = tuple(
        station.model_copy(update={"id": StationId(f"{number:04d}")})
        for number, station in enumerate(mission.stations)
    )
    plan = good_plan(mission).model_copy(update={"days": (), "sample": ()})
    digits = Sent(tmp_path, mission.model_copy(update={"stations": stations}), plan)

    def number(cell: Any) -> Any:
        return float(cell) if isinstance(cell, str) and cell.isdecimal() and cell != "1" else cell

    nothing(digits, digits.edited().save(number))


def test_the_size_of_the_founding_mission_is_read_in_three_seconds(tmp_path: Path) -> None:
    case = build(areas=15, pairs=10, visits=9, spare=560)
    founding = Sent(tmp_path, case.mission, case.plan)
    start = clock.process_time()
    nothing(founding, founding.content)
    assert clock.process_time() - start < 3
