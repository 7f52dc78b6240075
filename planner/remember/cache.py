"""Results by the hash of what they were made from, in memory and in a folder with a size cap."""

import os
import tempfile
import threading
import zlib
from collections import Counter, OrderedDict
from pathlib import Path

MEMORY_BYTES = 128 * 1024 * 1024
DISK_BYTES = 1024 * 1024 * 1024
_KEPT_SHARE = 0.8
"""How full the folder is after entries were taken out for want of room."""


class Cache:
    """Remembers compressed texts by kind and key; several processes may share the folder.

    Whatever cannot be read counts as not there: a damaged or half-written entry costs time, never
    a result. The oldest entries go when there is no room.

    Parameters
    ----------
    folder
        Where entries outlive the process; None: they do not.
    memory_bytes, disk_bytes
        Most bytes kept in memory (of this process) and in the folder.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        memory_bytes: int = MEMORY_BYTES,
        disk_bytes: int = DISK_BYTES,
    ) -> None:
        self.folder = folder
        self.hits: Counter[str] = Counter()
        self.misses: Counter[str] = Counter()
        self._memory: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._memory_bytes, self._disk_bytes = memory_bytes, disk_bytes
        self._in_memory = 0
        self._on_disk: int | None = None
        self._lock = threading.Lock()

    def get(self, kind: str, key: str) -> str | None:
        """Return what is remembered, and count a hit or a miss of this kind."""
        with self._lock:
            packed = self._memory.get((kind, key))
            if packed is not None:
                self._memory.move_to_end((kind, key))
        text = _unpacked(packed)
        if text is None and self.folder is not None:
            packed = _read(self._path(kind, key))
            text = _unpacked(packed)
            if text is not None and packed is not None:
                with self._lock:
                    self._remember(kind, key, packed)
        with self._lock:
            (self.misses if text is None else self.hits)[kind] += 1
        return text

    def put(self, kind: str, key: str, text: str) -> None:
        """Remember a text; a folder that cannot be written is done without."""
        packed = zlib.compress(text.encode(), 1)
        with self._lock:
            self._remember(kind, key, packed)
            if self.folder is None:
                return
            if self._on_disk is None:
                self._on_disk = sum(size for _, size, _ in self._entries())
            if self._on_disk + len(packed) > self._disk_bytes:
                self._make_room(len(packed))
            if _write(self._path(kind, key), packed):
                self._on_disk += len(packed)

    def _remember(self, kind: str, key: str, packed: bytes) -> None:
        if len(packed) > self._memory_bytes:
            return
        before = self._memory.pop((kind, key), None)
        self._in_memory += len(packed) - (0 if before is None else len(before))
        self._memory[kind, key] = packed
        while self._in_memory > self._memory_bytes:
            _, oldest = self._memory.popitem(last=False)
            self._in_memory -= len(oldest)

    def _path(self, kind: str, key: str) -> Path:
        folder = self.folder or Path()
        return folder / kind / key[:2] / key

    def _entries(self) -> list[tuple[float, int, Path]]:
        """Return time, size and path of every entry; one that vanishes meanwhile is left out."""
        found = []
        for path in (self.folder or Path()).glob("*/*/*"):
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((status.st_mtime, status.st_size, path))
        return sorted(found)

    def _make_room(self, coming: int) -> None:
        entries = self._entries()
        there = sum(size for _, size, _ in entries)
        for _, size, path in entries:
            if there + coming <= _KEPT_SHARE * self._disk_bytes:
                break
            path.unlink(missing_ok=True)
            there -= size
        self._on_disk = there


def _unpacked(packed: bytes | None) -> str | None:
    if packed is None:
        return None
    try:
        return zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, packed: bytes) -> bool:
    """Write a file as a whole or not at all; False if the folder does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return False
    return True
