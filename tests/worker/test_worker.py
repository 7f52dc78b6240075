"""The worker's parts: what it tells, what it hears, and that a result always comes out."""

import io
import threading
from pathlib import Path

import pytest

from planner.domain.plan import StageName
from planner.jobs.messages import EVENTS, Cancel, Event, Progressed, Start
from planner.jobs.record import JobRequest
from planner.worker import job as worker_job
from planner.worker.job import do
from planner.worker.loop import Orders
from planner.worker.voice import Telling, Voice


def order(folder: Path) -> Start:
    request = JobRequest(mission_folder=str(folder / "mission"), output=str(folder / "plan.json"))
    return Start(job="j", attempt=1, request=request, folder=str(folder))


def said(pipe: io.BytesIO) -> list[Event]:
    return [EVENTS.validate_json(line) for line in pipe.getvalue().splitlines()]


def test_first_and_last_of_each_stage_are_told():
    pipe = io.BytesIO()
    telling = Telling("j", Voice(pipe), threading.Event())
    for value in range(100):
        telling.report(StageName.AREAS, float(value), 100.0)
    telling.report(StageName.DAYS, None, None)
    telling.over()
    told = [event.progress for event in said(pipe) if isinstance(event, Progressed)]
    areas = [news.incumbent for news in told if news.stage is StageName.AREAS]
    assert (areas[0], areas[-1]) == (0.0, 99.0)
    assert len(areas) < 100
    assert told[-1].stage is StageName.DAYS
    assert told[-1].gap is None
    assert told[0].gap == 1.0


def test_a_closed_pipe_does_not_stop_the_job():
    pipe = io.BytesIO()
    voice = Voice(pipe)
    pipe.close()
    telling = Telling("j", voice, threading.Event())
    telling.report(StageName.AREAS, 1.0, 1.0)
    telling.over()
    assert not voice.heard


def test_a_cancel_reaches_its_own_attempt_only_and_the_end_of_the_pipe_every_job(tmp_path: Path):
    lines = [
        order(tmp_path),
        Cancel(job="j", attempt=2),
        Cancel(job="other", attempt=1),
    ]
    read = io.BytesIO(b"".join(line.model_dump_json().encode() + b"\n" for line in lines))
    orders = Orders(read)
    first = orders.next()
    assert first is not None
    assert orders.next() is None
    assert first[1].is_set(), "the pipe has closed"


def test_what_is_no_order_is_passed_over(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    line = order(tmp_path).model_dump_json().encode()
    orders = Orders(io.BytesIO(b"nonsense\n" + line + b"\n"))
    assert orders.next() is not None
    assert orders.next() is None
    assert "not an order" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("crash", "code"),
    [(RuntimeError("boom"), "PL-BUG"), (MemoryError(), "PL-MEMORY"), (OSError(), "PL-FILE")],
)
def test_a_crash_becomes_a_fault_with_a_remedy_and_its_trace_goes_to_a_log(
    crash: Exception, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise crash

    monkeypatch.setattr(worker_job, "prepare", fail)
    result = do(order(tmp_path), Voice(io.BytesIO()), threading.Event())
    assert result.outcome is None
    assert result.fault is not None
    assert result.fault.code == code
    assert result.fault.remedy
    assert "Traceback" not in result.model_dump_json()
    if code == "PL-BUG":
        assert "boom" in Path(result.fault.log).read_text()
