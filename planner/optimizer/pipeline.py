"""The five stages in a row, or some of them on top of an earlier plan."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import planner
from geodata.travel.provider import TravelProvider
from planner.domain.decision import DecisionKind
from planner.domain.finding import Finding
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, Provenance, StageName, StageReport, Team, Unassigned
from planner.domain.stage_point import StagePoint
from planner.errors import PlannerError
from planner.optimizer.run_stage import Draft, Ran, run_stage
from planner.optimizer.stage import NOT_RUN_CODE, Effort, Progress, skipped
from planner.rules.kpis import compute_kpis

ENGINES = ("numpy", "pyvrp", "rustworkx", "scipy", "shapely")
SHARE_OF_TIME = {
    StageName.AREAS: 0.25,
    StageName.ALLOCATION: 0.10,
    StageName.PAIRING: 0.20,
    StageName.SAMPLING: 0.02,
    StageName.DAYS: 0.43,
}
NEEDS: dict[StageName, frozenset[StageName]] = {
    StageName.AREAS: frozenset(),
    StageName.ALLOCATION: frozenset({StageName.AREAS}),
    StageName.PAIRING: frozenset({StageName.AREAS, StageName.ALLOCATION}),
    StageName.SAMPLING: frozenset({StageName.AREAS, StageName.ALLOCATION}),
    StageName.DAYS: frozenset({StageName.AREAS, StageName.ALLOCATION, StageName.SAMPLING}),
}
"""What each stage stands on; a stage kept from an earlier plan is kept only if these are kept."""
ALL = tuple(StageName)
NOT_RUN = "not run"
CODES = {
    StageName.AREAS: "OP-AREA",
    StageName.ALLOCATION: "OP-ALLOC",
    StageName.PAIRING: "OP-PAIR",
    StageName.SAMPLING: "OP-SAMPLE",
    StageName.DAYS: "OP-DAYS",
}
KEEPER = {
    DecisionKind.DISTRICT_AREA: StageName.AREAS,
    DecisionKind.BASE_TOWN: StageName.AREAS,
    DecisionKind.TEAM_TOWN: StageName.ALLOCATION,
    DecisionKind.VISIT_STATION: StageName.DAYS,
}
"""The stage without which a decision cannot be kept; prohibitions are kept by doing nothing, and
those on people are not judged before anybody has a team."""
RULES = {StageName.AREAS: "A", StageName.PAIRING: "P", StageName.DAYS: "D"}
"""First letter of the rules that a stage names as reasons."""


Runner = Callable[[StageName, Draft, Effort], Ran]
"""Takes a draft one stage further, with the effort that is meant for the stage."""


@dataclass(frozen=True)
class PipelineResult:
    """A plan, and what must not stand in it.

    Parameters
    ----------
    plan
        The plan.
    wall_s
        How long each stage took, in seconds.
    points
        The candidates of each stage, where an earlier plan was known.
    """

    plan: Plan
    wall_s: dict[StageName, float]
    points: tuple[StagePoint, ...] = ()


@dataclass(frozen=True)
class Base:
    """What a plan is made on: the stages to run, and the earlier plan with those that stay.

    Parameters
    ----------
    wanted
        Stages to run, in their order.
    earlier
        An earlier plan of the mission, or None.
    kept
        Stages that are taken from it as they are.
    """

    wanted: tuple[StageName, ...]
    earlier: Plan | None
    kept: frozenset[StageName]

    @classmethod
    def of(cls, stages: Collection[StageName], earlier: Plan | None) -> "Base":
        """Settle what is run and what stays: what is not run, and stands on nothing that is.

        Raises
        ------
        PlannerError
            ``OP-STAGES``: a stage was asked for without those that it stands on.
        """
        wanted = tuple(stage for stage in StageName if stage in set(stages))
        kept = _kept(wanted, earlier)
        for stage in wanted:
            absent = NEEDS[stage] - set(wanted) - kept
            if absent:
                names = ", ".join(sorted(absent))
                raise PlannerError(
                    "OP-STAGES",
                    f"stage {stage} stands on {names}, which is neither asked for nor given",
                    f"name an earlier plan, or run {names} as well",
                )
        return cls(wanted, earlier, kept)


def make_plan(
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
    *,
    stages: Collection[StageName] = ALL,
    earlier: Plan | None = None,
    remarks: tuple[Finding, ...] = (),
    clock: Callable[[], float] = time.perf_counter,
) -> PipelineResult:
    """Plan a mission.

    Parameters
    ----------
    effort
        Seed, and the time for all stages together (or None for a reproducible plan).
    stages
        Stages to run. The others are taken from ``earlier``, as far as what they stand on is
        taken from it too; without an earlier plan they are left out.
    earlier
        An earlier plan of this mission; pairing alone on top of it fills unnamed slots and moves
        nothing else.
    remarks
        Findings of intake, which the plan carries on.
    clock
        Seconds, for the time of each stage.

    Raises
    ------
    PlannerError
        ``OP-STAGES``: a stage was asked for without those that it stands on.
    """
    if earlier is not None:
        refuse_stranger(mission, earlier)

    def run(stage: StageName, draft: Draft, share: Effort) -> Ran:
        return run_stage(stage, draft, mission, travel, share, progress)

    return run_stages(
        mission, travel, effort, Base.of(stages, earlier), run, remarks=remarks, clock=clock
    )


def run_stages(
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    base: Base,
    run: Runner,
    *,
    remarks: tuple[Finding, ...] = (),
    clock: Callable[[], float] = time.perf_counter,
) -> PipelineResult:
    """Run the wanted stages by ``run``, one on top of the other, and put the plan together.

    Parameters
    ----------
    effort
        Seed, and the time for all stages together; each stage gets its share.
    run
        How a stage is run: solved freely, or in the sight of an earlier plan.
    """
    draft = _from_earlier(base)
    reports = {report.name: report for report in base.earlier.stages} if base.earlier else {}
    reports = {name: report for name, report in reports.items() if name in base.kept}
    findings = [*remarks, *findings_of(base.earlier, base.kept)]
    unassigned = unassigned_of(base.earlier, base.kept)
    wall_s: dict[StageName, float] = {}
    for stage in base.wanted:
        started = clock()
        ran = run(stage, draft, _share(effort, stage))
        draft, report = ran.draft, ran.report
        wall_s[stage] = clock() - started
        if effort.seconds is not None:
            report = report.model_copy(update={"wall_s": round(wall_s[stage], 3)})
        reports[stage] = report
        findings += ran.notes.findings
        unassigned += ran.notes.unassigned
    for stage in StageName:
        if stage not in reports:
            reports[stage] = _not_run(stage, effort)
            unassigned += _left_out(stage, draft, mission)
    plan = Plan(
        mission=mission.mission.id,
        sample_mode=mission.mission.policies.sample.mode,
        areas=draft.areas,
        teams=draft.teams,
        days=draft.days,
        sample=draft.sample,
        unassigned=tuple(unassigned),
        findings=tuple(findings),
        stages=tuple(reports[stage] for stage in StageName),
        provenance=_provenance(mission, travel, effort),
    )
    kpis = compute_kpis(mission, plan)
    return PipelineResult(plan.model_copy(update={"kpis": kpis}), wall_s)


def _not_run(stage: StageName, effort: Effort) -> StageReport:
    return skipped(stage, "max", "", effort.seed, NOT_RUN)


def _left_out(stage: StageName, draft: Draft, mission: MissionInput) -> list[Unassigned]:
    """Name what a stage that was not run leaves without an answer."""
    reason = f"stage {stage} was not run"
    remedy = f"run it: plan --stages {stage} --from PLAN"
    decided = [
        Unassigned(
            kind="decision",
            subject=decision.subject,
            code=NOT_RUN_CODE,
            reason=reason,
            remedy=remedy,
        )
        for decision in mission.decisions
        if KEEPER.get(decision.kind) is stage
    ]
    subjects: list[str] = []
    if stage is StageName.ALLOCATION:
        subjects = ["all teams"]
    elif stage is StageName.DAYS:
        subjects = [team.id for team in draft.teams if team.kind is Role.STO]
    teams = [
        Unassigned(kind="team", subject=subject, code=CODES[stage], reason=reason, remedy=remedy)
        for subject in subjects
    ]
    return [*decided, *teams]


def _kept(wanted: Collection[StageName], earlier: Plan | None) -> frozenset[StageName]:
    """Stages whose results stay: not run again, and standing on nothing that is."""
    if earlier is None:
        return frozenset()
    present = {report.name for report in earlier.stages if report.note != NOT_RUN}
    return frozenset(
        stage
        for stage in StageName
        if stage in present and stage not in wanted and not NEEDS[stage] & set(wanted)
    )


def _from_earlier(base: Base) -> Draft:
    earlier, kept = base.earlier, base.kept
    if earlier is None:
        return Draft()
    teams = earlier.teams if StageName.ALLOCATION in kept else ()
    if StageName.PAIRING not in kept:
        teams = unnamed(teams)
    return Draft(
        areas=earlier.areas if StageName.AREAS in kept else (),
        teams=teams,
        sample=earlier.sample if StageName.SAMPLING in kept else (),
        days=earlier.days if StageName.DAYS in kept else (),
    )


def unnamed(teams: Collection[Team]) -> tuple[Team, ...]:
    """Return the slots behind teams: the same without members."""
    return tuple(team.model_copy(update={"members": ()}) for team in teams)


def refuse_stranger(mission: MissionInput, earlier: Plan) -> None:
    """Refuse a plan that was not made for these places; a roster may have changed.

    Raises
    ------
    PlannerError
        ``OP-EARLIER``: a plan of another mission, or one that names places which are not here.
    """
    unknown = {
        str(name)
        for names, known in (
            ((d for area in earlier.areas for d in area.districts), mission.district_of),
            ((area.base_town for area in earlier.areas if area.base_town), mission.town_of),
            ((team.base_town for team in earlier.teams), mission.town_of),
            ((entry.station for entry in earlier.sample), mission.station_of),
        )
        for name in names
        if name not in known
    }
    if earlier.mission != mission.mission.id:
        reason = f"the earlier plan is of mission {earlier.mission}, not {mission.mission.id}"
    elif unknown:
        reason = (
            f"the earlier plan names places that are not here: {', '.join(sorted(unknown)[:5])}"
        )
    else:
        return
    raise PlannerError("OP-EARLIER", reason, "plan all stages anew, without --from")


def unassigned_of(earlier: Plan | None, kept: Collection[StageName]) -> list[Unassigned]:
    """Return what an earlier plan left out, as far as the stages that said so are kept."""
    if earlier is None:
        return []
    return [entry for entry in earlier.unassigned if _stage_of(entry.code) in kept]


def findings_of(earlier: Plan | None, kept: Collection[StageName]) -> list[Finding]:
    """Return the findings of the stages that are kept; those of intake are told anew."""
    if earlier is None:
        return []
    return [finding for finding in earlier.findings if _stage_of(finding.code) in kept]


def _stage_of(code: str) -> StageName | None:
    """Return the stage that uses a code: its own, or the id of a rule; None for intake's."""
    for stage, prefix in (*CODES.items(), *RULES.items()):
        if code.startswith(prefix):
            return stage
    return None


def _share(effort: Effort, stage: StageName) -> Effort:
    if effort.seconds is None:
        return effort
    return Effort(effort.seed, effort.seconds * SHARE_OF_TIME[stage], effort.scale)


def _provenance(mission: MissionInput, travel: TravelProvider, effort: Effort) -> Provenance:
    versions = {"mission-planner": planner.__version__}
    for engine in ENGINES:
        try:
            versions[engine] = version(engine)
        except PackageNotFoundError:
            versions[engine] = "not installed"
    return Provenance(
        input_hash=mission.input_hash,
        seed=effort.seed,
        reproducible=effort.seconds is None,
        versions=versions,
        travel=travel.provenance,
        sources=mission.mission.sources,
        notes=(mission.mission.notes,) if mission.mission.notes else (),
    )
