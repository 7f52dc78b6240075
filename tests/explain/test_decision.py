"""Why a decision is refused; every remedy is put to the whole stage."""

from typing import Any

import pytest

from planner.domain.decision import Decision
from planner.domain.ids import ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, Unassigned
from planner.explain import Explanation, Remedy, explain_decision
from planner.explain.variant import changed, with_decision, with_observer, with_policy, without
from planner.optimizer.allocation import solve_allocation
from planner.optimizer.areas import solve_areas
from planner.optimizer.pairing import solve_pairing
from planner.optimizer.sampling import solve_sampling
from planner.optimizer.stage import Effort, Silent
from tests.good_plan import TRAVEL, good_mission, good_plan


def pin(kind: str, **fields: Any) -> Decision:
    return Decision.model_validate({"kind": kind} | fields)


def pair(first: str, second: str) -> Decision:
    return pin("pair", observers=(first, second))


def why(decision: Decision, *others: Decision, mission: MissionInput | None = None) -> Explanation:
    made = changed(mission or good_mission(), decisions=(*others, decision))
    return explain_decision(made, good_plan(), TRAVEL, decision)


def refused(mission: MissionInput, plan: Plan | None = None) -> set[str]:
    """Return the decisions that the stages refuse, run in full."""
    plan = plan or good_plan()
    how, watch = Effort(scale=0.1), Silent()
    notes = [
        solve_areas(mission, TRAVEL, how, watch).notes,
        solve_allocation(mission, TRAVEL, plan.areas, how, watch).notes,
        solve_pairing(mission, TRAVEL, plan.areas, plan.teams, how, watch).notes,
        solve_sampling(mission, TRAVEL, plan.areas, plan.teams, how, watch).notes,
    ]
    return {e.subject for note in notes for e in note.unassigned if e.kind == "decision"}


def in_its_place(decision: Decision, others: tuple[Decision, ...], remedy: Remedy) -> MissionInput:
    mission = changed(good_mission(), decisions=others)
    for path, value in (() if remedy.policy is None else (remedy.policy,)) + remedy.also:
        mission = with_policy(mission, path, value)
    return with_decision(mission, remedy.decision or decision)


def test_a_decision_that_stands_against_nothing():
    decision = pair("STO-P01", "STO-P02")
    assert why(decision).headline == "“pair STO-P01 STO-P02” is kept by this plan."
    made = explain_decision(good_mission(), good_plan(), TRAVEL, decision)
    assert made.headline == "“pair STO-P01 STO-P02” could be kept: nothing stands against it."


def test_a_decision_made_after_the_plan_wants_a_new_plan():
    found = why(pair("STO-P01", "STO-P04"))
    assert "is not kept by this plan" in found.headline
    assert "P7" in {binding.rule for binding in found.bindings}
    assert found.remedies[0].text == "Plan again."


REFUSED: list[tuple[Decision, tuple[Decision, ...], str]] = [
    (pair("STO-P01", "STO-P02"), (pin("never_pair", observers=("STO-P01", "STO-P02")),), "P7"),
    (pair("STO-P01", "STO-P02"), (pair("STO-P01", "STO-P04"),), "P4"),
    (
        pin("observer_area", observers=("STO-P01",), area="A02"),
        (pin("never_state_area", state="AT", area="A02"),),
        "P8",
    ),
    (
        pin("observer_area", observers=("STO-P01",), area="A02"),
        (pin("observer_area", observers=("STO-P01",), area="A01"),),
        "A4",
    ),
    (
        pin("district_area", district="E1", area="A02"),
        (pin("district_area", district="E1", area="A01"),),
        "OP-AREA-PIN",
    ),
    (
        pin("base_town", area="A02", town="T-E3"),
        (pin("base_town", area="A02", town="T-E1"),),
        "OP-AREA-PIN",
    ),
    (
        pin("team_town", team="STO-003", town="T-E3"),
        (pin("team_town", team="STO-003", town="T-E1"),),
        "OP-ALLOC-PIN",
    ),
    (
        pin("visit_station", station="W1-5"),
        (pin("never_station", station="W1-5"),),
        "OP-SAMPLE-PIN",
    ),
]


@pytest.mark.parametrize(("decision", "others", "rule"), REFUSED)
def test_a_contradiction_names_the_other_decision_and_all_remedies_work(
    decision: Decision, others: tuple[Decision, ...], rule: str
):
    found = why(decision, *others)
    assert "is refused" in found.headline
    assert rule in {binding.rule for binding in found.bindings}
    assert any(others[0].subject in binding.limit for binding in found.bindings)
    made = changed(good_mission(), decisions=(*others, decision))
    assert decision.subject in refused(made)
    assert decision.subject not in refused(without(made, *others))
    assert f"Withdraw “{others[0].subject}”." in {
        remedy.text for remedy in found.remedies if remedy.verified
    }
    for remedy in found.remedies:
        if remedy.verified and remedy.decision is not None:
            trial = in_its_place(decision, others, remedy)
            assert remedy.decision.subject not in refused(trial), remedy


def test_authors_and_reasons_are_named():
    other = pin("never_station", station="W1-5", author="Security", reason="landslide")
    found = why(pin("visit_station", station="W1-5"), other)
    assert any("(Security, landslide)" in remedy.text for remedy in found.remedies)


def test_where_no_first_look_refuses_it_the_stage_is_run():
    """Four pins fill the two teams of A01; a required pair then brings a fifth person there."""
    others = (
        *(pin("observer_area", observers=(f"STO-P{k:02d}",), area="A01") for k in (1, 2, 3)),
        pair("STO-P01", "STO-P05"),
    )
    decision = pin("observer_area", observers=("STO-P04",), area="A01")
    made = changed(good_mission(), decisions=(*others, decision))
    assert refused(made) == {decision.subject}
    found = explain_decision(made, good_plan(), TRAVEL, decision)
    assert "is refused" in found.headline
    told = [r for r in found.remedies if r.text.startswith("Withdraw") and "itself" not in r.text]
    assert told
    for remedy in told:
        name = remedy.text.split("“")[1].split("”")[0]
        other = next(one for one in others if one.subject == name)
        assert decision.subject not in refused(without(made, other))


def test_a_reserve_in_a_required_pair():
    decision = pair("STO-P02", "STO-P11")
    found = why(decision)
    remedy = found.remedies[0]
    assert remedy.text.startswith("Call the reserve up")
    mission = changed(good_mission(), decisions=(decision,))
    assert decision.subject in refused(mission)
    mended = with_observer(mission, ObserverId("STO-P11"), reserve=False)
    assert decision.subject not in refused(mended)


def test_two_of_one_state_get_other_partners():
    mission = with_observer(good_mission(), ObserverId("STO-P02"), state="AT")
    decision = pair("STO-P01", "STO-P02")
    found = why(decision, mission=mission)
    assert found.bindings[0].rule == "P2"
    other = next(r.decision for r in found.remedies if r.decision is not None)
    assert other.subject not in refused(changed(mission, decisions=(other,)))


def test_a_town_without_beds_for_the_pair():
    pins = tuple(pin("team_town", team=f"STO-00{k}", town="T-E3") for k in (3, 4))
    decision = pin("team_town", team="STO-005", town="T-E3")
    found = why(decision, *pins)
    assert "beds for 2 STO pair(s)" in found.headline
    beds = next(remedy for remedy in found.remedies if "more beds" in remedy.text)
    assert beds.verified
    assert beds.text == "Find 2 more beds in Town T-E3 (beds = 6 in towns.csv)."
    mission = changed(good_mission(), decisions=(*pins, decision))
    towns = tuple(
        town.model_copy(update={"beds": 6}) if town.id == "T-E3" else town for town in mission.towns
    )
    assert decision.subject not in refused(changed(mission, towns=towns))


def test_a_pair_of_another_area_does_not_come():
    decision = pin("visit_station", station="W1-5", team="STO-004")
    found = why(decision)
    assert "works in A02" in found.headline
    pinned = [r.decision for r in found.remedies if r.decision is not None]
    assert [one.team for one in pinned] == ["STO-001"]


def test_a_pin_that_no_day_holds():
    mission = with_policy(good_mission(), "day.max_visits", 0)
    decision = pin("visit_station", station="W1-5", team="STO-001")
    entry = Unassigned(
        kind="decision", subject=decision.subject, code="OP-DAYS-PIN", reason="no day", remedy="r"
    )
    made = changed(mission, decisions=(decision,))
    plan = good_plan().model_copy(update={"unassigned": (entry,)})
    found = explain_decision(made, plan, TRAVEL, decision)
    assert found.headline == "“visit_station STO-001 W1-5” is refused: no day."
    assert found.bindings[0].rule == "OP-DAYS-PIN"
    assert {trial.subject for trial in found.trials} == {"STO-001"}
    assert found.remedies[0].verified
