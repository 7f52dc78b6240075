"""Ids of stations: text with its zeros, composed where numbers start anew, made up where none."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from planner.domain.finding import Severity
from planner.intake.ledger import Ledger

_REPEATED_SHARE = 0.2


def _repeated(ids: Sequence[str], accepted: Sequence[int]) -> float:
    counts = Counter(ids[i] for i in accepted if ids[i])
    return 1 - len(counts) / max(1, counts.total())


def make_ids(
    given: Sequence[str] | None,
    districts: Sequence[str],
    localities: Sequence[str],
    accepted: Sequence[int],
    ledger: Ledger,
) -> list[str]:
    """Return an id for each row.

    Parameters
    ----------
    given
        Ids as they stand, or None where the list has none.
    districts, localities
        District and locality of each row; numbers that start anew in each of them are made
        distinct with them.
    accepted
        Indices of the rows that need an id.
    ledger
        Is told what was done.
    """
    size = len(districts)
    if given is None or not any(given[i] for i in accepted):
        ids = [f"S-{row:06d}" for row in ledger.row_numbers]
        ledger.note_list(
            "IN-ID",
            Severity.INFO,
            "the list has no ids; they were made from the row numbers",
            remedy="map the column of station numbers with --map id=COLUMN if there is one",
        )
        return ids
    ids = list(given)
    repeated = _repeated(ids, accepted)
    if repeated > _REPEATED_SHARE:
        for parts, what in (
            ((districts,), "district"),
            ((districts, localities), "district and locality"),
        ):
            composed = [
                "-".join([*(part[i] for part in parts if part[i]), given[i]]) if given[i] else ""
                for i in range(size)
            ]
            if _repeated(composed, accepted) < 0.5 * repeated:
                ledger.note_list(
                    "IN-ID",
                    Severity.INFO,
                    f"numbers start anew in each {what}; ids were composed of both",
                    value=next(composed[i] for i in accepted if composed[i]),
                )
                ids = composed
                break
    blank = [i for i in accepted if not ids[i]]
    if blank:
        taken = set(ids)
        for i in blank:
            new = f"S-{ledger.row_numbers[i]:06d}"
            while new in taken:
                new += "x"
            ids[i] = new
            taken.add(new)
        ledger.note(
            "IN-ID",
            Severity.SOFT,
            "the id is missing; one was made from the row number",
            blank,
            remedy="fill the id in the list, so that it stays the same in the next import",
            column="id",
        )
    return ids


def drop_repeated(
    ids: Sequence[str],
    compared: Mapping[str, Sequence[str]],
    accepted: Sequence[int],
    ledger: Ledger,
) -> None:
    """Set later rows with an id aside: the same row again, or one that contradicts the first.

    Parameters
    ----------
    ids
        Id of each row.
    compared
        Columns by name that must agree.
    accepted
        Indices of the rows in question, in the order of the file.
    ledger
        Is told what was set aside.
    """
    first: dict[str, int] = {}
    same: list[int] = []
    contrary: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in accepted:
        known = first.setdefault(ids[i], i)
        if known == i:
            continue
        differing = tuple(name for name, cells in compared.items() if cells[i] != cells[known])
        if differing:
            contrary[differing].append(i)
        else:
            same.append(i)
    ledger.set_aside("IN-TWICE", "the row stands in the list twice", same, values=ids, column="id")
    for differing, indices in sorted(contrary.items()):
        ledger.set_aside(
            "IN-CONFLICT",
            f"an earlier row has this id but another {', '.join(differing)}; the first was kept",
            indices,
            values=ids,
            remedy="find out which row is right, and correct or remove the other",
            column="id",
        )


def free_ids(ids: Sequence[str], wanted: Sequence[int]) -> list[list[str]]:
    """Return ids for rows that stand for several stations: one, or ``id/1``, ``id/2`` and so on.

    Parameters
    ----------
    ids
        Id of each row.
    wanted
        Number of stations of each row.
    """
    taken = set(ids)
    result = []
    for identity, number in zip(ids, wanted, strict=True):
        if number == 1:
            result.append([identity])
            continue
        made = []
        for k in range(1, number + 1):
            new = f"{identity}/{k}"
            while new in taken:
                new += "x"
            taken.add(new)
            made.append(new)
        result.append(made)
    return result
