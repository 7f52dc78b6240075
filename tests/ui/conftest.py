"""Stages for the views: a planned mission, one without a plan, one without stations."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st

from planner.intake.new import new_mission
from planner.workspace.workspace import Workspace
from tests.ui.simulating import BESIDE, GRID, compute, order
from tests.ui.stage import ADMIN, IDLE, Stage, opened, write_home


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    Stage.user = ADMIN
    # A view runs as the main module; processes that later tests start would begin with it.
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
    st.cache_resource.clear()


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Workspace]:
    """Stand the small good plan on the stage, as revision 1."""
    write_home(tmp_path)
    with opened(tmp_path) as space:
        Stage.workspace = space
        yield space


@pytest.fixture
def unplanned(tmp_path: Path) -> Iterator[Workspace]:
    """Stand a mission on the stage that could be planned, and is not yet."""
    (write_home(tmp_path) / "plan.json").unlink()
    with opened(tmp_path) as space:
        Stage.workspace = space
        yield space


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Workspace]:
    """Stand a new mission on the stage: a mission.toml and nothing else."""
    new_mission(tmp_path / "bare", "GE", date(2024, 10, 26))
    with opened(tmp_path) as space:
        Stage.workspace = space
        yield space


@pytest.fixture
def idle(planned: Workspace) -> Workspace:
    """Return the planned mission; runs wait until the test computes them."""
    planned.simulations.command = IDLE
    return planned


@pytest.fixture
def compared(idle: Workspace) -> tuple[Workspace, str]:
    """Give the mission a run of three scenarios, one of which cannot be."""
    run = order(idle, design=BESIDE)
    compute(idle)
    return idle, run


@pytest.fixture
def curved(idle: Workspace) -> tuple[Workspace, str]:
    """Give the mission a run of a grid with two seeds."""
    run = order(idle, design=GRID)
    compute(idle)
    return idle, run
