"""An upload on trial: read in a copy of the mission folder, looked at, and only then taken over."""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.domain.finding import Finding
from planner.domain.observer import Role
from planner.errors import InputError, PlannerError
from planner.intake.boundary_file import BOUNDARY_SUFFIXES, REGION_BOUNDARIES
from planner.intake.importing import FINDINGS_FILE, Kind, Level, import_file
from planner.intake.notes import problem
from planner.intake.records import TABLE_SUFFIXES
from planner.intake.report import ImportReport
from planner.workspace.folder_desk import folder_digest, own_files
from planner.workspace.list_form import ListForm, read_form

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
    form
        Columns, sheets and layers of the list, for choosing which holds what.
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
    form: ListForm
    changed: Mapping[str, bytes | None]
    rejected: bytes | None
    findings_csv: bytes | None
    problems: tuple[Finding, ...]
    seen: str

    @property
    def usable(self) -> bool:
        """Whether there is something to take over."""
        return self.report is not None

    @property
    def replaced(self) -> tuple[str, ...]:
        """Files of the mission that the list would take the place of under another name."""
        return tuple(
            name
            for name, content in self.changed.items()
            if content is None and not name.startswith("rejected_")
        )


def try_import(
    folder: Path, kind: Kind, name: str, content: bytes, options: ImportOptions
) -> Trial:
    """Import a file into a copy of the folder; the folder itself stays as it is.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if there is no room for the copy.
    """
    seen = folder_digest(folder)
    with tempfile.TemporaryDirectory(prefix="mission-planner-import-") as scratch:
        copy = Path(scratch) / "mission"
        copy.mkdir()
        for path in (*own_files(folder), *_remembered(folder)):
            shutil.copy2(path, copy / path.name)
        upload = Path(scratch) / "upload" / (Path(name).name or "list")
        upload.parent.mkdir()
        upload.write_bytes(content)
        before = _contents(copy)
        report, error, problems = _import(copy, kind, upload, options)
        after = _contents(copy)
        changed = {
            file: after.get(file)
            for file in sorted({*before, *after})
            if before.get(file) != after.get(file)
        }
        rejected = f"rejected_{kind}.csv"
        if rejected not in after and (folder / rejected).is_file():
            changed[rejected] = None
        return Trial(
            report=report,
            error=error,
            form=read_form(upload, copy, kind, options.sheet, options.layer, options.mapping),
            changed=changed if report is not None else {},
            rejected=after.get(rejected),
            findings_csv=after.get(FINDINGS_FILE),
            problems=problems,
            seen=seen,
        )


def _import(
    copy: Path, kind: Kind, upload: Path, options: ImportOptions
) -> tuple[ImportReport | None, PlannerError | None, tuple[Finding, ...]]:
    """Import into the copy; return the account, the error, and what still forbids planning."""
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import

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
    except PlannerError as fault:
        return None, _without_path(fault, copy.parent), ()
    _drop_replaced(copy, kind, options.level)
    try:
        load_mission(copy)
    except InputError as fault:
        return report, None, fault.findings
    except PlannerError as fault:
        found = problem(fault.code, copy.name, fault.message, remedy=fault.remedy)
        return report, None, (found,)
    return report, None, ()


def _drop_replaced(copy: Path, kind: Kind, level: Level) -> None:
    """Remove the list that an import takes the place of, if it has another format."""
    written = f"{kind}.csv"
    stem, suffixes = str(kind), TABLE_SUFFIXES
    if kind == "boundaries":
        stem = "boundaries" if level == "district" else REGION_BOUNDARIES
        written, suffixes = f"{stem}.geojson", BOUNDARY_SUFFIXES
    for suffix in suffixes:
        if f"{stem}{suffix}" != written:
            (copy / f"{stem}{suffix}").unlink(missing_ok=True)


def _without_path(fault: PlannerError, scratch: Path) -> PlannerError:
    """Return an error that does not name our temporary folder."""
    folders = (f"{scratch / 'mission'}/", f"{scratch / 'upload'}/", f"{scratch}/")
    message, remedy = fault.message, fault.remedy
    for folder in folders:
        message, remedy = message.replace(folder, ""), remedy.replace(folder, "")
    if isinstance(fault, InputError):
        return InputError(message, fault.findings, remedy)
    return PlannerError(fault.code, message, remedy)


def preview(trial: Trial, kind: Kind) -> list[list[str]]:
    """Return the first rows of what would be written, header first."""
    content = trial.changed.get(f"{kind}.csv")
    if content is not None:
        return csv_rows(content)
    for name, text in trial.changed.items():
        if name.endswith(".geojson") and text is not None:
            features = json.loads(text)["features"][:PREVIEW_ROWS]
            header = ["id", "name", "region", "region_name"]
            rows = [[str(f["properties"].get(name, "")) for name in header] for f in features]
            return [header, *rows]
    return []


def csv_rows(content: bytes, most: int = PREVIEW_ROWS) -> list[list[str]]:
    """Return header and the first rows of a CSV file of ours."""
    rows = csv.reader(io.StringIO(content.decode("utf-8")))
    return [row for row, _number in zip(rows, range(most + 1), strict=False)]


def _remembered(folder: Path) -> list[Path]:
    """Return files that guide an import and start with a dot."""
    return sorted(p for p in folder.glob(".*") if p.is_file())


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
