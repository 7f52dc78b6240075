"""What changed and is no pin: computed cells, rows that came and went. Nothing is left untold."""

from collections.abc import Mapping

from planner.domain.finding import Finding, Severity
from planner.returned.draft import Draft
from planner.returned.grid import Row, remark
from planner.returned.match import KEYS, Matched, Pair, Sent
from planner.returned.values import shown, text_of
from planner.rules.text import some

_REMEDIES: Mapping[tuple[str, str], str] = {
    ("Areas", "LTO team"): "Change the members of the team in sheet Teams.",
    ("Reserve", ""): "Change the roster itself; it is read again when the mission is planned.",
    ("State quotas", ""): "Change the roster or the policy; shares follow from them.",
    ("Logistics", ""): "Change base towns in sheet Teams, and beds in the list of towns.",
    ("E-day", ""): "Pin stations or base towns; the clock follows when the mission is planned.",
    ("Substitutes", ""): "Pin a station in the column 'Visited by' of sheet Stations.",
}
_ELSE = "Change it in the mission; the plan follows when the mission is planned again."
_ADDED_REMEDY = {
    "Areas": "Areas come from planning; move districts between the areas that there are.",
    "Teams": "Teams come from planning; change the staffing of the mission.",
    "Stations": "Add the station to the frame of the mission first.",
    "E-day": "Enter the pair and the id of the station in the row.",
}
_MISSING_REMEDY = {
    "E-day": "To take a station out, empty its cell and keep the row.",
    "Stations": "To leave a station out, empty its cell 'Visited by' and keep the row.",
}


def tell_computed(matched: Matched, draft: Draft) -> None:
    """Add a finding for every change of the sheet that no edit accounts for."""
    name = matched.sheet.name
    for pair in matched.pairs:
        for column in pair.sent:
            if not pair.unchanged(column) and not draft.claimed(name, pair.got, column):
                draft.ignore(_computed(name, pair, column))
    for row in matched.added:
        draft.ignore(_added(matched, row))
    if matched.missing:
        draft.ignore(_missing(matched))
    draft.ignore(*matched.findings)


def _computed(sheet: str, pair: Pair, column: str) -> Finding:
    return remark(
        sheet,
        "RW-COMPUTED",
        f"{_subject(sheet, pair.sent)}: {column} is computed; the change is ignored.",
        subject=_subject(sheet, pair.sent),
        change=(shown(pair.got.cells[column]), shown(pair.sent[column])),
        at=(pair.got.number, column),
        remedy=_REMEDIES.get((sheet, column)) or _REMEDIES.get((sheet, ""), _ELSE),
    )


def _subject(sheet: str, sent: Sent) -> str:
    columns = KEYS.get(sheet) or ("Team", "No." if "No." in sent else "")
    named = [text_of(sent[column]) for column in columns if column in sent]
    return " ".join(named) or shown(next(iter(sent.values())))


def _added(matched: Matched, row: Row) -> Finding:
    name = matched.sheet.name
    filled = [shown(cell) for cell in row.cells.values() if text_of(cell)]
    return remark(
        name,
        "RW-ROW",
        "A row that belongs to no row of the plan was ignored.",
        change=(some(filled), ""),
        at=(row.number, ""),
        remedy=_ADDED_REMEDY.get(name, _ELSE),
    )


def _missing(matched: Matched) -> Finding:
    name = matched.sheet.name
    subjects = list(dict.fromkeys(_subject(name, sent) for sent in matched.missing))
    return remark(
        name,
        "RW-ROW",
        f"{len(matched.missing)} row(s) were deleted or changed beyond recognition; "
        "nothing follows from that.",
        change=("", some(shown(subject) for subject in subjects)),
        remedy=_MISSING_REMEDY.get(name, "Nothing, if they were deleted to make room."),
        severity=Severity.SOFT if name in _MISSING_REMEDY or name in KEYS else Severity.INFO,
    )
