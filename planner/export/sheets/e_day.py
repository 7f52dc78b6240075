"""Sheet "E-day": every pair's election day by the clock, one printed page a pair."""

from datetime import datetime

from planner.domain.place import Station, StationKind
from planner.domain.plan import Day, Phase, Stop, Team
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView, drive_m, drive_s, e_day_label, zone

COLUMNS = (
    Column("Team", 9, Kind.CODE),
    Column("Area", 7, Kind.CODE),
    Column("No.", 5, Kind.CODE),
    Column("What", 14),
    Column("Arrive (local)", 8, Kind.CLOCK),
    Column("Leave (local)", 8, Kind.CLOCK),
    Column("Day", 6, Kind.CODE),
    Column("Zone", 8, Kind.CODE),
    Column("Drive there (min)", 8, Kind.COUNT),
    Column("Drive there (km)", 8, Kind.DECIMAL),
    Column("Stay (min)", 8, Kind.COUNT),
    Column("Station or commission", 13, Kind.CODE),
    Column("Name", 40, Kind.LONG_TEXT),
    Column("District", 24),
    Column("Remarks", 34, Kind.LONG_TEXT),
)
_LOOK: dict[Phase, Tone] = {
    Phase.OPENING: Tone.STRONG,
    Phase.CLOSING: Tone.STRONG,
    Phase.COUNTING: Tone.STRONG,
    Phase.TABULATION: Tone.STRONG,
}


def e_day_sheet(view: PlanView) -> Sheet:
    """Return the stops of every pair between leaving its base town and coming back."""
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for number, day in enumerate(view.plan.days):
        of_pair = _rows(view, day)
        rows += of_pair
        groups += [number] * len(of_pair)
    return Sheet(
        name="E-day",
        title="Election day by pair",
        intro=(
            "All times are local at the place, with the zone beside them; days count from "
            "election day (E). Every pair prints on a page of its own: hand out only the pair's."
        ),
        table=Table(
            COLUMNS, tuple(rows), groups=tuple(groups), empty="No election day is planned."
        ),
        key_columns=4,
        page_per_group=True,
    )


def _rows(view: PlanView, day: Day) -> list[tuple[Cell, ...]]:
    team = view.teams.get(day.team)
    area = team.area if team else ""
    town = view.town_name(team.base_town if team else None)
    leave, back = day.leave_base, day.reach_base
    total = f"{drive_s(day) / 60:.0f} min and {drive_m(day) / 1000:.0f} km of driving"
    e_day = view.mission.mission.e_day
    return [
        (
            *(Toned(day.team, Tone.STRONG), area, 0, Toned("leave base", Tone.MUTED)),
            *(None, _wall(leave), e_day_label(e_day, leave), zone(leave)),
            *(None, None, None, None, Toned(town, Tone.STRONG), None, _crew(view, team)),
        ),
        *(_stop(view, day, area, number) for number in range(len(day.stops))),
        (
            *(day.team, area, len(day.stops) + 1, Toned("back at base", Tone.MUTED)),
            *(_wall(back), None, e_day_label(e_day, back), zone(back)),
            *(round(day.return_travel_s / 60), day.return_distance_m / 1000, None, None),
            *(Toned(town, Tone.STRONG), None, f"On duty {_hours(leave, back)}; {total}"),
        ),
    ]


def _stop(view: PlanView, day: Day, area: str, index: int) -> tuple[Cell, ...]:
    stop = day.stops[index]
    place = view.place(stop)
    stays = index > 0 and day.stops[index - 1].place == stop.place
    tone = _LOOK.get(stop.phase, Tone.PLAIN)
    return (
        *(day.team, area, index + 1, Toned(stop.phase.value, tone)),
        *(_wall(stop.arrive), _wall(stop.leave)),
        *(e_day_label(view.mission.mission.e_day, stop.arrive), zone(stop.arrive)),
        None if stays else round(stop.travel_s / 60),
        None if stays else stop.distance_m / 1000,
        round((stop.leave - stop.arrive).total_seconds() / 60),
        stop.place,
        place.name if place else Toned("not in the mission's lists", Tone.RED),
        view.district_name(place.district) if place else None,
        _remarks(view, stop, stays=stays),
    )


def _remarks(view: PlanView, stop: Stop, *, stays: bool) -> str:
    parts = ["same place"] if stays else []
    place = view.place(stop)
    if isinstance(place, Station):
        hours = view.mission.mission.hours
        opens, closes = place.opens or hours.opens, place.closes or hours.closes
        if (opens, closes) != (hours.opens, hours.closes):
            parts.append(f"open {opens:%H:%M} to {closes:%H:%M}")
        if place.kind is StationKind.SPECIAL:
            parts.append("special station: ask for access")
        if place.precision != "exact":
            parts.append(f"position known by {place.precision} only")
    return "; ".join(parts)


def _crew(view: PlanView, team: Team | None) -> str:
    if team is None:
        return ""
    members = [
        f"{name} ({known.state})" if known else str(name)
        for name, known in zip(team.members, view.members(team), strict=True)
    ]
    return " and ".join(members) if members else "unnamed slot"


def _hours(start: datetime, end: datetime) -> str:
    hours, minutes = divmod(round((end - start).total_seconds() / 60), 60)
    return f"{hours} h {minutes:02d} min"


def _wall(at: datetime) -> datetime:
    """Return the wall clock of the place: spreadsheets know no zones."""
    return at.replace(tzinfo=None)
