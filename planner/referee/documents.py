"""The judgement of files: a mission folder and a plan document."""

from pathlib import Path

from pydantic import ValidationError

from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.referee.referee import check_plan
from planner.referee.verdict import Verdict

_OFFSET_MISSING = "timezone_aware"


def check_documents(folder: Path, plan_path: Path) -> Verdict:
    """Judge the plan document ``plan_path`` by the mission folder ``folder``.

    A document that is no plan gets a verdict too: hard findings ``R-DOC`` by field, and
    ``R-ZONE`` for times without an offset.

    Raises
    ------
    PlannerError
        If the mission folder or the file cannot be read.
    """
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    mission = load_mission(folder).mission_input
    try:
        plan = Plan.model_validate_json(_read(plan_path))
    except ValidationError as error:
        return _unreadable(mission, plan_path, error)
    try:
        travel = make_provider(mission)
    except PlannerError as error:
        verdict = check_plan(mission, plan, None)
        return verdict.model_copy(update={"info": (_no_provider(error), *verdict.info)})
    return check_plan(mission, plan, travel)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PlannerError(
            "R-DOC",
            f"the plan document '{path}' cannot be read: {error.strerror}",
            "Name the plan.json that 'mission-planner plan' has written.",
        ) from error


def _unreadable(mission: MissionInput, path: Path, error: ValidationError) -> Verdict:
    findings = tuple(
        Finding(
            code="R-ZONE" if fault["type"] == _OFFSET_MISSING else "R-DOC",
            severity=Severity.HARD,
            subject=".".join(str(part) for part in fault["loc"]) or path.name,
            message=f"The document is not a plan: {fault['msg']}.",
            value=repr(fault["input"])[:80],
            limit="see the JSON Schema of plan.json",
            remedy="Plan again; a plan is never edited by hand.",
            file=path.name,
        )
        for fault in error.errors(include_url=False)
    )
    return Verdict(mission=mission.mission.id, hard=findings)


def _no_provider(error: PlannerError) -> Finding:
    return Finding(
        code=error.code,
        severity=Severity.INFO,
        subject="travel",
        message=error.message,
        remedy=error.remedy,
    )
