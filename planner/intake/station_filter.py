"""Rows of a station list that are no stations in the country: notes, sums, stations abroad."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from planner.intake.figures import truth
from planner.intake.ledger import Ledger
from planner.intake.states import find_state
from planner.intake.station_values import accepted_indices, has_word
from planner.intake.table import Table
from planner.intake.words import vocabulary


def drop_notes(table: Table, ledger: Ledger) -> None:
    """Set rows aside that are headings, sums or numbered columns."""
    size = len(table)
    filled = [0] * size
    first = [""] * size
    for column in reversed(table.columns):
        for i, cell in enumerate(column):
            if cell:
                filled[i] += 1
                first[i] = cell
    usual = int(np.median(filled)) if size else 0
    single = [i for i, number in enumerate(filled) if number == 1]
    headings = single if usual >= 3 and size > 1 else []
    known = {word.casefold() for word in vocabulary()["values"]["total"]}
    sums = [i for i, cell in enumerate(first) if cell.rstrip(" :.").casefold() in known]
    count = [str(k + 1) for k in range(len(table.columns))]
    numbers = [
        i
        for i, cell in enumerate(first)
        if cell == "1" and len(count) >= 3 and [column[i] for column in table.columns] == count
    ]
    ledger.set_aside(
        "IN-NOTE", "only one cell is filled: a heading or a note", headings, values=first
    )
    ledger.set_aside("IN-NOTE", "the row is a sum", sums, values=first)
    ledger.set_aside("IN-NOTE", "the row only numbers the columns", numbers, values=first)


def drop_abroad(cells: Mapping[str, Sequence[str] | None], country: str, ledger: Ledger) -> None:
    """Set stations abroad aside.

    Parameters
    ----------
    cells
        Columns ``abroad``, ``country``, ``region``, ``region_name``, ``district``,
        ``district_name``; None where a list has none.
    country
        ISO 3166-1 alpha-2 code of the host country.
    ledger
        Is told what was set aside.
    """
    remedy = "nothing: the mission observes stations in the country"
    flags = cells["abroad"]
    if flags is not None:
        out = [
            i
            for i in accepted_indices(ledger)
            if truth(flags[i]) or (truth(flags[i]) is None and has_word(flags[i], "abroad"))
        ]
        message = "the list says that the station is abroad"
        ledger.set_aside("IN-ABROAD", message, out, remedy=remedy, column="abroad")
    countries = cells["country"]
    if countries is not None:
        home = Counter(
            find_state(countries[i]) == country for i in accepted_indices(ledger) if countries[i]
        )
        if home[True] > home[False]:
            out = [
                i
                for i in accepted_indices(ledger)
                if (state := find_state(countries[i])) is not None and state != country
            ]
            message = "the station is in another country"
            ledger.set_aside(
                "IN-ABROAD", message, out, values=countries, remedy=remedy, column="country"
            )
    for column in ("region", "region_name", "district", "district_name"):
        names = cells[column]
        if names is not None:
            known = {name: has_word(name, "abroad") for name in set(names)}
            out = [i for i in accepted_indices(ledger) if known[names[i]]]
            message = f"its {column.replace('_', ' ')} is that of stations abroad"
            ledger.set_aside("IN-ABROAD", message, out, values=names, remedy=remedy, column=column)
