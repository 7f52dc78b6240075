"""Which row that came back is which row that was sent: by key, never by position."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.finding import Finding, Severity
from planner.export.sheets.table import Sheet, Toned, Value
from planner.returned.grid import Row, remark
from planner.returned.values import same, text_of
from planner.rules.text import some

PLACE = "Station or commission"
"""The column of sheet "E-day" that says where a stop is."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "Areas": ("Area",),
    "Teams": ("Team",),
    "Stations": ("Station",),
    "Reserve": ("Observer",),
    "Substitutes": ("Area", "Station"),
    "State quotas": ("State",),
}
"""Columns that name a row of a sheet and no other."""
_PASSES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "E-day": (
        ("Team", "No.", "What", PLACE),
        ("Team", "No.", "What", "Name"),
        ("Team", "What", PLACE),
        ("Team", "No.", "What"),
        ("What", PLACE),
        ("Team", "No."),
    ),
    "Logistics": (("Town", "District", "Areas", "Teams"), ("Town", "District")),
}
"""Where no key is sure: columns to match by, the strictest first. A pair's stops may have been
renumbered, exchanged or given to another pair."""
_WHOLE = {("Team", "No.", "What", "Name"), ("What", PLACE)}
"""Columns that name a stop only if all of them are filled."""
_HEADER = {"E-day": ("Team", "No.", PLACE), "Logistics": ("Town", "District")}

Sent = Mapping[str, Value]


@dataclass(frozen=True)
class Pair:
    """A row as it was sent, and as it came back."""

    sent: Sent
    got: Row

    def unchanged(self, column: str) -> bool:
        """Tell whether the cell says what was sent; so it does where its column is gone."""
        return column not in self.got.cells or same(self.sent[column], self.got.cells[column])


@dataclass
class Matched:
    """A sheet with its rows matched.

    Parameters
    ----------
    pairs
        Rows that are there on both sides, in the order in which they were sent.
    added
        Rows that came back and were not sent.
    missing
        Rows that were sent and did not come back.
    """

    sheet: Sheet
    pairs: list[Pair] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    missing: list[Sent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def header_keys(sheet: Sheet) -> tuple[str, ...]:
    """Return the titles without which the header of a sheet is not found."""
    first = (sheet.table.columns[0].title, sheet.table.columns[1].title)
    return KEYS.get(sheet.name) or _HEADER.get(sheet.name) or first


def match(sheet: Sheet, rows: Sequence[Row]) -> Matched:
    """Match the rows of a sheet.

    Rows of the same key that differ are ambiguous: none of them is taken, and a finding says so.
    """
    titles = [column.title for column in sheet.table.columns]
    sent: list[Sent] = [
        {
            title: cell.value if isinstance(cell, Toned) else cell
            for title, cell in zip(titles, cells, strict=True)
        }
        for cells in sheet.table.rows
    ]
    result = Matched(sheet)
    key = KEYS.get(sheet.name)
    if key is not None:
        rows, sent = _without_doubles(result, sent, rows, key)
    passes = (key,) if key else _PASSES.get(sheet.name, (tuple(titles),))
    found: dict[int, Row] = {}
    left = list(rows)
    for columns in passes:
        left = _pass(sent, left, columns, found)
    result.pairs = [Pair(sent[index], found[index]) for index in sorted(found)]
    result.missing = [each for index, each in enumerate(sent) if index not in found]
    result.added = left
    return result


def _pass(
    sent: Sequence[Sent], rows: Sequence[Row], columns: Sequence[str], found: dict[int, Row]
) -> list[Row]:
    """Match what is still open by ``columns``; return the rows that are left."""
    open_rows: defaultdict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for index, each in enumerate(sent):
        if index not in found:
            key = tuple(text_of(each[column]) for column in columns)
            open_rows[key].append(index)
    single = len(columns) == 1
    loose = _loose(open_rows) if single else {}
    left = []
    for row in rows:
        key = tuple(row.text(column) for column in columns)
        waiting = open_rows.get(key) or open_rows.get(loose.get(_bare(key), key))
        sure = all(key) if tuple(columns) in _WHOLE else any(key)
        if waiting and sure:
            found[waiting.popleft()] = row
        else:
            left.append(row)
    return left


def _loose(keys: Mapping[tuple[str, ...], object]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the keys by what is left of them when a program takes ``0012`` for a number."""
    count = Counter(_bare(key) for key in keys)
    return {_bare(key): key for key in keys if count[_bare(key)] == 1}


def _bare(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.casefold().lstrip("0") for part in key)


def _without_doubles(
    result: Matched, sent: list[Sent], rows: Sequence[Row], key: tuple[str, ...]
) -> tuple[list[Row], list[Sent]]:
    """Keep one of equal rows, and none of rows that share a key and differ."""
    by_key: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        by_key[tuple(row.text(column) for column in key)].append(row)
    kept: list[Row] = []
    dropped: set[tuple[str, ...]] = set()
    for name, doubles in by_key.items():
        kept.append(doubles[0])
        if len(doubles) == 1 or not any(name):
            kept += doubles[1:]
            continue
        equal = all(
            other.text(title) == doubles[0].text(title)
            for other in doubles[1:]
            for title in other.cells
        )
        if not equal:
            kept.pop()
            dropped.add(name)
        result.findings.append(
            remark(
                result.sheet.name,
                "RW-DUPLICATE",
                f"{' '.join(name)} stands in {len(doubles)} rows"
                + (", all alike." if equal else " that differ: none of them was read."),
                subject=" ".join(name),
                change=(f"rows {some(str(row.number) for row in doubles)}", ""),
                at=(doubles[-1].number, ""),
                remedy="Keep one of these rows, and upload the workbook again.",
                severity=Severity.INFO if equal else Severity.SOFT,
            )
        )
    present = [each for each in sent if tuple(text_of(each[c]) for c in key) not in dropped]
    return kept, present
