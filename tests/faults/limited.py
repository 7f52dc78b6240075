"""The command line, the worker or a store under a real limit, or killed at a chosen moment.

``python -m tests.faults.limited ORDER WHAT…`` with an order of :class:`Order` as JSON, and ``cli``
with its words, ``worker``, or ``store`` with a file.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120


@dataclass(frozen=True)
class Order:
    """What a process has to bear.

    Parameters
    ----------
    file_bytes
        Largest file that it may write, None: any. The system refuses a longer one as it refuses
        to write to a full disk.
    memory_bytes
        Address space that it may have, None: any.
    spare_bytes
        Address space that it may have beyond what it has when the first stage begins.
    die
        Moment of death: ``half`` a file is written, it is ``whole`` but not yet in its place, or
        it has just been ``placed``.
    name
        Name of the file that ``die`` is about.
    """

    file_bytes: int | None = None
    memory_bytes: int | None = None
    spare_bytes: int | None = None
    die: str = ""
    name: str = "plan.json"


def command(order: Order, *what: str) -> list[str]:
    """Return the command of a limited process; its working directory is ``ROOT``."""
    return [sys.executable, "-m", "tests.faults.limited", json.dumps(asdict(order)), *what]


def run(order: Order, *what: str) -> "subprocess.CompletedProcess[str]":
    """Run a limited process to its end; what it prints is caught."""
    return subprocess.run(
        command(order, *what),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def _bear(order: Order) -> None:
    if order.spare_bytes is not None:
        _limit_when_stages_begin(order.spare_bytes)
    if order.memory_bytes is not None:
        _limit(resource.RLIMIT_AS, order.memory_bytes)
    if order.file_bytes is not None:
        _limit(resource.RLIMIT_FSIZE, order.file_bytes)
    if order.die:
        _die_at(order.die, order.name)


def _limit_when_stages_begin(spare_bytes: int) -> None:
    from planner import planning  # noqa: PLC0415 - only here

    make = planning.make

    def short(*words: Any, **named: Any) -> Any:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + spare_bytes)
        return make(*words, **named)

    planning.make = short  # whoever imports it from now on gets the short one
    from planner.worker.loop import ENGINES  # noqa: PLC0415 - after the change

    for name in ENGINES:
        importlib.import_module(name)


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _die_at(moment: str, name: str) -> None:
    """Let the process be killed, as by the system, while it writes the file called ``name``."""
    write, replace = Path.write_bytes, Path.replace

    def half(path: Path, content: bytes) -> int:
        if path.name != name or moment != "half":
            return write(path, content)
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def placed(path: Path, target: Any) -> Path:
        if path.name == name and moment == "whole":
            os.kill(os.getpid(), signal.SIGKILL)
        found = replace(path, target)
        if path.name == name and moment == "placed":
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    Path.write_bytes, Path.replace = half, placed  # type: ignore[method-assign,assignment]


def _save_until_full(path: Path) -> None:
    """Save revisions until the store cannot take more; say each number, then the error's code."""
    from planner.errors import PlannerError  # noqa: PLC0415
    from tests.store.made import MISSION, PLANNER, opened, plan  # noqa: PLC0415

    store, head = opened(path), None
    try:
        for number in range(1_000):
            head = store.revisions.save(
                PLANNER, MISSION, plan(number), expected_head=head, reason="steady"
            ).number
            sys.stdout.write(f"{head}\n")
            sys.stdout.flush()
    except PlannerError as error:
        sys.stdout.write(f"{error.code} {error.remedy}\n")


def main() -> None:
    """Do what the command line says, within its limits."""
    order, what, words = Order(**json.loads(sys.argv[1])), sys.argv[2], sys.argv[3:]
    _bear(order)
    if what == "store":
        _save_until_full(Path(words[0]))
    elif what == "worker":
        from planner.worker.loop import main as work  # noqa: PLC0415

        work()
    else:
        sys.argv = ["mission-planner", *words]
        from planner.cli.main import main as plan  # noqa: PLC0415

        plan()


if __name__ == "__main__":
    main()
