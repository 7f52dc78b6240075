"""Starts the worker on the pipes that its service gave it as standard input and output."""

from planner.worker.loop import main

main()
