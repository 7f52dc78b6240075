"""Re-planning: each stage freely and as it was, and the better of the two by what moves."""

import time
from collections.abc import Callable, Collection
from dataclasses import replace

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName
from planner.domain.stage_point import StagePoint
from planner.errors import PlannerError
from planner.optimizer.pipeline import (
    ALL,
    Base,
    PipelineResult,
    make_plan,
    refuse_stranger,
    run_stages,
)
from planner.optimizer.run_stage import Draft
from planner.optimizer.stage import Effort, Progress
from planner.replan.again import Again
from planner.replan.ground import Ground
from planner.replan.inputs import same_travel
from planner.replan.moves import moves

_AGAIN = "planned again"


def replan(  # noqa: PLR0913 - the parts of an order
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
    *,
    earlier: Plan,
    earlier_mission: MissionInput,
    stability: float,
    quick: bool = False,
    stages: Collection[StageName] = ALL,
    remarks: tuple[Finding, ...] = (),
    clock: Callable[[], float] = time.perf_counter,
) -> PipelineResult:
    """Plan a mission again, and prefer the earlier plan as far as the user wants.

    A stage is solved freely, and the earlier solution is kept with the changes that the new input
    and the decisions force on it. The better of the two is taken: its objective, less the price
    of what it moves (see :mod:`planner.replan.choice`). Where neither the input that a stage reads
    nor the stages that it stands on have changed, it is not solved again. The report of a stage
    holds the objective of what was taken and the bound of the free run, which is one for both.

    Parameters
    ----------
    earlier, earlier_mission
        The earlier plan, and the input that it was made from. If its hash is another one, nothing
        is known of that input, and every stage is solved.
    stability
        From 0 (the plan that :func:`planner.optimizer.pipeline.make_plan` makes) to 1 (keep all
        that can be kept).
    quick
        Repair: change only what has to change, in seconds. What takes long is not solved freely as
        well, so that what is kept has no bound and a better plan further away is not looked for;
        the days of changed clusters are searched from the earlier routes. At stability 0 it has no
        effect.
    stages
        Stages to run; the others are taken from ``earlier``, as in ``make_plan``.
    remarks
        Findings of intake, which the plan carries on.
    clock
        Seconds, for the time of each stage.

    Raises
    ------
    PlannerError
        ``OP-STABILITY``: not within 0 and 1. ``OP-EARLIER``: a plan of another mission.
        ``OP-STAGES``: a stage was asked for without those that it stands on.
    """
    if not 0.0 <= stability <= 1.0:
        raise PlannerError(
            "OP-STABILITY",
            f"the stability is {stability}, and lies between 0 and 1",
            "choose 0 to plan freely, 1 to keep all that can be kept",
        )
    if earlier.mission != mission.mission.id or set(stages) != set(StageName):
        refuse_stranger(mission, earlier)
    base = Base.of(stages, earlier)
    if stability == 0.0:
        return _freely(mission, travel, effort, progress, base, remarks, clock)
    known = earlier.provenance.input_hash == earlier_mission.input_hash
    ground = Ground(
        mission=mission,
        travel=travel,
        earlier=earlier,
        earlier_mission=earlier_mission,
        progress=progress,
        known=known,
        same_travel=same_travel(mission, earlier_mission, earlier, travel),
    )
    again = Again(ground, stability, quick)
    made = run_stages(
        mission, travel, effort, base, again.run, remarks=(*remarks, *_unknown(known)), clock=clock
    )
    plan = made.plan
    if any(point.label != "unchanged" for point in again.points):
        how = f"{_AGAIN} quickly" if quick else _AGAIN
        said = (
            f"{how} with stability {stability:g} on the plan of input "
            f"{earlier.provenance.input_hash[:12] or 'unknown'}"
        )
        history: tuple[str, ...] = (said,)
    else:
        history = tuple(note for note in earlier.provenance.notes if note.startswith(_AGAIN))
    notes = (*plan.provenance.notes, *history)
    provenance = plan.provenance.model_copy(update={"notes": notes})
    plan = plan.model_copy(update={"provenance": provenance})
    return replace(made, plan=plan, points=tuple(again.points))


def _freely(
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
    base: Base,
    remarks: tuple[Finding, ...],
    clock: Callable[[], float],
) -> PipelineResult:
    """Plan as if there were no stability, and tell what moves."""
    earlier = base.earlier
    if earlier is None:  # pragma: no cover - replan always has one
        msg = "no earlier plan"
        raise AssertionError(msg)
    under = None if set(base.wanted) == set(StageName) else earlier
    made = make_plan(
        mission,
        travel,
        effort,
        progress,
        stages=base.wanted,
        earlier=under,
        remarks=remarks,
        clock=clock,
    )
    draft = Draft(made.plan.areas, made.plan.teams, made.plan.sample, made.plan.days)
    points = [
        StagePoint(
            stage=report.name,
            label="free",
            objective=report.objective,
            bound=report.bound,
            moves=moves(report.name, mission, earlier, draft),
            chosen=True,
            note="stability 0 keeps nothing for its own sake",
        )
        for report in made.plan.stages
        if report.name in base.wanted
    ]
    return replace(made, points=tuple(points))


def _unknown(known: bool) -> tuple[Finding, ...]:
    if known:
        return ()
    return (
        Finding(
            code="OP-REPLAN-INPUT",
            severity=Severity.INFO,
            subject="earlier plan",
            message="What the earlier plan was made from is not known any more: every stage was "
            "solved again, also where nothing has changed.",
            remedy="Name the mission folder that it was made from.",
        ),
    )
