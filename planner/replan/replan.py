"""Re-planning: each stage freely and as it was, and the better of the two by what moves."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName, StageReport, StageStatus
from planner.domain.stage_point import StagePoint
from planner.errors import PlannerError
from planner.optimizer.pipeline import (
    ALL,
    Base,
    PipelineResult,
    findings_of,
    make_plan,
    refuse_stranger,
    run_stages,
    unassigned_of,
    unnamed,
)
from planner.optimizer.run_stage import Draft, Ran, run_stage
from planner.optimizer.stage import Effort, Progress, StageNotes
from planner.replan.choice import Candidate, Label, prefers_kept, told, unit
from planner.replan.ground import Ground, Kept, dropped, refused
from planner.replan.inputs import reads, same_ground, same_travel, was_finished
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
    again = _Again(ground, stability)
    made = run_stages(
        mission, travel, effort, base, again.run, remarks=(*remarks, *_unknown(known)), clock=clock
    )
    plan = made.plan
    if any(point.label != "unchanged" for point in again.points):
        said = (
            f"{_AGAIN} with stability {stability:g} on the plan of input "
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


@dataclass
class _Again:
    """Runs the stages in the sight of the earlier plan, and remembers the candidates."""

    ground: Ground
    stability: float
    points: list[StagePoint] = field(default_factory=list)

    def run(self, stage: StageName, draft: Draft, effort: Effort) -> Ran:
        """Run one stage: not at all, or freely and kept."""
        if self._is_unchanged(stage, draft):
            return self._unchanged(stage, draft)
        if stage is StageName.DAYS:
            ran = self._days(draft, effort)
            if ran is not None:
                return ran
        ground = self.ground
        free = self._candidate(
            stage,
            "free",
            run_stage(stage, draft, ground.mission, ground.travel, effort, ground.progress),
        )
        if free.ran.report.status is StageStatus.SKIPPED:
            self._tell(stage, [free], free, why=free.ran.report.note)
            return free.ran
        found = self._kept(stage, draft, free.ran, effort)
        if found.ran is None:
            self._tell(stage, [free], free, why=f"not kept: {found.why}")
            return _noted(free.ran, f"planned anew: {found.why}")
        kept = self._candidate(stage, "kept", found.ran)
        worth = unit(stage, free.ran)
        chosen = kept if prefers_kept(kept, free, worth, self.stability) else free
        lost = "; ".join(found.lost)
        self._tell(stage, [free, kept], chosen, why=lost)
        said = (
            f"kept: {told(stage, kept)}; free: {told(stage, free)}; "
            f"stability {self.stability:g} takes {chosen.label}"
        )
        return _noted(chosen.ran, f"{said}; {lost}" if lost else said)

    def _is_unchanged(self, stage: StageName, draft: Draft) -> bool:
        ground = self.ground
        return (
            ground.known
            and ground.same_travel
            and was_finished(stage, ground.earlier)
            and same_ground(stage, ground.earlier, draft)
            and reads(stage, ground.mission) == reads(stage, ground.earlier_mission)
        )

    def _unchanged(self, stage: StageName, draft: Draft) -> Ran:
        """Return the earlier result as it is."""
        earlier = self.ground.earlier
        report = next(report for report in earlier.stages if report.name is stage)
        self.points.append(
            StagePoint(
                stage=stage,
                label="unchanged",
                objective=report.objective,
                bound=report.bound,
                moves=0,
                chosen=True,
                note="nothing that this stage reads has changed",
            )
        )
        notes = StageNotes(
            tuple(findings_of(earlier, {stage})), tuple(unassigned_of(earlier, {stage}))
        )
        report = report.model_copy(update={"wall_s": None})
        self.ground.progress.report(stage, report.objective, report.bound)
        return Ran(_carried(stage, earlier, draft), report, notes)

    def _kept(self, stage: StageName, draft: Draft, free: Ran, effort: Effort) -> Kept:
        # Each keeper brings its stage's engine along.
        if stage is StageName.AREAS:
            from planner.replan.areas import keep_areas  # noqa: PLC0415 - heavy import

            return keep_areas(self.ground, draft, free)
        if stage is StageName.ALLOCATION:
            from planner.replan.allocation import keep_allocation  # noqa: PLC0415 - heavy import

            return keep_allocation(self.ground, draft, free)
        if stage is StageName.PAIRING:
            from planner.replan.pairing import keep_pairing  # noqa: PLC0415 - heavy import

            return keep_pairing(self.ground, draft, free, effort)
        if stage is StageName.SAMPLING:
            from planner.replan.sampling import keep_sampling  # noqa: PLC0415 - heavy import

            return keep_sampling(self.ground, draft, free)
        return refused("the earlier plan has no election days")

    def _days(self, draft: Draft, effort: Effort) -> Ran | None:
        from planner.replan.days import choose_days  # noqa: PLC0415 - heavy import

        found = choose_days(self.ground, draft, effort, self.stability)
        if found is None:
            return None
        stage = StageName.DAYS
        free, kept = (
            self._candidate(stage, "free", found.free),
            self._candidate(stage, "kept", found.kept),
        )
        mixed = self._candidate(stage, "mixed", found.mixed)
        same = [c for c in (kept, free) if c.ran.draft.days == mixed.ran.draft.days]
        chosen = same[0] if same else mixed
        why = f"{found.unchanged} of {found.clusters} clusters are as they were"
        self._tell(stage, [free, kept, *([] if same else [mixed])], chosen, why=why)
        said = (
            f"{why}; kept: {told(stage, kept)}; free: {told(stage, free)}; stability "
            f"{self.stability:g} takes {told(stage, chosen)}"
        )
        return _noted(chosen.ran, said)

    def _candidate(self, stage: StageName, label: Label, ran: Ran) -> Candidate:
        ground = self.ground
        return Candidate(
            label,
            ran,
            moves(stage, ground.mission, ground.earlier, ran.draft),
            len(dropped(stage, ground.mission, ran.notes)),
        )

    def _tell(
        self, stage: StageName, candidates: list[Candidate], chosen: Candidate, *, why: str
    ) -> None:
        taken = chosen.ran.report
        self.ground.progress.report(stage, taken.objective, taken.bound)
        self.points += [
            StagePoint(
                stage=stage,
                label=candidate.label,
                objective=candidate.ran.report.objective,
                bound=candidate.ran.report.bound,
                moves=candidate.moves,
                dropped=candidate.dropped,
                chosen=candidate is chosen,
                note=why,
            )
            for candidate in candidates
        ]


def _noted(ran: Ran, said: str) -> Ran:
    report: StageReport = ran.report
    note = f"{report.note}; {said}" if report.note else said
    return replace(ran, report=report.model_copy(update={"note": note}))


def _carried(stage: StageName, earlier: Plan, draft: Draft) -> Draft:
    """Return a draft with the result of one stage from the earlier plan."""
    if stage is StageName.AREAS:
        areas = tuple(area.model_copy(update={"sto_pairs": 0}) for area in earlier.areas)
        return replace(draft, areas=areas)
    if stage is StageName.ALLOCATION:
        return replace(draft, areas=earlier.areas, teams=unnamed(earlier.teams))
    if stage is StageName.PAIRING:
        return replace(draft, teams=earlier.teams)
    if stage is StageName.SAMPLING:
        return replace(draft, sample=earlier.sample)
    return replace(draft, days=earlier.days)
