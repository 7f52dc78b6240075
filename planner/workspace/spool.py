"""Where planning jobs read and write: unpacked inputs, earlier plans, plans that came out."""

from dataclasses import dataclass
from pathlib import Path

from planner.domain.plan import StageName
from planner.export.atomic import write_bytes
from planner.jobs.record import JobRequest
from planner.store.access import User
from planner.store.open import Store
from planner.workspace.request import StoredRequest
from planner.workspace.snapshot import unpack


@dataclass(frozen=True)
class Spool:
    """Folders beside the store. All but the jobs' results can be made anew from the store.

    Parameters
    ----------
    folder
        The state folder of the workspace.
    store
        Where inputs and earlier plans come from.
    """

    folder: Path
    store: Store

    @property
    def jobs(self) -> Path:
        """The folder of job records."""
        return self.folder / "jobs"

    def plan_file(self, job: str) -> Path:
        """Return where the plan of a job is written."""
        return self.folder / "jobs" / f"{job}.plan.json"

    def input_folder(self, user: User, input_hash: str) -> Path:
        """Return a mission folder with the files of an input, unpacked once.

        Raises
        ------
        StoreError, PlannerError
            ``ST-UNKNOWN`` if there is no such input, ``WS-INPUT`` if it is damaged.
        """
        folder = self.folder / "inputs" / input_hash
        if not (folder / ".complete").is_file():
            unpack(self.store.inputs.content(user, input_hash), folder)
        return folder

    def order(self, user: User, mission: str, job: str, stored: StoredRequest) -> JobRequest:
        """Lay out what a worker needs, and return its order.

        Raises
        ------
        StoreError, PlannerError
            As in :meth:`input_folder`; ``EX-WRITE`` if a file cannot be written.
        """
        request = stored.request
        earlier = earlier_folder = None
        on_top = request.stability > 0 or set(request.stages) != set(StageName)
        if request.base is not None and on_top:
            base = self.store.revisions.get(user, mission, request.base)
            path = self.folder / "plans" / f"{base.plan_hash}.json"
            if not path.is_file():
                write_bytes(path, self.store.revisions.document(user, mission, request.base))
            earlier = str(path)
            if self.store.inputs.has(user, base.input_hash):
                earlier_folder = str(self.input_folder(user, base.input_hash))
        return JobRequest(
            mission_folder=str(self.input_folder(user, stored.input_hash)),
            output=str(self.plan_file(job)),
            seed=request.seed,
            seconds=request.seconds,
            stages=request.stages,
            earlier=earlier,
            earlier_folder=earlier_folder,
            stability=request.stability,
            quick=request.quick and request.stability > 0 and earlier is not None,
        )
