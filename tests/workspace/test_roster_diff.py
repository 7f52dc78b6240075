"""What a person has changed in a roster, and what it meets of somebody else's changes."""

from hypothesis import given
from hypothesis import strategies as st

from planner.intake.observers import HEADER
from planner.workspace.roster_diff import RosterDiff, apply, difference
from planner.workspace.roster_rows import row_of
from tests.good_plan import good_mission

ROWS = [row_of(observer) for observer in good_mission().observers]


def _edited(code: str, **cells: str) -> list[dict[str, str]]:
    return [{**row, **cells} if row["id"] == code else dict(row) for row in ROWS]


def test_equal_rosters_have_no_difference() -> None:
    assert not difference(ROWS, ROWS)
    assert difference(ROWS, ROWS).count == 0


def test_a_cell_a_new_row_and_a_removed_row_are_told_apart() -> None:
    after = [*_edited("STO-P02", state="NL")[1:], {**ROWS[0], "id": "NEW"}]
    diff = difference(ROWS, after)
    assert [(c.observer, c.column, c.before, c.after) for c in diff.changed] == [
        ("STO-P02", "state", "BE", "NL")
    ]
    assert [row["id"] for row in diff.added] == ["NEW"]
    assert [row["id"] for row in diff.removed] == [ROWS[0]["id"]]
    assert diff.count == 3


def test_an_edited_id_is_a_row_removed_and_one_added() -> None:
    diff = difference(ROWS, _edited("STO-P02", id="O-9"))
    assert [row["id"] for row in diff.removed] == ["STO-P02"]
    assert [row["id"] for row in diff.added] == ["O-9"]


def test_a_draft_survives_as_json() -> None:
    diff = difference(ROWS, [*_edited("STO-P02", state="NL"), {**ROWS[0], "id": ""}])
    assert RosterDiff.model_validate_json(diff.model_dump_json()) == diff


def test_a_row_without_id_and_a_repeated_id_are_kept() -> None:
    after = [*ROWS, {**ROWS[0]}, {**ROWS[0], "id": ""}]
    diff = difference(ROWS, after)
    assert [row["id"] for row in diff.added] == [ROWS[0]["id"], ""]
    again, _conflicts = apply(ROWS, diff)
    assert again == after


def test_changes_of_two_people_in_different_cells_do_not_meet() -> None:
    mine = difference(ROWS, _edited("STO-P02", state="NL"))
    rows, conflicts = apply(_edited("STO-P03", state="SE"), mine)
    assert conflicts == []
    states = {row["id"]: row["state"] for row in rows}
    assert (states["STO-P02"], states["STO-P03"]) == ("NL", "SE")


def test_two_changes_of_one_cell_meet_and_both_are_named() -> None:
    mine = difference(ROWS, _edited("STO-P02", state="NL"))
    rows, conflicts = apply(_edited("STO-P02", state="SE"), mine)
    assert [(c.observer, c.column, c.mine, c.theirs) for c in conflicts] == [
        ("STO-P02", "state", "NL", "SE")
    ]
    assert next(row for row in rows if row["id"] == "STO-P02")["state"] == "NL"


def test_the_same_change_by_both_is_no_conflict() -> None:
    mine = difference(ROWS, _edited("STO-P02", state="NL"))
    assert apply(_edited("STO-P02", state="NL"), mine)[1] == []


def test_a_change_of_somebody_who_was_removed_is_told() -> None:
    mine = difference(ROWS, _edited("STO-P02", state="NL"))
    rest = [row for row in ROWS if row["id"] != "STO-P02"]
    rows, conflicts = apply(rest, mine)
    assert [(c.observer, c.mine, c.theirs) for c in conflicts] == [("STO-P02", "state NL", "")]
    assert rows == rest


def test_removing_somebody_whom_another_has_changed_is_told() -> None:
    mine = difference(ROWS, [row for row in ROWS if row["id"] != "STO-P02"])
    rows, conflicts = apply(_edited("STO-P02", state="SE"), mine)
    assert [c.observer for c in conflicts] == ["STO-P02"]
    assert "state SE" in conflicts[0].theirs
    assert all(row["id"] != "STO-P02" for row in rows)


def test_the_same_new_id_by_both_is_told() -> None:
    mine = difference(ROWS, [*ROWS, {**ROWS[0], "id": "NEW"}])
    _rows, conflicts = apply([*ROWS, {**ROWS[1], "id": "NEW"}], mine)
    assert [c.observer for c in conflicts] == ["NEW"]


def _key(row: dict[str, str]) -> list[str]:
    return [row[column] for column in HEADER]


_CELLS = st.fixed_dictionaries(
    {name: st.sampled_from(["", "a", "b"]) for name in HEADER}
    | {"id": st.sampled_from(["", "1", "2", "3", "4"])}
)
_STORED = st.lists(
    _CELLS.filter(lambda row: row["id"] != ""), max_size=4, unique_by=lambda r: r["id"]
)


@given(_STORED, st.lists(_CELLS, max_size=5))
def test_a_difference_laid_over_its_own_roster_gives_the_same_rows(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    rows, conflicts = apply(before, difference(before, after))
    assert sorted(map(_key, rows)) == sorted(map(_key, after))
    repeated = {row["id"] for row in after if sum(o["id"] == row["id"] for o in after) > 1}
    assert {c.observer for c in conflicts} <= repeated
