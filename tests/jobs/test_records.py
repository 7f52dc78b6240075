"""Records, liveness and recovery without a worker that plans."""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.jobs import JobFault, JobRecord, JobRequest, JobService, JobState
from planner.jobs.files import JobFiles
from planner.jobs.process import alive, mark
from planner.jobs.record import JobResult, ProcessMark

Start = Callable[..., JobService]
Wait = Callable[[JobService, str], list[JobRecord]]
NOW = datetime(2024, 10, 1, 12, tzinfo=UTC)
DEAD = ProcessMark(pid=1, start=-1)
MUTE = (sys.executable, "-c", "import sys; sys.stdin.read()")
GONE = (sys.executable, "-c", "")


def record(job: str, state: JobState, **named: object) -> JobRecord:
    request = JobRequest(mission_folder="mission", output="plan.json")
    values = {"id": job, "request": request, "state": state, "submitted_at": NOW, "owner": DEAD}
    return JobRecord.model_validate(values | named)


def test_a_process_is_known_by_pid_and_start():
    own = mark()
    assert alive(own) is not False
    if own.start is not None:
        assert alive(own.model_copy(update={"start": own.start + 1})) is False


@pytest.mark.parametrize("job", ["", "../x", "a/b", "-x", "x" * 65, "a\n"])
def test_an_id_that_is_no_file_name_is_refused(job: str, tmp_path: Path, start: Start):
    service = start(tmp_path, command=MUTE)
    for use in (service.get, service.cancel, service.restart):
        with pytest.raises(PlannerError) as refused:
            use(job)
        assert refused.value.code == "JOB-ID"


def test_unknown_and_broken_jobs_are_told(tmp_path: Path, start: Start):
    service = start(tmp_path, command=MUTE)
    (tmp_path / "torn.job.json").write_text('{"id": "to')
    for job, code in (("none", "JOB-NONE"), ("torn", "JOB-FILE")):
        with pytest.raises(PlannerError) as refused:
            service.get(job)
        assert refused.value.code == code
    assert service.list() == ()


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.CANCELLING])
def test_a_job_of_a_dead_server_is_lost_or_gets_the_result_left(
    state: JobState, tmp_path: Path, start: Start
):
    files = JobFiles(tmp_path)
    for job in ("lost", "left", "old"):
        files.create(record(job, state, worker=DEAD, attempt=2))
    fault = JobFault(code="IN-INPUT", message="no station", remedy="bring them in")
    files.leave(JobResult(job="left", attempt=2, fault=fault))
    files.leave(JobResult(job="old", attempt=1, fault=fault))
    service = start(tmp_path, clock=lambda: NOW, command=MUTE)
    assert service.get("lost").state is JobState.LOST
    assert service.get("left").fault == fault
    assert service.get("left").state is JobState.FAILED
    assert service.get("old").state is JobState.LOST, (
        "a result of an earlier attempt is not its own"
    )


def test_a_worker_that_cannot_start_loses_the_job_and_not_the_service(
    tmp_path: Path, start: Start, ended: Wait
):
    service = start(tmp_path, command=GONE)
    request = JobRequest(mission_folder="mission", output="plan.json")
    assert ended(service, service.submit(request).id)[-1].state is JobState.LOST
    other = start(tmp_path / "other", command=("/no/such/program",))
    assert ended(other, other.submit(request).id)[-1].state is JobState.LOST


def test_one_id_from_many_threads_is_one_job(tmp_path: Path, start: Start):
    service = start(tmp_path, command=MUTE)
    request = JobRequest(mission_folder="mission", output="plan.json")
    said: list[str] = []

    def submit() -> None:
        try:
            said.append(service.submit(request, "same").id)
        except PlannerError as error:
            said.append(error.code)

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(said) == ["JOB-EXISTS"] * 7 + ["same"]
