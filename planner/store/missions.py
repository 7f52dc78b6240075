"""Missions: their names and newest revision."""

from dataclasses import dataclass

from sqlalchemy import select

from planner.store.access import Role, User
from planner.store.context import Context, mission_row
from planner.store.errors import StoreError
from planner.store.records import Mission
from planner.store.tables import MissionRow
from planner.store.text import MAX_NAME, clean


@dataclass(frozen=True)
class Missions:
    """The missions of a store."""

    context: Context

    def add(self, user: User, mission: str, name: str) -> Mission:
        """Add a mission without a plan; takes an admin.

        Raises
        ------
        StoreError
            ``ST-EXISTS`` if the id is taken, ``ST-TEXT`` for an id or name that cannot be kept,
            ``ST-ACCESS``.
        """
        mission, name = clean(mission, "mission id", MAX_NAME), clean(name, "name", MAX_NAME)
        with self.context.writing(user, "add a mission", Role.ADMIN) as session:
            if session.get(MissionRow, mission) is not None:
                raise StoreError(
                    "ST-EXISTS",
                    f"There is already a mission {mission}.",
                    "Open it, or choose another id.",
                )
            now = self.context.note(session, user, mission, "mission.add", mission, name)
            row = MissionRow(id=mission, name=name, head=None, created_at=now)
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, user: User, mission: str) -> Mission:
        """Return a mission.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see a mission") as session:
            return _record(mission_row(session, mission))

    def all(self, user: User) -> tuple[Mission, ...]:
        """Return all missions by their id.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the missions") as session:
            rows = session.scalars(select(MissionRow).order_by(MissionRow.id))
            return tuple(_record(row) for row in rows)


def _record(row: MissionRow) -> Mission:
    return Mission(row.id, row.name, row.head, row.created_at)
