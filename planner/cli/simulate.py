"""``mission-planner simulate``: a plan carried out a thousand times before anybody travels."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings
from planner.domain.plan import Phase

if TYPE_CHECKING:
    from planner.execution import PairRisk, Summary
    from planner.precision import PrecisionReport
    from planner.scenario.document import Scenario
    from planner.scenario.on_plan import CarriedOut

RISKS = 10
PHASES = (Phase.OPENING, Phase.VOTING, Phase.COUNTING, Phase.TABULATION)


def simulate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    document: Annotated[Path, typer.Argument(metavar="PLAN", help="Plan document.")],
    preset: Annotated[
        str, typer.Option(help="A scenario to start from, e.g. delivery-80 or region-isolated.")
    ] = "",
    scenario: Annotated[
        str,
        typer.Option(help="A scenario: a TOML file, or its name in scenarios/ of the mission."),
    ] = "",
    noise: Annotated[
        str, typer.Option(help="How the day strays from the plan: zero, calm, usual, winter.")
    ] = "",
    draws: Annotated[
        int, typer.Option(min=1, max=100_000, help="Simulated election days.")
    ] = 1_000,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**31 - 1, help="Seed; by default the scenario's.")
    ] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON to standard output.")
    ] = False,
) -> None:
    """Carry a plan out many times: who arrives, delays, weather, and what is observed then.

    The plan stays as it is. Exit codes: 0 fine, 1 the referee has hard findings on the plan,
    2 bad input.
    """
    from planner.export.document import load_plan  # noqa: PLC0415 - heavy import
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.referee import check_plan  # noqa: PLC0415 - heavy import
    from planner.scenario.on_plan import carry_out  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    mission = load_mission(folder).mission_input
    plan = load_plan(document)
    chosen = chosen_scenario(folder, preset, scenario)
    update: dict[str, Any] = {}
    if noise:
        from planner.execution import Noise  # noqa: PLC0415 - heavy import

        Noise.preset(noise)
        update["noise"] = noise
    if seed is not None:
        update["seed"] = seed
    chosen = chosen.model_copy(update=update)
    travel = make_provider(mission)
    found = carry_out(mission, plan, chosen, travel, draws)
    verdict = check_plan(mission, plan, travel)
    show_findings((*verdict.hard, *found.findings))
    execution = found.forecast.execution
    if execution is None:  # pragma: no cover - there is at least one draw
        raise AssertionError
    summary = execution.summary()
    _show(summary, found, chosen)
    if as_json:
        typer.echo(json.dumps(_result(summary, found, chosen), ensure_ascii=False, indent=1))
    raise typer.Exit(ExitCode.FINDINGS if verdict.hard else ExitCode.FINE)


def chosen_scenario(folder: Path, preset: str, scenario: str) -> "Scenario":
    """Return the scenario of a preset or a file; as planned without either.

    Raises
    ------
    PlannerError
        If there is no such preset or file, or both are named.
    """
    from planner.errors import PlannerError  # noqa: PLC0415 - only for the message
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.scenario.document import Scenario  # noqa: PLC0415 - heavy import
    from planner.scenario.file import find_scenario, read_scenario  # noqa: PLC0415 - heavy import
    from planner.scenario.presets import preset as preset_of  # noqa: PLC0415 - heavy import

    if preset and scenario:
        raise PlannerError(
            "SC-TWO", "a preset and a scenario are named", "name one of --preset and --scenario"
        )
    if preset:
        return preset_of(preset).scenario(load_mission(folder).mission_input)
    return read_scenario(find_scenario(folder, scenario)) if scenario else Scenario()


def _show(summary: "Summary", found: "CarriedOut", scenario: "Scenario") -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("phase")
    for title in ("planned", "mean", "P5", "P50", "P95", "margin planned", "margin expected"):
        table.add_column(title, justify="right")
    for outcome in summary.phases:
        seen = outcome.observed
        row = [outcome.phase.value, f"{outcome.planned:,}", f"{seen.mean:,.1f}"]
        row += [f"{value:,.0f}" for value in (seen.p5, seen.p50, seen.p95)]
        row += [
            _margin(report, outcome.phase)
            for report in (found.forecast.planned, found.forecast.expected)
        ]
        table.add_row(*row)
    ERR.print(table)
    for line in _bases(found):
        ERR.print(line, style="dim")
    out = summary.pairs_out
    ERR.print(
        f"{escape(scenario.name)}: {summary.draws:,} draws, seed {scenario.seed}; "
        f"{out.mean:.1f} of {summary.pairs} pairs go out (P5 {out.p5:.0f}); "
        f"{summary.missed_closings.mean:.2f} miss their closing; "
        f"duty P50 {summary.duty_h.p50:.1f} h, P95 {summary.duty_h.p95:.1f} h"
    )
    risks = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    risks.add_column("most at risk")
    for title in ("stays away", "misses opening", "misses closing", "visits", "spare min"):
        risks.add_column(title, justify="right")
    risks.add_column("mostly")
    for risk in summary.risks[:RISKS]:
        risks.add_row(
            risk.team,
            f"{risk.absent:.1%}",
            _share(risk.misses_opening),
            _share(risk.misses_closing),
            f"{risk.visits.mean:.1f} of {risk.visits_planned}",
            f"{risk.spare_min:.0f}",
            risk.cause.name.lower().replace("_", " "),
        )
    ERR.print(risks)


def _margin(report: "PrecisionReport | None", phase: Phase) -> str:
    if report is None or phase not in PHASES:
        return ""
    estimate = report.of(phase)
    return "" if estimate.margin is None else f"±{100 * estimate.margin:.1f} pp"


def _bases(found: "CarriedOut") -> list[str]:
    """Say what each expected margin rests on: one line for the phases of the same reason."""
    report = found.forecast.expected or found.forecast.planned
    lines: dict[tuple[str, str], list[str]] = {}
    for phase in PHASES:
        estimate = report.of(phase)
        if estimate.margin is not None:
            lines.setdefault((estimate.basis.value, estimate.why), []).append(phase.value)
    return [
        escape(f"margin of {', '.join(phases)}: {basis}{': ' if why else ''}{why}")
        for (basis, why), phases in lines.items()
    ]


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def _result(summary: "Summary", found: "CarriedOut", scenario: "Scenario") -> dict[str, Any]:
    numbers = found.numbers
    return {
        "scenario": scenario.model_dump(mode="json"),
        "draws": summary.draws,
        "pairs_planned": numbers.pairs_planned,
        "pairs_delivered": numbers.pairs_delivered,
        "stos_delivered": numbers.stos_delivered,
        "pairs_out": vars(summary.pairs_out),
        "phases": [
            {"phase": one.phase.value, "planned": one.planned, **vars(one.observed)}
            for one in summary.phases
        ],
        "regions": [
            {
                "region": one.region,
                "phase": one.phase.value,
                "planned": one.planned,
                **vars(one.observed),
            }
            for one in summary.regions
        ],
        "precision": [
            _precision(report, phase, kind)
            for kind, report in (
                ("planned", found.forecast.planned),
                ("expected", found.forecast.expected),
            )
            if report is not None
            for phase in PHASES
        ],
        "missed_openings": vars(summary.missed_openings),
        "missed_closings": vars(summary.missed_closings),
        "duty_h": vars(summary.duty_h),
        "longest_duty_h": vars(summary.longest_duty_h),
        "risks": [_risk(risk) for risk in summary.risks],
        "findings": [finding.model_dump(mode="json") for finding in found.findings],
    }


def _precision(report: "PrecisionReport", phase: Phase, kind: str) -> dict[str, Any]:
    estimate = report.of(phase)
    return {
        "phase": phase.value,
        "kind": kind,
        "n": estimate.n,
        "frame_n": estimate.frame_n,
        "margin": estimate.margin,
        "basis": estimate.basis.value,
        "why": estimate.why,
    }


def _risk(risk: "PairRisk") -> dict[str, Any]:
    return {
        "team": risk.team,
        "absent": risk.absent,
        "misses_opening": risk.misses_opening,
        "misses_closing": risk.misses_closing,
        "misses_tabulation": risk.misses_tabulation,
        "visits_planned": risk.visits_planned,
        "visits_mean": risk.visits.mean,
        "duty_p95_h": None if risk.duty_h is None else risk.duty_h.p95,
        "over_duty": risk.over_duty,
        "spare_min": risk.spare_min,
        "cause": risk.cause.name.lower(),
    }
