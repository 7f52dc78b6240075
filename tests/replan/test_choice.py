"""Which of two candidates is taken."""

from dataclasses import replace

import pytest

from planner.domain.plan import StageName, StopReason
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import StageNotes, report
from planner.replan.choice import Candidate, Label, figure, prefers_kept, told, unit
from tests.replan.small import first


def candidate(label: Label, objective: float, moved: int, sense: str = "max") -> Candidate:
    told_by = report(
        StageName.PAIRING if sense == "max" else StageName.AREAS,
        sense="max" if sense == "max" else "min",
        unit="points",
        objective=objective,
        bound=None,
        stop=StopReason.ITERATIONS,
        seed=1,
    )
    return Candidate(label, Ran(Draft(), told_by, StageNotes()), moved)


KEPT, FREE = candidate("kept", 90.0, 4), candidate("free", 100.0, 14)


@pytest.mark.parametrize(
    ("stability", "kept"), [(0.0, False), (0.4, False), (0.6, True), (0.99, True), (1.0, True)]
)
def test_ten_points_for_ten_moves_turn_at_a_half(stability: float, kept: bool):
    assert prefers_kept(KEPT, FREE, 1.0, stability) is kept


def test_less_is_better_where_less_is_better():
    kept, free = candidate("kept", 110.0, 4, "min"), candidate("free", 100.0, 14, "min")
    assert prefers_kept(kept, free, 1.0, 0.6)
    assert not prefers_kept(kept, free, 1.0, 0.4)


@pytest.mark.parametrize("stability", [0.0, 0.01, 1.0])
def test_a_tie_keeps_the_plan_if_there_is_any_stability(stability: float):
    kept, free = candidate("kept", 5.0, 3), candidate("free", 5.0, 3)
    assert prefers_kept(kept, free, 1.0, stability) is (stability > 0)


def test_at_1_a_free_solution_that_moves_less_is_taken():
    assert not prefers_kept(replace(KEPT, moves=20), FREE, 1.0, 1.0)


@pytest.mark.parametrize("fault", ["dropped", "idle"])
@pytest.mark.parametrize("stability", [0.01, 1.0])
def test_no_stability_is_worth_a_decision_or_a_pair_at_home(fault: str, stability: float):
    assert not prefers_kept(replace(KEPT, **{fault: 1}), FREE, 1.0, stability)
    assert prefers_kept(KEPT, replace(FREE, **{fault: 1}), 1.0, stability)


def test_a_unit_is_what_the_thing_that_moves_is_worth():
    plan = first()
    draft = Draft(plan.areas, plan.teams, plan.sample, plan.days)
    runs = {r.name: Ran(draft, r, StageNotes()) for r in plan.stages}
    values = {r.name: r.objective or 0.0 for r in plan.stages}
    assert unit(StageName.AREAS, runs[StageName.AREAS]) == values[StageName.AREAS] / 6
    assert unit(StageName.ALLOCATION, runs[StageName.ALLOCATION]) == pytest.approx(
        values[StageName.ALLOCATION] / 5
    )
    assert unit(StageName.PAIRING, runs[StageName.PAIRING]) == values[StageName.PAIRING] / 14
    primaries = sum(entry.role == "primary" for entry in plan.sample)
    assert unit(StageName.SAMPLING, runs[StageName.SAMPLING]) == 1 / primaries
    assert 1.0 < unit(StageName.DAYS, runs[StageName.DAYS]) < 4.0


def test_candidates_in_words():
    assert told(StageName.PAIRING, KEPT) == "90 points with 4 people moved"
    faulty = replace(candidate("kept", 12_345.6, 1_000), dropped=1, idle=2)
    assert told(StageName.DAYS, faulty) == (
        "12,346 points with 1,000 visits moved, 1 decision(s) given up, 2 pair(s) at home"
    )
    skipped = KEPT.ran.report.model_copy(update={"objective": None})
    assert figure(skipped) == "nothing to do"
