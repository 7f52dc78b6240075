"""The small mission, a plan of it made by the optimizer, and short words for planning it again."""

from functools import cache

from planner.domain.decision import Decision
from planner.domain.finding import Finding
from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName
from planner.domain.stage_point import StagePoint
from planner.optimizer.pipeline import PipelineResult, make_plan
from planner.optimizer.stage import Effort, Silent
from planner.referee import check_plan
from planner.replan import replan
from planner.travel import make_provider
from tests.good_plan import good_mission

EFFORT = Effort(scale=0.1)
MISSION = good_mission()


def made(mission: MissionInput) -> Plan:
    """Plan a mission freely."""
    travel = make_provider(mission)
    return make_plan(mission, travel, EFFORT, Silent(), clock=lambda: 0.0).plan


@cache
def first() -> Plan:
    """Return the plan of the small mission."""
    return made(MISSION)


def changed(**parts: object) -> MissionInput:
    """Return the small mission with other parts, and another hash."""
    return MISSION.model_copy(update={**parts, "input_hash": "changed"})


def decided(*decisions: Decision) -> MissionInput:
    """Return the small mission with decisions."""
    return changed(decisions=decisions)


def staffed(lto_teams: int, sto_pairs: int) -> MissionInput:
    """Return the small mission with another number of teams."""
    staffing = Staffing(lto_teams=lto_teams, sto_pairs=sto_pairs)
    return changed(mission=MISSION.mission.model_copy(update={"staffing": staffing}))


def again(
    mission: MissionInput,
    stability: float = 1.0,
    *,
    earlier: Plan | None = None,
    before: MissionInput = MISSION,
    effort: Effort = EFFORT,
) -> PipelineResult:
    """Plan again near to ``earlier``, by default the plan of the small mission."""
    return replan(
        mission,
        make_provider(mission),
        effort,
        Silent(),
        earlier=earlier or first(),
        earlier_mission=before,
        stability=stability,
        clock=lambda: 0.0,
    )


def hard(mission: MissionInput, plan: Plan) -> tuple[Finding, ...]:
    """Return what the referee cannot accept."""
    return check_plan(mission, plan, make_provider(mission)).hard


def points(result: PipelineResult, stage: StageName) -> dict[str, StagePoint]:
    """Return the candidates of a stage by their label."""
    return {point.label: point for point in result.points if point.stage is stage}


def chosen(result: PipelineResult, stage: StageName) -> StagePoint:
    """Return the candidate that a stage took."""
    (point,) = [p for p in points(result, stage).values() if p.chosen]
    return point
