"""Sheet "Areas": districts that changed lists, base towns that changed."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput
from tests.good_plan import good_mission
from tests.returned.edited import Edited, Sent, only, sent

MISSION = good_mission()
A01 = "District W1, District W2"
A02 = "District E1, District E2, District E3, District X1"


def lists(good: Sent, first: str, second: str) -> Edited:
    return (
        good.edited()
        .put("Areas", "A01", "Districts", first)
        .put("Areas", "A02", "Districts", second)
    )


def moved(district: str, area: str) -> Decision:
    return Decision(
        kind=DecisionKind.DISTRICT_AREA, district=DistrictId(district), area=AreaId(area)
    )


def renamed(**names: str) -> MissionInput:
    districts = tuple(
        each.model_copy(update={"name": names.get(each.id, each.name)})
        for each in MISSION.districts
    )
    return MISSION.model_copy(update={"districts": districts})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{A01}, District E1", "District E2, District E3, District X1"),
        ("District E1;District W2\nDistrict W1", "District X1\nDistrict E3\nDistrict E2"),
        (f"{A01}, E1", "District E2, E3, District X1"),
        (f"{A01}, district  e1,", "District E2, District E3, District X1,"),
    ],
)
def test_a_district_that_changed_lists(good: Sent, first: str, second: str) -> None:
    edit = only(good.read(lists(good, first, second)))
    assert edit.decision == moved("E1", "A01")
    assert (edit.id, edit.subject, edit.old, edit.new) == (
        "Areas!E1:Districts",
        "E1",
        "A02",
        "A01",
    )
    assert edit.acceptable
    assert edit.message == "A01: District E1 (E1) belongs to A01 instead of A02"


def test_two_districts_that_change_places(good: Sent) -> None:
    returned = good.read(lists(good, "District W1, District E1", A02.replace("E1", "W2")))
    assert [edit.decision for edit in returned.edits] == [moved("E1", "A01"), moved("W2", "A02")]


def test_another_order_means_nothing(good: Sent) -> None:
    returned = good.read(lists(good, "District W2, District W1", A02))
    assert returned.edits == ()
    assert [told.code for told in returned.ignored] == ["RW-ORDER"]


def test_a_district_in_both_lists_moves_and_says_so(good: Sent) -> None:
    edit = only(good.read(lists(good, f"{A01}, District E1", A02)))
    assert edit.decision == moved("E1", "A01")
    assert edit.message.endswith("still listed in A02 too")


def test_a_district_in_no_list_is_a_problem(good: Sent) -> None:
    edit = only(good.read(lists(good, "District W1", A02)))
    assert edit.decision is None
    assert edit.problem.startswith("Rule A1")
    assert edit.remedy


def test_an_unknown_district_is_a_problem(good: Sent) -> None:
    edit = only(good.read(lists(good, f"{A01}, Atlantis <b>", A02)))
    assert "no district Atlantis <b>" in edit.problem
    assert edit.remedy


def test_namesakes_need_their_id(tmp_path_factory: pytest.TempPathFactory) -> None:
    """E1 and E2 share their name: which of them left the list nobody can tell."""
    folder = tmp_path_factory.mktemp("twins")
    twins = sent(folder, districts=renamed(E1="Aksu", E2="Aksu").districts)
    book = lists(twins, f"{A01}, Aksu", "Aksu, District E3, District X1")
    edit = only(twins.read(book))
    assert edit.problem == "2 districts of one area are called Aksu: E1, E2."
    assert "id" in edit.remedy
    for gone, left in (("E1", "E2"), ("E1", "Aksu"), ("E2", "E1"), ("E2", "Aksu")):
        clear = lists(twins, f"{A01}, {gone}", f"{left}, District E3, District X1")
        edit = only(twins.read(clear))
        assert edit.decision == moved(gone, "A01")
        assert edit.acceptable


def test_a_namesake_elsewhere_is_told_apart_by_the_list_it_left(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("apart")
    twins = sent(folder, districts=renamed(W2="Aksu", E2="Aksu").districts)
    book = lists(
        twins, f"{A01.replace('District W2', 'Aksu')}, Aksu", A02.replace("District E2, ", "")
    )
    edit = only(twins.read(book))
    assert edit.decision == moved("E2", "A01")
    assert edit.acceptable


def test_names_with_commas_stay_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("commas")
    commas = sent(folder, districts=renamed(E1="Aksu, North", W2="Aksu, South").districts)
    assert commas.read(commas.content).edits == ()
    book = lists(commas, "District W1, Aksu, South, Aksu, North", A02.replace("District E1, ", ""))
    assert only(commas.read(book)).decision == moved("E1", "A01")


def test_pairs_may_visit_what_moves_to_their_area(good: Sent) -> None:
    book = lists(good, f"{A01}, District E1", "District E2, District E3, District X1")
    book.put("Stations", "E1-5", "Visited by", "STO-001")
    assert all(edit.acceptable for edit in good.read(book).edits)
    book = good.edited().put("Stations", "E1-5", "Visited by", "STO-001")
    assert only(good.read(book)).problem.startswith("Rule D1")


def test_another_base_town(good: Sent) -> None:
    edit = only(good.read(good.edited().put("Areas", "A02", "Base town", "Town T-E3")))
    assert edit.decision == Decision(
        kind=DecisionKind.BASE_TOWN, area=AreaId("A02"), town=TownId("T-E3")
    )
    assert edit.acceptable
    assert (edit.old, edit.new) == ("Town T-E1", "Town T-E3")


def test_a_base_town_outside_or_too_small_is_a_problem(good: Sent) -> None:
    book = good.edited().put("Areas", "A02", "Base town", "T-W1")
    assert only(good.read(book)).problem.startswith("Rule A3: Town T-W1 (T-W1) lies in A01")
    towns = tuple(
        each.model_copy(update={"beds": 1}) if each.id == "T-E3" else each for each in MISSION.towns
    )
    book = good.edited().put("Areas", "A02", "Base town", "T-E3")
    (edit,) = good.read(book, towns=towns).edits
    assert "1 beds" in edit.problem


def test_two_sheets_that_contradict_each_other(good: Sent) -> None:
    towns = (
        *MISSION.towns,
        MISSION.towns[0].model_copy(update={"id": TownId("T-E2"), "name": "Town T-E2"}),
    )
    book = good.edited().put("Areas", "A02", "Base town", "T-E3")
    book.put("Teams", "LTO-02", "Base town", "T-E2")
    first, second = good.read(book, towns=towns).edits
    assert "says otherwise" in first.problem
    assert "Areas!A02:Base town" in second.remedy


def test_a_decision_that_stands_has_to_be_withdrawn_first(good: Sent) -> None:
    book = lists(good, f"{A01}, District E1", "District E2, District E3, District X1")
    (edit,) = good.read(book, decisions=(moved("E1", "A02"),)).edits
    assert "district_area E1 A02" in edit.problem
    assert "Withdraw" in edit.remedy


def test_the_lto_team_of_an_area_is_computed(good: Sent) -> None:
    returned = good.read(good.edited().put("Areas", "A02", "LTO team", "LTO-01"))
    (told,) = returned.ignored
    assert (told.code, told.value, told.limit) == ("RW-COMPUTED", "LTO-01", "LTO-02")
    assert "Teams" in told.remedy
