"""One stage of the pipeline: the plan in the making goes in, and comes out a stage further."""

from dataclasses import dataclass, replace

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area, Day, SampledStation, StageName, StageReport, Team
from planner.optimizer.stage import Effort, Progress, StageNotes


@dataclass(frozen=True)
class Draft:
    """The plan in the making."""

    areas: tuple[Area, ...] = ()
    teams: tuple[Team, ...] = ()
    sample: tuple[SampledStation, ...] = ()
    days: tuple[Day, ...] = ()


@dataclass(frozen=True)
class Ran:
    """The draft after a stage, with the stage's report and its remarks."""

    draft: Draft
    report: StageReport
    notes: StageNotes


def run_stage(
    stage: StageName,
    draft: Draft,
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
) -> Ran:
    """Solve one stage on top of a draft."""
    # Each stage brings its own engine; a run of one must not pay for the others.
    if stage is StageName.AREAS:
        from planner.optimizer.areas import solve_areas  # noqa: PLC0415 - heavy import

        areas = solve_areas(mission, travel, effort, progress)
        return Ran(replace(draft, areas=areas.areas), areas.report, areas.notes)
    if stage is StageName.ALLOCATION:
        from planner.optimizer.allocation import solve_allocation  # noqa: PLC0415 - heavy import

        allocated = solve_allocation(mission, travel, draft.areas, effort, progress)
        made = replace(draft, areas=allocated.areas, teams=allocated.teams)
        return Ran(made, allocated.report, allocated.notes)
    if stage is StageName.PAIRING:
        from planner.optimizer.pairing import solve_pairing  # noqa: PLC0415 - heavy import

        paired = solve_pairing(mission, travel, draft.areas, draft.teams, effort, progress)
        return Ran(replace(draft, teams=paired.teams), paired.report, paired.notes)
    if stage is StageName.SAMPLING:
        from planner.optimizer.sampling import solve_sampling  # noqa: PLC0415 - heavy import

        drawn = solve_sampling(mission, travel, draft.areas, draft.teams, effort, progress)
        return Ran(replace(draft, sample=drawn.sample), drawn.report, drawn.notes)
    from planner.optimizer.days import solve_days  # noqa: PLC0415 - heavy import

    days = solve_days(mission, travel, draft.areas, draft.teams, draft.sample, effort, progress)
    return Ran(replace(draft, days=days.days), days.report, days.notes)
