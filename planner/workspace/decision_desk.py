"""Settling decisions: in the store, and in the mission folder's own file."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.decision import Decision
from planner.store.access import Role, User
from planner.store.open import Store
from planner.store.records import StoredDecision
from planner.workspace.decisions_file import BY_HAND, meaning, read_folder, write_folder
from planner.workspace.folder_desk import FolderDesk
from planner.workspace.home import MissionFolder


@dataclass(frozen=True)
class DecisionDesk:
    """Keeps ``decisions.toml`` and the store saying the same."""

    store: Store
    desk: FolderDesk

    def decide(
        self, user: User, folder: MissionFolder, decisions: Iterable[Decision]
    ) -> tuple[StoredDecision, ...]:
        """Add decisions, each with its reason; they bind the next plan.

        Raises
        ------
        StoreError
            ``ST-TWICE``, ``ST-TEXT``, ``ST-ACCESS``. Those before the refused one stand.
        """
        with self.desk.changing(folder.path):
            self.sync(user, folder)
            try:
                return tuple(
                    self.store.decisions.add(user, folder.id, decision) for decision in decisions
                )
            finally:
                self.write(user, folder)

    def withdraw(
        self, user: User, folder: MissionFolder, decision: StoredDecision, reason: str
    ) -> StoredDecision:
        """Take a decision back.

        Raises
        ------
        StoreError
            ``ST-CHANGED``, ``ST-WITHDRAWN``, ``ST-TEXT``, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.desk.changing(folder.path):
            self.sync(user, folder)
            found = self.store.decisions.withdraw(
                user, decision.id, expected_version=decision.version, reason=reason
            )
            self.write(user, folder)
            return found

    def standing(self, user: User, folder: MissionFolder) -> tuple[StoredDecision, ...]:
        """Return the decisions that stand, the oldest first.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        return self.store.decisions.standing(user, folder.id)

    def sync(self, user: User, folder: MissionFolder) -> None:
        """Take over decisions that somebody has written into the folder's file by hand.

        Raises
        ------
        InputError, StoreError
            If the file has faults; ``ST-ACCESS``.
        """
        written = read_folder(folder.path)
        if not written:
            return
        standing = {
            meaning(stored.decision) for stored in self.store.decisions.standing(user, folder.id)
        }
        for decision in written:
            if meaning(decision) not in standing:
                author = User(decision.author.strip() or user.name, Role.PLANNER)
                reason = decision.reason.strip() or BY_HAND
                self.store.decisions.add(
                    author, folder.id, decision.model_copy(update={"reason": reason})
                )
                standing.add(meaning(decision))

    def write(self, user: User, folder: MissionFolder) -> None:
        """Bring the folder's file up to the decisions that stand.

        Raises
        ------
        InputError, PlannerError
            If the file has faults or cannot be written.
        """
        standing = self.store.decisions.standing(user, folder.id)
        write_folder(folder.path, [stored.decision for stored in standing])
