from planner.domain.finding import Severity
from planner.rules import pairs
from tests.rules.small import case, observer, skills, subjects, team


def test_p1_wants_two_different_members():
    teams = (team("ONE", "a"), team("SAME", "a", "a"), team("THREE", "a", "b", "c"))

    assert subjects(pairs.two_members, case(teams=teams)) == ["ONE", "SAME", "THREE"]


def test_p1_accepts_pairs_and_unnamed_slots_without_a_roster():
    assert subjects(pairs.two_members, case(teams=(team("T", "a", "b"), team("U")))) == []


def test_p1_tells_softly_of_slots_that_the_roster_could_fill():
    waiting = (observer("a", "NO"), observer("b", "SE"))

    (finding,) = pairs.two_members.check(case(teams=(team("U"),), observers=waiting))

    assert finding.severity is Severity.SOFT
    assert "1 unnamed team(s), 2 observers" in finding.value


def test_p1_says_nothing_where_those_who_wait_are_no_pair():
    one_state = (observer("a", "NO"), observer("b", "NO"))
    not_fit = (observer("a", "NO"), observer("b", "KZ"), observer("c", "SE", languages=()))
    for waiting in (one_state, not_fit):
        assert subjects(pairs.two_members, case(teams=(team("U"),), observers=waiting)) == []


def test_p2_wants_two_states():
    people = (observer("a", "NO"), observer("b", "NO"), observer("c", "SE"))
    teams = (team("T1", "a", "b"), team("T2", "a", "c"))

    (finding,) = pairs.different_nationalities.check(case(teams=teams, observers=people))

    assert (finding.subject, finding.value) == ("T1", "NO and NO")


def test_p4_finds_a_person_in_two_teams():
    people = (observer("a"), observer("b"), observer("c"))
    teams = (team("T1", "a", "b"), team("T2", "a", "c"))

    (finding,) = pairs.one_team_per_person.check(case(teams=teams, observers=people))

    assert (finding.subject, finding.value) == ("a", "2 teams: T1, T2")


def test_p9_prefers_mixed_pairs_where_genders_are_known():
    people = (observer("a", gender="F"), observer("b", gender="F"), observer("c"))
    teams = (team("T1", "a", "b"), team("T2", "a", "c"))

    assert subjects(pairs.mixed_gender, case(teams=teams, observers=people)) == ["T1"]


def test_p10_wants_no_pair_of_newcomers():
    people = (observer("a"), observer("b"), observer("c", experience="some"))
    teams = (team("T1", "a", "b"), team("T2", "a", "c"))

    assert subjects(pairs.experience_mix, case(teams=teams, observers=people)) == ["T1"]


def test_small_observers_speak_english():
    assert observer("a").languages == skills("en:C1")
