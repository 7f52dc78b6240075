"""Sheet "Unassigned": what the plan leaves out, why, and what would change it."""

from planner.export.sheets.table import Column, Kind, Sheet, Table
from planner.export.view import PlanView

COLUMNS = (
    Column("Kind", 12, Kind.CODE),
    Column("Subject", 22),
    Column("Code", 12, Kind.CODE),
    Column("Reason", 66, Kind.LONG_TEXT),
    Column("Remedy", 66, Kind.LONG_TEXT),
)


def unassigned_sheet(view: PlanView) -> Sheet:
    """Return one row for each subject that is left out, in the order of the plan."""
    return Sheet(
        name="Unassigned",
        title="Unassigned, with reasons",
        intro="What this plan leaves out. A remedy says what to change before planning again.",
        table=Table(
            COLUMNS,
            tuple(
                (left.kind, left.subject, left.code, left.reason, left.remedy)
                for left in view.plan.unassigned
            ),
            empty="Nothing is left out.",
        ),
        key_columns=2,
    )
