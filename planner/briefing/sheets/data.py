"""Sheet "Data": what is real, what is estimated and what is invented, with its origin."""

from planner.briefing.reading import Compared
from planner.domain.place import DataStatus
from planner.export.classification import data_status
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned

COLUMNS = (
    Column("What", 50, Kind.LONG_TEXT),
    Column("Number", 10, Kind.COUNT),
    Column("Status", 12, Kind.CODE),
    Column("Origin", 80, Kind.LONG_TEXT),
    Column("Licence", 28, Kind.LONG_TEXT),
)
_TONES = {DataStatus.SYNTHETIC: Tone.AMBER, DataStatus.UNKNOWN: Tone.MUTED}


def data_sheet(compared: Compared) -> Sheet:
    """Return records by status, then the sources of mission and plans, each once."""
    rows: list[tuple[Cell, ...]] = [
        (name, count[status], Toned(status.value, _TONES.get(status, Tone.PLAIN)), None, None)
        for name, count in data_status(compared.mission).items()
        for status in DataStatus
        if count[status]
    ]
    groups = [0] * len(rows)
    plans = [source for run in compared.runs for source in run.plan.provenance.sources]
    for source in dict.fromkeys((*compared.mission.mission.sources, *plans)):
        status = Toned(source.status.value, _TONES.get(source.status, Tone.PLAIN))
        rows.append((source.what, None, status, source.origin, source.licence))
        groups.append(1)
    return Sheet(
        name="Data",
        title="What is real, what is synthetic",
        intro=(
            "Official: published by an authority; estimate: computed or judged; synthetic: "
            "invented for demonstration. Pass the credits on."
        ),
        table=Table(COLUMNS, tuple(rows), tuple(groups), empty="The mission names no sources."),
    )
