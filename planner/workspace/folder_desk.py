"""Changes to a mission folder, one at a time, each refused if the folder is not as it was seen."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from planner.export.atomic import replacing
from planner.store.errors import StoreError

OWN = ("plan.json", "import_findings.csv")
"""Files that the program writes about a mission; they are no part of its input."""


def own_files(folder: Path) -> list[Path]:
    """Return the files of a mission folder that can be input, sorted."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith((".", "rejected_")) and path.name not in OWN
    )


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 over names and bytes of a folder's input files."""
    digest = hashlib.sha256()
    for path in own_files(folder):
        digest.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


@dataclass
class FolderDesk:
    """Serialises the changes that people make to mission folders in one server."""

    _locks: dict[Path, threading.RLock] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def changing(self, folder: Path, seen: str | None = None) -> Iterator[None]:
        """Hold the folder; ``seen`` is the digest that the person's change is based on.

        Raises
        ------
        StoreError
            ``ST-CHANGED`` if the folder is not as it was seen; nothing was written.
        """
        with self._guard:
            lock = self._locks.setdefault(folder, threading.RLock())
        with lock:
            if seen is not None and folder_digest(folder) != seen:
                raise StoreError(
                    "ST-CHANGED",
                    f"The mission folder {folder.name} was changed by somebody else since you "
                    "opened this page.",
                    "Look at the page again, which shows it as it is now, and repeat your change; "
                    "nothing was overwritten.",
                )
            yield


def write_file(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make a file, which takes its place as a whole or not at all.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    with replacing(path) as temporary:
        write(temporary)


def copy_files(files: Mapping[str, bytes | None], folder: Path) -> None:
    """Write files by name; None removes one.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    for name, content in sorted(files.items()):
        if content is None:
            (folder / name).unlink(missing_ok=True)
        else:
            with replacing(folder / name) as temporary:
                temporary.write_bytes(content)
