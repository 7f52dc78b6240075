"""The command line: ``mission-planner``."""

from planner.cli.main import main

__all__ = ["main"]
