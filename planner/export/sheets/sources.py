"""Sheet "Sources": where every part of the data comes from, and whether it is real."""

from planner.domain.place import DataStatus
from planner.export.classification import sources
from planner.export.sheets.table import Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView

COLUMNS = (
    Column("What", 34, Kind.LONG_TEXT),
    Column("Origin", 80, Kind.LONG_TEXT),
    Column("Licence", 28, Kind.LONG_TEXT),
    Column("Status", 12, Kind.CODE),
)
_TONES = {DataStatus.SYNTHETIC: Tone.AMBER, DataStatus.UNKNOWN: Tone.MUTED}


def sources_sheet(view: PlanView) -> Sheet:
    """Return one row for each source, credits and licences as they must be passed on."""
    return Sheet(
        name="Sources",
        title="Sources",
        intro=(
            "Pass these credits on with every map and table. Official: published by an authority; "
            "estimate: computed or judged; synthetic: invented for demonstration."
        ),
        table=Table(
            COLUMNS,
            tuple(
                (
                    source.what,
                    source.origin,
                    source.licence,
                    Toned(source.status.value, _TONES.get(source.status, Tone.PLAIN)),
                )
                for source in sources(view.mission, view.plan)
            ),
            empty="The mission names no sources.",
        ),
    )
