"""What the database says, said in words: locked, corrupt, full, not writable."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from planner.store.errors import StoreError

_PRIMARY = 0xFF
"""SQLite's extended result codes carry the primary one in the lowest byte."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn faults of the database into errors that a user can act on.

    Parameters
    ----------
    path
        The database, for the message.

    Raises
    ------
    StoreError
        ``ST-LOCKED``, ``ST-CORRUPT``, ``ST-FULL``, ``ST-READONLY``, ``ST-OPEN``, ``ST-DISK``;
        ``ST-CONFLICT`` if a record changed in the same instant. Anything else goes on as it is:
        it is a fault of the program.
    """
    try:
        yield
    except StaleDataError as fault:
        raise StoreError(
            "ST-CONFLICT",
            f"{path}: a record was changed by somebody else in the same instant.",
            "Load it again and repeat the change; nothing of yours was written.",
        ) from fault
    except DBAPIError as fault:
        if isinstance(fault.orig, sqlite3.Error):
            raise_in_words(fault.orig, path)
        raise
    except sqlite3.Error as fault:
        raise_in_words(fault, path)
        raise


def raise_in_words(fault: sqlite3.Error, path: Path) -> None:
    """Raise the error for SQLite's result code, if it has words here.

    The codes are those of https://www.sqlite.org/rescode.html.

    Raises
    ------
    StoreError
        As in :func:`told`.
    """
    code = getattr(fault, "sqlite_errorcode", None)
    words = None if code is None else _WORDS.get(code & _PRIMARY)
    if words is not None:
        name, message, remedy = words
        raise StoreError(name, f"{path} {message} ({fault}).", remedy) from fault


_CORRUPT = (
    "ST-CORRUPT",
    "is damaged or is no database",
    "Keep the file, put the newest backup in its place, and check the disk.",
)
_LOCKED = (
    "ST-LOCKED",
    "is held by another program",
    "Try again; close other programs that have the file open. Nothing was written.",
)
_READONLY = (
    "ST-READONLY",
    "may not be written",
    "Give your account the right to write the file and its folder. Nothing was written.",
)
_WORDS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_CORRUPT: _CORRUPT,
    sqlite3.SQLITE_NOTADB: _CORRUPT,
    sqlite3.SQLITE_READONLY: _READONLY,
    sqlite3.SQLITE_PERM: _READONLY,
    sqlite3.SQLITE_FULL: (
        "ST-FULL",
        "cannot grow: the disk or the quota is full",
        "Free some space and try again. Nothing was written; what was saved is safe.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "ST-OPEN",
        "cannot be opened",
        "Name a file in a folder that exists and that your account may write.",
    ),
    sqlite3.SQLITE_IOERR: (
        "ST-DISK",
        "cannot be read or written: the disk reports a fault",
        "Check the disk; on a network share, put the file on a local disk. Nothing was written.",
    ),
}
