"""A task that kills its worker: once, leaving a mark, or always; only for three pairs of three."""

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

from planner.sweep.task import SweepTask, TaskResult, run_task


def deadly_task(task: SweepTask) -> TaskResult:
    scenario = json.loads(task.scenario)
    where = os.environ["DEADLY"]
    if scenario["staffing"]["sto_pairs"] == 3 and scenario["delivery"]["rate"] == 1:
        if where == "always":
            os.kill(os.getpid(), signal.SIGKILL)
        if not Path(where).exists():
            Path(where).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


def deadly_remote(task: SweepTask, archive: bytes, _wanted: str) -> TaskResult:
    return deadly_task(replace(task, source=replace(task.source, archive=archive)))
