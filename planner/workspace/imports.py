"""An upload on trial: read in a copy of the mission folder, looked at, and only then taken over."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.domain.finding import Finding
from planner.domain.observer import Role
from planner.errors import InputError, PlannerError
from planner.intake.importing import FINDINGS_FILE, Kind, Level, import_file
from planner.intake.read_table import read_table
from planner.intake.report import ImportReport
from planner.workspace.folder_desk import folder_digest, own_files

PREVIEW_ROWS = 50


@dataclass(frozen=True)
class ImportOptions:
    """How a list is to be read, as on the command line (see :func:`import_file`)."""

    mapping: Mapping[str, str] | None = None
    sheet: str | None = None
    role: Role | None = None
    layer: str | None = None
    crs: str | None = None
    level: Level = "district"


@dataclass(frozen=True)
class Trial:
    """What an import would do.

    Attributes
    ----------
    report
        The account of all rows; None if nothing of the file can be used.
    error
        Why it cannot be used, with all findings; None if it can.
    header
        Columns of the list, for choosing which holds what; empty for boundaries.
    changed
        Files that the import would write, by name; None: removed.
    rejected, findings_csv
        Rows set aside with their reasons, and every case of every finding, as CSV; None where
        there are none.
    problems
        What would still keep the mission from being planned.
    seen
        Digest of the folder that the trial was made on.
    """

    report: ImportReport | None
    error: PlannerError | None
    header: tuple[str, ...]
    changed: Mapping[str, bytes | None]
    rejected: bytes | None
    findings_csv: bytes | None
    problems: tuple[Finding, ...]
    seen: str

    @property
    def usable(self) -> bool:
        """Whether there is something to take over."""
        return self.report is not None


def try_import(
    folder: Path, kind: Kind, name: str, content: bytes, options: ImportOptions
) -> Trial:
    """Import a file into a copy of the folder; the folder itself stays as it is.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if there is no room for the copy.
    """
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import

    seen = folder_digest(folder)
    with tempfile.TemporaryDirectory(prefix="mission-planner-import-") as scratch:
        copy = Path(scratch) / "mission"
        copy.mkdir()
        for path in (*own_files(folder), *_remembered(folder)):
            shutil.copy2(path, copy / path.name)
        upload = Path(scratch) / "upload" / Path(name).name
        upload.parent.mkdir()
        upload.write_bytes(content)
        before = _contents(copy)
        report, error, problems = None, None, ()
        try:
            report = import_file(
                kind,
                upload,
                copy,
                options.mapping,
                sheet=options.sheet,
                role=options.role,
                layer=options.layer,
                crs=options.crs,
                level=options.level,
            )
            load_mission(copy)
        except InputError as fault:
            if report is None:
                error = fault
            else:
                problems = fault.findings
        except PlannerError as fault:
            error = fault
        after = _contents(copy)
        changed = {
            file: after.get(file)
            for file in sorted({*before, *after})
            if before.get(file) != after.get(file)
        }
        return Trial(
            report=report,
            error=error,
            header=_header(upload, kind, options.sheet),
            changed=changed if report is not None else {},
            rejected=after.get(f"rejected_{kind}.csv"),
            findings_csv=after.get(FINDINGS_FILE),
            problems=problems,
            seen=seen,
        )


def preview(trial: Trial, kind: Kind) -> list[list[str]]:
    """Return the first rows of what would be written, header first."""
    import csv  # noqa: PLC0415 - only here
    import io  # noqa: PLC0415 - only here

    content = trial.changed.get(f"{kind}.csv")
    if content is None:
        return []
    rows = csv.reader(io.StringIO(content.decode("utf-8")))
    return [row for row, _number in zip(rows, range(PREVIEW_ROWS + 1), strict=False)]


def _remembered(folder: Path) -> list[Path]:
    """Return files that guide an import and start with a dot."""
    return sorted(p for p in folder.glob(".*") if p.is_file())


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _header(upload: Path, kind: Kind, sheet: str | None) -> tuple[str, ...]:
    if kind == "boundaries":
        return ()
    from planner.intake.guess import is_known  # noqa: PLC0415 - only here

    try:
        table = read_table(upload, known=lambda cell: is_known(kind, cell), sheet=sheet)
    except PlannerError:
        return ()
    return table.header
