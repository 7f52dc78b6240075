"""The input of a plan as one archive, and back: equal files give equal bytes."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from planner.errors import PlannerError
from planner.export.atomic import replacing

MAX_BYTES = 200 * 1024 * 1024
"""Of all files together; only a road extract is larger, and that stays where it is."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg")


def input_files(files: Iterable[Path]) -> list[Path]:
    """Return files with their companions (those of a Shapefile), each once, sorted."""
    found: set[Path] = set()
    for path in files:
        found.add(path)
        if path.suffix.lower() == ".shp":
            found.update(
                other for suffix in _SHAPEFILE if (other := path.with_suffix(suffix)).is_file()
            )
    return sorted(found)


def pack(files: Iterable[Path], folder: Path) -> bytes:
    """Return an archive of input files.

    A file outside the folder, or beyond ``MAX_BYTES`` together with the others, is kept as a
    reference to its place: a road extract that several missions share.
    """
    target = io.BytesIO()
    size = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in input_files(files):
            inside = path.is_relative_to(folder)
            name = path.relative_to(folder).as_posix() if inside else path.name
            size += path.stat().st_size
            if inside and size <= MAX_BYTES:
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), path.read_bytes(), compresslevel=6)
            else:
                archive.writestr(zipfile.ZipInfo(f"{name}.reference", _EPOCH), str(path.resolve()))
    return target.getvalue()


def unpack(content: bytes, folder: Path) -> None:
    """Write an archive of :func:`pack` to ``folder``, as a whole or not at all.

    Raises
    ------
    PlannerError
        ``WS-INPUT`` if it is no such archive, ``EX-WRITE`` if it cannot be written.
    """
    if (folder / ".complete").is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                target = folder / member.filename
                if not target.resolve().is_relative_to(folder.resolve()):
                    raise _damaged(f"it names {member.filename}")
                data = archive.read(member)
                if target.suffix == ".reference":
                    link = target.with_suffix("")
                    link.unlink(missing_ok=True)
                    link.symlink_to(Path(data.decode("utf-8")))
                    continue
                with replacing(target) as temporary:
                    temporary.write_bytes(data)
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise _damaged(str(fault)) from fault
    (folder / ".complete").touch()


def _damaged(why: str) -> PlannerError:
    return PlannerError(
        "WS-INPUT",
        f"the input that this plan was made from cannot be unpacked: {why}",
        "check the disk; plan again from the present mission folder",
    )
