"""``mission-planner brief``: scenarios side by side, as two pages and as a workbook."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings
from planner.errors import InputError, PlannerError

if TYPE_CHECKING:
    from planner.briefing.reading import Found
    from planner.domain.mission_input import MissionInput
    from planner.optimizer.stage import Effort
    from planner.remember.plan import Memory
    from planner.scenario.document import Scenario

KINDS = ("pdf", "xlsx")


def brief(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    scenario: Annotated[
        list[str] | None,
        typer.Option(help="A TOML file, or its name in scenarios/; may be given again."),
    ] = None,
    preset: Annotated[
        list[str] | None, typer.Option(help="A preset, e.g. delivery-80; may be given again.")
    ] = None,
    points: Annotated[
        Path | None, typer.Option(metavar="SWEEP", help="Folder of a sweep of this mission.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder; default DIR/briefing.")
    ] = None,
    kinds: Annotated[
        str,
        typer.Option(
            "--as", help="By comma: pdf (two pages), xlsx. By default both; pdf holds nine."
        ),
    ] = "",
    question: Annotated[str, typer.Option(help="What somebody wants to know.")] = "",
    scale: Annotated[
        float, typer.Option(min=0.01, max=10, help="Effort of the search for days; a plan has 1.")
    ] = 1.0,
    draws: Annotated[
        int, typer.Option(min=0, max=100_000, help="Simulated election days of each scenario.")
    ] = 1_000,
    at: Annotated[
        datetime | None, typer.Option(help="Date of the briefing (UTC); by default now.")
    ] = None,
    *,
    no_base: Annotated[
        bool, typer.Option("--no-base", help="Do not put the mission as it is first.")
    ] = False,
) -> None:
    """Plan scenarios and write what a head of mission takes into a meeting.

    The mission as it is comes first, and the others are compared with it. Points of a sweep are
    not planned again, and --scale and --draws are then those of the sweep. Exit codes: 0 fine, 1 a
    plan has hard findings, 2 bad input, 3 a scenario was refused.
    """
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import

    wanted = _kinds(kinds)
    if points is not None and (scenario or preset or no_base):
        raise PlannerError(
            "BR-TWO",
            "a sweep and single scenarios are named",
            "Name either --points, or --scenario and --preset.",
        )
    loaded = load_mission(folder)
    mission = loaded.mission_input
    show_findings(loaded.findings)
    if points is not None:
        found, wanted = _of_sweep(mission, points, wanted)
    else:
        chosen = _chosen(folder, mission, scenario or [], preset or [], base=not no_base)
        wanted = wanted or _that_fit(len(chosen))
        found = _planned(mission, chosen, Effort(scale=scale), draws, wanted)
    moment = datetime.now(UTC) if at is None else at.replace(tzinfo=UTC)
    target = output or folder / "briefing"
    for path in _write(found, mission, target, wanted, question, moment):
        ERR.print(f"wrote {escape(str(path))}")
    raise typer.Exit(_exit(found))


def _kinds(text: str) -> tuple[str, ...]:
    """Return the kinds that are named; none leaves the choice to the number of scenarios."""
    kinds = tuple(dict.fromkeys(kind.strip() for kind in text.split(",") if kind.strip()))
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or (text and not kinds):
        raise PlannerError(
            "BR-KIND",
            f"cannot write {', '.join(map(repr, unknown)) or 'nothing'}",
            f"Name some of {', '.join(KINDS)}, separated by commas, e.g. --as pdf,xlsx.",
        )
    return kinds


def _that_fit(number: int) -> tuple[str, ...]:
    from planner.briefing.briefing import MOST_RUNS  # noqa: PLC0415 - heavy import

    if number <= MOST_RUNS:
        return KINDS
    ERR.print(f"{number:,} scenarios do not fit on two pages: only the workbook is written")
    return ("xlsx",)


def _chosen(
    folder: Path,
    mission: "MissionInput",
    files: Sequence[str],
    presets: Sequence[str],
    *,
    base: bool,
) -> list["Scenario"]:
    from planner.scenario.document import Scenario  # noqa: PLC0415 - heavy import
    from planner.scenario.file import find_scenario, read_scenario  # noqa: PLC0415 - heavy import
    from planner.scenario.presets import preset  # noqa: PLC0415 - heavy import

    chosen = [preset(key).scenario(mission) for key in presets]
    chosen += [read_scenario(find_scenario(folder, name)) for name in files]
    return [Scenario(), *chosen] if base or not chosen else chosen


def _planned(
    mission: "MissionInput",
    chosen: Sequence["Scenario"],
    effort: "Effort",
    draws: int,
    wanted: Sequence[str],
    memory: "Memory | None" = None,
) -> list["Found"]:
    """Plan scenarios; one that cannot be is answered with the row of its reasons."""
    from planner.briefing.briefing import check_number  # noqa: PLC0415 - heavy import
    from planner.remember.plan import Memory  # noqa: PLC0415 - heavy import
    from planner.scenario.run import refused_point, run_scenario  # noqa: PLC0415 - heavy import

    if "pdf" in wanted:
        check_number(len(chosen))
    memory = memory or Memory()
    found: list[Found] = []
    for number, one in enumerate(chosen, start=1):
        ERR.print(f"{number} of {len(chosen)}: {escape(one.name)}", style="dim")
        try:
            found.append(run_scenario(mission, one, effort=effort, memory=memory, draws=draws))
        except InputError as error:
            show_findings(error.findings)
            found.append(refused_point(mission, one, error))
    return found


def _of_sweep(
    mission: "MissionInput", folder: Path, wanted: tuple[str, ...]
) -> tuple[list["Found"], tuple[str, ...]]:
    """Return the points of a sweep, and what is written of them.

    Two pages need the plans: these are taken from what the sweep remembers.
    """
    from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import
    from planner.remember.cache import Cache  # noqa: PLC0415 - heavy import
    from planner.remember.plan import Memory  # noqa: PLC0415 - heavy import
    from planner.sweep.design import scenarios  # noqa: PLC0415 - heavy import
    from planner.sweep.folder import SweepFolder  # noqa: PLC0415 - heavy import

    place = SweepFolder(folder)
    manifest = place.manifest()
    done = {} if manifest is None else place.done(manifest.keys)
    if manifest is None or not done:
        raise PlannerError(
            "BR-SWEEP",
            f"{folder} holds no point of a sweep",
            "Name the folder that mission-planner sweep wrote.",
        )
    if manifest.input_hash != mission.input_hash:
        raise PlannerError(
            "BR-SWEEP",
            f"the sweep in {folder} was made from other files: {manifest.input_hash[:12]} instead "
            f"of {mission.input_hash[:12]}",
            "Name the mission as it was, or sweep anew.",
        )
    left = len(set(manifest.keys)) - len(done)
    if left:
        ERR.print(f"{left:,} points of the sweep are not there yet and are left out")
    wanted = wanted or _that_fit(len(done))
    if "pdf" not in wanted:
        return list(done.values()), wanted
    by_key = dict(zip(manifest.keys, scenarios(manifest.design), strict=True))
    memory = Memory(Cache(place.cache))
    chosen = [by_key[key] for key in done]
    effort = Effort(scale=manifest.scale)
    return _planned(mission, chosen, effort, manifest.draws, wanted, memory), wanted


def _write(
    found: Sequence["Found"],
    mission: "MissionInput",
    target: Path,
    wanted: Sequence[str],
    question: str,
    at: datetime,
) -> list[Path]:
    from planner.briefing.briefing import write_briefing  # noqa: PLC0415 - heavy import
    from planner.briefing.comparison import write_comparison  # noqa: PLC0415 - heavy import
    from planner.scenario.point import Point  # noqa: PLC0415 - heavy import

    written = []
    if "pdf" in wanted:
        runs = [one for one in found if not isinstance(one, Point)]
        refused = [one for one in found if isinstance(one, Point)]
        path = target / "briefing.pdf"
        write_briefing(runs, path, at=at, question=question, mission=mission, refused=refused)
        written.append(path)
    if "xlsx" in wanted:
        path = target / "comparison.xlsx"
        write_comparison(found, path, mission=mission, question=question)
        written.append(path)
    return written


def _exit(found: Sequence["Found"]) -> ExitCode:
    from planner.scenario.point import Point  # noqa: PLC0415 - heavy import

    rows = [one if isinstance(one, Point) else one.point for one in found]
    if any(row.status == "refused" for row in rows):
        return ExitCode.INFEASIBLE
    return ExitCode.FINDINGS if any(row.hard_findings for row in rows) else ExitCode.FINE
