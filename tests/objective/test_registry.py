import pytest

from planner.domain.plan import StageName
from planner.objective.registry import objective_of, recompute
from tests.good_plan import TRAVEL, good_mission, good_plan
from tests.referee.changes import plan_with


@pytest.mark.parametrize("stage", [StageName.AREAS, StageName.ALLOCATION, StageName.DAYS])
def test_a_stage_has_its_objective(stage: StageName):
    function = objective_of(stage)
    assert function is not None

    found = recompute(stage, good_mission(), good_plan(), TRAVEL)

    assert found.value == function(good_mission(), good_plan(), TRAVEL)
    assert found.why == ""


def test_a_broken_document_has_no_objective_and_says_why():
    plan = plan_with(good_plan(), "areas", "A01", districts=("??",))

    found = recompute(StageName.AREAS, good_mission(), plan, TRAVEL)

    assert found.value is None
    assert "the document is broken" in found.why


def test_without_travel_there_is_no_objective():
    found = recompute(StageName.AREAS, good_mission(), good_plan(), None)

    assert (found.value, found.why) == (None, "no travel provider")
