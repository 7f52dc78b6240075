"""Sheets "Stations" and "E-day": stations that change hands, come and go."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TeamId
from tests.returned.edited import Edited, Sent, only

PLACE = "Station or commission"


def visit(station: str, team: str) -> Decision:
    return Decision(kind=DecisionKind.VISIT_STATION, station=StationId(station), team=TeamId(team))


def never(station: str) -> Decision:
    return Decision(kind=DecisionKind.NEVER_STATION, station=StationId(station))


def stop(book: Edited, team: str, station: str, new: str, what: str = "voting") -> Edited:
    return book.put("E-day", (team, what, station), PLACE, new)


def test_another_pair_in_visited_by(good: Sent) -> None:
    book = good.edited().put("Stations", "W1-2", "Visited by", "STO-002")
    edit = only(good.read(book))
    assert edit.decision == visit("W1-2", "STO-002")
    assert edit.id == "Stations!W1-2:Visited by"
    assert (edit.old, edit.new) == ("STO-001", "STO-002")
    assert edit.message == "W1-2: STO-002 instead of STO-001 -> STO-002 goes there"
    assert edit.acceptable


def test_a_station_nobody_visits_is_given_to_a_pair(good: Sent) -> None:
    edit = only(good.read(good.edited().put("Stations", "W1-5", "Visited by", "sto-001")))
    assert edit.decision == visit("W1-5", "STO-001")


def test_an_emptied_visited_by_keeps_everybody_away(good: Sent) -> None:
    edit = only(good.read(good.edited().put("Stations", "W1-2", "Visited by", "")))
    assert edit.decision == never("W1-2")
    assert edit.acceptable


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("STO-003", "Rule D1"),
        ("STO-001, STO-002", "Rule D2"),
        ("LTO-01", "no STO pair"),
        ("somebody", "no STO pair"),
    ],
)
def test_a_pair_that_cannot_go_there_is_told(good: Sent, value: str, problem: str) -> None:
    edit = only(good.read(good.edited().put("Stations", "W1-2", "Visited by", value)))
    assert problem in edit.problem
    assert edit.remedy


def test_a_station_replaced_in_a_day(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-2", "W1-5")
    edit = only(good.read(book))
    assert edit.decision == visit("W1-5", "STO-001")
    assert (edit.old, edit.new) == ("W1-2", "W1-5")
    assert edit.row == book.number("E-day", "STO-001", "W1-5")
    assert edit.message == "STO-001: station W1-5 instead of W1-2 -> STO-001 goes to W1-5"
    assert edit.acceptable


def test_name_and_district_of_the_new_station_follow(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-2", "W1-5")
    book.put("E-day", ("STO-001", "W1-5"), "Name", "Station W1-5")
    assert only(good.read(book)).acceptable
    book.put("E-day", ("STO-001", "W1-5"), "Name", "My school")
    assert [told.value for told in good.read(book).ignored] == ["My school"]


def test_a_station_typed_into_another_pair(good: Sent) -> None:
    edit = only(good.read(stop(good.edited(), "STO-001", "W1-2", "W2-2")))
    assert edit.decision == visit("W2-2", "STO-001")
    assert "STO-002 does not" in edit.message
    assert edit.acceptable


def test_two_pairs_exchange_stations(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-2", "W2-2")
    book.row("E-day", "STO-002", "W2-2")[book.column("E-day", PLACE)] = "W1-2"
    returned = good.read(book)
    assert [edit.decision for edit in returned.edits] == [
        visit("W2-2", "STO-001"),
        visit("W1-2", "STO-002"),
    ]
    assert returned.ignored == ()


def test_a_row_given_to_another_pair(good: Sent) -> None:
    book = good.edited().put("E-day", ("STO-001", "W1-2"), "Team", "STO-002")
    edit = only(good.read(book))
    assert edit.decision == visit("W1-2", "STO-002")


def test_another_order_of_stations_means_nothing(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-2", "W1-3")
    rows = [row for row in book.rows("E-day") if row[0] == "STO-001" and "W1-3" in row]
    rows[1][book.column("E-day", PLACE)] = "W1-2"
    returned = good.read(book)
    assert returned.edits == ()
    assert {told.code for told in returned.ignored} == {"RW-ORDER"}


def test_an_emptied_stop_keeps_everybody_away(good: Sent) -> None:
    book = good.edited()
    row = book.row("E-day", "STO-001", "W1-2")
    for place in range(4, len(row)):
        row[place] = ""
    edit = only(good.read(book))
    assert edit.decision == never("W1-2")
    assert edit.message == "STO-001: station W1-2 taken out -> nobody goes to W1-2"


def test_a_station_emptied_in_one_phase_only_is_still_visited(good: Sent) -> None:
    returned = good.read(stop(good.edited(), "STO-001", "W1-4", "", "counting"))
    assert returned.edits == ()
    assert [told.code for told in returned.ignored] == ["RW-ORDER"]


def test_a_station_emptied_in_all_phases_is_one_edit(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-4", "", "counting")
    returned = good.read(stop(book, "STO-001", "W1-4", "", "closing"))
    assert [edit.decision for edit in returned.edits] == [never("W1-4")]
    assert [told.code for told in returned.ignored] == ["RW-SAME"]


def test_a_deleted_row_says_how_to_leave_a_station_out(good: Sent) -> None:
    book = good.edited()
    book.sheets["E-day"].remove(book.row("E-day", "STO-001", "W1-2"))
    returned = good.read(book)
    assert returned.edits == ()
    (told,) = returned.ignored
    assert told.code == "RW-ROW"
    assert "empty its cell" in told.remedy


@pytest.mark.parametrize("renumbered", [True, False])
def test_an_inserted_row_sends_the_pair_there(good: Sent, *, renumbered: bool) -> None:
    book = good.edited()
    rows = book.sheets["E-day"]
    at = book.number("E-day", "STO-001", "W1-3") - 1
    new = ["STO-001", "A01", 4, "voting", *[""] * (len(rows[0]) - 4)]
    new[book.column("E-day", PLACE)] = "W1-5"
    rows.insert(at, new)
    if renumbered:
        for row in rows[at + 1 :]:
            if row[0] == "STO-001":
                row[2] += 1
    returned = good.read(book)
    assert [edit.decision for edit in returned.edits] == [visit("W1-5", "STO-001")]
    assert returned.edits[0].row == at + 1
    assert {told.column for told in returned.ignored} == ({"No."} if renumbered else set())


def test_a_commission_follows_from_the_count(good: Sent) -> None:
    returned = good.read(stop(good.edited(), "STO-001", "C-W", "C-E", "tabulation"))
    assert returned.edits == ()
    assert [(told.code, told.value) for told in returned.ignored] == [("RW-ORDER", "C-E")]


def test_clock_times_are_computed(good: Sent) -> None:
    book = good.edited().put("E-day", ("STO-001", "W1-2"), "Arrive (local)", "09:59")
    (told,) = good.read(book).ignored
    assert (told.code, told.value) == ("RW-COMPUTED", "09:59")
    assert told.limit.startswith("2022-11-20 ")


def test_the_same_pin_on_two_sheets_is_one_edit(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-2", "W1-5")
    book.put("Stations", "W1-5", "Visited by", "STO-001")
    returned = good.read(book)
    assert [edit.sheet for edit in returned.edits] == ["E-day"]
    assert [(told.code, told.subject) for told in returned.ignored] == [("RW-SAME", "W1-5")]


def test_contradictions_are_told_on_both_lines(good: Sent) -> None:
    book = stop(good.edited(), "STO-001", "W1-2", "W1-5")
    book.put("Stations", "W1-5", "Visited by", "STO-002")
    first, second = good.read(book).edits
    assert first.id in second.remedy
    assert second.id in first.remedy
    assert not first.acceptable
    assert not second.acceptable


def test_a_pin_that_stands_is_told(good: Sent) -> None:
    book = good.edited().put("Stations", "W1-5", "Visited by", "STO-001")
    (same,) = good.read(book, decisions=(visit("W1-5", "STO-001"),)).edits
    assert "decided already" in same.problem
    (other,) = good.read(book, decisions=(never("W1-5"),)).edits
    assert "another decision stands: never_station W1-5" in other.problem


def test_a_station_of_no_frame_is_told(good: Sent) -> None:
    edit = only(good.read(stop(good.edited(), "STO-001", "W1-2", "Q-1")))
    assert "no station Q-1" in edit.problem
    assert edit.decision is None
