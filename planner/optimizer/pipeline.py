"""The five stages in a row, or some of them on top of an earlier plan."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import planner
from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import (
    Area,
    Day,
    Plan,
    Provenance,
    SampledStation,
    StageName,
    StageReport,
    Team,
    Unassigned,
)
from planner.errors import PlannerError
from planner.optimizer.stage import Effort, Progress, StageNotes, skipped
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
RULES = {StageName.AREAS: "A", StageName.PAIRING: "P", StageName.DAYS: "D"}
"""First letter of the rules that a stage names as reasons."""


@dataclass(frozen=True)
class PipelineResult:
    """A plan, and what must not stand in it: how long each stage took, in seconds."""

    plan: Plan
    wall_s: dict[StageName, float]


@dataclass
class _Draft:
    """The plan in the making."""

    areas: tuple[Area, ...] = ()
    teams: tuple[Team, ...] = ()
    sample: tuple[SampledStation, ...] = ()
    days: tuple[Day, ...] = ()


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
        _refuse_stranger(mission, earlier)
    wanted = [stage for stage in StageName if stage in set(stages)]
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
    draft = _from_earlier(earlier, kept)
    reports = {report.name: report for report in earlier.stages} if earlier else {}
    reports = {name: report for name, report in reports.items() if name in kept}
    findings = [*remarks, *_still_found(earlier, kept)]
    unassigned = _still_true(earlier, kept)
    wall_s: dict[StageName, float] = {}
    for stage in wanted:
        started = clock()
        report, notes = _run(stage, draft, mission, travel, _share(effort, stage), progress)
        wall_s[stage] = clock() - started
        if effort.seconds is not None:
            report = report.model_copy(update={"wall_s": round(wall_s[stage], 3)})
        reports[stage] = report
        findings += notes.findings
        unassigned += notes.unassigned
    for stage in StageName:
        if stage not in reports:
            reports[stage] = _not_run(stage, effort)
            unassigned += _left_out(stage, draft)
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


def _left_out(stage: StageName, draft: _Draft) -> list[Unassigned]:
    """Name what a stage that was not run leaves without an answer."""
    subjects: list[str] = []
    if stage is StageName.ALLOCATION:
        subjects = ["all teams"]
    elif stage is StageName.DAYS:
        subjects = [team.id for team in draft.teams if team.kind is Role.STO]
    return [
        Unassigned(
            kind="team",
            subject=subject,
            code=CODES[stage],
            reason=f"stage {stage} was not run",
            remedy=f"run it: plan --stages {stage} --from PLAN",
        )
        for subject in subjects
    ]


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


def _from_earlier(earlier: Plan | None, kept: frozenset[StageName]) -> _Draft:
    if earlier is None:
        return _Draft()
    teams = earlier.teams if StageName.ALLOCATION in kept else ()
    if StageName.PAIRING not in kept:
        teams = tuple(team.model_copy(update={"members": ()}) for team in teams)
    return _Draft(
        areas=earlier.areas if StageName.AREAS in kept else (),
        teams=teams,
        sample=earlier.sample if StageName.SAMPLING in kept else (),
        days=earlier.days if StageName.DAYS in kept else (),
    )


def _refuse_stranger(mission: MissionInput, earlier: Plan) -> None:
    """Refuse a plan that was not made for these places; a roster may have changed."""
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


def _still_true(earlier: Plan | None, kept: frozenset[StageName]) -> list[Unassigned]:
    """Return what an earlier plan left out, as far as the stages that said so are kept."""
    if earlier is None:
        return []
    return [entry for entry in earlier.unassigned if _stage_of(entry.code) in kept]


def _still_found(earlier: Plan | None, kept: frozenset[StageName]) -> list[Finding]:
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


def _run(
    stage: StageName,
    draft: _Draft,
    mission: MissionInput,
    travel: TravelProvider,
    effort: Effort,
    progress: Progress,
) -> tuple[StageReport, StageNotes]:
    """Run one stage and put its solution into the draft."""
    # Each stage brings its own engine; a run of one must not pay for the others.
    if stage is StageName.AREAS:
        from planner.optimizer.areas import solve_areas  # noqa: PLC0415 - heavy import

        areas = solve_areas(mission, travel, effort, progress)
        draft.areas = areas.areas
        return areas.report, areas.notes
    if stage is StageName.ALLOCATION:
        from planner.optimizer.allocation import solve_allocation  # noqa: PLC0415 - heavy import

        allocated = solve_allocation(mission, travel, draft.areas, effort, progress)
        draft.areas, draft.teams = allocated.areas, allocated.teams
        return allocated.report, allocated.notes
    if stage is StageName.PAIRING:
        from planner.optimizer.pairing import solve_pairing  # noqa: PLC0415 - heavy import

        paired = solve_pairing(mission, travel, draft.areas, draft.teams, effort, progress)
        draft.teams = paired.teams
        return paired.report, paired.notes
    if stage is StageName.SAMPLING:
        from planner.optimizer.sampling import solve_sampling  # noqa: PLC0415 - heavy import

        drawn = solve_sampling(mission, travel, draft.areas, draft.teams, effort, progress)
        draft.sample = drawn.sample
        return drawn.report, drawn.notes
    from planner.optimizer.days import solve_days  # noqa: PLC0415 - heavy import

    days = solve_days(mission, travel, draft.areas, draft.teams, draft.sample, effort, progress)
    draft.days = days.days
    return days.report, days.notes


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
