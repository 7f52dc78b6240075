"""Sheet "Teams": members, base towns and areas that were changed."""

from datetime import date
from typing import Any

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, Language, ObserverId, State, TownId
from planner.domain.observer import LanguageLevel, LanguageSkill
from planner.domain.place import Town
from tests.good_plan import good_mission
from tests.returned.edited import Edited, Sent, only

FREE = "STO-P11"
"""Of AT as STO-P01, and in no team."""
MISSION = good_mission()


def roster(name: str, **update: Any) -> dict[str, Any]:
    """Return the observers of the mission with one of them changed."""
    changed = tuple(
        each.model_copy(update={"reserve": False} | (update if each.id == name else {}))
        for each in MISSION.observers
    )
    return {"observers": changed}


def town(name: str, called: str, **update: Any) -> Town:
    known = MISSION.town_of[TownId("T-E1")]
    return known.model_copy(update={"id": TownId(name), "name": called, **update})


def with_free(good: Sent) -> Edited:
    """Put somebody of no team into STO-002 (P03 CH, P04 CZ), in place of P04."""
    return good.edited().put("Teams", "STO-002", "Member 2", FREE)


def pair(first: str, second: str) -> Decision:
    return Decision(kind=DecisionKind.PAIR, observers=(ObserverId(first), ObserverId(second)))


def test_a_new_member_becomes_a_required_pair(good: Sent) -> None:
    book = with_free(good)
    edit = only(good.read(book))
    assert edit.id == "Teams!STO-002:Member 2"
    assert (edit.sheet, edit.row) == ("Teams", book.number("Teams", "STO-002"))
    assert (edit.column, edit.subject) == ("Member 2", "STO-002")
    assert (edit.old, edit.new) == ("STO-P04", FREE)
    assert edit.decision == pair("STO-P03", FREE)
    assert edit.message == "STO-002: STO-P11 instead of STO-P04 -> pair STO-P03 with STO-P11"
    assert (edit.problem, edit.remedy) == ("", "")
    assert edit.acceptable


def test_two_new_partners_are_one_decision(good: Sent) -> None:
    """The two come from two teams of the same area, whose cells are emptied."""
    book = good.edited()
    book.put("Teams", "STO-003", "Member 1", "STO-P08").put(
        "Teams", "STO-003", "Member 2", "STO-P09"
    )
    book.put("Teams", "STO-004", "Member 2", "").put("Teams", "STO-005", "Member 1", "")
    returned = good.read(book)
    assert [edit.decision for edit in returned.edits] == [pair("STO-P08", "STO-P09"), None, None]
    assert returned.edits[0].id == "Teams!STO-003:Member 1 and Member 2"
    assert returned.edits[0].acceptable


def test_a_swap_between_two_teams_is_two_decisions(good: Sent) -> None:
    book = good.edited()
    book.put("Teams", "STO-001", "Member 2", "STO-P04").put(
        "Teams", "STO-002", "Member 2", "STO-P02"
    )
    returned = good.read(book)
    assert [edit.decision for edit in returned.edits] == [
        pair("STO-P01", "STO-P04"),
        pair("STO-P03", "STO-P02"),
    ]
    assert not [edit.problem for edit in returned.edits if edit.problem]
    assert returned.ignored == ()


def test_members_that_only_change_places_mean_nothing(good: Sent) -> None:
    book = good.edited()
    book.put("Teams", "STO-001", "Member 1", "STO-P02").put(
        "Teams", "STO-001", "Member 2", "STO-P01"
    )
    returned = good.read(book)
    assert returned.edits == ()
    (told,) = returned.ignored
    assert (told.code, told.subject, told.row) == (
        "RW-ORDER",
        "STO-001",
        book.number("Teams", "STO-001"),
    )
    assert told.file == "plan.xlsx, sheet Teams"


def test_both_members_moved_to_a_team_of_another_area(good: Sent) -> None:
    """STO-001 works in A01, STO-003 in A02: the pairs change places."""
    book = good.edited()
    for team, members in (("STO-001", ("STO-P05", "STO-P06")), ("STO-003", ("STO-P01", "STO-P02"))):
        for number, member in enumerate(members, start=1):
            book.put("Teams", team, f"Member {number}", member)
    returned = good.read(book)
    assert [edit.id for edit in returned.edits] == [
        "Teams!STO-001:Member 1 and Member 2",
        "Teams!STO-001:Area of STO-P05",
        "Teams!STO-001:Area of STO-P06",
        "Teams!STO-003:Member 1 and Member 2",
        "Teams!STO-003:Area of STO-P01",
        "Teams!STO-003:Area of STO-P02",
    ]
    assert returned.edits[0].decision == pair("STO-P05", "STO-P06")
    assert returned.edits[1].decision == Decision(
        kind=DecisionKind.OBSERVER_AREA, observers=(ObserverId("STO-P05"),), area=AreaId("A01")
    )
    assert all(edit.acceptable for edit in returned.edits)


def test_another_area_places_both_members_there(good: Sent) -> None:
    returned = good.read(good.edited().put("Teams", "STO-001", "Area", "a02"))
    assert [
        (e.decision and e.decision.observers, e.decision and e.decision.area)
        for e in returned.edits
    ] == [
        (("STO-P01",), "A02"),
        (("STO-P02",), "A02"),
    ]
    unknown = only(good.read(good.edited().put("Teams", "STO-001", "Area", "A99")))
    assert unknown.decision is None
    assert "no such area" in unknown.problem
    assert "A01, A02" in unknown.remedy


def test_what_a_person_fills_in_beside_a_new_member_follows(good: Sent) -> None:
    book = with_free(good).put("Teams", "STO-002", "State 2", "AT")
    book.put("Teams", "STO-002", "Languages 2", "en C1, ru B2")
    assert only(good.read(book)).acceptable
    wrong = good.read(book.put("Teams", "STO-002", "State 2", "SE"))
    assert [(told.code, told.value) for told in wrong.ignored] == [("RW-COMPUTED", "SE")]


@pytest.mark.parametrize("typed", ["sto-p11", "  STO-P11 ", "STO-P11\u00a0"])
def test_ids_are_found_however_they_are_typed(good: Sent, typed: str) -> None:
    edit = only(good.read(good.edited().put("Teams", "STO-002", "Member 2", typed)))
    assert edit.decision == pair("STO-P03", FREE)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("OBS-999", "no observer OBS-999"),
        ("", "Rule P1"),
        ("unnamed slot", "Rule P1"),
        ("STO-P03", "Rule P1"),
        ("STO-P05", "Rule P4: STO-P05 stands in STO-003 too"),
        ("LTO-P01", "is an LTO"),
        ("<script>alert(1)</script>", "no observer <script>"),
        ("=HYPERLINK(1)", "no observer =HYPERLINK"),
    ],
)
def test_a_member_who_cannot_be_is_told(good: Sent, value: str, rule: str) -> None:
    edit = only(good.read(good.edited().put("Teams", "STO-002", "Member 2", value)))
    assert rule in edit.problem
    assert edit.remedy
    assert not edit.acceptable


@pytest.mark.parametrize(
    ("update", "rule"),
    [
        ({"state": State("KZ")}, "Rule P3"),
        ({"state": State("CH")}, "Rule P2"),
        ({"accredited": False}, "Rule P5"),
        ({"reserve": True}, "STO-P11 is a reserve"),
        ({"available_to": date(2022, 11, 20)}, "Rule P5"),
        (
            {"languages": (LanguageSkill(language=Language("en"), level=LanguageLevel.B1),)},
            "Rule P6",
        ),
    ],
)
def test_hard_rules_are_judged_at_once(good: Sent, update: dict[str, Any], rule: str) -> None:
    returned = good.read(with_free(good), **roster(FREE, **update))
    (edit,) = returned.edits
    assert edit.problem.startswith(rule)
    assert edit.remedy
    assert edit.decision == pair("STO-P03", FREE)


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        (Decision(kind=DecisionKind.NEVER_PAIR, observers=("STO-P11", "STO-P03")), "Rule P7"),
        (Decision(kind=DecisionKind.PAIR, observers=("STO-P11", "STO-P09")), "Rule P7"),
        (Decision(kind=DecisionKind.NEVER_STATE_AREA, state="AT", area="A01"), "Rule P8"),
        (Decision(kind=DecisionKind.OBSERVER_AREA, observers=("STO-P11",), area="A02"), "Rule A4"),
        (Decision(kind=DecisionKind.PAIR, observers=("STO-P11", "STO-P03")), "decided already"),
    ],
)
def test_decisions_that_stand_are_respected(good: Sent, decision: Decision, problem: str) -> None:
    (edit,) = good.read(with_free(good), decisions=(decision,)).edits
    assert problem in edit.problem
    assert edit.remedy


def test_somebody_taken_out_elsewhere_may_be_entered(good: Sent) -> None:
    book = good.edited().put("Teams", "STO-002", "Member 2", "STO-P05")
    book.put("Teams", "STO-003", "Member 1", "")
    taken, placed, emptied = good.read(book).edits
    assert taken.acceptable
    assert placed.decision is not None
    assert (placed.decision.kind, placed.decision.area) == (DecisionKind.OBSERVER_AREA, "A01")
    assert emptied.decision is None
    assert emptied.problem.startswith("Rule P1")


@pytest.mark.parametrize("typed", ["Town T-E3", "T-E3", "town t-e3"])
def test_another_base_town_of_a_pair(good: Sent, typed: str) -> None:
    edit = only(good.read(good.edited().put("Teams", "STO-003", "Base town", typed)))
    assert edit.decision == Decision(
        kind=DecisionKind.TEAM_TOWN, team="STO-003", town=TownId("T-E3")
    )
    assert edit.acceptable
    assert edit.message.endswith("-> STO-003 is based in Town T-E3 (T-E3)")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("Atlantis", "no town Atlantis"), ("Town T-W1", "Rule A3"), ("", "needs a base town")],
)
def test_a_base_town_that_cannot_be_is_told(good: Sent, typed: str, problem: str) -> None:
    edit = only(good.read(good.edited().put("Teams", "STO-003", "Base town", typed)))
    assert problem in edit.problem
    assert edit.remedy
    assert edit.decision is None


def test_a_name_of_two_towns_asks_for_the_id(good: Sent) -> None:
    towns = (*MISSION.towns, town("T-X", "Springfield"), town("T-Y", "Springfield"))
    book = good.edited().put("Teams", "STO-003", "Base town", "Springfield")
    (edit,) = good.read(book, towns=towns).edits
    assert "T-X, T-Y" in edit.problem
    assert "id" in edit.remedy
    book.put("Teams", "STO-003", "Base town", "T-Y")
    assert good.read(book, towns=towns).edits[0].acceptable


def test_of_two_towns_of_a_name_the_one_in_the_area_is_meant(good: Sent) -> None:
    elsewhere = town("T-Y", "Springfield", district="W1")
    towns = (*MISSION.towns, town("T-X", "Springfield"), elsewhere)
    book = good.edited().put("Teams", "STO-003", "Base town", "Springfield")
    (edit,) = good.read(book, towns=towns).edits
    assert edit.decision is not None
    assert edit.decision.town == "T-X"


def test_beds_are_counted_over_all_lines(good: Sent) -> None:
    """T-E3 has four beds: two pairs fit, a third does not."""
    book = good.edited()
    book.put("Teams", "STO-003", "Base town", "T-E3").put("Teams", "STO-004", "Base town", "T-E3")
    assert all(edit.acceptable for edit in good.read(book).edits)
    pinned = Decision(kind=DecisionKind.TEAM_TOWN, team="STO-005", town=TownId("T-E3"))
    first, second = good.read(book, decisions=(pinned,)).edits
    assert first.acceptable
    assert "Rule A3: Town T-E3 has 4 beds" in second.problem


def test_the_base_town_of_an_lto_team_is_that_of_its_area(good: Sent) -> None:
    book = good.edited().put("Teams", "LTO-02", "Base town", "T-E3")
    edit = only(good.read(book))
    assert edit.decision == Decision(kind=DecisionKind.BASE_TOWN, area="A02", town="T-E3")
    both = good.read(book.put("Areas", "A02", "Base town", "T-E3"))
    assert [each.id for each in both.edits] == ["Areas!A02:Base town"]
    assert [told.code for told in both.ignored] == ["RW-SAME"]


def test_the_same_town_by_its_id_means_nothing(good: Sent) -> None:
    returned = good.read(good.edited().put("Teams", "STO-003", "Base town", "T-E1"))
    assert returned.edits == ()
    assert [told.code for told in returned.ignored] == ["RW-ORDER"]


def test_computed_cells_are_told_with_old_and_new(good: Sent) -> None:
    returned = good.read(good.edited().put("Teams", "STO-003", "Vehicle", "no"))
    assert returned.edits == ()
    (told,) = returned.ignored
    assert (told.code, told.limit, told.value) == ("RW-COMPUTED", "yes", "no")
    assert (told.subject, told.column) == ("STO-003", "Vehicle")
