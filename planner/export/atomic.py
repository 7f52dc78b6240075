"""Files that are either whole or untouched: an interrupted write loses nothing."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import PlannerError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; rename it over ``path`` when all went well.

    The temporary file lies in a folder of its own in the same directory, so that the rename stays
    on one file system, and companions that a driver writes (SQLite journals) go with it.

    Parameters
    ----------
    path
        The file to write. Its directory is made where it is missing.

    Yields
    ------
    Path
        Where to write; same name as ``path``, because drivers look at the suffix.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if the directory or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=path.parent) as folder:
            temporary = Path(folder) / path.name
            yield temporary
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
            temporary.replace(path)
    except OSError as fault:
        raise PlannerError(
            "EX-WRITE",
            f"{path} cannot be written: {fault.strerror or fault}.",
            "Choose another folder with -o, close the file where it is open, or free some space.",
        ) from fault


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` as a whole or not at all.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` as in :func:`replacing`.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, its line ends as they are, as a whole or not at all.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` as in :func:`replacing`.
    """
    write_bytes(path, text.encode("utf-8"))
