"""Decisions: added and withdrawn with author and reason; nothing is forgotten."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.decision import Decision
from planner.store.access import User
from planner.store.context import Context, mission_row
from planner.store.errors import StoreError, changed_meanwhile, unknown
from planner.store.records import StoredDecision, Withdrawal
from planner.store.tables import DecisionRow
from planner.store.text import MAX_REASON, clean


@dataclass(frozen=True)
class Decisions:
    """The decisions of a store's missions."""

    context: Context

    def add(self, user: User, mission: str, decision: Decision) -> StoredDecision:
        """Add a decision; its author and time become those of the call.

        Raises
        ------
        StoreError
            ``ST-TWICE`` if the same decision stands already, ``ST-TEXT`` without a reason,
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        reason = clean(decision.reason, "reason", MAX_REASON)
        with self.context.writing(user, "settle a decision") as session:
            mission_row(session, mission)
            for row in _standing(session, mission):
                if _meaning(_content(row)) == _meaning(decision):
                    raise StoreError(
                        "ST-TWICE",
                        f"{decision.subject} is already decided, by {_content(row).author}.",
                        "Leave it, or withdraw the decision that stands first.",
                    )
            key = self.context.new_id()
            now = self.context.note(
                session, user, mission, "decision.add", key, f"{decision.subject}: {reason}"
            )
            kept = decision.model_copy(update={"author": user.name, "reason": reason, "at": now})
            row = DecisionRow(
                id=key, mission=mission, content=kept.model_dump_json(), created_at=now
            )
            session.add(row)
            session.flush()
            return _record(row)

    def withdraw(
        self, user: User, decision_id: str, *, expected_version: int, reason: str
    ) -> StoredDecision:
        """Take a decision back; it stays in the history.

        Raises
        ------
        StoreError
            ``ST-CHANGED`` if it is not the version that the user saw, ``ST-WITHDRAWN`` if it was
            withdrawn before, ``ST-TEXT``, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        reason = clean(reason, "reason", MAX_REASON)
        with self.context.writing(user, "withdraw a decision") as session:
            row = session.get(DecisionRow, decision_id)
            if row is None:
                raise unknown("decision", decision_id, "Choose one of the mission's decisions.")
            if row.withdrawn_at is not None:
                raise StoreError(
                    "ST-WITHDRAWN",
                    f"{_content(row).subject} was already withdrawn by {row.withdrawn_by}.",
                    "Nothing is left to do; add it anew if it shall stand again.",
                )
            if row.version != expected_version:
                raise changed_meanwhile("Decision", decision_id, expected_version, row.version)
            row.withdrawn_at = self.context.note(
                session, user, row.mission, "decision.withdraw", decision_id, reason
            )
            row.withdrawn_by, row.withdrawn_reason = user.name, reason
            session.flush()
            return _record(row)

    def standing(self, user: User, mission: str) -> tuple[StoredDecision, ...]:
        """Return the decisions that bind the next plan, the oldest first.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        return tuple(found for found in self.all(user, mission) if found.withdrawn is None)

    def all(self, user: User, mission: str) -> tuple[StoredDecision, ...]:
        """Return all decisions, also those withdrawn, the oldest first.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the decisions") as session:
            mission_row(session, mission)
            rows = session.scalars(
                select(DecisionRow)
                .where(DecisionRow.mission == mission)
                .order_by(DecisionRow.created_at, DecisionRow.id)
            )
            return tuple(_record(row) for row in rows)


def _standing(session: Session, mission: str) -> list[DecisionRow]:
    return list(
        session.scalars(
            select(DecisionRow)
            .where(DecisionRow.mission == mission, DecisionRow.withdrawn_at.is_(None))
            .order_by(DecisionRow.id)
        )
    )


def _meaning(decision: Decision) -> dict[str, object]:
    fields = decision.model_dump(exclude={"author", "reason", "at"})
    return fields | {"observers": sorted(decision.observers)}


def _content(row: DecisionRow) -> Decision:
    return Decision.model_validate_json(row.content)


def _record(row: DecisionRow) -> StoredDecision:
    withdrawn = None
    if row.withdrawn_at is not None:
        withdrawn = Withdrawal(row.withdrawn_by or "", row.withdrawn_reason or "", row.withdrawn_at)
    return StoredDecision(row.id, row.mission, _content(row), row.version, withdrawn)
