"""Sheet "E-day": stations that were replaced, emptied, added or given to another pair.

What counts is the set of stations of each pair before and after: the order, the clock and the
phases are planned anew.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from planner.domain.finding import Finding, Severity
from planner.domain.ids import StationId
from planner.domain.plan import Phase
from planner.returned.context import Context
from planner.returned.draft import Draft
from planner.returned.grid import Row, remark
from planner.returned.match import PLACE, Matched, Pair
from planner.returned.values import text_of
from planner.returned.visits import nobody, visit

SHEET = "E-day"


@dataclass
class _Lists:
    """The places of each pair: as sent, and as they came back with the row of each."""

    old: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    new: defaultdict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))

    def goes(self, place: str) -> list[str]:
        """Return the teams that go to a place now."""
        return [team for team, places in self.new.items() if place in places]


def read_e_day(context: Context, matched: Matched, draft: Draft) -> None:
    """Turn the changes of the sheet into edits."""
    lists = _Lists()
    was: dict[int, str] = {}
    stops = [pair for pair in matched.pairs if not _commission(context, pair, draft)]
    for pair in stops:
        old, team = str(pair.sent[PLACE] or ""), str(pair.sent["Team"])
        was[pair.got.number] = old
        if old:
            lists.old[team].add(old)
        new = old if pair.unchanged(PLACE) else _station(context, pair.got.text(PLACE))
        if new:
            lists.new[_team(context, pair.got) or team].setdefault(new, pair.got)
    for sent in matched.missing:
        lists.old[str(sent["Team"])].add(str(sent[PLACE] or ""))
    _take_added(context, matched, lists)
    for team, places in lists.new.items():
        for place, row in places.items():
            if place not in lists.old[team]:
                _visit(context, row, team, place, was.get(row.number, ""), draft)
    for pair in stops:
        _rest(context, pair, lists, draft)


def _commission(context: Context, pair: Pair, draft: Draft) -> bool:
    """Tell whether the row is no visit to a station; a changed commission means nothing."""
    if pair.sent["What"] != Phase.TABULATION.value:
        return False
    if not pair.unchanged(PLACE):
        team = _team(context, pair.got) or str(pair.sent["Team"])
        why = "the commission follows from the count."
        draft.claim(SHEET, pair.got, (PLACE,))
        draft.ignore(_told(pair.got, team, pair.got.text(PLACE), text_of(pair.sent[PLACE]), why))
    return True


def _team(context: Context, row: Row) -> str:
    text = row.text("Team")
    return context.teams.find(text) or text


def _station(context: Context, text: str) -> str:
    """Return the id of the station that ``text`` means, or the text itself."""
    return context.stations.find(text) or text


def _take_added(context: Context, matched: Matched, lists: _Lists) -> None:
    """Take rows that were inserted with a pair and a place; the others are told as rows."""
    taken: set[int] = set()
    for row in matched.added:
        team, place = _team(context, row), row.text(PLACE)
        if team and place and row.text("What") != Phase.TABULATION.value:
            taken.add(row.number)
            lists.new[team].setdefault(_station(context, place), row)
    matched.added = [row for row in matched.added if row.number not in taken]


def _visit(context: Context, row: Row, team: str, place: str, instead: str, draft: Draft) -> None:
    draft.claim(SHEET, row, (PLACE, "Team", "No.", *_following(context, row, place)))
    decision, objection = visit(context, place, team)
    others = context.case.teams_of_station.get(StationId(place), ())
    given = f", {' and '.join(others)} does not" if others and team not in others else ""
    said = f" instead of {instead}" if instead and instead != place else ""
    draft.edit(
        row,
        SHEET,
        f"{team} no. {row.text('No.') or 'new'}",
        PLACE,
        change=(instead, place),
        message=f"{team}: station {place}{said} -> {team} goes to {place}{given}",
        pin=(decision, objection),
    )


def _following(context: Context, row: Row, place: str) -> list[str]:
    """Return the cells that say what is true of the station that was entered."""
    station = context.mission.station_of.get(StationId(place))
    if station is None:
        return []
    district = context.mission.district_of.get(station.district)
    truth = {"Name": station.name, "District": district.name if district else ""}
    return [column for column, said in truth.items() if row.text(column) in ("", text_of(said))]


def _rest(context: Context, pair: Pair, lists: _Lists, draft: Draft) -> None:
    """Account for places that changed and send nobody anywhere new."""
    row, old = pair.got, str(pair.sent[PLACE] or "")
    if pair.unchanged(PLACE) or draft.claimed(SHEET, row, PLACE):
        return
    team, text = str(pair.sent["Team"]), row.text(PLACE)
    goes = lists.goes(old)
    draft.claim(SHEET, row, (PLACE,))
    if text:
        draft.ignore(
            _told(row, team, text, old, f"{team} goes to {text} already; order and phases follow.")
        )
    elif goes:
        draft.ignore(_told(row, team, text, old, f"{' and '.join(goes)} still goes to {old}."))
    else:
        _emptied(context, pair, old, draft)


def _emptied(context: Context, pair: Pair, old: str, draft: Draft) -> None:
    row, team = pair.got, str(pair.sent["Team"])
    cleared = [column for column in pair.sent if not row.text(column)]
    draft.claim(SHEET, row, cleared)
    decision, objection = nobody(context, StationId(old))
    draft.edit(
        row,
        SHEET,
        f"{team} no. {text_of(pair.sent['No.'])}",
        PLACE,
        change=(old, ""),
        message=f"{team}: station {old} taken out -> nobody goes to {old}",
        pin=(decision, objection),
    )


def _told(row: Row, team: str, new: str, old: str, why: str) -> Finding:
    return remark(
        SHEET,
        "RW-ORDER",
        f"No pin follows: {why}",
        subject=team,
        change=(new, old),
        at=(row.number, PLACE),
        remedy="Nothing; pin a station to another pair, or empty all of its cells to leave it out.",
        severity=Severity.INFO,
    )
