"""The server is killed in the middle of a job: the next one finds the job and its plan."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.jobs import JobRecord, JobRequest, JobService, JobState
from planner.jobs.process import alive, mark

SERVER = """
import sys, time
from pathlib import Path
from planner.jobs import JobRequest, JobService
service = JobService(Path(sys.argv[1]))
request = JobRequest.model_validate_json(sys.argv[2])
service.submit(request, "first")
service.submit(request, "second")
next(r for r in service.watch("first") if r.state == "running")
print("running", flush=True)
time.sleep(300)
"""
MUTE = (sys.executable, "-c", "import sys; sys.stdin.read()")


@pytest.mark.skipif(alive(mark()) is None, reason="the system does not tell which processes live")
def test_the_worker_of_a_killed_server_leaves_its_best_plan(
    tmp_path: Path,
    start: Callable[..., JobService],
    ended: Callable[[JobService, str], list[JobRecord]],
    request_for: Callable[..., JobRequest],
):
    jobs = tmp_path / "jobs"
    request = request_for(seconds=300).model_dump_json()
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(jobs), request], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"running\n"
        server.kill()
    service = start(jobs, command=MUTE)
    # The worker still writes its plan; the job is its own until then.
    assert service.get("first").state in {JobState.RUNNING, JobState.CANCELLED}
    record = ended(service, "first")[-1]
    assert record.state is JobState.CANCELLED
    assert record.outcome is not None
    assert record.outcome.hard_findings == ()
    assert (tmp_path / "plan.json").exists()
    assert service.get("second").owner == mark(), "the queue is taken over"
    assert record.worker is not None
    until = time.monotonic() + 30
    while alive(record.worker) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive(record.worker), "no worker is left behind"
