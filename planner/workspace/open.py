"""Open a workspace: the one entrance."""

from collections.abc import Callable
from pathlib import Path

from planner.errors import PlannerError
from planner.jobs import JobService
from planner.store.access import Access
from planner.store.context import Clock, NewId
from planner.store.open import open_store
from planner.store.records import Revision
from planner.workspace.decision_desk import DecisionDesk
from planner.workspace.folder_desk import FolderDesk
from planner.workspace.home import Home
from planner.workspace.recorder import SYSTEM, Recorder
from planner.workspace.scenarios import RUNNER, Simulations
from planner.workspace.simulation_files import RunFiles
from planner.workspace.spool import Spool
from planner.workspace.workspace import Workspace

STORE_FILE = "store.sqlite"


def open_workspace(
    home: Path,
    *,
    clock: Clock,
    new_id: NewId,
    service: Callable[[Path], JobService] = JobService,
    access: Access | None = None,
    runner: tuple[str, ...] = RUNNER,
) -> Workspace:
    """Open the workspace of a home folder; make its store where there is none.

    Jobs that an earlier server has left are taken up again.

    Parameters
    ----------
    home
        A mission folder, or a folder of mission folders.
    clock, new_id
        Where instants (with offset) and ids come from.
    service
        Makes the job service on its folder.
    access
        The guard; the plain one by default.
    runner
        How to start the process that computes scenarios.

    Raises
    ------
    PlannerError
        ``WS-FOLDER``; what :func:`planner.store.open.open_store` says.
    """
    place = Home(home)
    place.missions()
    try:
        place.state.mkdir(exist_ok=True)
    except OSError as fault:
        raise PlannerError(
            "WS-WRITE",
            f"{place.state} cannot be made: {fault.strerror or fault}",
            "give your account the right to write in the folder of the missions",
        ) from fault
    guard = access or Access()
    store = open_store(place.state / STORE_FILE, clock=clock, new_id=new_id, access=guard)
    spool = Spool(place.state, store)
    jobs = service(spool.jobs)

    def saved(revision: Revision) -> None:
        found.publish(revision)

    desk = FolderDesk()
    recorder = Recorder(store, jobs, spool, saved)
    decisions = DecisionDesk(store, desk)
    simulations = Simulations(RunFiles(place.state), guard, clock, new_id, runner)
    found = Workspace(place, store, jobs, recorder, spool, guard, desk, decisions, simulations)
    found.recorder.resume()
    found.simulations.wake()
    found.missions(SYSTEM)
    return found
