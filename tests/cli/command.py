"""The command line as a user calls it, in this very environment."""

import subprocess
import sys

COMMAND = [sys.executable, "-c", "from planner.cli import main; main()"]


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command with its words; whatever it says is kept apart by stream."""
    return subprocess.run(
        [*COMMAND, *(str(word) for word in words)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
