"""Whole plans of any small mission: nothing that the referee forbids, nothing beyond a bound."""

from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.finding import Finding
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName, StageStatus
from planner.export.document import dump_plan, parse_plan
from planner.optimizer.pipeline import make_plan
from planner.optimizer.stage import Effort, Silent
from planner.referee import check_plan
from tests.fuzz.missions import missions, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads

SLACK = 1e-6
NAME = "plan.json"


class CancelledAfter(Silent):
    """A user who loses patience after some questions."""

    def __init__(self, questions: int) -> None:
        self._left = questions

    @property
    def cancelled(self) -> bool:  # type: ignore[override]
        self._left -= 1
        return self._left < 0


def planned(
    mission: MissionInput,
    travel: Roads,
    progress: Silent | None = None,
    earlier: Plan | None = None,
    stages: Iterable[StageName] = tuple(StageName),
) -> Plan:
    return make_plan(
        mission,
        travel,
        Effort(seed=1, scale=0.03),
        progress or Silent(),
        stages=tuple(stages),
        earlier=earlier,
        clock=lambda: 0.0,
    ).plan


def refused(mission: MissionInput, plan: Plan, travel: Roads) -> list[Finding]:
    """Return hard findings, and objectives that could not be judged at all.

    A part of the country for which there is no team is in no area: the plan is then partial, says
    so, and is not called feasible.
    """
    verdict = check_plan(mission, plan, travel)
    blind = [finding for finding in verdict.info if finding.code in {"R-OBJ", "R-TRAVEL"}]
    apart = {entry.subject for entry in plan.unassigned if entry.code == "OP-AREA-PARTS"}
    told = [f for f in verdict.hard if f.code == "A1" and f.subject in apart]
    return [f for f in (*verdict.hard, *blind) if f not in told]


def assert_honest(plan: Plan) -> None:
    """Hold every objective against its bound."""
    for report in plan.stages:
        if report.objective is None:
            assert report.status is StageStatus.SKIPPED
            continue
        assert report.bound is not None
        beyond = report.objective - report.bound
        beyond = beyond if report.sense == "max" else -beyond
        assert beyond <= SLACK * max(1.0, abs(report.bound)), report


@examples(120)
@given(missions(), roads)
def test_the_referee_finds_no_hard_fault(mission: MissionInput, travel: Roads) -> None:
    plan = planned(mission, travel)
    assert refused(mission, plan, travel) == []
    assert_honest(plan)
    assert all(entry.reason and entry.remedy for entry in plan.unassigned)


@examples(50)
@given(missions(), roads, st.integers(0, 60))
def test_nor_in_a_plan_that_was_cut_short(
    mission: MissionInput, travel: Roads, questions: int
) -> None:
    plan = planned(mission, travel, CancelledAfter(questions))
    assert refused(mission, plan, travel) == []


@examples(20)
@given(missions(), roads)
def test_the_same_mission_gives_the_same_bytes(mission: MissionInput, travel: Roads) -> None:
    content = dump_plan(planned(mission, travel))
    assert content == dump_plan(planned(mission, travel))
    assert dump_plan(parse_plan(content, Path(NAME))) == content
