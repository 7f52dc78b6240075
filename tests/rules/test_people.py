from datetime import date

from planner.domain.finding import Severity
from planner.domain.observer import Role
from planner.domain.place import Region
from planner.rules import people
from tests.rules.small import area, case, observer, skills, subjects, team


def test_p3_wants_nobody_at_home():
    crew = (observer("a", "KZ"), observer("b", "NO"), observer("c", "KZ"))

    found = case(teams=(team("T", "a", "b"),), observers=crew)

    assert subjects(people.nobody_at_home, found) == ["a"]


def test_p5_wants_accreditation_and_the_whole_window_of_the_role():
    crew = (
        observer("a", accredited=False),
        observer("b", available_from=date(2022, 11, 16), available_to=date(2022, 11, 22)),
        observer("c", available_from=date(2022, 11, 17)),
        observer("d", role=Role.LTO, available_from=date(2022, 10, 26)),
        observer("e", role=Role.LTO, available_to=date(2022, 11, 26)),
    )
    teams = (team("T1", "a", "b"), team("T2", "c"), team("L", "d", "e", kind=Role.LTO))

    findings = list(people.present_and_accredited.check(case(teams=teams, observers=crew)))

    assert [finding.subject for finding in findings] == ["a", "c", "e"]
    assert findings[1].value == "2022-11-17 to open"
    assert findings[1].limit == "2022-11-16 to 2022-11-22"


def test_p5_only_tells_of_a_deployed_reserve():
    found = case(teams=(team("T", "a"),), observers=(observer("a", reserve=True),))

    (finding,) = people.present_and_accredited.check(found)

    assert finding.severity is Severity.INFO


def test_p6_wants_the_working_language_at_the_level_of_the_policy():
    crew = (observer("a"), observer("b", languages=skills("en:B1 fr:native")))
    teams = (team("T", "a", "b"),)
    english = case(teams=teams, observers=crew)
    lower = case(teams=teams, observers=crew, policies={"pairing": {"working_level": "B1"}})

    (finding,) = people.shared_working_language.check(english)

    assert (finding.subject, finding.value, finding.limit) == ("b", "en: B1", "en: at least B2")
    assert subjects(people.shared_working_language, lower) == []


def test_p11_wants_a_local_language_of_the_teams_own_area():
    region = Region(id="R", name="R", time_zone="Asia/Almaty", languages=("kk", "ru"))
    crew = (observer("a"), observer("b"), observer("c", languages=skills("en:C1 ru:B1")))
    teams = (team("T1", "a", "b"), team("T2", "a", "c"), team("T3", "a", "b", area="??"))

    found = case(teams=teams, observers=crew, areas=(area("A01", "D"),), regions=(region,))

    assert subjects(people.local_language, found) == ["T1"]
