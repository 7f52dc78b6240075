import os
from collections.abc import Callable
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Return a real file of the shared folder, or skip the test and say why."""

    def find(name: str) -> Path:
        path = Path(os.environ.get("MISSION_PLANNER_SHARED", _DEFAULT)) / name
        if not path.is_file():
            pytest.skip(f"{path} is not here: real data of the shared folder is not in the project")
        return path

    return find
