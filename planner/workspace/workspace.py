"""The workspace: missions, their plans, decisions and jobs, behind one door."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from planner.domain.decision import Decision
from planner.domain.mission import Mission, MissionFormat
from planner.domain.observer import Observer
from planner.errors import PlannerError
from planner.export.atomic import write_bytes
from planner.export.document import load_plan, plan_hash
from planner.intake.folder import LoadedMission, load_mission
from planner.intake.importing import Kind
from planner.intake.new import new_mission
from planner.intake.write import write_mission_toml, write_observers, write_towns
from planner.jobs import JobService
from planner.store.access import Access, Role, User
from planner.store.errors import StoreError
from planner.store.open import Store
from planner.store.records import Job, JobState, Revision, StoredDecision, Upload, UploadKind
from planner.workspace.adoption import Adoption
from planner.workspace.content import Content, read_content
from planner.workspace.decision_desk import DecisionDesk
from planner.workspace.folder_desk import FolderDesk, copy_files, folder_digest, write_file
from planner.workspace.home import Home, MissionFolder
from planner.workspace.imports import ImportOptions, Trial, try_import
from planner.workspace.recorder import SYSTEM, Recorder
from planner.workspace.request import PlanRequest, StoredRequest
from planner.workspace.scenarios import Simulations
from planner.workspace.simulation import SimulationRequest, SimulationRun
from planner.workspace.snapshot import pack
from planner.workspace.spool import Spool

PLAN_FILE = "plan.json"


@dataclass
class Workspace:
    """Everything that a person can do with missions. May be shared by threads.

    Who may do what is checked in the store for each call; what only reads a mission folder takes
    a viewer, what changes one a planner.
    """

    home: Home
    store: Store
    service: JobService
    recorder: Recorder
    spool: Spool
    access: Access
    desk: FolderDesk
    decision_desk: DecisionDesk
    simulations: Simulations
    _loaded: dict[str, tuple[str, LoadedMission]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def missions(self, user: User) -> tuple[MissionFolder, ...]:
        """Return the mission folders; new ones enter the store, with the plan that they bring.

        Raises
        ------
        PlannerError, StoreError
            ``WS-FOLDER``, ``WS-TWICE``; ``ST-ACCESS``.
        """
        self.access.require(user, Role.VIEWER, "see the missions")
        found = self.home.missions()
        known = {mission.id for mission in self.store.missions.all(SYSTEM)}
        for folder in found:
            if folder.id not in known:
                self.store.missions.add(SYSTEM, folder.id, folder.key)
                self.adopt(folder)
        return found

    def create(
        self,
        user: User,
        name: str,
        country: str,
        e_day: date,
        *,
        time_zone: str | None = None,
        mission_format: MissionFormat = MissionFormat.EOM,
        lto_teams: int = 0,
        sto_pairs: int = 0,
    ) -> MissionFolder:
        """Make a new mission folder; takes an admin.

        Raises
        ------
        PlannerError, StoreError
            ``WS-SINGLE``, ``WS-NAME``, ``WS-EXISTS``, ``IN-COUNTRY``, ``IN-ZONE``; ``ST-ACCESS``.
        """
        self.access.require(user, Role.ADMIN, "set up a mission")
        folder = self.home.new_folder(name)
        new_mission(
            folder,
            country,
            e_day,
            name=name,
            time_zone=time_zone,
            mission_format=mission_format,
            lto_teams=lto_teams,
            sto_pairs=sto_pairs,
        )
        return next(found for found in self.missions(user) if found.path == folder)

    def adopt(self, folder: MissionFolder) -> Revision | None:
        """Take the plan and the decisions that lie in a folder into the store.

        A plan enters if it was made from the folder's present files, and is no revision yet.
        """
        try:
            self.decision_desk.sync(SYSTEM, folder)
            path = folder.path / PLAN_FILE
            if not path.is_file():
                return None
            plan = load_plan(path)
            loaded = self.load(folder)
        except PlannerError:
            # The pages of this mission tell the faults of its files, with remedies.
            return None
        mission = self.store.missions.get(SYSTEM, folder.id)
        digest = plan_hash(plan)
        history = self.store.revisions.history(SYSTEM, folder.id)
        if (
            plan.mission != folder.id
            or plan.provenance.input_hash != loaded.mission_input.input_hash
            or any(revision.plan_hash == digest for revision in history)
        ):
            return None
        self._keep_input(SYSTEM, folder, loaded)
        return self.store.revisions.save(
            SYSTEM,
            folder.id,
            plan,
            expected_head=mission.head,
            reason=f"{PLAN_FILE} found in the folder",
        )

    def digest(self, folder: MissionFolder) -> str:
        """Return what tells whether a mission's files have changed."""
        return folder_digest(folder.path)

    def load(self, folder: MissionFolder) -> LoadedMission:
        """Return the mission as it stands now.

        Raises
        ------
        InputError
            If it cannot be planned; carries all findings.
        """
        digest = folder_digest(folder.path)
        with self._lock:
            known = self._loaded.get(folder.key)
        if known is not None and known[0] == digest:
            return known[1]
        loaded = load_mission(folder.path)
        with self._lock:
            self._loaded[folder.key] = digest, loaded
        return loaded

    def content(self, user: User, folder: MissionFolder, number: int) -> Content:
        """Return a revision with the input that it was made from, judged by the referee.

        Raises
        ------
        StoreError, PlannerError
            ``ST-UNKNOWN``, ``ST-ACCESS``, ``ST-CORRUPT``, ``EX-SCHEMA``, ``WS-INPUT``.
        """
        revision = self.store.revisions.get(user, folder.id, number)
        plan = self.store.revisions.plan(user, folder.id, number)
        source = self.spool.input_folder(user, revision.input_hash)
        return read_content(source, plan, revision.plan_hash)

    # -- the mission's own files ---------------------------------------------------------------

    def save_mission(
        self, user: User, folder: MissionFolder, mission: Mission, *, seen: str, reason: str
    ) -> None:
        """Replace ``mission.toml``.

        Parameters
        ----------
        seen
            Digest of the folder that the change is based on (see :meth:`digest`).

        Raises
        ------
        StoreError, PlannerError
            ``ST-CHANGED``, ``ST-ACCESS``; ``WS-ID`` if the id would change.
        """
        if mission.id != folder.id:
            raise PlannerError(
                "WS-ID",
                f"the mission's id cannot change from {folder.id} to {mission.id}",
                "set up a new mission",
            )
        with self.desk.changing(folder.path, seen):
            self.store.inputs.note(user, folder.id, "mission.toml", reason)
            write_file(folder.path / "mission.toml", lambda path: write_mission_toml(mission, path))

    def save_observers(
        self,
        user: User,
        folder: MissionFolder,
        observers: Iterable[Observer],
        *,
        seen: str,
        reason: str,
    ) -> None:
        """Replace the roster.

        Raises
        ------
        StoreError, PlannerError
            ``ST-CHANGED``, ``ST-ACCESS``, ``EX-WRITE``.
        """
        kept = sorted(observers, key=lambda observer: observer.id)
        with self.desk.changing(folder.path, seen):
            self.store.inputs.note(user, folder.id, "observers.csv", reason)
            write_file(folder.path / "observers.csv", lambda path: write_observers(kept, path))

    def take_over(
        self, user: User, folder: MissionFolder, adoption: Adoption, *, seen: str, reason: str
    ) -> None:
        """Make a scenario the mission's own: ``mission.toml``, and the beds of closed towns.

        Raises
        ------
        StoreError, PlannerError
            As :meth:`save_mission`.
        """
        self.access.require(user, Role.PLANNER, "change the mission")
        towns = adoption.towns
        with self.desk.changing(folder.path, seen):
            if towns is not None:
                self.store.inputs.note(user, folder.id, "towns.csv", reason)
                write_file(folder.path / "towns.csv", lambda path: write_towns(towns, path))
            self.save_mission(
                user, folder, adoption.mission, seen=folder_digest(folder.path), reason=reason
            )

    def keep_upload(
        self, user: User, folder: MissionFolder, kind: UploadKind, name: str, content: bytes
    ) -> Upload:
        """Keep a file as it came, so that a reload does not lose it.

        Raises
        ------
        StoreError
            ``ST-SIZE``, ``ST-TEXT``, ``ST-ACCESS``.
        """
        return self.store.uploads.add(user, folder.id, kind, name, content)

    def try_upload(
        self, user: User, folder: MissionFolder, upload: Upload, options: ImportOptions
    ) -> Trial:
        """Say what an upload would do to the mission; nothing is changed.

        Raises
        ------
        StoreError, PlannerError
            ``ST-UNKNOWN``, ``ST-ACCESS``, ``EX-WRITE``.
        """
        content = self.store.uploads.content(user, upload.id)
        kind: Kind = upload.kind.value  # type: ignore[assignment]  # the kinds have these names
        return try_import(folder.path, kind, upload.name, content, options)

    def accept_upload(
        self, user: User, folder: MissionFolder, upload: Upload, trial: Trial
    ) -> None:
        """Take over what a trial has shown.

        Raises
        ------
        StoreError, PlannerError
            ``ST-CHANGED`` if the mission is not as it was at the trial; ``ST-ACCESS``;
            ``WS-TRIAL`` if nothing of the file can be used; ``EX-WRITE``.
        """
        if trial.report is None:
            raise PlannerError(
                "WS-TRIAL", f"nothing of {upload.name} can be used", "upload a corrected file"
            )
        report = trial.report
        with self.desk.changing(folder.path, trial.seen):
            detail = (
                f"{upload.name}: {report.rows_in} rows, {report.accepted} accepted, "
                f"{report.set_aside} set aside, sha256 {upload.sha256}"
            )
            self.store.inputs.note(user, folder.id, upload.kind.value, detail)
            copy_files(trial.changed, folder.path)

    # -- decisions -----------------------------------------------------------------------------

    def decide(
        self, user: User, folder: MissionFolder, decisions: Iterable[Decision]
    ) -> tuple[StoredDecision, ...]:
        """Add decisions (see :meth:`DecisionDesk.decide`)."""
        return self.decision_desk.decide(user, folder, decisions)

    def withdraw(
        self, user: User, folder: MissionFolder, decision: StoredDecision, reason: str
    ) -> StoredDecision:
        """Take a decision back (see :meth:`DecisionDesk.withdraw`)."""
        return self.decision_desk.withdraw(user, folder, decision, reason)

    def decisions(self, user: User, folder: MissionFolder) -> tuple[StoredDecision, ...]:
        """Return the decisions that stand (see :meth:`DecisionDesk.standing`)."""
        return self.decision_desk.standing(user, folder)

    # -- planning ------------------------------------------------------------------------------

    def plan(self, user: User, folder: MissionFolder, request: PlanRequest) -> Job:
        """Queue a plan of the mission as it stands now; the input is kept with it.

        Raises
        ------
        InputError
            If the mission cannot be planned; carries all findings.
        StoreError, PlannerError
            ``ST-ACCESS``, ``JOB-CLOSED``, ``EX-WRITE``.
        """
        self.access.require(user, Role.PLANNER, "plan")
        stored = StoredRequest(request=request, input_hash=self._present_input(user, folder))
        job = self.store.jobs.queue(user, folder.id, stored.model_dump_json())
        return self._submit(job)

    def simulate(
        self, user: User, folder: MissionFolder, request: SimulationRequest
    ) -> SimulationRun:
        """Queue scenarios of the mission as it stands now; see :attr:`simulations` for the rest.

        Raises
        ------
        InputError
            If the mission cannot be planned, or a scenario cannot be read.
        StoreError, PlannerError
            ``ST-ACCESS``, ``EX-WRITE``; as :meth:`Simulations.start`.
        """
        self.access.require(user, Role.PLANNER, "run scenarios")
        input_hash = self._present_input(user, folder)
        self.spool.input_folder(user, input_hash)
        return self.simulations.start(user, folder.id, input_hash, request)

    def restart(self, user: User, job: str) -> Job:
        """Ask once more for what a job that has ended was asked for.

        Raises
        ------
        StoreError, PlannerError
            ``ST-STATE``, ``ST-UNKNOWN``, ``ST-ACCESS``; as :meth:`plan`.
        """
        return self._submit(self.store.jobs.restart(user, job))

    def cancel(self, user: User, job: str) -> None:
        """Stop a job; its best plan so far is kept.

        Raises
        ------
        StoreError, PlannerError
            ``ST-ACCESS``, ``JOB-NONE``.
        """
        self.access.require(user, Role.PLANNER, "stop a job")
        self.service.cancel(job)

    def has_plan(self, job: str) -> bool:
        """Tell whether a job has left a plan, saved or not."""
        return self.spool.plan_file(job).is_file()

    def save_on_top(self, user: User, folder: MissionFolder, job: str) -> Revision:
        """Save the plan of a job that was refused as stale, on top of what has come since.

        Raises
        ------
        StoreError, PlannerError
            ``ST-STATE`` if the job has no unsaved plan; ``ST-STALE`` if yet another came first.
        """
        found = self.store.jobs.get(user, job)
        if found.revision is not None or found.state not in (JobState.DONE, JobState.CANCELLED):
            raise StoreError(
                "ST-STATE", f"Job {job} has no unsaved plan.", "Look at the job again."
            )
        stored = StoredRequest.model_validate_json(found.request)
        head = self.store.missions.get(user, folder.id).head
        revision = self.recorder.save(user, found, stored, head)
        self.store.jobs.attach(user, job, revision.number)
        return revision

    def restore(
        self, user: User, folder: MissionFolder, number: int, *, expected_head: int, reason: str
    ) -> Revision:
        """Make an older revision the newest again.

        Raises
        ------
        StaleError, StoreError
            If there is a newer revision than ``expected_head``; ``ST-TEXT``, ``ST-ACCESS``.
        """
        revision = self.store.revisions.restore(
            user, folder.id, number, expected_head=expected_head, reason=reason
        )
        self.publish(revision)
        return revision

    def publish(self, revision: Revision) -> None:
        """Write a revision to ``plan.json``, where the command line looks for it."""
        for folder in self.home.missions():
            if folder.id == revision.mission:
                document = self.store.revisions.document(SYSTEM, folder.id, revision.number)
                write_bytes(folder.path / PLAN_FILE, document)

    def close(self) -> None:
        """End the running job with its best plan so far, and give the store free."""
        self.service.close()
        self.store.close()

    def _submit(self, job: Job) -> Job:
        try:
            self.recorder.submit(job)
        except PlannerError as error:
            self.store.jobs.finish(SYSTEM, job.id, JobState.CANCELLED, message=error.message)
            raise
        return job

    def _present_input(self, user: User, folder: MissionFolder) -> str:
        """Keep the mission as it stands now, with its decisions; return its hash."""
        with self.desk.changing(folder.path):
            self.decision_desk.sync(user, folder)
            self.decision_desk.write(user, folder)
            return self._keep_input(user, folder, self.load(folder))

    def _keep_input(self, user: User, folder: MissionFolder, loaded: LoadedMission) -> str:
        input_hash = loaded.mission_input.input_hash
        if not self.store.inputs.has(user, input_hash):
            content = pack(loaded.files, folder.path)
            self.store.inputs.keep(user, folder.id, input_hash, content)
        return input_hash
