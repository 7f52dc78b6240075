"""Ticks in a table that outlive a reload: kept in the store while they are being set."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from planner.store.access import Role
from ui.access import require
from ui.state import Page


@dataclass(frozen=True)
class Ticks:
    """The ticks of one person in one table.

    Parameters
    ----------
    name
        Names the table within the mission.
    ids
        Its lines; another set of lines is another table, so that no tick slips to another line.
    """

    page: Page
    name: str
    ids: Sequence[str]

    @property
    def key(self) -> str:
        """Key of the table among the widgets."""
        return f"ticks-{self.name}-{zlib.crc32(chr(10).join(self.ids).encode()):08x}"

    @property
    def _field(self) -> str:
        return f"ticks-{self.name}"

    def begin(self) -> list[bool]:
        """Return the ticks that the table begins with: the same for as long as it is drawn.

        What is ticked since then is Streamlit's difference to these, and never fed back.
        """
        key = f"{self.key}-begin"
        # Streamlit forgets its difference when another page is drawn: then the store is asked anew.
        if key not in st.session_state or self.key not in st.session_state:
            drafts = self.page.workspace.store.drafts.all(self.page.user, self.page.folder.id)
            kept = set(drafts.get(self._field, "").splitlines())
            st.session_state[key] = [each in kept for each in self.ids]
        return list(st.session_state[key])

    def keep(self, column: str) -> None:
        """Keep what is ticked now; called when a person has changed the table."""
        ticked = self.begin()
        changes = st.session_state[self.key].get("edited_rows", {})
        for row, values in changes.items():
            if column in values:
                ticked[int(row)] = bool(values[column])
        self.page.workspace.store.drafts.put(
            require(Role.PLANNER, "tick a line"),
            self.page.folder.id,
            self._field,
            "\n".join(each for each, tick in zip(self.ids, ticked, strict=True) if tick),
        )

    def forget(self) -> None:
        """Forget the ticks, after they were used."""
        self.page.workspace.store.drafts.clear(self.page.user, self.page.folder.id, self._field)
        st.session_state.pop(f"{self.key}-begin", None)
