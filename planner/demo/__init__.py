"""Demonstration missions: real outlines and counts, synthetic stations and people."""

from pathlib import Path

from planner.demo.kazakhstan import write_kazakhstan_2022
from planner.errors import PlannerError

DEMOS = {"kazakhstan-2022": write_kazakhstan_2022}
"""Writers of the demo missions by name."""


def write_demo(name: str, folder: Path, seed: int = 2022) -> None:
    """Write the mission folder of a demonstration.

    Parameters
    ----------
    name
        One of :data:`DEMOS`.
    folder
        Folder to write into; it is created, and files of the same names are replaced.
    seed
        Seed of everything synthetic: the same seed gives the same bytes.

    Raises
    ------
    PlannerError
        ``DE-NAME`` for an unknown demo, ``DE-FOLDER`` where nothing can be written.
    """
    if name not in DEMOS:
        known = ", ".join(sorted(DEMOS))
        raise PlannerError("DE-NAME", f"no demo mission is called {name!r}", f"use one of: {known}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        DEMOS[name](folder, seed)
    except OSError as error:
        reason = f"{folder}: the demo cannot be written ({error.strerror or error})"
        raise PlannerError("DE-FOLDER", reason, "choose a folder that you may write to") from error
