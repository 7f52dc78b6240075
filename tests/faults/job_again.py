"""A job that fails under a real limit, and is done again without one."""

from pathlib import Path

from planner.jobs import JobRequest, JobService, JobState
from planner.jobs.record import JobFault
from tests.faults.limited import PATIENCE_S, Order, command


def failed_then_done(home: Path, order: Order) -> JobFault:
    """Let a job fail in a limited worker, with the old plan left whole; then do it again.

    Returns
    -------
    JobFault
        What was said of the failure.
    """
    target = home / "mission" / "plan.json"
    before = target.read_bytes()
    request = JobRequest(mission_folder=str(home / "mission"), output=str(target), seed=2)
    service = JobService(home / "jobs", command=tuple(command(order, "worker")))
    try:
        job = service.submit(request).id
        *_, failed = service.watch(job, PATIENCE_S)
    finally:
        service.close(30)
    assert failed.state in {JobState.FAILED, JobState.LOST}
    assert failed.fault is not None
    assert target.read_bytes() == before
    service = JobService(home / "jobs")
    try:
        service.restart(job)
        *_, done = service.watch(job, PATIENCE_S)
    finally:
        service.close(30)
    assert done.state is JobState.DONE
    assert target.read_bytes() != before
    return failed.fault
