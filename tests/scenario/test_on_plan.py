"""A plan that is there already, under a scenario."""

from typing import Any

import pytest

from planner.domain.ids import MissionId
from planner.domain.plan import Phase
from planner.errors import InputError, PlannerError
from planner.scenario.document import Scenario
from planner.scenario.on_plan import CarriedOut, carry_out
from tests.good_plan import TRAVEL, good_mission, good_plan

MISSION, PLAN = good_mission(), good_plan()


def carried(draws: int = 100, **changes: Any) -> CarriedOut:
    return carry_out(MISSION, PLAN, Scenario.model_validate(changes), TRAVEL, draws)


def mean(found: CarriedOut, phase: Phase) -> float:
    assert found.forecast.execution is not None
    return float(found.forecast.execution.totals[phase].mean())


def test_without_noise_the_plan_goes_as_planned():
    found = carried(noise="zero")
    assert mean(found, Phase.VOTING) == PLAN.kpis["voting_visits"]
    assert found.findings == ()
    assert found.numbers.pairs_delivered == 5


def test_a_plan_that_is_there_cannot_know_the_delivery():
    found = carried(noise="zero", delivery={"rate": 0.8, "known": True})
    assert found.numbers.pairs_planned == 5
    assert found.numbers.pairs_delivered == 4
    assert mean(found, Phase.COUNTING) < PLAN.kpis["counts"]


def test_parts_that_need_another_plan_are_named():
    found = carried(day={"dwell_min": 60}, format="LEOM", staffing={"sto_pairs": 99})
    assert [finding.code for finding in found.findings] == ["SC-IGNORED"]
    assert found.findings[0].value == "staffing, day, format"


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError) as caught:
        carried(isolated=[{"region": "WST"}])
    assert "WEST" in caught.value.findings[0].remedy
    other = PLAN.model_copy(update={"mission": MissionId("other")})
    with pytest.raises(PlannerError) as refused:
        carry_out(MISSION, other, Scenario(), TRAVEL, 10)
    assert refused.value.code == "SC-PLAN"
