"""Boundaries that come as a ZIP archive: a browser sends one file, a Shapefile is several."""

import re
import zipfile
from pathlib import Path, PurePosixPath

from planner.errors import PlannerError
from planner.intake.boundary_file import BOUNDARY_SUFFIXES
from planner.intake.workbook_size import BROKEN_ZIP, ZIP

MAX_UNZIPPED_BYTES = 300_000_000
"""Of all members together; detailed districts of a large country have less."""
MAX_MEMBERS = 200
_COMPANIONS = (".shx", ".dbf", ".prj", ".cpg")
_CHUNK = 1 << 20


def is_zipped(path: Path) -> bool:
    """Tell by its first bytes whether a file is a ZIP archive."""
    with path.open("rb") as stream:
        return stream.read(len(ZIP)) == ZIP


def unzip_boundaries(path: Path, into: Path, layer: str | None = None) -> tuple[Path, str | None]:
    """Unpack the one boundary file of an archive with its companions.

    Only names that end as boundaries do are written, flat and without odd letters: a path inside
    an archive never becomes a path on this machine. Bytes are counted as they are unzipped,
    because an archive may lie about sizes.

    Parameters
    ----------
    path
        The archive.
    into
        An empty folder.
    layer
        Where the archive holds several boundary files: the name of the one that is meant, without
        its ending. Else the layer inside the file.

    Returns
    -------
    tuple
        The file, and the layer to read in it.

    Raises
    ------
    PlannerError
        ``IN-ZIP`` if it holds none or several, has a password, or cannot be unzipped;
        ``IN-SIZE`` if it is too large once unzipped.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, path.name)
            names = boundary_names(members)
            chosen = _choose(names, layer, path.name)
            inside = None if layer in names and len(names) > 1 else layer
            return _unpack(archive, members, names[chosen], into, path.name), inside
    except PlannerError:
        raise
    except BROKEN_ZIP as error:
        raise PlannerError(
            "IN-ZIP", f"{path.name} cannot be unzipped: {error}", "zip the file again, unlocked"
        ) from error


def zipped_names(path: Path) -> tuple[str, ...]:
    """Return the boundary files in an archive by their names without ending, sorted.

    Raises
    ------
    PlannerError
        ``IN-ZIP`` if it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(sorted(boundary_names(_members(archive, path.name))))
    except BROKEN_ZIP as error:
        raise PlannerError(
            "IN-ZIP", f"{path.name} cannot be unzipped: {error}", "zip the file again, unlocked"
        ) from error


def boundary_names(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the boundary files among members by their names without ending."""
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        # Folders of a Mac hold shadows of each file under the same ending.
        shadow = "__MACOSX" in name.parts or name.name.startswith(".")
        if name.suffix.lower() in BOUNDARY_SUFFIXES and not shadow:
            found.setdefault(name.stem, member)
    return found


def _members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise PlannerError(
            "IN-ZIP",
            f"{name} holds {len(members):,} files, at most {MAX_MEMBERS} are looked through",
            "zip the boundary file alone, for a Shapefile with its .shx, .dbf and .prj",
        )
    return members


def _choose(names: dict[str, zipfile.ZipInfo], layer: str | None, archive: str) -> str:
    if not names:
        raise PlannerError(
            "IN-ZIP",
            f"{archive} holds no boundary file",
            f"zip a Shapefile with its companions, or one of: {', '.join(BOUNDARY_SUFFIXES)}",
        )
    if layer in names:
        return layer
    if len(names) > 1:
        raise PlannerError(
            "IN-ZIP",
            f"{archive} holds several boundary files: {', '.join(sorted(names))}",
            "choose one as the layer",
        )
    return next(iter(names))


def _unpack(
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    chosen: zipfile.ZipInfo,
    into: Path,
    name: str,
) -> Path:
    main = PurePosixPath(chosen.filename.replace("\\", "/"))
    stem = re.sub(r"[^\w-]+", "-", main.stem)[:60] or "boundaries"
    total = 0
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        suffix = path.suffix.lower()
        companion = suffix in _COMPANIONS and path.with_suffix("") == main.with_suffix("")
        if member is not chosen and not companion:
            continue
        with archive.open(member) as content, (into / f"{stem}{suffix}").open("wb") as target:
            while chunk := content.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNZIPPED_BYTES:
                    raise PlannerError(
                        "IN-SIZE",
                        f"{name} has more than {MAX_UNZIPPED_BYTES:,} bytes once unzipped",
                        "simplify the outlines, or leave out what is not needed",
                    )
                target.write(chunk)
    return into / f"{stem}{main.suffix.lower()}"
