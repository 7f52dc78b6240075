"""One job from order to result; whatever happens, a result comes out."""

import threading
import traceback
from pathlib import Path

from planner.errors import InputError, PlannerError
from planner.jobs.files import JobFiles
from planner.jobs.messages import Start
from planner.jobs.record import JobFault, JobOutcome, JobResult
from planner.memory import out_of_memory, require_memory
from planner.planning import COUNTS, Planned, conclude, known_repairs, make, prepare, repairs
from planner.worker.voice import Telling, Voice


def do(order: Start, voice: Voice, stop: threading.Event) -> JobResult:
    """Plan, check and write; return the outcome, or the fault with its remedy."""
    progress = Telling(order.job, voice, stop)
    try:
        return _result(order, outcome=_plan(order, progress))
    except Exception as error:  # noqa: BLE001 - the last line: nobody sees a traceback
        return _result(order, fault=_fault(order, error))
    finally:
        progress.over()


def _fault(order: Start, error: Exception) -> JobFault:
    """Say what went wrong; the trace of what nobody foresaw goes to a log, never to the user."""
    if isinstance(error, PlannerError):
        return _told(error)
    if out_of_memory(error):
        return JobFault(
            code="PL-MEMORY",
            message="there is not enough memory for this mission",
            remedy="close other programs, or plan fewer stations at a time",
        )
    if isinstance(error, OSError):
        return JobFault(
            code="PL-FILE",
            message=f"{error.filename or 'a file'}: {error.strerror or error}",
            remedy="check the path and the space on the disk, and restart the job",
        )
    return _crashed(order, "".join(traceback.format_exception(error)))


def _plan(order: Start, progress: Telling) -> JobOutcome:
    request = order.request
    earlier = Path(request.earlier) if request.earlier else None
    earlier_folder = Path(request.earlier_folder) if request.earlier_folder else None
    require_memory()
    prepared = prepare(Path(request.mission_folder), earlier, earlier_folder)
    made = make(
        prepared,
        progress,
        seed=request.seed,
        seconds=request.seconds,
        stages=request.stages,
        stability=request.stability,
        quick=request.quick,
    )
    # Asked here and not later: a wish that comes while the finished plan is judged changes nothing.
    cancelled = progress.cancelled
    done = _outcome(conclude(prepared, made, Path(request.output)), cancelled=cancelled)
    if not request.quick or cancelled:
        return done
    try:
        known = known_repairs(
            made,
            stability=request.stability,
            seconds=request.seconds,
            stages=request.stages,
        )
        others = repairs(prepared, progress, seed=request.seed, made=known)
    except Exception as error:  # noqa: BLE001 - the plan is written; its frontier is an extra
        return done.model_copy(update={"frontier_fault": _fault(order, error)})
    # A repair that was cut short says nothing of its stability.
    return done if progress.cancelled else done.model_copy(update={"frontier": others})


def _outcome(done: Planned, *, cancelled: bool) -> JobOutcome:
    return JobOutcome(
        status=done.status,
        plan=str(done.path),
        cancelled=cancelled,
        wall_s=round(done.wall_s, 3),
        stages=tuple(
            stage.model_copy(update={"wall_s": round(done.stage_wall_s.get(stage.name, 0.0), 3)})
            for stage in done.plan.stages
        ),
        counts={name: int(done.plan.kpis.get(name, 0)) for name in COUNTS},
        hard_findings=done.verdict.hard,
        soft_findings=done.verdict.soft,
        unassigned=len(done.plan.unassigned),
        points=done.points,
    )


def _told(error: PlannerError) -> JobFault:
    findings = error.findings if isinstance(error, InputError) else ()
    return JobFault(code=error.code, message=error.message, remedy=error.remedy, findings=findings)


def _crashed(order: Start, trace: str) -> JobFault:
    path = JobFiles(Path(order.folder)).trace(order.job)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"job {order.job}, attempt {order.attempt}\n{trace}\n")
    except OSError as full:
        return JobFault(
            code="PL-BUG",
            message="something went wrong that should not",
            remedy=f"free some space ({path}: {full.strerror}), and restart the job",
        )
    return JobFault(
        code="PL-BUG",
        message="something went wrong that should not",
        remedy=f"restart the job; if it happens again, report it with {path}",
        log=str(path),
    )


def _result(
    order: Start, outcome: JobOutcome | None = None, fault: JobFault | None = None
) -> JobResult:
    return JobResult(job=order.job, attempt=order.attempt, outcome=outcome, fault=fault)
