"""Figures and words of stations: voters, kind, urban or rural, hours, number of stations."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import TypeVar

import numpy as np

from planner.domain.finding import Severity
from planner.domain.mission import VotingHours
from planner.domain.place import SettlementType, StationKind
from planner.intake.figures import clock_time, whole_number
from planner.intake.ledger import Ledger
from planner.intake.words import folded, value_words

MAX_STATIONS_IN_A_ROW = 200
MAX_VOTERS = 100_000
_Value = TypeVar("_Value")


def accepted_indices(ledger: Ledger) -> list[int]:
    """Return the indices of the rows that are still accepted."""
    return [int(i) for i in np.flatnonzero(ledger.accepted)]


def read_voters(cells: Sequence[str] | None, ledger: Ledger) -> list[int | None]:
    """Return registered voters of each row; None where a list does not know them.

    A zero is no figure: lists of special stations are drawn up on the eve.
    """
    voters: list[int | None] = [None] * len(ledger.row_numbers)
    if cells is None:
        return voters
    missing, zero, wrong = [], [], []
    for i in accepted_indices(ledger):
        number = whole_number(cells[i])
        if not cells[i]:
            missing.append(i)
        elif number is None or not 0 <= number <= MAX_VOTERS:
            wrong.append(i)
        elif number == 0:
            zero.append(i)
        else:
            voters[i] = number
    say = "voters are unknown for these stations; they count as the median one where voters matter"
    ledger.note("IN-VOTERS", Severity.SOFT, f"no voters given; {say}", missing, column="voters")
    ledger.note("IN-VOTERS", Severity.SOFT, f"0 voters are no figure; {say}", zero, column="voters")
    ledger.note(
        "IN-VOTERS",
        Severity.SOFT,
        f"the number of voters cannot be read or is not within 0 to {MAX_VOTERS:,}; {say}",
        wrong,
        values=cells,
        remedy="correct the figure",
        column="voters",
    )
    return voters


def read_counts(cells: Sequence[str] | None, ledger: Ledger) -> list[int]:
    """Return how many stations each row stands for; rows that stand for none are set aside."""
    counts = [1] * len(ledger.row_numbers)
    if cells is None:
        return counts
    none, wrong, several = [], [], []
    for i in accepted_indices(ledger):
        number = whole_number(cells[i]) if cells[i] else 1
        if number == 0:
            none.append(i)
        elif number is None or not 0 < number <= MAX_STATIONS_IN_A_ROW:
            wrong.append(i)
        else:
            counts[i] = number
            if number > 1:
                several.append(i)
    ledger.set_aside("IN-COUNT", "the row stands for no station", none, values=cells)
    ledger.set_aside(
        "IN-COUNT",
        f"the number of stations is not within 1 to {MAX_STATIONS_IN_A_ROW}",
        wrong,
        values=cells,
        remedy="correct it, or take another column with --map count=COLUMN",
        column="count",
    )
    ledger.note(
        "IN-COUNT",
        Severity.INFO,
        "the row stands for several stations: they became ID/1, ID/2 …, voters shared out evenly",
        several,
        values=cells,
        column="count",
    )
    return counts


def has_word(text: str, group: str) -> bool:
    """Tell whether a cell is, or contains as words, one of a group of words."""
    words = folded(text)
    known = value_words(group)
    if words in known:
        return True
    padded = f" {words} "
    return any(f" {word} " in padded for word in known if len(word) > 3)


def _read_words(
    cells: Sequence[str], ledger: Ledger, meaning: Callable[[str], _Value | None], usual: _Value
) -> tuple[list[_Value], list[int]]:
    """Return the meaning of each cell, and the indices of filled cells without one."""
    cache: dict[str, _Value | None] = {}
    values, unknown = [usual] * len(cells), []
    for i in accepted_indices(ledger):
        text = cells[i]
        if not text:
            continue
        if text not in cache:
            cache[text] = meaning(text)
        found = cache[text]
        if found is None:
            unknown.append(i)
        else:
            values[i] = found
    return values, unknown


def _kind(text: str) -> StationKind | None:
    if has_word(text, "special"):
        return StationKind.SPECIAL
    return StationKind.ORDINARY if has_word(text, "ordinary") else None


def read_kinds(cells: Sequence[str] | None, ledger: Ledger) -> list[StationKind]:
    """Return ordinary or special for each row; words that nobody knows mean ordinary."""
    if cells is None:
        return [StationKind.ORDINARY] * len(ledger.row_numbers)
    kinds, unknown = _read_words(cells, ledger, _kind, StationKind.ORDINARY)
    if unknown and len(unknown) == sum(bool(cells[i]) for i in accepted_indices(ledger)):
        ledger.note_list(
            "IN-KIND",
            Severity.INFO,
            "the column of kinds does not tell special stations; all were taken for ordinary ones",
            value=", ".join(sorted({cells[i] for i in unknown})[:5]),
            remedy="write 'special' for stations in hospitals, barracks, prisons and rest homes",
        )
        return kinds
    ledger.note(
        "IN-KIND",
        Severity.INFO,
        "the kind is not understood; taken for ordinary stations",
        unknown,
        values=cells,
        remedy="write 'special' for stations in hospitals, barracks, prisons and rest homes",
        column="kind",
    )
    return kinds


def _settlement(text: str) -> SettlementType | None:
    # "urban-type settlement", "rural town": the more telling word stands first in most languages.
    first = folded(text).split(" ", 1)[0] if folded(text) else ""
    for group, value in (("urban", SettlementType.URBAN), ("rural", SettlementType.RURAL)):
        if folded(text) in value_words(group) or first in value_words(group):
            return value
    return None


def read_settlements(
    cells: Sequence[str] | None, localities: Sequence[str], ledger: Ledger
) -> list[SettlementType]:
    """Return urban or rural for each row, from its own column or its settlement's name.

    ``city of Osh`` is urban, ``village Gulcha`` rural; a name without a type says nothing.
    """
    if cells is None:
        values, _ = _read_words(
            [name if " " in name else "" for name in localities],
            ledger,
            _settlement,
            SettlementType.UNKNOWN,
        )
        return values
    values, unknown = _read_words(cells, ledger, _settlement, SettlementType.UNKNOWN)
    ledger.note(
        "IN-SETTLEMENT",
        Severity.INFO,
        "urban or rural is not understood",
        unknown,
        values=cells,
        remedy="write urban or rural",
        column="settlement",
    )
    return values


def read_hours(
    opens: Sequence[str] | None, closes: Sequence[str] | None, usual: VotingHours, ledger: Ledger
) -> tuple[list[time | None], list[time | None]]:
    """Return a station's own opening and closing, None where they are the usual ones."""
    size = len(ledger.row_numbers)
    result: list[list[time | None]] = []
    for cells, normal, column in ((opens, usual.opens, "opens"), (closes, usual.closes, "closes")):
        times: list[time | None] = [None] * size
        unread = []
        for i in accepted_indices(ledger) if cells is not None else []:
            if cells is not None and cells[i]:
                moment = clock_time(cells[i])
                if moment is None:
                    unread.append(i)
                elif moment != normal:
                    times[i] = moment
        ledger.note(
            "IN-HOURS",
            Severity.SOFT,
            "the time cannot be read; the mission's own hours hold",
            unread,
            values=cells,
            remedy="write times like 07:00",
            column=column,
        )
        result.append(times)
    wrong = [
        i
        for i in accepted_indices(ledger)
        if (result[0][i] or usual.opens) >= (result[1][i] or usual.closes)
    ]
    for i in wrong:
        result[0][i] = result[1][i] = None
    ledger.note(
        "IN-HOURS", Severity.SOFT, "it closes before it opens; the mission's own hours hold", wrong
    )
    return result[0], result[1]
