"""One stage in the sight of an earlier plan: not at all, or freely and kept, and the better."""

from dataclasses import dataclass, field, replace

from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName, StageStatus
from planner.domain.stage_point import StagePoint
from planner.optimizer.pipeline import findings_of, unassigned_of, unnamed
from planner.optimizer.run_stage import Draft, Ran, run_stage
from planner.optimizer.stage import Effort, StageNotes
from planner.replan.choice import Candidate, Label, prefers_kept, told, unit
from planner.replan.ground import Ground, Kept, dropped, refused
from planner.replan.heirs import carried_on
from planner.replan.inputs import reads, same_ground, was_finished
from planner.replan.moves import moves
from planner.replan.renamed import renamed


@dataclass
class Again:
    """Runs the stages in the sight of the earlier plan, and remembers the candidates.

    Parameters
    ----------
    quick
        Repair only: nothing that takes long is solved freely if it can be kept without that.
    """

    ground: Ground
    stability: float
    quick: bool = False
    points: list[StagePoint] = field(default_factory=list)

    def run(self, stage: StageName, draft: Draft, effort: Effort) -> Ran:
        """Run one stage: not at all, or freely and kept."""
        if self._is_unchanged(stage, draft):
            return self._unchanged(stage, draft)
        if stage is StageName.DAYS:
            ran = self._days(draft, effort)
            if ran is not None:
                return ran
        if self.quick:
            ran = self._repaired(stage, draft, effort)
            if ran is not None:
                return ran
        ground = self.ground
        solved = run_stage(stage, draft, ground.mission, ground.travel, effort, ground.progress)
        free = self._candidate(stage, "free", renamed(stage, ground, solved))
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

    def _repaired(self, stage: StageName, draft: Draft, effort: Effort) -> Ran | None:
        """Keep a stage without its free run, or return None where that is not possible."""
        from planner.replan.quick import stand_in  # noqa: PLC0415 - heavy import

        ground = self.ground if stage is StageName.AREAS else self._near(draft)
        free = stand_in(stage, ground, draft, effort)
        found = None if free is None else self._kept(stage, draft, free, effort)
        if found is None or found.ran is None:
            return None
        kept = self._candidate(stage, "kept", found.ran)
        lost = "; ".join(found.lost)
        self._tell(stage, [kept], kept, why=lost)
        said = f"repaired: {told(stage, kept)}"
        return _noted(kept.ran, f"{said}; {lost}" if lost else said)

    def _near(self, draft: Draft) -> Ground:
        """Return the ground with the earlier plan under the names of the areas of ``draft``."""
        ground = self.ground
        earlier = carried_on(ground.mission, ground.earlier, draft.areas)
        return ground if earlier is ground.earlier else replace(ground, earlier=earlier)

    def _kept(self, stage: StageName, draft: Draft, free: Ran, effort: Effort) -> Kept:
        # Each keeper brings its stage's engine along.
        if stage is StageName.AREAS:
            from planner.replan.areas import keep_areas  # noqa: PLC0415 - heavy import

            return keep_areas(self.ground, draft, free)
        ground = self._near(draft)
        if stage is StageName.ALLOCATION:
            from planner.replan.allocation import keep_allocation  # noqa: PLC0415 - heavy import

            return keep_allocation(ground, draft, free, quick=self.quick)
        if stage is StageName.PAIRING:
            from planner.replan.pairing import keep_pairing  # noqa: PLC0415 - heavy import

            return keep_pairing(ground, draft, free, effort)
        if stage is StageName.SAMPLING:
            from planner.replan.sampling import keep_sampling  # noqa: PLC0415 - heavy import

            return keep_sampling(ground, draft, free)
        return refused("the earlier plan has no election days")

    def _days(self, draft: Draft, effort: Effort) -> Ran | None:
        from planner.replan.days import choose_days  # noqa: PLC0415 - heavy import

        found = choose_days(self._near(draft), draft, effort, self.stability, quick=self.quick)
        if found is None:
            return None
        stage = StageName.DAYS
        kept = self._candidate(stage, "kept", found.kept)
        mixed = self._candidate(stage, "mixed", found.mixed)
        others = [kept]
        if found.free is not None:
            others.append(self._candidate(stage, "free", found.free))
        same = [other for other in others if other.ran.draft.days == mixed.ran.draft.days]
        chosen = same[0] if same else mixed
        why = f"{found.unchanged} of {found.clusters} clusters are as they were"
        self._tell(stage, [*reversed(others), *([] if same else [mixed])], chosen, why=why)
        ways = "; ".join(f"{other.label}: {told(stage, other)}" for other in others)
        said = f"{why}; {ways}; stability {self.stability:g} takes {told(stage, chosen)}"
        return _noted(chosen.ran, said)

    def _candidate(self, stage: StageName, label: Label, ran: Ran) -> Candidate:
        ground, draft = self.ground, ran.draft
        moved = moves(stage, ground.mission, ground.earlier, draft)
        given_up = len(dropped(stage, ground.mission, ran.notes))
        pairs = sum(team.kind is Role.STO for team in draft.teams)
        idle = pairs - len(draft.days) if stage is StageName.DAYS else 0
        return Candidate(label, ran, moved, given_up, idle)

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
                idle=candidate.idle,
                chosen=candidate is chosen,
                note=why,
            )
            for candidate in candidates
        ]


def _noted(ran: Ran, said: str) -> Ran:
    report = ran.report
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
