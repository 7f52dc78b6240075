"""``mission-planner target``: how many pairs, and LTO teams, a target takes."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings
from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.domain.mission_input import MissionInput
    from planner.scenario.found import Inverse, Tried
    from planner.scenario.measure import Measure

COLOURS = ("amber", "red")


def target(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    margin: Annotated[
        list[str] | None,
        typer.Option(help="Widest margin: voting=0.03, counting=0.05; may be given again."),
    ] = None,
    districts: Annotated[
        float | None, typer.Option(help="Least share of the districts touched, 0 to 1.")
    ] = None,
    span: Annotated[
        str,
        typer.Option(help="Most pairs of one LTO team: a number, amber or red; searches teams."),
    ] = "",
    budget: Annotated[float | None, typer.Option(help="Most money, in the currency.")] = None,
    most: Annotated[
        int | None, typer.Option(help="More STO pairs than this cannot be got.")
    ] = None,
    level: Annotated[
        str, typer.Option(help="How surely: planned, expected, or p5 (19 of 20 days).")
    ] = "expected",
    confidence: Annotated[float, typer.Option(help="Of the margins, two-sided.")] = 0.95,
    preset: Annotated[str, typer.Option(help="A scenario to start from.")] = "",
    scenario: Annotated[str, typer.Option(help="The same from a TOML file.")] = "",
    plans: Annotated[int, typer.Option(min=1, max=500, help="Most full plans to make.")] = 24,
    scale: Annotated[
        float, typer.Option(min=0.01, max=10, help="Effort of the search for days; a plan has 1.")
    ] = 0.5,
    draws: Annotated[
        int, typer.Option(min=1, max=100_000, help="Simulated election days of each plan.")
    ] = 500,
    cache: Annotated[
        Path | None, typer.Option(help="Folder that remembers plans; default DIR/target.")
    ] = None,
    *,
    regions: Annotated[
        bool, typer.Option("--regions", help="Every region that has stations is touched.")
    ] = False,
    design_based: Annotated[
        bool, typer.Option("--design-based", help="An indicative margin does not count.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the answer as JSON to standard output.")
    ] = False,
) -> None:
    """Search the least number of STO pairs for a target; each number tried is a full plan.

    The answer's plan meets the target, and the plan with one pair fewer does not. Exit codes: 0
    found, 2 bad input, 3 no staffing reaches the target, 4 not settled with the plans allowed.
    """
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import

    loaded = load_mission(folder)
    show_findings(loaded.findings)
    mission = loaded.mission_input
    found = _solve(
        mission,
        {
            "margins": dict(_margin(text) for text in margin or ()),
            "design_based": design_based,
            "regions": regions,
            "districts": districts,
            "span": _span(span, mission),
            "budget": budget,
            "most_pairs": most,
            "confidence": confidence,
            "level": level,
        },
        folder=folder,
        names=(preset, scenario),
        effort=(scale, plans, draws),
        cache=cache,
    )
    _show(found)
    show_findings(found.findings, rows_per_code=10)
    if as_json:
        typer.echo(json.dumps(_result(found), ensure_ascii=False, indent=1))
    codes = {"met": ExitCode.FINE, "unreachable": ExitCode.INFEASIBLE, "open": ExitCode.NO_PLAN}
    raise typer.Exit(codes[found.status])


def _solve(
    mission: "MissionInput",
    wanted: dict[str, Any],
    *,
    folder: Path,
    names: tuple[str, str],
    effort: tuple[float, int, int],
    cache: Path | None,
) -> "Inverse":
    from pydantic import ValidationError  # noqa: PLC0415 - heavy import

    from planner.cli.simulate import chosen_scenario  # noqa: PLC0415 - only here
    from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import
    from planner.remember.cache import Cache  # noqa: PLC0415 - heavy import
    from planner.remember.plan import Memory  # noqa: PLC0415 - heavy import
    from planner.scenario.inverse import solve  # noqa: PLC0415 - heavy import
    from planner.scenario.target import Target  # noqa: PLC0415 - heavy import

    try:
        asked = Target.model_validate(wanted)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part != "[key]")
        raise PlannerError(
            "SC-TARGET",
            f"{where} is '{first['input']}': {first['msg']}",
            "see mission-planner target --help",
        ) from None
    scale, plans, draws = effort
    started = time.process_time()
    made = 0

    def watch(tried: "Tried") -> None:
        nonlocal made
        made += 1
        told = "; ".join(_measure(measure) for measure in tried.goals)
        ERR.print(
            f"plan {made} (at most {plans}): {tried.pairs} pairs, {tried.lto_teams} LTO teams: "
            f"{told}; {time.process_time() - started:.0f} s of processor time",
            style="dim",
        )

    return solve(
        mission,
        asked,
        chosen_scenario(folder, *names),
        effort=Effort(scale=scale),
        memory=Memory(Cache(cache or folder / "target")),
        plans=plans,
        draws=draws,
        watch=watch,
    )


def _margin(text: str) -> tuple[str, float]:
    phase, _, share = text.partition("=")
    try:
        return phase.strip(), float(share)
    except ValueError:
        raise PlannerError(
            "SC-TARGET",
            f"--margin is '{text}'",
            "write PHASE=SHARE, e.g. voting=0.03 for three points",
        ) from None


def _span(text: str, mission: "MissionInput") -> float | None:
    policy = mission.mission.policies.areas
    if text in COLOURS:
        return float(policy.span_amber if text == "amber" else policy.span_red)
    try:
        return float(text) if text else None
    except ValueError:
        raise PlannerError(
            "SC-TARGET", f"--span is '{text}'", "write a number of pairs, amber or red"
        ) from None


def _measure(measure: "Measure") -> str:
    from planner.scenario.unreached import shown_value  # noqa: PLC0415 - heavy import

    return f"{measure.name} {shown_value(measure, measure.value)}"


def _show(found: "Inverse") -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("")
    for title in ("STO pairs", "LTO teams", "planned"):
        table.add_column(title, justify="right")
    names = [measure.name for measure in found.tried[0].measures] if found.tried else []
    # With a budget the cost is one of the measures.
    priced = [] if "cost" in names else ["cost"]
    for title in (*names, *priced, "longest duty", "duty of all"):
        table.add_column(title, justify="right")
    frontier = found.frontier
    for one in found.tried:
        mark = "answer" if one == found.answer else ("" if one in frontier else "beaten")
        cost = one.point.cost
        table.add_row(
            mark,
            f"{one.pairs:,}",
            f"{one.lto_teams:,}",
            f"{one.point.pairs_planned:,}",
            *(_cell(measure) for measure in one.measures),
            *("" if cost is None else f"{cost:,.0f} {escape(one.point.currency)}" for _ in priced),
            "" if one.point.duty_max_h is None else f"{one.point.duty_max_h:.1f} h",
            f"{one.duty_total_h:,.0f} h",
        )
    ERR.print(table)
    if found.answer is not None:
        below = found.below
        proof = (
            f"{found.low} pairs cannot be enough by the formula"
            if below is None
            else f"the plan of {below.pairs} pairs does not meet the target"
        )
        if found.fewer_teams is not None and not found.fewer_teams.met:
            proof += "; nor does the plan with one LTO team fewer"
        if found.status == "met":
            ERR.print(
                f"[bold]{found.answer.pairs:,} pairs[/] and {found.answer.lto_teams:,} LTO teams: "
                f"the plan meets the target, and {proof}."
            )
        for measure in found.answer.measures:
            if measure.name.startswith("margin") and measure.why:
                ERR.print(escape(f"{measure.name}: {measure.why}"), style="dim")
    ERR.print(f"{found.plans} plans")


def _cell(measure: "Measure") -> str:
    from planner.scenario.unreached import shown_value  # noqa: PLC0415 - heavy import

    text = escape(shown_value(measure, measure.value))
    return text if measure.met else f"[yellow]{text}[/]"


def _result(found: "Inverse") -> dict[str, Any]:
    frontier = found.frontier
    return {
        "target": found.target.model_dump(mode="json"),
        "status": found.status,
        "answer": None if found.answer is None else _tried(found.answer),
        "below": None if found.below is None else _tried(found.below),
        "low": found.low,
        "most": found.most,
        "safe_pairs": found.safe_pairs,
        "fewer_teams": None if found.fewer_teams is None else _tried(found.fewer_teams),
        "frontier": [_tried(one) for one in frontier],
        "tried": [_tried(one) for one in found.tried],
        "rough": [vars(spot) for spot in found.spots],
        "plans": found.plans,
        "findings": [finding.model_dump(mode="json") for finding in found.findings],
    }


def _tried(tried: "Tried") -> dict[str, Any]:
    return {
        "pairs": tried.pairs,
        "lto_teams": tried.lto_teams,
        "met": tried.met,
        "measures": [vars(measure) for measure in tried.measures],
        "cost": tried.point.cost,
        "currency": tried.point.currency,
        "duty_max_h": tried.point.duty_max_h,
        "duty_total_h": round(tried.duty_total_h, 3),
        "point": tried.point.model_dump(mode="json"),
    }
