"""A plan with the referee's verdict, remembered as a whole for the same mission."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.referee.verdict import Verdict
from planner.remember.plan import Memory, plan_remembered
from planner.remember.reads import travel_key

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider
    from planner.optimizer.stage import Effort, Progress

PLAN, VERDICT = "plan", "verdict"


@dataclass(frozen=True)
class Judged:
    """A plan, and what the referee says of it."""

    plan: Plan
    verdict: Verdict


def plan_and_judge(
    mission: MissionInput,
    travel: "TravelProvider",
    effort: "Effort",
    progress: "Progress",
    memory: Memory,
) -> Judged:
    """Plan a mission in full and let the referee judge it.

    Scenarios that differ only in what the plan does not know of share one plan; it is made and
    judged once. A plan that was cancelled is not remembered.
    """
    key = _key(mission, travel, effort, memory)
    if key is not None:
        found = _remembered(memory, key)
        if found is not None:
            return found
    from planner.referee import check_plan  # noqa: PLC0415 - heavy import

    plan = plan_remembered(mission, travel, effort, progress, memory).plan
    judged = Judged(plan, check_plan(mission, plan, travel))
    if key is not None and not progress.cancelled:
        memory.cache.put(PLAN, key, plan.model_dump_json())
        memory.cache.put(VERDICT, key, judged.verdict.model_dump_json())
    return judged


def judged_before(
    mission: MissionInput, travel: "TravelProvider", effort: "Effort", memory: Memory
) -> Judged | None:
    """Return the plan of a mission if it is remembered; nothing is planned."""
    key = _key(mission, travel, effort, memory)
    return None if key is None else _remembered(memory, key)


def _key(
    mission: MissionInput, travel: "TravelProvider", effort: "Effort", memory: Memory
) -> str | None:
    digest = memory.digest
    travel_part = travel_key(mission, travel, digest)
    if travel_part is None or effort.seconds is not None:
        return None
    return digest(
        (memory.engines, travel_part, effort.seed, effort.scale, mission.input_hash),
        (mission.mission, list(mission.decisions)),
        digest.shared(mission.regions),
        digest.shared(mission.districts),
        digest.shared(mission.adjacency),
        digest.shared(mission.towns),
        digest.shared(mission.stations),
        digest.shared(mission.commissions),
        digest.shared(mission.observers),
    )


def _remembered(memory: Memory, key: str) -> Judged | None:
    plan, verdict = memory.cache.get(PLAN, key), memory.cache.get(VERDICT, key)
    if plan is None or verdict is None:
        return None
    try:
        return Judged(Plan.model_validate_json(plan), Verdict.model_validate_json(verdict))
    except ValidationError:
        return None
