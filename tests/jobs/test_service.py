"""Jobs with the real worker process."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.domain.plan import StageName
from planner.errors import PlannerError
from planner.export.document import load_plan
from planner.intake.folder import load_mission
from planner.jobs import JobRecord, JobRequest, JobService, JobState
from planner.planning import PlanStatus
from planner.referee import check_plan
from planner.travel import make_provider

Start = Callable[..., JobService]
Wait = Callable[[JobService, str], list[JobRecord]]
Running = Callable[[JobService, str], JobRecord]
Ask = Callable[..., JobRequest]


def referee_passes(folder: Path, plan: Path) -> bool:
    mission = load_mission(folder).mission_input
    return check_plan(mission, load_plan(plan), make_provider(mission)).passed


def test_progress_comes_in_order_and_two_jobs_queue(
    tmp_path: Path, folder: Path, start: Start, ended: Wait, request_for: Ask
):
    service = start(tmp_path / "jobs")
    first = service.submit(request_for("one.json"), "one")
    second = service.submit(request_for("two.json"), "two")
    assert (first.state, second.state) == (JobState.QUEUED, JobState.QUEUED)
    seen = ended(service, "one")
    assert [record.state for record in seen if record.state is JobState.RUNNING]
    done = seen[-1]
    assert done.state is JobState.DONE
    assert done.outcome is not None
    assert done.outcome.status is PlanStatus.FINE
    assert done.outcome.counts["openings"] == done.outcome.counts["sto_teams"] > 0
    stages = [news.stage for news in done.progress]
    assert stages == sorted(stages, key=list(StageName).index)
    assert {StageName.AREAS, StageName.PAIRING, StageName.DAYS} <= set(stages)
    elapsed = [news.elapsed_s for news in done.progress]
    assert elapsed == sorted(elapsed)
    assert all(news.gap is None or news.gap >= 0 for news in done.progress)
    after = ended(service, "two")[-1]
    assert after.state is JobState.DONE
    assert after.started_at is not None
    assert done.ended_at is not None
    assert after.started_at >= done.ended_at
    assert after.worker == done.worker, "the worker stays warm"
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert referee_passes(folder, tmp_path / "one.json")
    assert [record.id for record in service.list()] == ["one", "two"]
    # After the end nothing moves and nothing waits.
    began = time.monotonic()
    assert service.cancel("one") == service.cancel("one") == done
    assert time.monotonic() - began < 5
    with pytest.raises(PlannerError) as taken:
        service.submit(request_for(), "one")
    assert taken.value.code == "JOB-EXISTS"
    # A page that comes back to another server finds the job by its id.
    service.close(30)
    assert start(tmp_path / "jobs").get("one") == done


def test_cancel_keeps_a_plan_that_the_referee_passes(
    tmp_path: Path, folder: Path, start: Start, ended: Wait, running: Running, request_for: Ask
):
    service = start(tmp_path / "jobs")
    job = service.submit(request_for(seconds=300)).id
    running(service, job)
    assert service.cancel(job).state is JobState.CANCELLING
    assert service.cancel(job).state is JobState.CANCELLING
    last = ended(service, job)[-1]
    assert last.state is JobState.CANCELLED
    assert last.outcome is not None
    assert last.outcome.hard_findings == ()
    assert referee_passes(folder, tmp_path / "plan.json")


def test_a_queued_job_is_cancelled_without_being_begun(
    tmp_path: Path, start: Start, ended: Wait, request_for: Ask
):
    service = start(tmp_path / "jobs")
    first = service.submit(request_for("one.json")).id
    second = service.submit(request_for("two.json")).id
    assert service.cancel(second).state is JobState.CANCELLED
    service.cancel(first)
    ended(service, first)
    assert service.get(second).started_at is None
    assert not (tmp_path / "two.json").exists()


def test_a_killed_worker_is_told_and_the_job_restarts(
    tmp_path: Path, start: Start, ended: Wait, running: Running, request_for: Ask
):
    service = start(tmp_path / "jobs")
    job = service.submit(request_for()).id
    worker = running(service, job).worker
    assert worker is not None
    with pytest.raises(PlannerError) as active:
        service.restart(job)
    assert active.value.code == "JOB-ACTIVE"
    os.kill(worker.pid, signal.SIGKILL)
    lost = ended(service, job)[-1]
    assert lost.state is JobState.LOST
    assert lost.fault is not None
    assert "restart" in lost.fault.remedy
    assert service.cancel(job) == lost
    again = service.restart(job)
    assert (again.state, again.attempt, again.fault) == (JobState.QUEUED, 2, None)
    done = ended(service, job)[-1]
    assert done.state is JobState.DONE
    assert done.worker != worker


def test_an_unreadable_mission_fails_with_its_findings_and_the_worker_lives_on(
    tmp_path: Path, folder: Path, start: Start, ended: Wait, request_for: Ask
):
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in folder.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    (broken / "stations.csv").write_text("id,name\nS1,School\n")
    service = start(tmp_path / "jobs")
    bad = service.submit(request_for("bad.json", mission_folder=str(broken))).id
    nowhere = service.submit(request_for("no.json", mission_folder=str(tmp_path / "nowhere"))).id
    record = ended(service, bad)[-1]
    assert record.state is JobState.FAILED
    assert record.fault is not None
    assert (record.fault.code, record.fault.log) == ("IN-INPUT", "")
    assert record.fault.findings
    assert record.fault.remedy
    assert "Traceback" not in record.model_dump_json()
    other = ended(service, nowhere)[-1]
    assert other.fault is not None
    assert "nowhere" in other.fault.message
    assert other.worker == record.worker


def test_the_end_of_the_service_keeps_the_best_plan_and_the_queue(
    tmp_path: Path, start: Start, ended: Wait, running: Running, request_for: Ask
):
    service = start(tmp_path / "jobs")
    first = service.submit(request_for("one.json", seconds=300)).id
    second = service.submit(request_for("two.json")).id
    running(service, first)
    service.close(60)
    assert service.get(first).state is JobState.CANCELLED
    assert (tmp_path / "one.json").exists()
    with pytest.raises(PlannerError) as closed:
        service.submit(request_for())
    assert closed.value.code == "JOB-CLOSED"
    # The owner of the queued job is this very process, which lives: as after a crash, it is not.
    path = tmp_path / "jobs" / f"{second}.job.json"
    left = JobRecord.model_validate_json(path.read_bytes())
    dead = left.owner.model_copy(update={"start": 1})
    path.write_text(left.model_copy(update={"owner": dead}).model_dump_json())
    assert ended(start(tmp_path / "jobs"), second)[-1].state is JobState.DONE
