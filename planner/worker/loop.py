"""The worker's life: load the engines, take jobs one at a time, end with the service."""

import importlib
import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from planner.errors import PlannerError
from planner.jobs.files import JobFiles
from planner.jobs.messages import ORDERS, Cancel, Ended, Ready, Start
from planner.memory import require_memory
from planner.worker.job import do
from planner.worker.voice import Voice

ENGINES = (
    "pyvrp",
    "rustworkx",
    "scipy.optimize",
    "planner.intake.folder",
    "planner.optimizer.pipeline",
    "planner.optimizer.areas",
    "planner.optimizer.allocation",
    "planner.optimizer.pairing",
    "planner.optimizer.sampling",
    "planner.optimizer.days",
    "planner.referee",
    "planner.travel",
)
"""Imported while nobody waits; together they cost some seconds."""


class Orders:
    """The pipe of orders, read by a thread of its own so that a cancel is heard during a job.

    Parameters
    ----------
    pipe
        JSON documents, one a line. When it closes, the service is gone: the job at hand ends with
        the best plan so far, and those behind it are left to the next service.
    """

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._jobs: queue.SimpleQueue[tuple[Start, threading.Event] | None] = queue.SimpleQueue()
        self._stops: dict[tuple[str, int], threading.Event] = {}
        self._thread = threading.Thread(target=self._read, name="orders", daemon=True)
        self._thread.start()

    @property
    def nothing_comes(self) -> bool:
        """Whether the pipe has closed and no job ever came out of it."""
        return not self._thread.is_alive() and not self._stops

    def next(self) -> tuple[Start, threading.Event] | None:
        """Wait for the next job and its wish to stop; None when there will be no more."""
        return self._jobs.get()

    def _read(self) -> None:
        for line in self._pipe:
            try:
                order = ORDERS.validate_json(line)
            except ValidationError as fault:
                sys.stderr.write(f"not an order: {fault}\n")
                continue
            if isinstance(order, Cancel):
                stop = self._stops.get((order.job, order.attempt))
                if stop is not None:
                    stop.set()
            else:
                stop = self._stops[order.job, order.attempt] = threading.Event()
                self._jobs.put((order, stop))
        for stop in list(self._stops.values()):
            stop.set()
        self._jobs.put(None)


def serve(orders: BinaryIO, events: BinaryIO) -> None:
    """Do the jobs that come in, until the pipe of orders closes."""
    voice = Voice(events)
    queue_of_jobs = Orders(orders)
    if not _load(queue_of_jobs):
        return
    voice.say(Ready())
    while (job := queue_of_jobs.next()) is not None:
        order, stop = job
        try:
            JobFiles(Path(order.folder)).leave(do(order, voice, stop))
        except PlannerError as error:
            # The service sees that there is no result, and says so in the record.
            sys.stderr.write(f"{error.code}: {error.message}\n")
        voice.say(Ended(job=order.job))


def _load(queue_of_jobs: Orders) -> bool:
    """Load the engines ahead of the first job; False if no job will ever come.

    Without the memory for them they are left alone: the job that needs them says so.
    """
    try:
        require_memory()
        for name in ENGINES:
            if queue_of_jobs.nothing_comes:
                return False
            importlib.import_module(name)
    except (PlannerError, MemoryError, ImportError) as error:
        sys.stderr.write(f"engines not loaded ahead: {error}\n")
    return True


def main() -> None:
    """Serve on standard input and output.

    Engines print to standard output as they like; it is given to standard error, and events get a
    descriptor of their own. Ctrl-C in the server's terminal reaches the worker too: it is the
    server's to decide what becomes of the job.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    private = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with os.fdopen(private, "wb") as events:
        serve(sys.stdin.buffer, events)
        # The thread that reads orders may be inside a read; at exit it must not hold the buffer.
        events.flush()
        sys.stderr.flush()
    os._exit(0)
