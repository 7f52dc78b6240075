from typing import Any

import pytest

from planner.domain.decision import Decision
from planner.domain.finding import Severity
from planner.domain.plan import Phase, Unassigned
from planner.rules import pins
from planner.rules.case import Case
from tests.rules.small import area, case, day, observer, station, stop, subjects, team

CREW = (observer("a", "NO"), observer("b", "SE"), observer("c", "FI"), observer("d", "DK"))
PAIRS = (team("T1", "a", "b"), team("T2", "c", "d"))


def judged(*, teams: Any = PAIRS, excuse: bool = False, **decision: Any) -> Case:
    pin = Decision(**decision)
    left = Unassigned(kind="decision", subject=pin.subject, code="X", reason="why", remedy="do")
    return case(
        observers=CREW,
        teams=teams,
        areas=(area("A01", "D", base_town="T"),),
        stations=(station("S"), station("S2")),
        days=(day("T1", stop("S", Phase.VOTING, "09:00", "10:00")),),
        decisions=(pin,),
        unassigned=(left,) if excuse else (),
    )


def test_p7_keeps_excluded_pairs_apart():
    rule = pins.excluded_and_required_pairs

    assert subjects(rule, judged(kind="never_pair", observers=("b", "a"))) == ["T1"]
    assert subjects(rule, judged(kind="never_pair", observers=("b", "c"))) == []


def test_p7_keeps_required_pairs_together():
    rule = pins.excluded_and_required_pairs

    assert subjects(rule, judged(kind="pair", observers=("b", "c"))) == ["b c"]
    assert subjects(rule, judged(kind="pair", observers=("b", "a"))) == []


def test_p7_waits_until_pairing_has_been_done():
    slots = (team("T1"), team("T2"))

    found = judged(teams=slots, kind="pair", observers=("b", "c"))

    assert subjects(pins.excluded_and_required_pairs, found) == []


def test_p8_keeps_a_state_out_of_an_area():
    found = judged(kind="never_state_area", state="SE", area="A01")
    elsewhere = judged(kind="never_state_area", state="SE", area="A02")

    assert subjects(pins.sensitive_nationality_and_area, found) == ["b"]
    assert subjects(pins.sensitive_nationality_and_area, elsewhere) == []


@pytest.mark.parametrize(
    ("kept", "broken"),
    [
        (
            {"kind": "observer_area", "observers": ("a",), "area": "A01"},
            {"kind": "observer_area", "observers": ("a",), "area": "A02"},
        ),
        (
            {"kind": "district_area", "district": "D", "area": "A01"},
            {"kind": "district_area", "district": "D", "area": "A02"},
        ),
        (
            {"kind": "base_town", "area": "A01", "town": "T"},
            {"kind": "base_town", "area": "A01", "town": "U"},
        ),
        (
            {"kind": "team_town", "team": "T1", "town": "T"},
            {"kind": "team_town", "team": "T9", "town": "T"},
        ),
        ({"kind": "never_station", "station": "S2"}, {"kind": "never_station", "station": "S"}),
        ({"kind": "visit_station", "station": "S"}, {"kind": "visit_station", "station": "S2"}),
        (
            {"kind": "visit_station", "station": "S", "team": "T1"},
            {"kind": "visit_station", "station": "S", "team": "T2"},
        ),
    ],
    ids=lambda pin: pin["kind"],
)
def test_a4_judges_every_kind_of_pin(kept: dict[str, Any], broken: dict[str, Any]):
    assert subjects(pins.pins_kept, judged(**kept)) == []
    (finding,) = pins.pins_kept.check(judged(**broken))
    assert finding.severity is Severity.HARD
    assert finding.value != finding.limit


def test_a4_is_soft_where_the_plan_says_why():
    pin = {"kind": "visit_station", "station": "S2"}

    (finding,) = pins.pins_kept.check(judged(excuse=True, **pin))

    assert finding.severity is Severity.SOFT


def test_a4_knows_no_excuse_for_a_barred_station():
    (finding,) = pins.pins_kept.check(judged(excuse=True, kind="never_station", station="S"))

    assert finding.severity is Severity.HARD
