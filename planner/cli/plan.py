"""``mission-planner plan``: from a mission folder to a checked plan."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings, show_frontier, show_left_out, show_stages
from planner.domain.frontier_point import FrontierPoint
from planner.domain.plan import StageName
from planner.planning import (
    COUNTS,
    PlanStatus,
    check_target,
    conclude,
    known_repairs,
    make,
    prepare,
    repairs,
)

if TYPE_CHECKING:
    from planner.remember.elsewhere import Elsewhere

EXIT = {
    PlanStatus.FINE: ExitCode.FINE,
    PlanStatus.FINDINGS: ExitCode.FINDINGS,
    PlanStatus.INFEASIBLE: ExitCode.INFEASIBLE,
    PlanStatus.NO_PLAN: ExitCode.NO_PLAN,
}


def plan(  # noqa: PLR0913 - one for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    seconds: Annotated[
        float | None,
        typer.Option(
            min=1,
            help="Time limit. Without it the plan stops by iterations and is reproducible: the "
            "same input and seed give the same bytes.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Seed of draw and search.")] = 1,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Plan document; default DIR/plan.json.")
    ] = None,
    stages: Annotated[
        str, typer.Option(help="Stages to run, by comma; the others are taken from --from.")
    ] = "areas,allocation,pairing,sampling,days",
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Earlier plan: to take the other stages from, or to stay near to."
        ),
    ] = None,
    stability: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            help="How much --from is preferred: 0 plans freely, at 0.5 a change must bring as much "
            "as the thing that it changes is worth, 1 keeps all that can be kept.",
        ),
    ] = 0.0,
    earlier_folder: Annotated[
        Path | None,
        typer.Option(
            "--from-mission",
            help="Mission folder that --from was made from, if it was another than DIR is now: "
            "stages whose input has not changed are then not solved again.",
        ),
    ] = None,
    *,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Repair --from in seconds: change what must change, and solve nothing freely that "
            "takes long. Needs a --stability, and --from-mission if the input has changed since; "
            "what is kept has no bound.",
        ),
    ] = False,
    frontier: Annotated[
        bool,
        typer.Option(
            "--frontier",
            help="With --quick: also show what repairs at other stabilities are worth and keep.",
        ),
    ] = False,
    engine: Annotated[
        str,
        typer.Option(help="Where election days are searched: in-process, or dask (a new plan)."),
    ] = "in-process",
    scheduler: Annotated[
        str, typer.Option(help="Address of the Dask scheduler, e.g. tcp://10.0.0.5:8786.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON to standard output.")
    ] = False,
) -> None:
    """Plan a mission: areas, pairs, people, stations, election day.

    Exit codes: 0 fine, 1 the referee has hard findings, 2 bad input, 3 not all could be planned
    (the best partial plan is written, with reasons), 4 no plan in time.
    """
    from planner.cli.watch import Watch  # noqa: PLC0415 - only here

    wanted = _stages(stages)
    target = output or folder / "plan.json"
    if stability and earlier is None:
        raise typer.BadParameter("it needs an earlier plan, --from", param_hint="--stability")
    if quick and not stability:
        raise typer.BadParameter("it needs a stability above 0", param_hint="--quick")
    if frontier and not quick:
        raise typer.BadParameter("it needs --quick", param_hint="--frontier")
    elsewhere = _elsewhere(engine, scheduler)
    prepared = prepare(folder, earlier, earlier_folder)
    check_target(target)
    show_findings(prepared.loaded.findings)
    with Watch(ERR).watching() as watch:
        made = make(
            prepared,
            watch,
            seed=seed,
            seconds=seconds,
            stages=wanted,
            stability=stability,
            quick=quick,
            elsewhere=elsewhere,
        )
    done = conclude(prepared, made, target)
    show_findings(done.verdict.findings)
    show_left_out(done.plan.unassigned)
    show_stages(done.plan.stages, {stage.value: s for stage, s in done.stage_wall_s.items()})
    ERR.print(
        f"{done.status.value}: {len(done.verdict.hard)} hard and {len(done.verdict.soft)} soft "
        f"findings, {len(done.plan.unassigned):,} left out, {done.wall_s:.1f} s, "
        f"plan in {done.path}"
    )
    others: tuple[FrontierPoint, ...] = ()
    if frontier:
        known = known_repairs(made, stability=stability, seconds=seconds, stages=wanted)
        with Watch(ERR).watching() as watch:
            others = repairs(prepared, watch, seed=seed, made=known)
        show_frontier(others)
    if as_json:
        result: dict[str, Any] = {
            "status": done.status.value,
            "wall_s": round(done.wall_s, 3),
            "stages": [
                stage.model_dump(mode="json")
                | {"wall_s": round(done.stage_wall_s.get(stage.name, 0.0), 3)}
                for stage in done.plan.stages
            ],
            "counts": {name: int(done.plan.kpis.get(name, 0)) for name in COUNTS},
            "hard_findings": [finding.model_dump(mode="json") for finding in done.verdict.hard],
            "soft_findings": [finding.model_dump(mode="json") for finding in done.verdict.soft],
            "unassigned": [entry.model_dump(mode="json") for entry in done.plan.unassigned],
            "frontier": [
                other.model_dump(mode="json") | {"lost_share": other.lost_share} for other in others
            ],
            "points": [point.model_dump(mode="json") for point in done.points],
            "plan": str(done.path),
        }
        typer.echo(json.dumps(result, ensure_ascii=False, indent=1))
    raise typer.Exit(EXIT[done.status])


def _elsewhere(engine: str, scheduler: str) -> "Elsewhere | None":
    """Return who searches election days, None for this process.

    Raises
    ------
    PlannerError
        ``SW-ENGINE``.
    """
    if engine == "in-process" and not scheduler:
        return None
    from planner.errors import PlannerError  # noqa: PLC0415 - only here
    from planner.sweep.dask_days import DaskDays  # noqa: PLC0415 - only where wanted
    from planner.sweep.dask_engine import DaskCluster  # noqa: PLC0415 - only where wanted
    from planner.sweep.options import engine_of  # noqa: PLC0415 - only where wanted

    where = engine_of(engine, None, scheduler)
    if not isinstance(where, DaskCluster):
        raise PlannerError(
            "SW-ENGINE",
            f"election days of one plan are not searched by the engine {engine}",
            "use in-process, or dask with --scheduler ADDRESS",
        )
    return DaskDays(where)


def _stages(text: str) -> list[StageName]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(StageName)]
    if unknown or not names:
        allowed = ", ".join(StageName)
        said = ", ".join(unknown) or "nothing"
        raise typer.BadParameter(f"got {said}, allowed: {allowed}", param_hint="--stages")
    return [StageName(name) for name in names]
