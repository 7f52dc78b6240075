"""How a roster that a person edits differs from the stored one, and what that means later.

A difference is kept while it is being typed, also where it is still wrong, and can be laid over a
roster that somebody else has changed meanwhile.
"""

from collections.abc import Sequence

from planner.domain.base import Frozen
from planner.intake.observers import HEADER
from planner.workspace.roster_rows import Row


class CellChange(Frozen):
    """One cell that was edited: what stood there when it was, and what stands there now."""

    observer: str
    column: str
    before: str
    after: str


class RosterDiff(Frozen):
    """What a person has changed in a roster; survives as JSON.

    Attributes
    ----------
    changed
        Cells of observers that both rosters have.
    added
        Rows whose id the old roster lacks, or which repeat an id.
    removed
        Rows that the new roster lacks.
    """

    changed: tuple[CellChange, ...] = ()
    added: tuple[dict[str, str], ...] = ()
    removed: tuple[dict[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.changed or self.added or self.removed)

    @property
    def count(self) -> int:
        """Cells changed, rows added and rows removed."""
        return len(self.changed) + len(self.added) + len(self.removed)


class Conflict(Frozen):
    """A change of mine that meets a change of somebody else.

    Attributes
    ----------
    column
        Empty where it is about the whole row.
    mine, theirs
        What each of the two wrote; empty for a row that was removed.
    """

    observer: str
    column: str
    mine: str
    theirs: str


def difference(before: Sequence[Row], after: Sequence[Row]) -> RosterDiff:
    """Return how ``after`` differs from ``before``; rows belong together by their id.

    An id that was edited is a row removed and one added.
    """
    old = {row["id"]: row for row in before}
    seen: set[str] = set()
    changed: list[CellChange] = []
    added: list[dict[str, str]] = []
    for row in after:
        code = row.get("id", "")
        known = None if code in seen else old.get(code)
        if known is None:
            added.append({column: row.get(column, "") for column in HEADER})
            continue
        seen.add(code)
        changed += [
            CellChange(
                observer=code,
                column=column,
                before=known.get(column, ""),
                after=row.get(column, ""),
            )
            for column in HEADER
            if known.get(column, "") != row.get(column, "")
        ]
    removed = [dict(row) for code, row in old.items() if code not in seen]
    return RosterDiff(changed=tuple(changed), added=tuple(added), removed=tuple(removed))


def apply(stored: Sequence[Row], diff: RosterDiff) -> tuple[list[dict[str, str]], list[Conflict]]:
    """Return a roster with a person's changes, and where they meet those of somebody else.

    The person's own word stands in the result; the conflicts say what it would replace.
    """
    cells: dict[str, list[CellChange]] = {}
    for change in diff.changed:
        cells.setdefault(change.observer, []).append(change)
    gone = {row["id"]: row for row in diff.removed}
    known = {row["id"]: row for row in stored}
    rows: list[dict[str, str]] = []
    conflicts: list[Conflict] = []
    for code, row in known.items():
        if code not in gone:
            rows.append(_edited(row, cells.get(code, ()), conflicts))
        elif dict(row) != gone[code]:
            conflicts.append(Conflict(observer=code, column="", mine="", theirs=_text(row)))
    for code in cells.keys() - known.keys():
        mine = ", ".join(f"{change.column} {change.after}" for change in cells[code])
        conflicts.append(Conflict(observer=code, column="", mine=mine, theirs=""))
    for added in diff.added:
        same = known.get(added["id"])
        if same is not None and added["id"] not in gone:
            mine = _text(added)
            conflicts.append(
                Conflict(observer=added["id"], column="", mine=mine, theirs=_text(same))
            )
        rows.append(dict(added))
    return rows, sorted(conflicts, key=lambda each: (each.observer, each.column))


def _edited(row: Row, changes: Sequence[CellChange], conflicts: list[Conflict]) -> dict[str, str]:
    own = dict(row)
    for change in changes:
        now = own.get(change.column, "")
        if now not in (change.before, change.after):
            conflicts.append(
                Conflict(
                    observer=change.observer, column=change.column, mine=change.after, theirs=now
                )
            )
        own[change.column] = change.after
    return own


def _text(row: Row) -> str:
    return ", ".join(f"{column} {row[column]}" for column in HEADER[1:] if row.get(column))
