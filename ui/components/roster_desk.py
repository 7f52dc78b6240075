"""What a person is editing of a roster: which one it began from, and what was typed since.

Streamlit keeps edits of a table by position, and forgets them with the session. Here they are a
difference against the stored roster, kept as a draft with every change.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st
from pydantic import ValidationError

from planner.intake.observers import HEADER
from planner.workspace.roster import read_roster
from planner.workspace.roster_diff import Conflict, RosterDiff, apply, difference
from planner.workspace.roster_rows import row_of
from ui.state import Page

if TYPE_CHECKING:
    from pandas import DataFrame

FIELD = "roster"
"""Name of the draft within a mission."""
DAYS = ("available_from", "available_to")
TRUTHS = ("accredited", "reserve")

Rows = list[dict[str, str]]


@dataclass
class Desk:
    """One person's table in one session.

    Attributes
    ----------
    stored
        The roster that the edits are made against.
    seen
        Digest of the mission folder when it was read; a save names it.
    base
        Rows that the table was drawn with; never changed while it is on the screen.
    generation
        Part of the table's key: another base is another table.
    conflicts
        Where edits of an older roster met a change of somebody else.
    """

    stored: Rows
    seen: str
    base: Rows
    generation: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def open_desk(page: Page) -> tuple[Desk, bool]:
    """Return the person's table, and whether the stored roster has changed since it was drawn.

    Changes of other files of the mission are none of the roster's: they only renew ``seen``.

    Raises
    ------
    InputError, PlannerError
        As :func:`planner.workspace.roster.read_roster`.
    """
    key = _key(page)
    digest = page.workspace.digest(page.folder)
    desk = st.session_state.get(key)
    if isinstance(desk, Desk) and desk.seen == digest:
        return desk, False
    present = [row_of(observer) for observer in read_roster(page.folder.path).observers]
    if not isinstance(desk, Desk):
        desk = _from_draft(page, present, digest, 0)
        st.session_state[key] = desk
        return desk, False
    if present == desk.stored:
        desk.seen = digest
        return desk, False
    return desk, True


def rebase(page: Page, desk: Desk) -> None:
    """Lay what was typed over the roster as it is now."""
    present = [row_of(observer) for observer in read_roster(page.folder.path).observers]
    digest = page.workspace.digest(page.folder)
    st.session_state[_key(page)] = _from_draft(page, present, digest, desk.generation + 1)


def leave_desk(page: Page) -> None:
    """Forget what was typed; the next table begins with the stored roster."""
    page.workspace.store.drafts.clear(page.user, page.folder.id, FIELD)
    desk = st.session_state.get(_key(page))
    generation = desk.generation + 1 if isinstance(desk, Desk) else 0
    present = [row_of(observer) for observer in read_roster(page.folder.path).observers]
    digest = page.workspace.digest(page.folder)
    st.session_state[_key(page)] = Desk(present, digest, present, generation)


def keep_draft(page: Page, diff: RosterDiff) -> None:
    """Keep what was typed so far, if it is not kept already."""
    text = diff.model_dump_json() if diff else ""
    known = page.workspace.store.drafts.all(page.user, page.folder.id).get(FIELD, "")
    if text != known:
        page.workspace.store.drafts.put(page.user, page.folder.id, FIELD, text)


def changes(desk: Desk, rows: Rows) -> RosterDiff:
    """Return what the table's rows change in the roster that they began from."""
    return difference(desk.stored, rows)


def changes_meanwhile(page: Page, desk: Desk) -> RosterDiff:
    """Return what somebody else has changed since the table was drawn."""
    present = [row_of(observer) for observer in read_roster(page.folder.path).observers]
    return difference(desk.stored, present)


def to_cells(rows: Rows) -> dict[str, list[Any]]:
    """Return rows as the columns of a table: days as dates, truths as truths."""
    return {column: [_cell(column, row[column]) for row in rows] for column in HEADER}


def to_rows(frame: "DataFrame") -> Rows:
    """Return a table's cells as texts by row; rows without any text are left out."""
    found: Rows = []
    columns = [list(frame[name]) for name in HEADER]
    for cells in zip(*columns, strict=True):
        row = {name: _text(name, value) for name, value in zip(HEADER, cells, strict=True)}
        if any(row[name] for name in HEADER if name not in TRUTHS):
            found.append(row)
    return found


def _cell(column: str, text: str) -> Any:  # noqa: ANN401 - cells of a table
    if column in DAYS:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return None
    if column in TRUTHS:
        return text == "yes"
    return text or None


def _text(column: str, value: Any) -> str:  # noqa: ANN401 - cells of a table
    if column in TRUTHS:
        # A row that was just added has an empty box.
        return "yes" if value is True or str(value) == "True" else "no"
    # A missing cell is None, NaN or NaT, and differs from itself or says so.
    if value is None or value != value or str(value) in ("NaT", "<NA>"):  # noqa: PLR0124
        return ""
    if column in DAYS:
        return str(value)[:10]
    return str(value).strip()


def _from_draft(page: Page, present: Rows, digest: str, generation: int) -> Desk:
    text = page.workspace.store.drafts.all(page.user, page.folder.id).get(FIELD, "")
    try:
        diff = RosterDiff.model_validate_json(text) if text else RosterDiff()
    except ValidationError:
        diff = RosterDiff()
    base, conflicts = apply(present, diff)
    return Desk(present, digest, base, generation, conflicts)


def _key(page: Page) -> str:
    return f"roster-desk-{page.folder.id}"
