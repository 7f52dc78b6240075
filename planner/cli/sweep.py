"""``mission-planner sweep``: many scenarios of a mission, each a full plan with its verdict."""

import json
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings

if TYPE_CHECKING:
    from planner.sweep.run import SweepProgress, SweepResult

ROWS = 60


def sweep(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    stos: Annotated[
        str, typer.Option(help="STOs asked for: 100:400:50 (first:last:step) or 100,200.")
    ] = "",
    lto: Annotated[str, typer.Option(help="LTO teams: 10:20:5 or 10,15.")] = "",
    delivery: Annotated[
        str, typer.Option(help="Shares of the STOs asked for who come: 0.7,0.85,1,1.15.")
    ] = "",
    axis: Annotated[
        list[str] | None,
        typer.Option(help="Any other field: day.dwell_min=30,60; may be given again."),
    ] = None,
    seeds: Annotated[str, typer.Option(help="Seeds; each point is run for each.")] = "1",
    random: Annotated[
        int, typer.Option(min=0, help="So many points by Latin hypercube, not the whole grid.")
    ] = 0,
    preset: Annotated[str, typer.Option(help="Scenario that all points start from.")] = "",
    scenario: Annotated[str, typer.Option(help="The same from a TOML file.")] = "",
    engine: Annotated[str, typer.Option(help="Where to compute: in-process, process or dask.")] = (
        "in-process"
    ),
    scheduler: Annotated[
        str, typer.Option(help="Address of the Dask scheduler, e.g. tcp://10.0.0.5:8786.")
    ] = "",
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes, or threads in this process.")
    ] = None,
    scale: Annotated[
        float, typer.Option(min=0.01, max=10, help="Effort of the search for days; a plan has 1.")
    ] = 0.5,
    draws: Annotated[
        int, typer.Option(min=0, max=100_000, help="Simulated election days of each point.")
    ] = 500,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder; default DIR/sweep.")
    ] = None,
    *,
    unknown_delivery: Annotated[
        bool,
        typer.Option(
            "--unknown-delivery",
            help="Plans are made for all who were asked for; who stays away is missing on the day.",
        ),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the sweep in the folder.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the points as JSON to standard output.")
    ] = False,
) -> None:
    """Plan many scenarios, judge each plan, and write one table (Parquet and XLSX).

    By default the delivery is known when a plan is made: 300 STOs asked for at 0.85 are a plan for
    127 pairs. Ctrl-C finishes what was begun; --resume goes on. Exit codes: 0 fine, 1 a plan has
    hard findings, 2 bad input, 3 a scenario was refused or could not be computed, 4 stopped.
    """
    from planner.cli.simulate import chosen_scenario  # noqa: PLC0415 - only here
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.sweep import options  # noqa: PLC0415 - only here
    from planner.sweep.design import Axis, Design  # noqa: PLC0415 - heavy import
    from planner.sweep.run import run_sweep  # noqa: PLC0415 - heavy import

    axes = [options.stos_axis(stos)] if stos else []
    if lto:
        axes.append(Axis(path="staffing.lto_teams", values=options.whole_numbers(lto, "--lto")))
    if delivery:
        axes.append(Axis(path="delivery.rate", values=options.numbers(delivery, "--delivery")))
    axes += [options.axis_of(text) for text in axis or []]
    where = options.engine_of(engine, processes, scheduler)
    seeds_given = options.whole_numbers(seeds, "--seeds")
    loaded = load_mission(folder)
    base = chosen_scenario(folder, preset, scenario)
    if unknown_delivery:
        told = base.delivery.model_copy(update={"known": False})
        base = base.model_copy(update={"delivery": told})
    design = Design(base=base, axes=tuple(axes), seeds=seeds_given, samples=random)
    show_findings(loaded.findings)
    target = output or folder / "sweep"
    with _stopping() as stopped:
        result = run_sweep(
            loaded.mission_input,
            design,
            target,
            engine=where,
            scale=scale,
            draws=draws,
            resume=resume,
            watch=_watch,
            cancelled=lambda: bool(stopped),
        )
    files = _write(result, target)
    _show(result, files)
    if as_json:
        points = [point.model_dump(mode="json") for point in result.points]
        document: dict[str, Any] = {
            "points": points,
            "failures": [vars(failure) for failure in result.failures],
            "total": result.total,
            "resumed": result.resumed,
            "engine": result.engine,
            "wall_s": round(result.wall_s, 3),
            "cpu_s": round(result.cpu_s, 3),
            "hits": result.hits,
            "misses": result.misses,
            "files": [str(path) for path in files],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
    raise typer.Exit(_exit(result))


@contextmanager
def _stopping() -> Iterator[list[bool]]:
    """Turn the first Ctrl-C into a wish to stop after the points that were begun."""
    stopped: list[bool] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if stopped:
            raise KeyboardInterrupt
        stopped.append(True)
        ERR.print("Stopping after the points that were begun; --resume goes on. Ctrl-C again: now.")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _watch(progress: "SweepProgress") -> None:
    left = "" if progress.left_s is None else f", about {progress.left_s:.0f} s left"
    asked = progress.hits + progress.misses
    share = progress.hits / asked if asked else 0.0
    ERR.print(
        f"{progress.done} of {progress.total} points, {progress.elapsed_s:.0f} s{left}; "
        f"remembered {share:.0%} of the parts",
        style="dim",
    )


def _write(result: "SweepResult", target: Path) -> list[Path]:
    from importlib.util import find_spec  # noqa: PLC0415 - only here

    from planner.sweep.table import write_parquet, write_xlsx  # noqa: PLC0415 - heavy import

    files = [target / "points.xlsx"]
    write_xlsx(result.points, files[0])
    if find_spec("pyarrow") is None:
        ERR.print("points.parquet is left out: pyarrow is not installed (mission-planner[sweep])")
    else:
        files.append(target / "points.parquet")
        write_parquet(result.points, files[1])
    return files


def _show(result: "SweepResult", files: list[Path]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("scenario", overflow="fold")
    for title in (
        "pairs planned",
        "pairs delivered",
        "openings",
        "visits",
        "counts",
        "visits P5",
        "± voting",
        "± counts",
        "hard",
        "cost",
    ):
        table.add_column(title, justify="right")
    for point in result.points[:ROWS]:
        if point.status == "refused":
            table.add_row(escape(f"{point.name}: refused. {point.reason}"))
            continue
        numbers = (
            point.pairs_planned,
            point.pairs_delivered,
            point.openings,
            point.voting_visits,
            point.counts,
            point.voting_visits_p5,
        )
        margins = (point.margin_voting_expected, point.margin_counting_expected)
        table.add_row(
            escape(point.name),
            *("" if number is None else f"{number:,.0f}" for number in numbers),
            *("" if margin is None else f"{100 * margin:.1f} pp" for margin in margins),
            str(point.hard_findings),
            "" if point.cost is None else f"{point.cost:,.0f} {point.currency}",
        )
    ERR.print(table)
    if len(result.points) > ROWS:
        ERR.print(f"… and {len(result.points) - ROWS:,} more in {files[0]}")
    for phase, column in (("voting", "basis_voting"), ("counts", "basis_counting")):
        bases = Counter(getattr(point, column) for point in result.points)
        told = ", ".join(f"{basis} in {many:,}" for basis, many in sorted(bases.items()) if basis)
        if told:
            ERR.print(f"± {phase}, expected; basis of the plans: {told}", style="dim")
    for failure in result.failures:
        ERR.print(
            f"[bold red]{failure.code}[/] {escape(failure.name)}: {escape(failure.message)}. "
            f"{escape(failure.remedy)}"
        )
    ERR.print(
        f"{len(result.points)} of {result.total} points ({result.resumed} from before), "
        f"{result.wall_s:.1f} s on {result.engine}; {', '.join(str(path) for path in files)}"
    )


def _exit(result: "SweepResult") -> ExitCode:
    if result.cancelled:
        return ExitCode.NO_PLAN
    if result.failures or any(point.status == "refused" for point in result.points):
        return ExitCode.INFEASIBLE
    if any(point.hard_findings for point in result.points):
        return ExitCode.FINDINGS
    return ExitCode.FINE
