"""Sheet "Stations": the frame, with who goes where, when and why."""

from planner.domain.place import Station
from planner.domain.plan import SampledStation
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView

MAX_ROWS = 60_000
"""A longer frame is shown by its visited and sampled stations only; nobody reads more by hand."""
COLUMNS = (
    Column("Station", 13, Kind.CODE),
    Column("Name", 38, Kind.TEXT),
    Column("Region", 20),
    Column("District", 24),
    Column("Area", 7, Kind.CODE),
    Column("Visited by", 10, Kind.CODE),
    Column("Phases", 22),
    Column("First arrival (local)", 9, Kind.CLOCK),
    Column("In the sample as", 11, Kind.CODE),
    Column("Stratum", 18),
    Column("Rank", 6, Kind.CODE),
    Column("Inclusion probability", 10, Kind.PROBABILITY),
    Column("Kind", 9, Kind.CODE),
    Column("Settlement", 10, Kind.CODE),
    Column("Voters (number)", 9, Kind.COUNT),
    Column("Opens (local)", 8, Kind.CLOCK),
    Column("Closes (local)", 8, Kind.CLOCK),
    Column("Commission", 12, Kind.CODE),
    Column("Latitude (°)", 10, Kind.DEGREES),
    Column("Longitude (°)", 10, Kind.DEGREES),
    Column("Position known by", 10, Kind.CODE),
    Column("Data status", 10, Kind.CODE),
)


def stations_sheet(view: PlanView) -> Sheet:
    """Return one row for each polling station, by id."""
    frame = view.mission.stations
    shown = frame
    if len(frame) > MAX_ROWS:
        shown = tuple(s for s in frame if s.id in view.visits or s.id in view.sampled)
    note = (
        f"All {len(frame):,} stations of the frame"
        if shown is frame
        else f"{len(shown):,} visited or sampled stations of a frame of {len(frame):,}"
    )
    return Sheet(
        name="Stations",
        title="Polling stations",
        intro=(
            f"{note}; {len(view.visited_stations):,} are visited in at least one phase. "
            "Times are local at the station."
        ),
        table=Table(
            COLUMNS,
            tuple(_row(view, station) for station in shown),
            empty="No polling stations in this mission.",
        ),
        key_columns=2,
    )


def _row(view: PlanView, station: Station) -> tuple[Cell, ...]:
    visits = view.visits.get(station.id, ())
    area = view.area_of_district.get(station.district)
    drawn = view.sampled.get(station.id)
    hours = view.mission.mission.hours
    return (
        station.id,
        station.name,
        view.region_name(station.district),
        view.district_name(station.district),
        area.id if area else None,
        Toned(", ".join(dict.fromkeys(team for team, _ in visits)), Tone.STRONG)
        if visits
        else None,
        ", ".join(stop.phase.value for _, stop in visits) or None,
        min(stop.arrive for _, stop in visits).replace(tzinfo=None) if visits else None,
        *_draw(drawn),
        station.kind.value,
        station.settlement.value,
        station.voters,
        station.opens or hours.opens,
        station.closes or hours.closes,
        station.commission,
        station.lat,
        station.lon,
        station.precision.value,
        station.status.value,
    )


def _draw(drawn: SampledStation | None) -> tuple[Cell, ...]:
    if drawn is None:
        return (None, None, None, None)
    return (drawn.role.value, drawn.stratum, drawn.rank, drawn.probability)
