"""Why an observer is in no team; remedies are applied and pairing is solved again."""

from datetime import date
from typing import Any

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import ObserverId
from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import LanguageLevel, LanguageSkill
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.explain import Explanation, explain_observer
from planner.explain.records import FITS
from planner.explain.variant import changed, with_decision, with_observer
from planner.optimizer.pairing import solve_pairing
from planner.optimizer.stage import Effort, Silent
from tests.good_plan import TRAVEL, good_mission, good_plan

RESERVE = "STO-P11"


def why(mission: MissionInput, plan: Plan, observer: str = RESERVE) -> Explanation:
    return explain_observer(mission, plan, TRAVEL, ObserverId(observer))


def called_up(**fields: Any) -> MissionInput:
    return with_observer(good_mission(), ObserverId(RESERVE), reserve=False, **fields)


def teams_of(mission: MissionInput, plan: Plan, observer: str = RESERVE) -> list[str]:
    """Solve the pairing anew and return the teams that an observer is in."""
    solved = solve_pairing(mission, TRAVEL, plan.areas, plan.teams, Effort(), Silent())
    return [team.id for team in solved.teams if observer in team.members]


def emptied(plan: Plan, *names: str) -> Plan:
    teams = tuple(
        team.model_copy(update={"members": ()}) if team.id in names else team for team in plan.teams
    )
    return plan.model_copy(update={"teams": teams})


def test_somebody_in_a_team_is_told_where():
    found = why(good_mission(), good_plan(), "STO-P01")
    assert found.headline == "STO-P01 is in STO-001 (A01) with STO-P02; nothing is wrong."
    assert not found.bindings


def test_somebody_in_a_team_against_a_rule():
    mission = with_observer(good_mission(), ObserverId("STO-P02"), accredited=False)
    found = why(mission, good_plan(), "STO-P01")
    assert "breaks a rule" in found.headline
    assert [binding.rule for binding in found.bindings] == ["P5"]


def test_an_unknown_observer_is_refused():
    with pytest.raises(PlannerError, match="nobody"):
        why(good_mission(), good_plan(), "nobody")


def test_a_reserve_is_called_up():
    found = why(good_mission(), good_plan())
    assert "a reserve stands by" in found.headline
    rules = {binding.rule: binding for binding in found.bindings}
    assert list(rules) == ["OP-PAIR-RESERVE", "OP-PAIR-SLOTS", "P4", "P2"]
    assert rules["P4"].value == "10 of 10 are in a team"
    assert rules["P2"].count == 1
    remedy = found.remedies[0]
    assert remedy.verified
    assert remedy.text.startswith("Call the reserve up")
    mission = called_up()
    mission = mission if remedy.decision is None else with_decision(mission, remedy.decision)
    assert teams_of(mission, good_plan())


@pytest.mark.parametrize(
    ("fields", "rule", "mended", "words"),
    [
        ({"accredited": False}, "P5", {"accredited": True}, "accredit the observer before E-6"),
        (
            {"available_to": date(2022, 11, 18)},
            "P5",
            {"available_to": date(2022, 11, 22)},
            "agree on a presence from 2022-11-16 to 2022-11-22",
        ),
        (
            {"languages": (LanguageSkill(language="en", level=LanguageLevel.A2),)},
            "P6",
            {"languages": (LanguageSkill(language="en", level=LanguageLevel.B2),)},
            "correct en to B2",
        ),
    ],
)
def test_a_barred_observer_is_mended_and_deployed(
    fields: dict[str, Any], rule: str, mended: dict[str, Any], words: str
):
    plan = emptied(good_plan(), "STO-005")
    mission = with_observer(called_up(**fields), ObserverId("STO-P09"), reserve=True)
    found = why(mission, plan)
    assert found.bindings[0].rule == rule
    assert f"({rule})" in found.headline
    (remedy,) = found.remedies
    assert remedy.verified
    assert words.lower() in remedy.text.lower()
    assert not teams_of(mission, plan)
    assert teams_of(with_observer(mission, ObserverId(RESERVE), **mended), plan)


def test_nobody_observes_at_home():
    found = why(called_up(state="KZ"), good_plan())
    assert found.bindings[0].rule == "P3"
    (remedy,) = found.remedies
    assert not remedy.verified


def test_where_all_teams_are_full_somebody_makes_room_or_a_team_is_added():
    mission = called_up(experience="new", languages=good_mission().observers[1].languages)
    mission = with_observer(mission, ObserverId(RESERVE), gender="M")
    twelfth = mission.observers[-1].model_copy(update={"id": "STO-P12", "state": "SE"})
    mission = changed(mission, observers=(*mission.observers, twelfth))
    plan = good_plan()
    found = why(mission, plan)
    assert (
        found.headline == "STO-P11 is in no team: all 5 STO teams of the plan have their members."
    )
    assert [trial.outcome for trial in found.trials if trial.subject == "STO-P12"] == [FITS]
    place, more = found.remedies
    assert place.verified
    assert more.text == "Plan 6 teams (staffing.sto_pairs)."
    made = mission if place.decision is None else with_decision(mission, place.decision)
    assert len(teams_of(made, plan)) == 1
    extra = plan.teams[-1].model_copy(update={"id": "STO-006", "members": ()})
    longer = plan.model_copy(update={"teams": (*plan.teams, extra)})
    staffed = mission.mission.model_copy(update={"staffing": Staffing(lto_teams=2, sto_pairs=6)})
    assert len(teams_of(changed(mission, mission=staffed), longer)) == 1


def test_two_of_one_state_are_left_over_and_others_make_room():
    mission = with_observer(good_mission(), ObserverId("STO-P09"), state="AT", reserve=False)
    mission = with_observer(mission, ObserverId("STO-P10"), reserve=True)
    mission = with_observer(mission, ObserverId(RESERVE), reserve=False)
    plan = emptied(good_plan(), "STO-005")
    found = why(mission, plan)
    trial = next(trial for trial in found.trials if trial.subject == "STO-P09")
    assert (trial.outcome, trial.value) == ("P2", "AT and AT")
    assert "none of them is allowed as a partner" in found.headline
    assert found.remedies[0].verified
    made = mission
    if found.remedies[0].decision is not None:
        made = with_decision(mission, found.remedies[0].decision)
    assert teams_of(made, plan)


def test_decisions_that_keep_somebody_out_are_counted():
    mission = called_up()
    for number in range(1, 5):
        never = Decision(kind=DecisionKind.NEVER_PAIR, observers=(RESERVE, f"STO-P{number:02d}"))
        mission = with_decision(mission, never)
    for area in ("A01", "A02"):
        barred = Decision(kind=DecisionKind.NEVER_STATE_AREA, state="BE", area=area)
        mission = with_decision(mission, barred)
    found = why(mission, good_plan())
    count = {binding.rule: binding.count for binding in found.bindings}
    assert count["P7"] == 4 - 1  # P01 is of the same State, which is told first
    assert count["P2"] == 1


def test_a_state_kept_out_of_every_area():
    mission = called_up()
    for area in ("A01", "A02"):
        barred = Decision(kind=DecisionKind.NEVER_STATE_AREA, state="AT", area=area)
        mission = with_decision(mission, barred)
    found = why(mission, good_plan())
    assert "P8" in {binding.rule for binding in found.bindings}
    assert not any(remedy.verified for remedy in found.remedies)
