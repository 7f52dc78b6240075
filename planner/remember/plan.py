"""A whole plan whose stages, areas' hubs and clusters' days are remembered."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding
from planner.domain.mission_input import MissionInput
from planner.domain.plan import StageName
from planner.errors import PlannerError
from planner.optimizer.pipeline import ALL, Base, PipelineResult, run_stages
from planner.optimizer.run_stage import Draft, Ran, run_stage
from planner.optimizer.stage import Effort, Progress, StageNotes
from planner.remember.cache import Cache
from planner.remember.digest import Digester
from planner.remember.reads import engines_key, stage_key, travel_key
from planner.remember.result import kept, taken

if TYPE_CHECKING:
    from planner.remember.elsewhere import Elsewhere


@dataclass(frozen=True)
class Memory:
    """A cache with what it needs to make keys; one for a process, shared by all its plans.

    Parameters
    ----------
    threads
        Clusters of election days planned at a time.
    elsewhere
        Searches clusters on other machines; by default none does.
    """

    cache: Cache = field(default_factory=Cache)
    digest: Digester = field(default_factory=Digester)
    engines: str = field(default_factory=engines_key)
    threads: int = 1
    elsewhere: "Elsewhere | None" = None


def plan_remembered(
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
    memory: Memory,
    *,
    stages: Collection[StageName] = ALL,
    remarks: tuple[Finding, ...] = (),
) -> PipelineResult:
    """Plan a mission; what was solved before for the same input is taken from memory.

    The same plan, stage by stage, as :func:`planner.optimizer.pipeline.make_plan` makes at the
    same effort, except that ``effort.scale`` shortens the search for days alone: areas and hubs
    are solved in full, because a sweep needs them once. With a clock, or with travel times of a
    server, nothing is remembered.

    Parameters
    ----------
    stages
        Stages to run; the others are left out.
    remarks
        Findings of intake, which the plan carries on.

    Raises
    ------
    PlannerError
        ``OP-ENGINE``: days are wanted elsewhere with a clock, or with travel times of a server;
        what the engine raises.
    """
    full = replace(effort, scale=1.0)
    travel_part = travel_key(mission, travel, memory.digest)
    forgetful = effort.seconds is not None or travel_part is None
    if forgetful and memory.elsewhere is not None:
        raise PlannerError(
            "OP-ENGINE",
            "days are planned on other machines only where every machine finds the same",
            "leave the time limit out, and take travel times from a file instead of a server",
        )

    def run(stage: StageName, draft: Draft, share: Effort) -> Ran:
        wanted = share if stage is StageName.DAYS else replace(full, seconds=share.seconds)
        if forgetful:
            return run_stage(stage, draft, mission, travel, wanted, progress)
        key = memory.digest(
            memory.engines, travel_part, stage_key(stage, mission, draft, wanted, memory.digest)
        )
        text = memory.cache.get(stage.value, key)
        if text is not None:
            try:
                ran = taken(stage, draft, text)
            except ValueError:
                # Damaged, or kept by another version: solved again and kept anew.
                pass
            else:
                progress.report(stage, ran.report.objective, ran.report.bound)
                return ran
        ran = _solved(stage, draft, mission, travel, wanted, progress, memory)
        if not progress.cancelled:
            memory.cache.put(stage.value, key, kept(stage, ran))
        return ran

    return run_stages(mission, travel, effort, Base.of(stages, None), run, remarks=remarks)


def _solved(
    stage: StageName,
    draft: Draft,
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
    memory: Memory,
) -> Ran:
    if stage is StageName.ALLOCATION:
        from planner.optimizer.allocation import solve_allocation  # noqa: PLC0415 - heavy import
        from planner.remember.hubs import RememberedHubs  # noqa: PLC0415 - heavy import

        hubs = RememberedHubs(memory.cache, memory.digest, memory.engines)
        allocated = solve_allocation(
            mission, travel, draft.areas, effort, progress, hubs, memory.threads
        )
        made = replace(draft, areas=allocated.areas, teams=allocated.teams)
        return Ran(made, allocated.report, allocated.notes)
    if stage is StageName.DAYS:
        from planner.remember.days import RememberedDays  # noqa: PLC0415 - heavy import

        plan_days = RememberedDays(
            memory.cache, memory.digest, memory.engines, memory.threads, memory.elsewhere
        )
        days = plan_days(mission, travel, draft, effort, progress)
        notes = StageNotes(days.notes.findings, days.notes.unassigned)
        return Ran(replace(draft, days=days.days), days.report, notes)
    return run_stage(stage, draft, mission, travel, effort, progress)
