"""The audit: who did what when. Only read here; deeds write it in their own transaction."""

from dataclasses import dataclass

from sqlalchemy import select

from planner.store.access import User
from planner.store.context import Context
from planner.store.records import AuditEntry
from planner.store.tables import AuditRow


@dataclass(frozen=True)
class Audit:
    """The audit of a store."""

    context: Context

    def entries(
        self, user: User, mission: str, *, before: int | None = None, limit: int = 200
    ) -> tuple[AuditEntry, ...]:
        """Return a mission's deeds, the newest first; ``before`` a number, at most ``limit``.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the audit") as session:
            query = select(AuditRow).where(AuditRow.mission == mission)
            if before is not None:
                query = query.where(AuditRow.number < before)
            rows = session.scalars(query.order_by(AuditRow.number.desc()).limit(limit))
            return tuple(
                AuditEntry(r.number, r.mission, r.who, r.action, r.subject, r.detail, r.at)
                for r in rows
            )
