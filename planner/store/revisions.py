"""Plan revisions: immutable, numbered without gaps, never overwritten."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.compare import PlanChange, compare_plans
from planner.domain.plan import Plan
from planner.export.document import dump_plan, parse_plan
from planner.store.access import User
from planner.store.context import Context, mission_row
from planner.store.errors import StaleError, StoreError, unknown
from planner.store.records import Revision
from planner.store.tables import DocumentRow, MissionRow, RevisionRow
from planner.store.text import MAX_REASON, clean


@dataclass(frozen=True)
class Revisions:
    """The revisions of a store's missions."""

    context: Context

    def save(
        self, user: User, mission: str, plan: Plan, *, expected_head: int | None, reason: str
    ) -> Revision:
        """Save a plan as the mission's newest revision.

        Parameters
        ----------
        user
            Becomes the author; takes a planner.
        mission
            Must be the plan's own mission.
        plan
            Any plan; its canonical document is kept byte for byte.
        expected_head
            The newest revision that the author has seen; None: there was none.
        reason
            Why, in the author's words.

        Raises
        ------
        StaleError
            If there is a newer revision; it carries what the author has not seen.
        StoreError
            ``ST-UNKNOWN``, ``ST-MISSION`` (a plan of another mission), ``ST-TEXT``, ``ST-ACCESS``.
        PlannerError
            ``EX-NUMBER`` if the plan holds a number that is not finite.
        """
        reason = clean(reason, "reason", MAX_REASON)
        content = dump_plan(plan)
        if plan.mission != mission:
            raise StoreError(
                "ST-MISSION",
                f"The plan belongs to mission {plan.mission}, not to {mission}.",
                "Save it under its own mission.",
            )
        with self.context.writing(user, "save a plan") as session:
            row = self._head(session, mission, expected_head)
            digest = hashlib.sha256(content).hexdigest()
            if session.get(DocumentRow, digest) is None:
                session.add(DocumentRow(plan_hash=digest, content=content))
                session.flush()
            return self._append(
                session, user, row, digest, plan.provenance.input_hash, reason, None
            )

    def restore(
        self, user: User, mission: str, number: int, *, expected_head: int | None, reason: str
    ) -> Revision:
        """Make a new revision that is equal to an older one; what came between stays.

        Raises
        ------
        StaleError, StoreError
            As in :meth:`save`; ``ST-UNKNOWN`` also if there is no such revision.
        """
        reason = clean(reason, "reason", MAX_REASON)
        with self.context.writing(user, "restore a plan") as session:
            row = self._head(session, mission, expected_head)
            old = _revision_row(session, mission, number)
            return self._append(
                session, user, row, old.plan_hash, old.input_hash, reason, old.number
            )

    def get(self, user: User, mission: str, number: int) -> Revision:
        """Return a revision without its document.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see a revision") as session:
            return _record(_revision_row(session, mission, number))

    def document(self, user: User, mission: str, number: int) -> bytes:
        """Return the canonical document of a revision, byte for byte as it was saved.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``; ``ST-CORRUPT`` if its bytes no longer have their hash.
        """
        with self.context.reading(user, "see a plan") as session:
            return self._content(session, _revision_row(session, mission, number))

    def plan(self, user: User, mission: str, number: int) -> Plan:
        """Return the plan of a revision, lifted to the present schema where it is older.

        Raises
        ------
        StoreError
            As in :meth:`document`.
        PlannerError
            ``EX-SCHEMA`` if a newer version of mission-planner wrote it.
        """
        content = self.document(user, mission, number)
        return parse_plan(content, self.context.path / mission / str(number))

    def history(
        self, user: User, mission: str, *, before: int | None = None, limit: int = 100
    ) -> tuple[Revision, ...]:
        """Return revisions, the newest first; ``before`` a number, at most ``limit``.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the history") as session:
            mission_row(session, mission)
            query = select(RevisionRow).where(RevisionRow.mission == mission)
            if before is not None:
                query = query.where(RevisionRow.number < before)
            rows = session.scalars(query.order_by(RevisionRow.number.desc()).limit(limit))
            return tuple(_record(row) for row in rows)

    def compare(self, user: User, mission: str, old: int, new: int) -> PlanChange:
        """Return what differs from one revision to another.

        Raises
        ------
        StoreError
            As in :meth:`document`.
        """
        return compare_plans(self.plan(user, mission, old), self.plan(user, mission, new))

    def _head(self, session: Session, mission: str, expected: int | None) -> MissionRow:
        row = mission_row(session, mission)
        if row.head == expected:
            return row
        if expected is not None:
            _revision_row(session, mission, expected)
        if row.head is None:
            raise unknown("revision", f"{expected} of mission {mission}", "Load the mission again.")
        head = _revision_row(session, mission, row.head)
        there = self._parsed(session, head)
        nothing: dict[str, object] = {
            "areas": (),
            "teams": (),
            "days": (),
            "sample": (),
            "kpis": {},
        }
        seen = (
            there.model_copy(update=nothing)
            if expected is None
            else self._parsed(session, _revision_row(session, mission, expected))
        )
        by = f"{head.author} ({head.reason})"
        raise StaleError(mission, expected, head.number, by, compare_plans(seen, there))

    def _append(
        self,
        session: Session,
        user: User,
        row: MissionRow,
        plan_hash: str,
        input_hash: str,
        reason: str,
        restored_from: int | None,
    ) -> Revision:
        number = (row.head or 0) + 1
        action = "revision.save" if restored_from is None else "revision.restore"
        now = self.context.note(session, user, row.id, action, str(number), reason)
        revision = RevisionRow(
            mission=row.id,
            number=number,
            plan_hash=plan_hash,
            input_hash=input_hash,
            parent=row.head,
            restored_from=restored_from,
            author=user.name,
            reason=reason,
            created_at=now,
        )
        session.add(revision)
        row.head = number
        session.flush()
        return _record(revision)

    def _parsed(self, session: Session, row: RevisionRow) -> Plan:
        name = self.context.path / row.mission / str(row.number)
        return parse_plan(self._content(session, row), name)

    def _content(self, session: Session, row: RevisionRow) -> bytes:
        document = session.get(DocumentRow, row.plan_hash)
        if document is None or hashlib.sha256(document.content).hexdigest() != row.plan_hash:
            raise StoreError(
                "ST-CORRUPT",
                f"{self.context.path}: the document of revision {row.number} of mission "
                f"{row.mission} is missing or no longer has its hash {row.plan_hash[:12]}….",
                "Keep the file, put the newest backup in its place, and check the disk.",
            )
        return document.content


def _revision_row(session: Session, mission: str, number: int) -> RevisionRow:
    row = session.get(RevisionRow, (mission, number))
    if row is None:
        mission_row(session, mission)
        raise unknown("revision", f"{number} of mission {mission}", "Choose one of its history.")
    return row


def _record(row: RevisionRow) -> Revision:
    return Revision(
        mission=row.mission,
        number=row.number,
        plan_hash=row.plan_hash,
        input_hash=row.input_hash,
        parent=row.parent,
        restored_from=row.restored_from,
        author=row.author,
        reason=row.reason,
        created_at=row.created_at,
    )
