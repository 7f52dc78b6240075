"""What every repository works with: sessions, the guard, the clock, ids, and the audit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from planner.store.access import Access, Role, User
from planner.store.engine import WRITES
from planner.store.errors import unknown
from planner.store.faults import told
from planner.store.tables import AuditRow, MissionRow

Clock = Callable[[], datetime]
"""Gives the present instant, with its offset."""
NewId = Callable[[], str]
"""Gives an id that was never given before, at most 64 characters."""


@dataclass(frozen=True)
class Context:
    """Shared by the repositories of one store."""

    path: Path
    engine: Engine
    access: Access
    clock: Clock
    new_id: NewId

    @contextmanager
    def reading(self, user: User, action: str, role: Role = Role.VIEWER) -> Iterator[Session]:
        """Give a session on one consistent state, after the guard has agreed.

        Raises
        ------
        StoreError
            ``ST-ACCESS``, ``ST-NAME``, or what :func:`planner.store.faults.told` says.
        """
        self.access.require(user, role, action)
        with told(self.path), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, user: User, action: str, role: Role = Role.PLANNER) -> Iterator[Session]:
        """Give a session that holds the write lock; commit at the end, undo all on an error.

        Raises
        ------
        StoreError
            As in :meth:`reading`.
        """
        self.access.require(user, role, action)
        writer = self.engine.execution_options(**{WRITES: True})
        with (
            told(self.path),
            Session(writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def note(
        self, session: Session, user: User, mission: str, action: str, subject: str, detail: str
    ) -> datetime:
        """Write the audit row of a deed into the deed's own transaction; return its instant."""
        now = self.clock()
        session.add(
            AuditRow(
                mission=mission,
                who=user.name,
                action=action,
                subject=subject[:400],
                detail=detail,
                at=now,
            )
        )
        return now


def mission_row(session: Session, mission: str) -> MissionRow:
    """Return the mission's row.

    Raises
    ------
    StoreError
        ``ST-UNKNOWN`` if there is none.
    """
    row = session.get(MissionRow, mission)
    if row is None:
        raise unknown("mission", mission, "Choose one of the list of missions, or add it first.")
    return row
