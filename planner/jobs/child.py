"""The warm worker process, as its service sees it: orders go in, events come out."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from planner.jobs.messages import EVENTS, Event, Order
from planner.jobs.process import mark
from planner.jobs.record import ProcessMark

COMMAND = (sys.executable, "-m", "planner.worker")


class Child:
    """A worker process behind two one-way pipes.

    A fresh interpreter rather than a fork or ``multiprocessing``: a web server has threads, and
    its ``__main__`` is not one to be imported again. When the service's process ends for whatever
    reason, the pipe of orders closes and the worker finishes with the best plan so far.

    Parameters
    ----------
    log
        File that takes what the worker and its engines print.
    command
        How to start it.
    """

    def __init__(self, log: Path, command: tuple[str, ...] = COMMAND) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as printed:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=printed
            )
        self.mark: ProcessMark = mark(self._process.pid)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def tell(self, order: Order) -> bool:
        """Send an order; False if nobody is there to hear it. Never waits: orders are short."""
        if self._process.stdin is None:
            return False
        try:
            self._process.stdin.write(order.model_dump_json().encode() + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def events(self) -> Iterator[Event]:
        """Yield what the worker says until its pipe closes; a broken last line is left out."""
        if self._process.stdout is None:
            return
        for line in self._process.stdout:
            with contextlib.suppress(ValidationError):
                yield EVENTS.validate_json(line)

    def leave(self) -> None:
        """Close the pipe of orders: the worker finishes what it does, and ends."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def end(self, patience_s: float) -> int:
        """Wait for the end, kill it after ``patience_s`` seconds; return the exit code."""
        self.leave()
        try:
            code = self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        return code

    def drop(self) -> None:
        """Close the pipe of events, once nobody reads it any more."""
        if self._process.stdout is not None:
            self._process.stdout.close()
