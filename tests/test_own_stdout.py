"""What a library prints by itself never comes between what the program prints."""

import subprocess
import sys

PRINTS = """
import ctypes, sys
from planner.own_stdout import own_stdout
print("before")
own_stdout()
library = ctypes.CDLL(None)
library.puts(b"an engine's line")
print("after", "ü")
library.puts(b"another")
library.fflush(None)
"""


def _run(script: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)


def test_a_library_prints_to_nowhere() -> None:
    done = _run(PRINTS)
    assert done.stdout.decode().split("\n") == ["before", "after ü", ""]
    assert done.stderr == b""


def test_without_it_the_line_is_there() -> None:
    assert b"an engine's line" in _run(PRINTS.replace("\nown_stdout()", "")).stdout


def test_twice_is_as_once_and_somebody_else_s_output_is_left_alone() -> None:
    done = _run(PRINTS.replace("\nown_stdout()", "\nown_stdout(); own_stdout()"))
    assert done.stdout.decode().split("\n") == ["before", "after ü", ""]
    lent = "import io, sys\nlent = sys.stdout = io.StringIO()\n" + PRINTS
    assert _run(lent + "assert lent.getvalue().split() == ['before', 'after', 'ü']").stderr == b""
