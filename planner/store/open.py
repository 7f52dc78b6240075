"""Open a store: the one entrance. Importing this module imports SQLAlchemy and alembic."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from planner.export.atomic import replacing
from planner.store.access import Access, Role, User
from planner.store.audit import Audit
from planner.store.context import Clock, Context, NewId
from planner.store.decisions import Decisions
from planner.store.drafts import Drafts
from planner.store.engine import BUSY_TIMEOUT_S, make_engine
from planner.store.errors import StoreError
from planner.store.faults import told
from planner.store.inputs import Inputs
from planner.store.jobs import Jobs
from planner.store.migrate import migrate
from planner.store.missions import Missions
from planner.store.people import People
from planner.store.revisions import Revisions
from planner.store.scenarios import Scenarios
from planner.store.uploads import Uploads


@dataclass(frozen=True)
class Store:
    """The repositories of one database. May be shared by threads, never across a fork."""

    context: Context
    missions: Missions
    revisions: Revisions
    decisions: Decisions
    uploads: Uploads
    inputs: Inputs
    drafts: Drafts
    jobs: Jobs
    people: People
    scenarios: Scenarios
    audit: Audit

    def backup(self, user: User, path: Path) -> None:
        """Write a copy of the whole database to ``path``, consistent while others write.

        The copy is compact, whole or not there at all, and was checked before it got its name.
        A file that is there is replaced. Takes an admin: it holds everything.

        Raises
        ------
        StoreError
            ``ST-ACCESS``, ``ST-CORRUPT``, ``ST-FULL``, …; ``ST-SAME`` if ``path`` is the database.
        PlannerError
            ``EX-WRITE`` if the file cannot be written.
        """
        self.context.access.require(user, Role.ADMIN, "back the store up")
        if path.resolve() == self.context.path.resolve():
            raise StoreError(
                "ST-SAME", f"{path} is the store itself.", "Name another file for the backup."
            )
        with replacing(path) as temporary, told(temporary):
            connection = self.context.engine.raw_connection()
            try:
                connection.cursor().execute("VACUUM INTO ?", (str(temporary),))
            finally:
                connection.close()
            _check(temporary)

    def check(self, user: User) -> None:
        """Read the whole database and check its structure and references.

        Raises
        ------
        StoreError
            ``ST-CORRUPT`` with what SQLite found, ``ST-ACCESS``.
        """
        self.context.access.require(user, Role.ADMIN, "check the store")
        with told(self.context.path):
            _check(self.context.path)

    def close(self) -> None:
        """Give the file free."""
        self.context.engine.dispose()


def open_store(
    path: Path,
    *,
    clock: Clock,
    new_id: NewId,
    access: Access | None = None,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
) -> Store:
    """Open the store in ``path``; make it where there is none, and bring its schema up to date.

    Parameters
    ----------
    path
        The SQLite file, on a local disk (its write-ahead log does not work on a network share).
    clock, new_id
        Where instants (with offset) and ids come from.
    access
        The guard; the plain one by default.
    busy_timeout_s
        How long a writer waits for another one.

    Raises
    ------
    StoreError
        ``ST-OPEN``, ``ST-NEWER``, ``ST-FOREIGN``, ``ST-CORRUPT``, ``ST-LOCKED``,
        ``ST-READONLY``, ``ST-FULL``, ``ST-DISK``.
    """
    engine = make_engine(path, busy_timeout_s)
    try:
        with told(path):
            migrate(engine, path)
    except BaseException:
        engine.dispose()
        raise
    context = Context(path, engine, access or Access(), clock, new_id)
    return Store(
        context,
        Missions(context),
        Revisions(context),
        Decisions(context),
        Uploads(context),
        Inputs(context),
        Drafts(context),
        Jobs(context),
        People(context),
        Scenarios(context),
        Audit(context),
    )


def _check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    if said != ["ok"] or orphans:
        found = "; ".join([*said, *(f"{row[0]} without its {row[2]}" for row in orphans)])
        raise StoreError(
            "ST-CORRUPT",
            f"{path} is damaged: {found}.",
            "Keep the file, put the newest backup in its place, and check the disk.",
        )
