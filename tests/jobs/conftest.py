"""A small mission folder, and services whose workers never outlive a test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.jobs import JobRecord, JobRequest, JobService, JobState
from tests.good_plan import good_mission
from tests.mission_folder import write_folder

PATIENCE_S = 120


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(good_mission(), tmp_path_factory.mktemp("jobs") / "mission")


@pytest.fixture
def start() -> Iterator[Callable[..., JobService]]:
    services = []

    def begin(*words: object, **named: object) -> JobService:
        service = JobService(*words, **named)  # type: ignore[arg-type]
        services.append(service)
        return service

    yield begin
    for service in services:
        service.close(30)


@pytest.fixture
def ended() -> Callable[[JobService, str], list[JobRecord]]:
    """Watch a job to its end; fail if it does not come."""

    def wait(service: JobService, job: str) -> list[JobRecord]:
        seen = list(service.watch(job, PATIENCE_S))
        assert seen[-1].state.ended, seen[-1]
        return seen

    return wait


@pytest.fixture
def running() -> Callable[[JobService, str], JobRecord]:
    """Wait until a worker has a job."""

    def wait(service: JobService, job: str) -> JobRecord:
        for record in service.watch(job, PATIENCE_S):
            if record.state is not JobState.QUEUED:
                return record
        pytest.fail(f"job {job} was never begun")

    return wait


@pytest.fixture
def request_for(folder: Path, tmp_path: Path) -> Callable[..., JobRequest]:
    def make(name: str = "plan.json", **named: object) -> JobRequest:
        values = {"mission_folder": str(folder), "output": str(tmp_path / name)} | named
        return JobRequest.model_validate(values)

    return make
