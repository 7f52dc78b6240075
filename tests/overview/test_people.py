"""Quota, languages, presence and who is barred, hand-counted on the small good mission."""

from datetime import date

import pytest

from planner.domain.ids import Language, State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience, Gender, LanguageLevel, LanguageSkill, Role
from planner.overview.quota import Standing, track_quota
from planner.overview.roster import Purpose, barred, count_languages, count_role, presence
from planner.rules.case import Case
from planner.rules.sample import state_quota
from tests.good_plan import good_mission, good_plan


def _with(index: int, **changes: object) -> MissionInput:
    """Return the good mission with one STO changed."""
    mission = good_mission()
    people = list(mission.observers)
    stos = [i for i, person in enumerate(people) if person.role is Role.STO]
    people[stos[index]] = people[stos[index]].model_copy(update=changes)
    return mission.model_copy(update={"observers": tuple(people)})


def test_quota_counts_stos_without_reserves_against_those_requested() -> None:
    tracker = track_quota(good_mission())
    assert (tracker.requested, tracker.nominated, tracker.limit) == (10, 10, 1)
    austria = next(each for each in tracker.states if each.state == "AT")
    assert (austria.nominated, austria.reserves, austria.ltos) == (1, 1, 0)
    norway = next(each for each in tracker.states if each.state == "NO")
    assert (norway.nominated, norway.ltos) == (0, 1)


def test_one_of_one_is_at_the_quota_and_two_are_above_it() -> None:
    standing = {each.state: each.standing for each in track_quota(good_mission()).states}
    assert standing[State("BE")] is Standing.AT
    assert standing[State("NO")] is Standing.BELOW
    mission = _with(0, state=State("BE"))
    standing = {each.state: each.standing for each in track_quota(mission).states}
    assert standing[State("BE")] is Standing.ABOVE


def test_the_tracker_agrees_with_rule_s1() -> None:
    mission = _with(0, state=State("BE"))
    told = {fault.subject for fault in state_quota.check(Case(mission, good_plan()))}
    above = {e.state for e in track_quota(mission).states if e.standing is Standing.ABOVE}
    assert told == above == {"BE"}


def test_languages_come_by_what_they_are_for() -> None:
    counts = count_languages(good_mission(), Role.STO)
    assert [(c.language, c.purpose) for c in counts][:2] == [
        ("en", Purpose.WORKING),
        ("ru", Purpose.LOCAL),
    ]
    # Ten STOs without the reserve speak English; every other one Russian.
    assert [(c.enough, c.below) for c in counts][:2] == [(10, 0), (5, 0)]


def test_a_level_below_the_one_asked_for_is_told_apart() -> None:
    skills = (LanguageSkill(language=Language("en"), level=LanguageLevel.A2),)
    english = count_languages(_with(1, languages=skills), Role.STO)[0]
    assert (english.enough, english.below) == (9, 1)


def test_presence_covers_the_window_and_days_around_it() -> None:
    days = presence(good_mission(), Role.STO)
    assert (days[0].day, days[-1].day) == (date(2022, 11, 13), date(2022, 11, 25))
    assert [each.needed for each in days] == [0, 0, 0, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0]
    assert {each.present for each in days} == {10}


def test_who_comes_late_is_missing_until_then() -> None:
    days = presence(_with(0, available_from=date(2022, 11, 18)), Role.STO)
    assert {each.day.day: each.present for each in days if each.day.day in (17, 18)} == {
        17: 9,
        18: 10,
    }


def test_roles_count_ready_reserves_and_barred() -> None:
    count = count_role(_with(0, accredited=False), Role.STO)
    assert (count.listed, count.ready, count.barred, count.reserves) == (11, 9, 1, 1)
    assert count.needed == 10
    assert count.experience[Experience.NEW] + count.experience[Experience.SENIOR] == 9
    assert count.gender[Gender.M] == 5


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"state": State("KZ")}, "P3"),
        ({"accredited": False}, "P5"),
        ({"available_to": date(2022, 11, 19)}, "P5"),
        ({"languages": ()}, "P6"),
    ],
)
def test_each_rule_that_bars_is_told(changes: dict[str, object], rule: str) -> None:
    found = barred(_with(0, **changes))
    assert [entry.code for entry in found] == [rule]
    assert found[0].remedy


def test_nobody_is_barred_in_the_good_mission() -> None:
    assert barred(good_mission()) == ()
