"""Is what a plan says of itself true? (R-STAGE, R-KPI, R-OBJ, R-BND, R-GAP)."""

import math
from collections import Counter
from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.domain.plan import StageName, StageReport, StageStatus
from planner.referee.book import RECORDS, SOURCE
from planner.rules.case import Case
from planner.rules.kpis import key_figures
from planner.rules.rule import Fault

_RELATIVE = 1e-6
_AGAIN = "Plan again; a plan is never edited by hand."


@RECORDS.rule("R-STAGE", "Every stage reports once", Severity.HARD, SOURCE)
def every_stage_reports_once(case: Case) -> Iterator[Fault]:
    """Find stages without a report or with two; a mission that deploys nobody needs none."""
    plan, staffing = case.plan, case.mission.mission.staffing
    if not (plan.stages or plan.areas or plan.teams or staffing.lto_teams or staffing.sto_pairs):
        return
    times = Counter(report.name for report in plan.stages)
    for stage in StageName:
        if times[stage] != 1:
            yield Fault(
                stage.value,
                f"The stage {stage} does not report exactly once.",
                f"{times[stage]} reports",
                "1 report, status skipped if it did not run",
                "Run the stage.",
            )


@RECORDS.rule("R-KPI", "Key figures recomputed", Severity.HARD, SOURCE)
def key_figures_recomputed(case: Case) -> Iterator[Fault]:
    """Find key figures that differ from those of the documents."""
    true = key_figures(case)
    for name, stated in sorted(case.plan.kpis.items()):
        if name not in true:
            yield Fault(
                name,
                "The key figure cannot be recomputed.",
                f"{stated:g}",
                "a figure that the referee knows",
                "Do not rely on it.",
                Severity.INFO,
            )
        elif not _same(stated, true[name]):
            yield Fault(
                name,
                "The key figure is not what the plan gives.",
                f"{stated:.6g}",
                f"{true[name]:.6g}",
                _AGAIN,
            )


@RECORDS.rule("R-OBJ", "Objectives recomputed", Severity.HARD, SOURCE)
def objectives_recomputed(case: Case) -> Iterator[Fault]:
    """Find stages whose stated objective differs from that of the documents."""
    for report in case.plan.stages:
        if report.objective is None:
            continue
        computed = case.objective(report.name)
        true = computed.value
        if true is None:
            yield Fault(
                report.name.value,
                "The objective was not recomputed.",
                computed.why,
                "documents and travel times that give the objective",
                "See the other findings.",
                Severity.INFO,
            )
        elif not _same(report.objective, true):
            yield Fault(
                report.name.value,
                "The objective is not what the plan gives.",
                f"{report.objective:.10g} {report.unit}",
                f"{true:.10g} {report.unit}",
                _AGAIN,
            )


@RECORDS.rule("R-BND", "Objective not beyond its bound", Severity.HARD, SOURCE)
def objective_not_beyond_bound(case: Case) -> Iterator[Fault]:
    """Find objectives that are better than their bound: one of the two is then wrong."""
    for report in case.plan.stages:
        if report.objective is None or report.bound is None:
            continue
        sign = 1 if report.sense == "max" else -1
        beyond = sign * (report.objective - report.bound)
        if not beyond <= _RELATIVE * max(1.0, abs(report.bound)):
            yield Fault(
                report.name.value,
                "The objective is better than its bound.",
                f"{report.objective:.10g} {report.unit}",
                f"at {'most' if sign > 0 else 'least'} {report.bound:.10g} {report.unit}",
                "Report this as a fault of the planner.",
            )


@RECORDS.rule("R-GAP", "Gap told as it is", Severity.HARD, SOURCE)
def gap_told_as_it_is(case: Case) -> Iterator[Fault]:
    """Find gaps that objective and bound do not give, and optima that are not proven."""
    for report in case.plan.stages:
        true = _gap(report)
        told = report.gap
        same = told is None if true is None else told is not None and _same(told, true)
        if not same:
            yield Fault(
                report.name.value,
                "The gap is not that of objective and bound.",
                "none" if told is None else f"{told:.6g}",
                "none" if true is None else f"{true:.6g}",
                _AGAIN,
            )
        elif report.status is StageStatus.OPTIMAL and not (true is not None and true <= _RELATIVE):
            yield Fault(
                report.name.value,
                "The stage calls itself optimal and has not closed its gap.",
                "no gap" if true is None else f"gap {true:.6g}",
                f"gap at most {_RELATIVE:g}",
                _AGAIN,
            )


def _gap(report: StageReport) -> float | None:
    if report.objective is None or report.bound is None:
        return None
    scale = max(abs(report.bound), abs(report.objective))
    return 0.0 if scale == 0 else abs(report.bound - report.objective) / scale


def _same(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=_RELATIVE, abs_tol=_RELATIVE)
