"""The connection to SQLite: journal, durability, and when a writer takes the lock."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_TIMEOUT_S = 15.0
"""How long a writer waits for another; a save takes well under a second."""
WRITES = "planner_writes"
"""Execution option: the transaction takes the write lock at once."""


def make_engine(path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """Return an engine on the database file ``path``; nothing is opened yet.

    Write-ahead log, so that readers never wait for a writer; ``synchronous=FULL``, so that what
    was committed outlives a power cut; foreign keys on.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them without the lock.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer that reads first and takes the lock later would find its snapshot outdated, and
    # SQLite refuses at once instead of waiting.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
