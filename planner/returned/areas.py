"""Sheet "Areas": districts that were given to another area, and other base towns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Finding, Severity
from planner.domain.ids import AreaId, DistrictId
from planner.domain.place import Town
from planner.domain.plan import Area
from planner.intake.words import folded
from planner.intake.workbook import cell_text
from planner.returned.context import Context, Objection
from planner.returned.draft import Draft
from planner.returned.grid import Row, remark
from planner.returned.match import Matched, Pair
from planner.returned.values import shown, text_of
from planner.rules.text import some

SHEET = "Areas"
DISTRICTS = "Districts"
TOWN = "Base town"
_SEPARATORS = re.compile(r"\s*[,;\n]\s*")
_LONGEST_NAME = 4
"""Pieces of a name that has commas in it itself."""


@dataclass
class _Lists:
    """What the lists of districts have lost and gained."""

    lost: dict[DistrictId, tuple[Row, AreaId]] = field(default_factory=dict)
    gained: list[tuple[Row, AreaId, str]] = field(default_factory=list)
    twins: dict[DistrictId, list[DistrictId]] = field(default_factory=dict)
    """Lost districts that share their name with one that stayed: which one left is unclear."""


def moved_districts(context: Context, matched: Matched, draft: Draft) -> dict[DistrictId, AreaId]:
    """Turn districts that changed lists into edits; return where they belong now."""
    lists = _Lists()
    for pair in matched.pairs:
        if not pair.unchanged(DISTRICTS):
            draft.claim(SHEET, pair.got, (DISTRICTS,))
            _compare(context, pair, lists, draft)
    moves: dict[DistrictId, AreaId] = {}
    for row, area, text in lists.gained:
        district = _gained(context, row, area, text, lists, draft)
        if district is not None:
            moves[district] = area
    for district, (row, area) in lists.lost.items():
        if district not in moves:
            _nowhere(context, row, area, district, draft)
    return moves


def _compare(context: Context, pair: Pair, lists: _Lists, draft: Draft) -> None:
    area = context.case.area_of[AreaId(str(pair.sent["Area"]))]
    typed = _names(context, cell_text(pair.got.cells[DISTRICTS]))
    known = {text: context.districts.get(folded(text), ()) for text in typed}
    left: list[DistrictId] = list(area.districts)
    added = []
    unclear: list[DistrictId] = []
    for text in sorted(typed, key=lambda text: len(known[text]) > 1):  # what is clear goes first
        here = next((each for each in left if each in known[text] or each == text), None)
        if here is None:
            added.append(text)
            continue
        left.remove(here)
        if len(known[text]) > 1:
            unclear.append(here)
    for gone in left:
        namesakes = context.districts.get(folded(_name(context, gone)), ())
        stayed = [each for each in unclear if each in namesakes]
        if stayed:
            lists.twins[gone] = sorted([gone, *stayed])
    lists.gained += [(pair.got, area.id, text) for text in added]
    lists.lost |= dict.fromkeys(left, (pair.got, area.id))
    if not added and not left:
        draft.ignore(
            remark(
                SHEET,
                "RW-ORDER",
                "The districts of the area are the same, written otherwise.",
                subject=area.id,
                at=(pair.got.number, DISTRICTS),
                remedy="Nothing.",
                severity=Severity.INFO,
            )
        )


def _names(context: Context, text: str) -> list[str]:
    """Take a list apart; names that have commas themselves stay whole."""
    with_commas = {
        folded(each.name) for each in context.mission.districts if _SEPARATORS.search(each.name)
    }
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    names = []
    while pieces:
        for count in range(min(_LONGEST_NAME, len(pieces)), 0, -1):
            name = ", ".join(pieces[:count])
            if count == 1 or folded(name) in with_commas:
                names.append(name)
                del pieces[:count]
                break
    return names


def _gained(
    context: Context, row: Row, area: AreaId, text: str, lists: _Lists, draft: Draft
) -> DistrictId | None:
    known = context.districts.get(folded(text), ())
    exact = [each for each in known if each == text]
    moved = [each for each in known if each in lists.lost]
    found: Sequence[DistrictId] = exact or moved or known
    if len(found) != 1:
        objection = Objection(
            f"{len(found)} districts are called {text}: {some(found)}."
            if found
            else f"The mission has no district {text}.",
            "Enter the id of the district that is meant." if found else "Correct the name.",
        )
        draft.edit(
            row,
            SHEET,
            area,
            DISTRICTS,
            change=("", text),
            message=f"{area}: district {text} added",
            pin=(None, objection),
            about=shown(text)[:60],
        )
        return None
    district = context.mission.district_of[found[0]]
    for gone, namesakes in list(lists.twins.items()):
        if exact and gone in lists.lost and district.id in namesakes:
            # The id says which of the namesakes left; the other one stayed.
            lists.lost[district.id] = lists.lost.pop(gone)
            del lists.twins[gone]
            break
    before = context.case.areas_of_district.get(district.id, ())
    old = some(before) or "no area"
    still = bool(before) and district.id not in lists.lost
    message = f"{area}: {district.name} ({district.id}) belongs to {area} instead of {old}"
    if still:
        message += f"; it is still listed in {old} too"
    draft.edit(
        row,
        SHEET,
        district.id,
        DISTRICTS,
        change=(old, area),
        message=message,
        pin=(
            Decision(kind=DecisionKind.DISTRICT_AREA, district=district.id, area=area),
            _twins(lists.twins.get(district.id), text),
        ),
    )
    return district.id


def _twins(unclear: Sequence[DistrictId] | None, text: str) -> Objection | None:
    if not unclear:
        return None
    return Objection(
        f"{len(unclear)} districts of one area are called {text}: {some(unclear)}.",
        "Enter the id of the district that is meant, in both lists.",
    )


def _name(context: Context, district: DistrictId) -> str:
    known = context.mission.district_of.get(district)
    return known.name if known else district


def _nowhere(context: Context, row: Row, area: AreaId, district: DistrictId, draft: Draft) -> None:
    draft.edit(
        row,
        SHEET,
        district,
        DISTRICTS,
        change=(area, ""),
        message=f"{area}: {_name(context, district)} ({district}) taken out",
        pin=(
            None,
            Objection(
                "Rule A1: every district belongs to an area, and no other row lists it.",
                "Enter it in the row of the area that it shall belong to.",
            ),
        ),
    )


def read_base_towns(context: Context, matched: Matched, draft: Draft) -> None:
    """Turn other base towns into edits."""
    for pair in matched.pairs:
        row = pair.got
        if pair.unchanged(TOWN):
            continue
        draft.claim(SHEET, row, (TOWN,))
        area = context.case.area_of[AreaId(str(pair.sent["Area"]))]
        found = context.town(row.text(TOWN), area.id)
        if isinstance(found, Town) and found.id == area.base_town:
            draft.ignore(same_town(SHEET, row, area.id, found))
        else:
            _base_town(context, row, area, found, pair.sent, draft)


def _base_town(
    context: Context,
    row: Row,
    area: Area,
    found: Town | Objection,
    sent: Mapping[str, object],
    draft: Draft,
) -> None:
    text, old = row.text(TOWN), text_of(str(sent[TOWN]))
    decision, objection = None, found if isinstance(found, Objection) else None
    message = f"{area.id}: base town {text or '(empty)'} instead of {old}"
    if isinstance(found, Town):
        decision = Decision(kind=DecisionKind.BASE_TOWN, area=area.id, town=found.id)
        objection = lto_beds(context, found)
        message += f" -> the LTO team of {area.id} lives in {found.name} ({found.id})"
    draft.edit(
        row,
        SHEET,
        area.id,
        TOWN,
        change=(old, text),
        message=message,
        pin=(decision, objection),
    )


def same_town(sheet: str, row: Row, subject: str, town: Town) -> Finding:
    """Return the finding for a base town that is the same by another of its names."""
    return remark(
        sheet,
        "RW-ORDER",
        f"The base town is the same, {town.name} ({town.id}), written otherwise.",
        subject=subject,
        at=(row.number, TOWN),
        remedy="Nothing.",
        severity=Severity.INFO,
    )


def lto_beds(context: Context, town: Town) -> Objection | None:
    """Return why an LTO team cannot live in a town that is too small, or None."""
    needed = context.mission.mission.policies.allocation.beds_per_lto_team
    if town.beds is None or town.beds >= needed:
        return None
    return Objection(
        f"Rule A3: {town.name} has {town.beds} beds, an LTO team needs {needed}.",
        "Choose a larger town, or correct its beds.",
    )
