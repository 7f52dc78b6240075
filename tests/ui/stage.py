"""A small real workspace for the views: its store, its files, and a worker that is never needed."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streamlit.testing.v1 import AppTest

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.export.document import write_plan
from planner.intake.folder import load_mission
from planner.intake.write import write_decisions
from planner.jobs import JobService
from planner.store.access import Role, User
from planner.workspace.open import open_workspace
from planner.workspace.workspace import Workspace
from tests.good_plan import good_mission, good_plan
from tests.mission_folder import write_folder
from ui.state import Page

ADMIN = User("Ada", Role.ADMIN)
PLANNER = User("Pia", Role.PLANNER)
VIEWER = User("Vic", Role.VIEWER)
IDLE = ("true",)
"""A worker command that ends at once: no view may need one to be drawn."""


class Stage:
    """What the script of an ``AppTest`` draws: set by the test, read by the script."""

    workspace: Workspace
    user: User = ADMIN


def page() -> Page:
    """Return the page of the stage's mission with its newest plan."""
    space, user = Stage.workspace, Stage.user
    folder = space.missions(ADMIN)[0]
    head = space.store.missions.get(ADMIN, folder.id).head
    return Page(space, user, folder, head, head)


def script(name: str) -> None:
    """Draw one view; runs as a script of its own."""
    from tests.ui import stage  # noqa: PLC0415 - runs as a script of its own
    from ui.access import current_user  # noqa: PLC0415 - as above
    from ui.app import render  # noqa: PLC0415 - as above

    current_user(stage.Stage.workspace.store)  # as the router does; a deed asks again
    render(name, stage.page())


def draw(name: str, **query: str) -> AppTest:
    """Run a view and return what it shows."""
    test = AppTest.from_function(script, default_timeout=60, kwargs={"name": name})
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()


def write_home(home: Path, mission: MissionInput | None = None, plan: Plan | None = None) -> Path:
    """Write a mission folder with its plan; return it."""
    given = mission or good_mission()
    folder = write_folder(given, home / "good")
    if given.decisions:
        write_decisions(given.decisions, folder / "decisions.toml", "# Decisions")
    loaded = load_mission(folder).mission_input
    made = plan or good_plan()
    provenance = made.provenance.model_copy(update={"input_hash": loaded.input_hash})
    write_plan(made.model_copy(update={"provenance": provenance}), folder / "plan.json")
    return folder


@contextmanager
def opened(home: Path) -> Iterator[Workspace]:
    """Open a workspace with a steady clock, and close it afterwards."""
    ticks, ids = itertools.count(), itertools.count(1)
    start = datetime(2022, 10, 1, tzinfo=UTC)
    space = open_workspace(
        home,
        clock=lambda: start + timedelta(seconds=next(ticks)),
        new_id=lambda: f"id{next(ids):04d}",
        service=lambda folder: JobService(folder, command=IDLE),
    )
    try:
        yield space
    finally:
        space.service.close(0)
        space.store.close()
