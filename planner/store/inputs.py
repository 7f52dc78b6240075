"""What plans were made from: the files of a mission folder, kept once for each content."""

from dataclasses import dataclass

from planner.store.access import User
from planner.store.context import Context, mission_row
from planner.store.errors import unknown
from planner.store.tables import InputRow


@dataclass(frozen=True)
class Inputs:
    """The inputs of a store's plans. An older plan is looked at with the lists of its own time."""

    context: Context

    def keep(self, user: User, mission: str, input_hash: str, content: bytes) -> bool:
        """Keep an input; True if it was not there before.

        Parameters
        ----------
        input_hash
            Of the mission input, as plans name it.
        content
            Its files as one archive (see :mod:`planner.workspace.snapshot`).

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "plan") as session:
            mission_row(session, mission)
            if session.get(InputRow, input_hash) is not None:
                return False
            now = self.context.note(session, user, mission, "input.keep", input_hash, "")
            session.add(InputRow(input_hash=input_hash, content=content, created_at=now))
            return True

    def has(self, user: User, input_hash: str) -> bool:
        """Tell whether an input is kept.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.reading(user, "see a plan") as session:
            return session.get(InputRow, input_hash) is not None

    def content(self, user: User, input_hash: str) -> bytes:
        """Return an input's archive.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see a plan") as session:
            row = session.get(InputRow, input_hash)
            if row is None:
                raise unknown(
                    "input", f"{input_hash[:12]}…", "Plan again from the present mission folder."
                )
            return row.content

    def note(self, user: User, mission: str, subject: str, detail: str) -> None:
        """Write down that somebody has changed a mission's files.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "change the mission") as session:
            mission_row(session, mission)
            self.context.note(session, user, mission, "input.change", subject, detail)
