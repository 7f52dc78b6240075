"""The judgement of one plan: records first, then the rulebook."""

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.referee import claims, links, losses, references, times, travel
from planner.referee.book import RECORDS
from planner.referee.verdict import Verdict
from planner.rules.book import RULES
from planner.rules.case import Case
from planner.rules.kpis import key_figures

CHAPTERS = (references, links, losses, times, travel, claims)
"""The modules that hold the referee's own rules."""


def check_plan(mission: MissionInput, plan: Plan, travel: TravelProvider | None) -> Verdict:
    """Judge ``plan`` by its documents alone.

    Parameters
    ----------
    mission
        The input that the plan was made from.
    plan
        The plan; nothing about it is taken for granted.
    travel
        Travel times to recompute every leg with. None, or a provider that does not answer: the
        verdict says so as an info finding, and legs are checked against the clock times only.

    Returns
    -------
    Verdict
        All findings by severity, recomputed key figures and objectives.
    """
    case = Case(mission, plan, travel)
    findings = (*RECORDS.check(case), *RULES.check(case))
    return Verdict(
        mission=mission.mission.id,
        hard=_of(findings, Severity.HARD),
        soft=_of(findings, Severity.SOFT),
        info=_of(findings, Severity.INFO),
        kpis=key_figures(case),
        objectives={report.name: case.objective(report.name).value for report in plan.stages},
    )


def _of(findings: tuple[Finding, ...], severity: Severity) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is severity)
