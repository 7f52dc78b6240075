"""Which process is this, and is it still there."""

import os
from pathlib import Path

from planner.jobs.record import ProcessMark

PROC = Path("/proc")
STATE_FIELD = 0
START_FIELD = 19
"""Fields of ``/proc/PID/stat`` after the name in parentheses (proc(5): state is field 3, start
time in clock ticks after boot field 22)."""


def mark(pid: int | None = None) -> ProcessMark:
    """Return the mark of a process, by default of this one."""
    pid = os.getpid() if pid is None else pid
    fields = _fields(pid)
    return ProcessMark(pid=pid, start=int(fields[START_FIELD]) if fields else None)


def alive(process: ProcessMark) -> bool | None:
    """Say whether a process still runs; None where the system does not tell (no ``/proc``)."""
    if not (PROC / "self" / "stat").exists():
        return None
    fields = _fields(process.pid)
    if not fields or fields[STATE_FIELD] in {"Z", "X"}:
        return False
    return process.start is None or int(fields[START_FIELD]) == process.start


def _fields(pid: int) -> list[str]:
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
