"""``mission-planner plan``: from a mission folder to a checked plan."""

import json
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings, show_stages
from planner.domain.plan import Plan, StageName, StageStatus, StopReason

COUNTS = (
    "lto_teams",
    "sto_teams",
    "openings",
    "voting_visits",
    "counts",
    "tabulations",
    "distinct_stations",
)


class PlanStatus(StrEnum):
    """What ``plan`` says of its result."""

    FINE = "fine"
    FINDINGS = "findings"
    INFEASIBLE = "infeasible"
    NO_PLAN = "no_plan"


EXIT = {
    PlanStatus.FINE: ExitCode.FINE,
    PlanStatus.FINDINGS: ExitCode.FINDINGS,
    PlanStatus.INFEASIBLE: ExitCode.INFEASIBLE,
    PlanStatus.NO_PLAN: ExitCode.NO_PLAN,
}


def plan(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    seconds: Annotated[
        float | None,
        typer.Option(
            min=1,
            help="Time limit. Without it the plan stops by iterations and is reproducible: the "
            "same input and seed give the same bytes.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of draw and search.")] = 1,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Plan document; default DIR/plan.json.")
    ] = None,
    stages: Annotated[
        str, typer.Option(help="Stages to run, by comma; the others are taken from --from.")
    ] = "areas,allocation,pairing,sampling,days",
    earlier: Annotated[
        Path | None, typer.Option("--from", help="Earlier plan to keep the other stages of.")
    ] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON to standard output.")
    ] = False,
) -> None:
    """Plan a mission: areas, pairs, people, stations, election day.

    Exit codes: 0 fine, 1 the referee has hard findings, 2 bad input, 3 not all could be planned
    (the best partial plan is written, with reasons), 4 no plan in time.
    """
    from planner.cli.watch import Watch  # noqa: PLC0415 - only here
    from planner.export.document import load_plan, write_plan  # noqa: PLC0415 - heavy import
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.optimizer.pipeline import make_plan  # noqa: PLC0415 - heavy import
    from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import
    from planner.referee import check_plan  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    wanted = _stages(stages)
    started = time.perf_counter()
    loaded = load_mission(folder)
    show_findings(loaded.findings)
    travel = make_provider(loaded.mission_input)
    before = load_plan(earlier) if earlier else None
    with Watch(ERR).watching() as watch:
        made = make_plan(
            loaded.mission_input,
            travel,
            Effort(seed=seed, seconds=seconds),
            watch,
            stages=wanted,
            earlier=before,
            remarks=loaded.findings,
        )
    verdict = check_plan(loaded.mission_input, made.plan, travel)
    target = output or folder / "plan.json"
    write_plan(made.plan, target)
    wall_s = time.perf_counter() - started
    status = _status(made.plan, hard=len(verdict.hard))
    show_findings(verdict.findings)
    show_stages(made.plan.stages, {stage.value: s for stage, s in made.wall_s.items()})
    ERR.print(
        f"{status.value}: {len(verdict.hard)} hard and {len(verdict.soft)} soft findings, "
        f"{len(made.plan.unassigned):,} left out, {wall_s:.1f} s, plan in {target}"
    )
    if as_json:
        result: dict[str, Any] = {
            "status": status.value,
            "wall_s": round(wall_s, 3),
            "stages": [
                stage.model_dump(mode="json")
                | {"wall_s": round(made.wall_s.get(stage.name, 0.0), 3)}
                for stage in made.plan.stages
            ],
            "counts": {name: int(made.plan.kpis.get(name, 0)) for name in COUNTS},
            "hard_findings": [finding.model_dump(mode="json") for finding in verdict.hard],
            "soft_findings": [finding.model_dump(mode="json") for finding in verdict.soft],
            "unassigned": [entry.model_dump(mode="json") for entry in made.plan.unassigned],
            "plan": str(target),
        }
        typer.echo(json.dumps(result, ensure_ascii=False, indent=1))
    raise typer.Exit(EXIT[status])


def _stages(text: str) -> list[StageName]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(StageName)]
    if unknown or not names:
        allowed = ", ".join(StageName)
        said = ", ".join(unknown) or "nothing"
        raise typer.BadParameter(f"got {said}, allowed: {allowed}", param_hint="--stages")
    return [StageName(name) for name in names]


def _status(plan: Plan, *, hard: int) -> PlanStatus:
    if any(stage.stop is StopReason.CANCELLED for stage in plan.stages) and not plan.areas:
        return PlanStatus.NO_PLAN
    if hard:
        return PlanStatus.FINDINGS
    if any(stage.status is StageStatus.PARTIAL for stage in plan.stages):
        return PlanStatus.INFEASIBLE
    return PlanStatus.FINE
