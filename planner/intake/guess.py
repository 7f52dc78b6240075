"""Which column is which field: by its name in many languages, by content, by the user's word."""

import difflib
from collections.abc import Mapping
from functools import cache

from planner.errors import PlannerError
from planner.intake.content import FITS, HINTS, Content
from planner.intake.table import Table
from planner.intake.words import folded, header_words, vocabulary

_EXACT = 100.0
_PART = 70.0
_HINT = 25.0
_THRESHOLD = 12.0
_SHORTEST_PART = 3
_WHOLE_NAME_ONLY = ("number",)
_CODE_WORDS = frozenset(
    folded(word)
    for word in ("id", "code", "no", "nr", "number", "№", "num", "kod", "cod", "codigo", "numero")
)


@cache
def synonyms(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the known names of columns by field, folded, for a kind of list."""
    return {
        field: tuple(dict.fromkeys(header_words(name) for name in (field, *names)))
        for field, names in vocabulary()["columns"][kind].items()
    }


def fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of list, in their order."""
    return tuple(synonyms(kind))


@cache
def _known_names(kind: str) -> frozenset[str]:
    private = (words for group in ("private", "personal") for words in vocabulary()[group].values())
    others = {header_words(word) for words in private for word in words}
    return frozenset(name for names in synonyms(kind).values() for name in names) | others


def is_known(kind: str, cell: str) -> bool:
    """Tell whether a cell is the name of a column of this kind of list."""
    return header_words(cell) in _known_names(kind)


def name_score(name: str, known: tuple[str, ...]) -> float:
    """Return how well a column's name fits a field: 100 as a whole, less as a part, 0 not."""
    words = header_words(name)
    if words in known:
        return _EXACT - known.index(words) * 0.01
    padded = f" {words} "
    parts = [len(part) for part in known if len(part) >= _SHORTEST_PART and f" {part} " in padded]
    return _PART * max(parts) / len(words) if parts else 0.0


def _scores(kind: str, table: Table) -> list[tuple[float, int, int, str]]:
    """Return (score, -rank of field, -column, field) for everything that fits at all."""
    found = []
    for i, name in enumerate(table.header):
        content = Content(table.columns[i])
        if not content.filled and table.row_numbers:
            continue
        for rank, (field, known) in enumerate(synonyms(kind).items()):
            score = name_score(name, known)
            if field in _WHOLE_NAME_ONLY and score < _EXACT - 1:
                score = 0.0
            if field == "id" and not score and content.unique > 0.98 and content.codes > 0.9:
                code_words = _CODE_WORDS & set(header_words(name).split())
                score = _HINT + (15.0 if code_words else 0.0)
            hint = HINTS.get(field)
            if hint and not score and hint[0] == kind and hint[1](content):
                score = _HINT
            fit = FITS[field](content) if content.filled else 1.0
            if score * fit >= _THRESHOLD:
                found.append((score * fit, -rank, -i, field))
    return sorted(found, reverse=True)


def guess(kind: str, table: Table, fixed: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each field that can be told, fixed ones first.

    Parameters
    ----------
    kind
        Kind of list.
    table
        The list.
    fixed
        Columns by field that somebody has named; an empty name means: no column for this field.

    Returns
    -------
    dict
        Column names by field. Each column serves one field.
    """
    chosen = {field: column for field, column in fixed.items() if column}
    taken = set(chosen.values())
    scored = _scores(kind, table)
    for _, _, minus_i, field in scored:
        column = table.header[-minus_i]
        if field in chosen or field in fixed or column in taken:
            continue
        chosen[field] = column
        taken.add(column)
    _complete_points(table, chosen, fixed, taken)
    return {field: chosen[field] for field in fields(kind) if field in chosen}


def _complete_points(
    table: Table, chosen: dict[str, str], fixed: Mapping[str, str], taken: set[str]
) -> None:
    """Find two neighbouring columns of degrees where no name tells them; drop half a pair."""
    if "lat" in chosen and "lon" in chosen:
        if "coordinates" not in fixed:
            chosen.pop("coordinates", None)
        return
    for half in ("lat", "lon"):
        if half not in fixed:
            chosen.pop(half, None)
    if "coordinates" in chosen or {"lat", "lon", "coordinates"} & set(fixed):
        return
    free = [i for i, name in enumerate(table.header) if name not in taken]
    for i in free:
        if i + 1 in free:
            first, second = Content(table.columns[i]), Content(table.columns[i + 1])
            if (
                min(first.fractions, second.fractions) > 0.8
                and min(first.unique, second.unique) > 0.3
            ):
                chosen["lat"], chosen["lon"] = table.header[i], table.header[i + 1]
                return


def resolve(kind: str, table: Table, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the user's mapping with column names as they stand in the file.

    A column may be named without regard to case and accents, or by its letter: ``column C``.

    Raises
    ------
    PlannerError
        ``IN-MAP`` for a field or a column that does not exist.
    """
    known = {folded(name): name for name in reversed(table.header)}
    result = {}
    for field, column in mapping.items():
        if field not in synonyms(kind):
            raise PlannerError(
                "IN-MAP",
                f"{kind} have no field {field!r}",
                f"fields are: {', '.join(fields(kind))}",
            )
        if column and column not in table.header and folded(column) not in known:
            close = difflib.get_close_matches(column, table.header, n=3, cutoff=0.5)
            hint = f"did you mean {', '.join(close)}? " if close else ""
            raise PlannerError(
                "IN-MAP",
                f"{table.file} has no column {column!r} for {field}",
                f"{hint}columns are: {', '.join(table.header)}",
            )
        result[field] = column if column in table.header or not column else known[folded(column)]
    return result
