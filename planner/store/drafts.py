"""Drafts: what somebody has typed into a field outlives a reload, a lost line and a restart."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from planner.store.access import User
from planner.store.context import Context, mission_row
from planner.store.tables import DraftRow

MAX_DRAFT = 200_000
"""Characters of a draft: a whole table that is being edited."""


@dataclass(frozen=True)
class Drafts:
    """The drafts of a store's users, each seen by nobody else. No deeds, so not audited."""

    context: Context

    def put(self, user: User, mission: str, field: str, text: str) -> None:
        """Keep what stands in a field now; an empty text forgets it.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "write a draft") as session:
            mission_row(session, mission)
            row = session.get(DraftRow, (user.name, mission, field))
            if not text.strip():
                if row is not None:
                    session.delete(row)
            elif row is None:
                session.add(
                    DraftRow(
                        who=user.name,
                        mission=mission,
                        field=field,
                        text=text[:MAX_DRAFT],
                        at=self.context.clock(),
                    )
                )
            else:
                row.text, row.at = text[:MAX_DRAFT], self.context.clock()

    def all(self, user: User, mission: str) -> dict[str, str]:
        """Return the user's drafts in a mission by field.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.reading(user, "see drafts") as session:
            rows = session.scalars(
                select(DraftRow).where(DraftRow.who == user.name, DraftRow.mission == mission)
            )
            return {row.field: row.text for row in rows}

    def clear(self, user: User, mission: str, *fields: str) -> None:
        """Forget drafts that were sent.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.writing(user, "clear a draft") as session:
            session.execute(
                delete(DraftRow).where(
                    DraftRow.who == user.name,
                    DraftRow.mission == mission,
                    DraftRow.field.in_(fields),
                )
            )
