"""A real Dask scheduler and real workers on this machine, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


@dataclass
class Cluster:
    """A scheduler with workers; workers are not started again when they die."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    start: Callable[..., "subprocess.Popen[bytes]"]
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def add(self) -> None:
        """Start one more worker; it joins when it is ready."""
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(self.start("worker", self.address, *options))

    def kill(self, number: int) -> None:
        """End one worker as the kernel would for want of memory."""
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()


@contextmanager
def cluster(folder: Path, workers: int = 2, **env: str) -> Iterator[Cluster]:
    """Start a scheduler and workers on loopback, on free ports and without a dashboard."""
    folder.mkdir(parents=True)
    told = folder / "scheduler.json"
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)} | env
    log = (folder / "log.txt").open("wb")

    def start(*words: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )

    options = ("--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    made = Cluster("", start("scheduler", *options), start)
    try:
        made.address = _address(told)
        for _ in range(workers):
            made.add()
        with Client(made.address, timeout=PATIENCE_S, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=PATIENCE_S)
        yield made
    finally:
        for process in (*made.workers, made.scheduler):
            process.kill()
            process.wait()
        log.close()


def _address(told: Path) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            return str(json.loads(told.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError("no scheduler: " + told.with_name("log.txt").read_text(encoding="utf-8"))
