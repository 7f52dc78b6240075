"""Bring a database file to this version's schema, in process and in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from planner.store.engine import WRITES
from planner.store.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, path: Path, target: str = "head") -> None:
    """Upgrade the schema; an up-to-date file is only looked at.

    Two processes may do so at once: the second waits and finds the work done. What fails leaves
    the file as it was.

    Parameters
    ----------
    engine
        On the file.
    path
        The file, for messages.
    target
        The version to reach, for tests of older ones.

    Raises
    ------
    StoreError
        ``ST-NEWER`` if the file was written by a newer version of mission-planner;
        ``ST-FOREIGN`` if it is a database of something else.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    newest = script.get_current_head()
    with engine.connect() as reader:
        there = _version(reader)
    if there == newest:
        return
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        there = _version(connection)
        known = {step.revision for step in script.walk_revisions()}
        if there is not None and there not in known:
            raise StoreError(
                "ST-NEWER",
                f"{path} has schema {there}; this version of mission-planner knows "
                f"{min(known)} to {newest}.",
                "Update mission-planner; the file was not touched.",
            )
        if there is None and inspect(connection).get_table_names():
            raise StoreError(
                "ST-FOREIGN",
                f"{path} is a database, but not one of mission-planner.",
                "Name another file; this one was not touched.",
            )
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
