"""Workspaces on the small good mission, with the real job service."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.jobs import JobService
from planner.workspace.open import open_workspace
from planner.workspace.workspace import Workspace
from tests.ui.stage import IDLE, write_home

Open = Callable[..., Workspace]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with the planned good mission in it."""
    write_home(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def open_home() -> Iterator[Open]:
    """Open workspaces that are closed at the end; ``real`` gives one a real worker."""
    found: list[Workspace] = []
    ids = itertools.count(1)
    ticks = itertools.count()
    start = datetime(2022, 10, 1, tzinfo=UTC)

    def begin(path: Path, *, real: bool = False) -> Workspace:
        space = open_workspace(
            path,
            clock=lambda: start + timedelta(seconds=next(ticks)),
            new_id=lambda: f"id{next(ids):04d}",
            service=JobService if real else lambda folder: JobService(folder, command=IDLE),
        )
        found.append(space)
        return space

    yield begin
    for space in found:
        space.service.close(30)
        space.store.close()
