"""Sheet "Refused": scenarios that cannot be, each reason with the nearest value that can."""

import re
from dataclasses import dataclass

from planner.briefing.reading import Compared
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned

COLUMNS = (
    Column("Scenario", 34, Kind.LONG_TEXT),
    Column("Code", 14, Kind.CODE),
    Column("Field", 28),
    Column("Reason", 70, Kind.LONG_TEXT),
    Column("Value", 16, Kind.LONG_TEXT),
    Column("Possible", 30, Kind.LONG_TEXT),
    Column("Nearest possible value", 30, Kind.LONG_TEXT),
)
_REASON = re.compile(
    r"(?P<code>[A-Z]{2}-[A-Z]+) (?P<field>\S*): (?P<message>.*?) "
    r"Value (?P<value>.*?), allowed (?P<limit>.*?); (?P<remedy>.*?)\.(?= [A-Z]{2}-[A-Z]+ |$)"
)


@dataclass(frozen=True)
class Reason:
    """One reason why a scenario cannot be; all but ``message`` are empty where nothing is known.

    Parameters
    ----------
    code, field, message
        Of the finding.
    value, limit, nearest
        What was asked, what can be, and the nearest value that can, or what to do instead.
    """

    code: str
    field: str
    message: str
    value: str
    limit: str
    nearest: str


def reasons(text: str) -> tuple[Reason, ...]:
    """Return the reasons that stand in the row of a refused scenario; the text itself if none."""
    found = [
        Reason(
            one["code"],
            one["field"],
            one["message"],
            one["value"],
            one["limit"],
            one["remedy"].removeprefix("nearest possible value: "),
        )
        for one in _REASON.finditer(text)
    ]
    return tuple(found) or (Reason("", "", text, "", "", ""),)


def refused_sheet(compared: Compared) -> Sheet:
    """Return one row for each reason of each refused scenario."""
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for number, point in enumerate(compared.refused):
        for one in reasons(point.reason):
            rows.append(
                (
                    point.name,
                    Toned(one.code, Tone.AMBER),
                    one.field,
                    one.message,
                    one.value,
                    one.limit,
                    Toned(one.nearest, Tone.STRONG),
                )
            )
            groups.append(number)
    return Sheet(
        name="Refused",
        title="Scenarios that cannot be",
        intro="What stands in the way, and the nearest value with which the scenario can be.",
        table=Table(COLUMNS, tuple(rows), tuple(groups), empty="Every scenario can be."),
    )
