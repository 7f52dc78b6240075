"""Sheet "Stations": another pair in the column "Visited by", or nobody any more."""

import re

from planner.domain.decision import Decision
from planner.domain.ids import StationId
from planner.returned.context import Context, Objection
from planner.returned.draft import Draft
from planner.returned.grid import Row
from planner.returned.match import Matched
from planner.returned.values import text_of
from planner.returned.visits import nobody, visit
from planner.rules.text import some

SHEET = "Stations"
VISITED = "Visited by"
_SEPARATORS = re.compile(r"\s*(?:[,;\n]|\band\b)\s*")


def read_stations(context: Context, matched: Matched, draft: Draft) -> None:
    """Turn the changes of the sheet into edits."""
    for pair in matched.pairs:
        if not pair.unchanged(VISITED):
            station = StationId(str(pair.sent["Station"]))
            _visited(context, pair.got, station, text_of(pair.sent[VISITED]), draft)
    strange = []
    for row in matched.added:  # a long frame is shown in part: other stations may be entered
        known = context.stations.find(row.text("Station"))
        if known is None:
            strange.append(row)
        elif row.text(VISITED):
            _visited(context, row, known, "", draft)
    matched.added = strange


def _visited(context: Context, row: Row, station: StationId, old: str, draft: Draft) -> None:
    draft.claim(SHEET, row, (VISITED,))
    text = row.text(VISITED)
    before, after = _teams(old), list(dict.fromkeys(_teams(text)))
    came = [team for team in after if context.teams.find(team) not in before] or after
    decision: Decision | None = None
    if not after:
        decision, objection = nobody(context, station)
        message = f"{station}: nobody instead of {old} -> nobody goes there"
    elif len(after) > 1:
        objection = Objection(
            f"Rule D2: {len(after)} pairs at one station: {some(after)}.", "Enter one pair."
        )
        message = f"{station}: {text} instead of {old or 'nobody'}"
    else:
        decision, objection = visit(context, station, came[0])
        message = f"{station}: {came[0]} instead of {old or 'nobody'} -> {came[0]} goes there"
    draft.edit(
        row,
        SHEET,
        station,
        VISITED,
        change=(old, text),
        message=message,
        pin=(decision, objection),
    )


def _teams(text: str) -> list[str]:
    return [team for team in _SEPARATORS.split(text) if team]
