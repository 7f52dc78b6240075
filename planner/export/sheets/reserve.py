"""Sheet "Reserve": observers who are on the roster but in no team, reserves first."""

from planner.domain.observer import Observer
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView, languages

COLUMNS = (
    Column("Observer", 14, Kind.CODE),
    Column("Role", 7, Kind.CODE),
    Column("State", 7, Kind.CODE),
    Column("Reserve", 9, Kind.CODE),
    Column("Accredited", 10, Kind.CODE),
    Column("Languages", 34, Kind.LONG_TEXT),
    Column("Experience", 11, Kind.CODE),
    Column("Available from", 13, Kind.CODE),
    Column("Available to", 13, Kind.CODE),
    Column("Why not in a team", 60, Kind.LONG_TEXT),
)


def reserve_sheet(view: PlanView) -> Sheet:
    """Return the observers of no team; replacements can only come from the accredited ones."""
    calendar = view.mission.mission.calendar
    deployed = {member for team in view.plan.teams for member in team.members}
    free = [observer for observer in view.mission.observers if observer.id not in deployed]
    free.sort(key=lambda observer: (not observer.reserve, observer.role, observer.id))
    reasons = {u.subject: u.reason for u in view.plan.unassigned if u.kind == "observer"}
    return Sheet(
        name="Reserve",
        title="Reserve observers",
        intro=(
            f"Accreditation closes on E{calendar.accreditation_closes_day:+d} at "
            f"{calendar.accreditation_closes_at:%H:%M}: after that only accredited reserves can "
            "replace somebody who withdraws."
        ),
        table=Table(
            COLUMNS,
            tuple(_row(observer, reasons.get(observer.id, "")) for observer in free),
            empty=(
                "Everybody on the roster is in a team."
                if view.mission.observers
                else "There is no roster yet."
            ),
        ),
    )


def _row(observer: Observer, reason: str) -> tuple[Cell, ...]:
    why = reason or ("kept in reserve" if observer.reserve else "")
    return (
        observer.id,
        observer.role.value,
        observer.state,
        "yes" if observer.reserve else "no",
        "yes" if observer.accredited else Toned("no", Tone.RED),
        languages(observer),
        observer.experience.value,
        observer.available_from.isoformat() if observer.available_from else None,
        observer.available_to.isoformat() if observer.available_to else None,
        why,
    )
