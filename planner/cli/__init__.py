"""The command line: ``mission-planner``."""

import sys


def main() -> None:
    """Run the command line; also Ctrl-C while it is still being loaded ends in words."""
    try:
        from planner.cli.main import main as run  # noqa: PLC0415 - loading takes a moment

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing was changed.\n")
        sys.exit(4)
