"""Job records on disk: one JSON file each, replaced as a whole."""

import logging
import os
import re
import tempfile
from pathlib import Path

from pydantic import ValidationError

from planner.errors import PlannerError
from planner.export.atomic import write_bytes
from planner.jobs.record import JobRecord, JobResult

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
log = logging.getLogger(__name__)


class JobFiles:
    """The jobs folder: ``ID.job.json`` is the record, ``ID.result.json`` what a worker left.

    Parameters
    ----------
    folder
        Made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, record: JobRecord) -> None:
        """Store a new record; of two processes that use one id, one is refused.

        Raises
        ------
        PlannerError
            ``JOB-EXISTS`` if the id is taken, ``EX-WRITE`` if it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".writing-", dir=self.folder) as own:
                whole = Path(own) / "record"
                whole.write_bytes(_json(record))
                os.link(whole, self._record(record.id))
        except FileExistsError as fault:
            raise PlannerError(
                "JOB-EXISTS",
                f"there is a job {record.id} already",
                "open that job, or restart it once it has ended",
            ) from fault
        except OSError as fault:
            raise PlannerError(
                "EX-WRITE",
                f"{self._record(record.id)} cannot be written: {fault.strerror or fault}",
                "check that the jobs folder is writable and has space",
            ) from fault

    def save(self, record: JobRecord) -> None:
        """Replace a record.

        Raises
        ------
        PlannerError
            ``EX-WRITE`` if it cannot be written.
        """
        write_bytes(self._record(record.id), _json(record))

    def load(self, job: str) -> JobRecord:
        """Read a record.

        Raises
        ------
        PlannerError
            ``JOB-ID`` if that is no id, ``JOB-NONE`` if there is no such job, ``JOB-FILE`` if its
            file cannot be understood.
        """
        path = self._record(checked(job))
        try:
            return JobRecord.model_validate_json(path.read_bytes())
        except FileNotFoundError as fault:
            raise PlannerError(
                "JOB-NONE", f"there is no job {job}", "look it up in the list of jobs"
            ) from fault
        except (OSError, ValidationError) as fault:
            raise PlannerError(
                "JOB-FILE", f"{path} cannot be read as a job", "submit the job again"
            ) from fault

    def ids(self) -> list[str]:
        """Return the ids of all jobs, sorted."""
        return sorted(
            path.name.removesuffix(".job.json") for path in self.folder.glob("*.job.json")
        )

    def all(self) -> list[JobRecord]:
        """Return all readable records, the oldest first; an unreadable one is told to the log."""
        records = []
        for job in self.ids():
            try:
                records.append(self.load(job))
            except PlannerError as error:
                log.warning("%s: %s", error.code, error.message)
        return sorted(records, key=lambda record: (record.submitted_at, record.id))

    def leave(self, result: JobResult) -> None:
        """Store what a worker leaves behind.

        Raises
        ------
        PlannerError
            ``EX-WRITE`` if it cannot be written.
        """
        write_bytes(self._result(result.job), _json(result))

    def result(self, job: str, attempt: int) -> JobResult | None:
        """Return what a worker has left of this attempt, or None."""
        try:
            result = JobResult.model_validate_json(self._result(job).read_bytes())
        except (OSError, ValidationError):
            return None
        return result if (result.job, result.attempt) == (job, attempt) else None

    def trace(self, job: str) -> Path:
        """Return where the trace of a crash goes."""
        return self.folder / f"{job}.log"

    def _record(self, job: str) -> Path:
        return self.folder / f"{job}.job.json"

    def _result(self, job: str) -> Path:
        return self.folder / f"{job}.result.json"


def checked(job: str) -> str:
    """Return a job's id if it may be one; ids become file names.

    Raises
    ------
    PlannerError
        ``JOB-ID``.
    """
    if not ID.fullmatch(job):
        raise PlannerError(
            "JOB-ID",
            f"{job!r} is not the id of a job",
            "use 1 to 64 letters of a to z, digits, - and _, the first a letter or a digit",
        )
    return job


def _json(document: JobRecord | JobResult) -> bytes:
    return document.model_dump_json(indent=1).encode() + b"\n"
