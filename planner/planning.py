"""From a mission folder to a checked plan: the steps that command line and worker share."""

import os
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.frontier_point import FrontierPoint
from planner.domain.plan import Plan, StageName, StageStatus, StopReason
from planner.domain.stage_point import StagePoint
from planner.errors import InputError, PlannerError
from planner.optimizer.stage import NOT_RUN_CODE

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider
    from planner.domain.mission_input import MissionInput
    from planner.intake.folder import LoadedMission
    from planner.optimizer.pipeline import PipelineResult
    from planner.optimizer.stage import Effort, Progress
    from planner.referee import Verdict
    from planner.remember.elsewhere import Elsewhere

COUNTS = (
    "lto_teams",
    "sto_teams",
    "openings",
    "voting_visits",
    "counts",
    "tabulations",
    "distinct_stations",
)
"""Key figures by which a plan is announced."""


class PlanStatus(StrEnum):
    """What is said of a plan as a whole."""

    FINE = "fine"
    FINDINGS = "findings"
    INFEASIBLE = "infeasible"
    NO_PLAN = "no_plan"


@dataclass(frozen=True)
class Prepared:
    """A mission that has been read and can be planned.

    Parameters
    ----------
    loaded
        The mission's records, and what intake says about them.
    travel
        Its travel times.
    earlier
        The earlier plan to take other stages from, or to stay near to.
    started
        ``time.perf_counter()`` before the first file was read, in seconds.
    earlier_mission
        What the earlier plan was made from, as far as anybody knows; None without such a plan.
    """

    loaded: "LoadedMission"
    travel: "TravelProvider"
    earlier: Plan | None
    started: float
    earlier_mission: "MissionInput | None" = None


@dataclass(frozen=True)
class Planned:
    """A plan that has been judged and written.

    Parameters
    ----------
    plan
        The plan.
    verdict
        What the referee says of it.
    status
        The two in one word.
    path
        Where the plan document stands.
    stage_wall_s
        Time of each stage that was run, in seconds.
    wall_s
        Time from the first file read to the plan written, in seconds.
    points
        The candidates of each stage, where the plan was made in the sight of an earlier one.
    """

    plan: Plan
    verdict: "Verdict"
    status: PlanStatus
    path: Path
    stage_wall_s: dict[StageName, float]
    wall_s: float
    points: tuple[StagePoint, ...] = ()


def check_target(path: Path) -> None:
    """Refuse a place that a plan cannot be written to, before anybody waits for the plan.

    Raises
    ------
    PlannerError
        ``EX-WRITE``: a folder, or inside no folder that can be written to.
    """
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        reason = "it is a folder" if path.is_dir() else f"{path.parent} cannot be written to"
        raise PlannerError("EX-WRITE", f"cannot write {path}: {reason}", "name a file with -o")


def prepare(
    folder: Path, earlier: Path | None = None, earlier_folder: Path | None = None
) -> Prepared:
    """Read a mission folder, its travel times and an earlier plan.

    Parameters
    ----------
    earlier
        An earlier plan document of the mission.
    earlier_folder
        The mission folder that it was made from; by default, and if it cannot be read any more,
        ``folder`` is taken for it. A plan made from other files is noticed.

    Raises
    ------
    InputError
        If the folder or the earlier plan cannot be used; carries all findings.
    PlannerError
        If the travel times or the earlier plan cannot be read.
    """
    from planner.export.document import load_plan  # noqa: PLC0415 - heavy import
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    started = time.perf_counter()
    loaded = load_mission(folder)
    travel = make_provider(loaded.mission_input)
    if earlier is None:
        return Prepared(loaded, travel, None, started)
    before = loaded.mission_input
    if earlier_folder is not None:
        with suppress(InputError):
            before = load_mission(earlier_folder).mission_input
    return Prepared(loaded, travel, load_plan(earlier), started, before)


def make(
    prepared: Prepared,
    progress: "Progress",
    *,
    seed: int = 1,
    seconds: float | None = None,
    stages: Collection[StageName] = tuple(StageName),
    stability: float = 0.0,
    quick: bool = False,
    elsewhere: "Elsewhere | None" = None,
) -> "PipelineResult":
    """Run the stages; ``progress`` hears of them and may ask for the best plan so far.

    Parameters
    ----------
    seed
        Seed of draw and search.
    seconds
        Time limit of all stages together, or None for a reproducible plan.
    stages
        Stages to run; the others are taken from the earlier plan.
    stability
        How much the earlier plan is preferred, from 0 (not at all) to 1 (what can be kept is
        kept); see :mod:`planner.replan`.
    quick
        Repair the earlier plan in seconds: nothing that takes long is solved freely as well.
    elsewhere
        Searches the clusters of a new plan's election days on other machines.

    Raises
    ------
    PlannerError
        ``OP-ENGINE``: other machines are to help with something else than a new plan without a
        time limit, or as the engine says.
        ``OP-STAGES``: a stage was asked for without those that it stands on. ``OP-STABILITY``: a
        stability that is not within 0 and 1, or one without an earlier plan.
    """
    from planner.optimizer.pipeline import make_plan  # noqa: PLC0415 - heavy import
    from planner.optimizer.stage import Effort  # noqa: PLC0415 - heavy import

    mission, effort = prepared.loaded.mission_input, Effort(seed=seed, seconds=seconds)
    if elsewhere is not None:
        return _with_others(prepared, effort, progress, stages, elsewhere)
    if stability == 0.0:
        return make_plan(
            mission,
            prepared.travel,
            effort,
            progress,
            stages=stages,
            earlier=prepared.earlier,
            remarks=prepared.loaded.findings,
        )
    from planner.replan import replan  # noqa: PLC0415 - heavy import

    if prepared.earlier is None:
        raise PlannerError(
            "OP-STABILITY",
            f"a stability of {stability:g} needs an earlier plan to stay near to",
            "name the earlier plan, or leave the stability at 0",
        )
    return replan(
        mission,
        prepared.travel,
        effort,
        progress,
        earlier=prepared.earlier,
        earlier_mission=prepared.earlier_mission or mission,
        stability=stability,
        quick=quick,
        stages=stages,
        remarks=prepared.loaded.findings,
    )


def _with_others(
    prepared: Prepared,
    effort: "Effort",
    progress: "Progress",
    stages: Collection[StageName],
    elsewhere: "Elsewhere",
) -> "PipelineResult":
    from planner.remember.plan import Memory, plan_remembered  # noqa: PLC0415 - heavy import

    if prepared.earlier is not None:
        raise PlannerError(
            "OP-ENGINE",
            "an earlier plan is planned on by this machine alone",
            "leave the engine out, or plan from nothing",
        )
    return plan_remembered(
        prepared.loaded.mission_input,
        prepared.travel,
        effort,
        progress,
        Memory(elsewhere=elsewhere),
        stages=stages,
        remarks=prepared.loaded.findings,
    )


def known_repairs(
    made: "PipelineResult",
    *,
    stability: float,
    seconds: float | None,
    stages: Collection[StageName],
) -> "dict[float, PipelineResult]":
    """Return what a quick repair just made tells :func:`repairs` of its stability.

    Nothing where it had a time limit or left stages out: the others have neither.
    """
    whole = seconds is None and set(stages) == set(StageName)
    return {stability: made} if whole else {}


def repairs(
    prepared: Prepared,
    progress: "Progress",
    *,
    seed: int = 1,
    made: "Mapping[float, PipelineResult] | None" = None,
) -> tuple[FrontierPoint, ...]:
    """Repair the earlier plan at several stabilities: what each is worth, and what it keeps.

    Parameters
    ----------
    made
        What is known already, from :func:`known_repairs` with the same seed.

    Raises
    ------
    PlannerError
        ``OP-STABILITY``: there is no earlier plan.
    """
    from planner.replan.frontier import STABILITIES, frontier  # noqa: PLC0415 - heavy import

    if prepared.earlier is None:
        raise PlannerError(
            "OP-STABILITY",
            "a frontier of stability and value needs an earlier plan",
            "name the earlier plan",
        )
    known = made or {}
    return frontier(
        prepared.loaded.mission_input,
        prepared.earlier,
        lambda stability: (
            known.get(stability)
            or make(prepared, progress, seed=seed, stability=stability, quick=True)
        ),
        sorted({*STABILITIES, *known}),
    )


def conclude(prepared: Prepared, made: "PipelineResult", path: Path) -> Planned:
    """Let the referee judge the plan, and write it to ``path`` as a whole or not at all.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` or ``EX-NUMBER`` if the plan cannot be written.
    """
    from planner.export.document import write_plan  # noqa: PLC0415 - heavy import
    from planner.referee import check_plan  # noqa: PLC0415 - heavy import

    verdict = check_plan(prepared.loaded.mission_input, made.plan, prepared.travel)
    write_plan(made.plan, path)
    return Planned(
        plan=made.plan,
        verdict=verdict,
        status=status_of(made.plan, hard=len(verdict.hard)),
        path=path,
        stage_wall_s=made.wall_s,
        wall_s=time.perf_counter() - prepared.started,
        points=made.points,
    )


def status_of(plan: Plan, *, hard: int) -> PlanStatus:
    """Return what to say of a plan with that many hard findings."""
    if any(stage.stop is StopReason.CANCELLED for stage in plan.stages) and not plan.areas:
        return PlanStatus.NO_PLAN
    if hard:
        return PlanStatus.FINDINGS
    dropped = any(e.kind == "decision" and e.code != NOT_RUN_CODE for e in plan.unassigned)
    if dropped or any(stage.status is StageStatus.PARTIAL for stage in plan.stages):
        return PlanStatus.INFEASIBLE
    return PlanStatus.FINE
