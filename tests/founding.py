"""The founding mission, planned once for all processes of a test run."""

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import COMMAND

LENT = "MISSION_PLANNER_PLANNED_DEMO"
PATIENCE_S = 600


@pytest.fixture(scope="session")
def founding_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo folder with its plan, as the command line makes them; never change it.

    A folder planned before can be lent with ``MISSION_PLANNER_PLANNED_DEMO``.
    """
    lent = os.environ.get(LENT)
    if lent:
        return Path(lent)
    base = tmp_path_factory.getbasetemp()
    # Processes of one run have a folder each, side by side.
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "founding-mission"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            half = place.with_suffix(".half")
            for words in (("demo", "kazakhstan-2022", str(half)), ("plan", str(half))):
                subprocess.run([*COMMAND, *words], check=True, timeout=PATIENCE_S)
            half.rename(place)
    return place
