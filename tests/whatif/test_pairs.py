"""What an exchange of observers would do."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId, State, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import LanguageSkill
from planner.errors import PlannerError
from planner.objective.pairing import pairing_value
from planner.whatif.pairs import at_work, exchange, join, pairs_effect
from tests.good_plan import TRAVEL, good_mission, good_plan

P = [ObserverId(f"STO-P{n:02d}") for n in range(12)]
"""Observers of the good mission; ``STO-001`` is 1 and 2, ``STO-002`` 3 and 4, and so on."""


def _with(*decisions: Decision) -> MissionInput:
    return good_mission().model_copy(update={"decisions": decisions})


def test_exchange_of_partners_gains_what_the_objective_gains() -> None:
    mission, plan = good_mission(), good_plan()
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[1], P[4]))
    assert [state.members for state in effect.after] == [(P[4], P[2]), (P[3], P[1])]
    teams = [
        team.model_copy(
            update={"members": {"STO-001": (P[4], P[2]), "STO-002": (P[3], P[1])}[team.id]}
        )
        if team.id in ("STO-001", "STO-002")
        else team
        for team in plan.teams
    ]
    gain = pairing_value(mission, plan.areas, teams, TRAVEL)
    gain -= pairing_value(mission, plan.areas, plan.teams, TRAVEL)
    assert effect.gain == gain < 0


def test_two_of_one_gender_and_two_newcomers_are_told_with_their_rules() -> None:
    mission, plan = good_mission(), good_plan()
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[1], P[4]))
    broken = {(change.rule, change.subject) for change in effect.rules if change.broken}
    assert {("P9", "STO-001"), ("P9", "STO-002"), ("P10", "STO-001")} <= broken
    assert not any(change.severity == "hard" for change in effect.rules)


def test_exchange_over_areas_pins_the_pairs_and_the_new_areas() -> None:
    mission, plan = good_mission(), good_plan()
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[1], P[5]))
    assert [(move.observer, move.new_area) for move in effect.moves] == [
        (P[1], "A02"),
        (P[5], "A01"),
    ]
    assert effect.decisions == (
        Decision(kind=DecisionKind.PAIR, observers=(P[5], P[2])),
        Decision(kind=DecisionKind.PAIR, observers=(P[1], P[6])),
        Decision(kind=DecisionKind.OBSERVER_AREA, observers=(P[1],), area=AreaId("A02")),
        Decision(kind=DecisionKind.OBSERVER_AREA, observers=(P[5],), area=AreaId("A01")),
    )


def test_exchange_within_an_area_pins_no_area() -> None:
    plan = good_plan()
    effect = pairs_effect(good_mission(), plan, TRAVEL, exchange(plan, P[1], P[3]))
    assert [d.kind for d in effect.decisions] == [DecisionKind.PAIR, DecisionKind.PAIR]


def test_one_state_in_a_pair_breaks_p2_with_the_values() -> None:
    mission, plan = good_mission(), good_plan()
    people = tuple(
        o.model_copy(update={"state": State("AT")}) if o.id == P[4] else o
        for o in mission.observers
    )
    mission = mission.model_copy(update={"observers": people})
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[2], P[4]))
    first = effect.rules[0]
    assert (first.rule, first.subject, first.severity) == ("P2", "STO-001", "hard")
    assert (first.before, first.after, first.limit) == (None, "AT and AT", "2 different States")


def test_standing_decisions_are_judged() -> None:
    plan = good_plan()
    mission = _with(
        Decision(kind=DecisionKind.PAIR, observers=(P[1], P[2])),
        Decision(kind=DecisionKind.NEVER_PAIR, observers=(P[3], P[2])),
        Decision(kind=DecisionKind.NEVER_STATE_AREA, state=State("DK"), area=AreaId("A01")),
        Decision(kind=DecisionKind.OBSERVER_AREA, observers=(P[6],), area=AreaId("A02")),
    )
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[1], P[3]))
    assert [(c.rule, c.subject) for c in effect.rules if c.severity == "hard" and c.broken] == [
        ("P7", f"{P[1]} {P[2]}"),
        ("P7", "STO-001"),
    ]
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[4], P[6]))
    assert ("A4", f"observer_area {P[6]} A02") in {(c.rule, c.subject) for c in effect.rules}
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[4], P[5]))
    assert [(c.rule, c.subject) for c in effect.rules if c.rule == "P8"] == [("P8", P[5])]


def test_somebody_without_a_team_comes_and_the_other_goes() -> None:
    plan = good_plan()
    effect = pairs_effect(good_mission(), plan, TRAVEL, exchange(plan, P[10], P[11]))
    assert [(m.observer, m.old and m.old.id, m.new and m.new.id) for m in effect.moves] == [
        (P[10], "STO-005", None),
        (P[11], None, "STO-005"),
    ]
    assert ("P5", P[11], "reserve") in {(c.rule, c.subject, c.after) for c in effect.rules}
    assert effect.decisions[0].observers == (P[9], P[11])
    assert [d.area for d in effect.decisions[1:]] == ["A02"]


def test_missing_working_language_is_found_in_the_new_team() -> None:
    mission, plan = good_mission(), good_plan()
    people = tuple(
        o.model_copy(update={"languages": (LanguageSkill(language="ru", level="B2"),)})
        if o.id == P[11]
        else o
        for o in mission.observers
    )
    mission = mission.model_copy(update={"observers": people})
    effect = pairs_effect(mission, plan, TRAVEL, exchange(plan, P[10], P[11]))
    assert effect.rules[0].rule == "P6"
    assert effect.rules[0].after == "en: none"


def test_join_puts_those_who_are_left_together() -> None:
    plan = good_plan()
    assert join(plan, P[1], P[4]) == {"STO-001": (P[1], P[4]), "STO-002": (P[3], P[2])}
    assert join(plan, P[1], P[2]) == {}
    assert join(plan, P[11], P[1]) == {"STO-001": (P[1], P[11])}
    assert join(plan, ObserverId("X"), ObserverId("Y")) == {}


def test_join_of_half_a_team_fills_it() -> None:
    plan = good_plan()
    teams = tuple(
        t.model_copy(update={"members": (P[1],)}) if t.id == "STO-001" else t for t in plan.teams
    )
    half = plan.model_copy(update={"teams": teams})
    assert join(half, P[1], P[11]) == {"STO-001": (P[1], P[11])}
    effect = pairs_effect(good_mission(), half, TRAVEL, join(half, P[1], P[11]))
    assert (effect.before[0].parts, effect.before[0].points) == ((), 0)
    assert effect.gain == effect.after[0].points > 0


@pytest.mark.parametrize(("first", "second"), [(P[1], P[2]), (P[1], P[1]), ("X", "Y")])
def test_exchanges_that_change_nothing_are_refused(first: str, second: str) -> None:
    with pytest.raises(PlannerError) as error:
        exchange(good_plan(), ObserverId(first), ObserverId(second))
    assert error.value.code == "WHATIF-SAME"


def test_points_add_up_by_part() -> None:
    plan = good_plan()
    effect = pairs_effect(good_mission(), plan, TRAVEL, exchange(plan, P[1], P[4]))
    assert [part.name for part in effect.before[0].parts] == [
        "gender",
        "experience",
        "common language",
        "local language",
        "restrictions",
    ]
    assert effect.before[0].team == TeamId("STO-001")
    assert effect.before[0].points == sum(part.points for part in effect.before[0].parts)


def test_at_work_names_the_observers_of_a_state_in_an_area() -> None:
    found = at_work(good_mission(), good_plan(), State("AT"), AreaId("A01"))
    assert [(name, team.id) for name, team in found] == [(P[1], "STO-001")]
    assert not at_work(good_mission(), good_plan(), State("AT"), AreaId("A02"))
