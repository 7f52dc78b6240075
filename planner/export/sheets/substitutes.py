"""Sheet "Substitutes": stations drawn to replace one of the same area and stratum, in order."""

from planner.domain.plan import SampledStation, SampleRole
from planner.domain.policy import SampleMode
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table
from planner.export.view import PlanView

COLUMNS = (
    Column("Area", 7, Kind.CODE),
    Column("Hub", 18),
    Column("Stratum", 20),
    Column("Rank", 7, Kind.CODE),
    Column("Station", 14, Kind.CODE),
    Column("Name", 42, Kind.LONG_TEXT),
    Column("District", 26),
    Column("Kind", 10, Kind.CODE),
    Column("Settlement", 11, Kind.CODE),
    Column("Inclusion probability", 11, Kind.PROBABILITY),
    Column("Already visited by", 11, Kind.CODE),
    Column("Latitude (°)", 10, Kind.DEGREES),
    Column("Longitude (°)", 10, Kind.DEGREES),
)
_RULE = {
    SampleMode.REPRESENTATIVE: (
        "When a drawn station cannot be reached, take the next free one of the same area and "
        "stratum by rank; any other choice ends the randomisation."
    ),
    SampleMode.COVERAGE: (
        "Nothing was randomised: these are the next stations by priority, and any precision is "
        "indicative."
    ),
}


def substitutes_sheet(view: PlanView) -> Sheet:
    """Return the substitutes by area, hub, stratum and rank, shaded by stratum."""
    drawn = sorted(
        (each for each in view.plan.sample if each.role is SampleRole.SUBSTITUTE),
        key=lambda each: (each.area, each.hub, each.stratum, each.rank, each.station),
    )
    strata = list(dict.fromkeys((each.area, each.hub, each.stratum) for each in drawn))
    number = {stratum: index for index, stratum in enumerate(strata)}
    return Sheet(
        name="Substitutes",
        title="Substitute stations",
        intro=_RULE[view.plan.sample_mode],
        table=Table(
            COLUMNS,
            tuple(_row(view, each) for each in drawn),
            groups=tuple(number[each.area, each.hub, each.stratum] for each in drawn),
            empty="No substitutes were drawn.",
        ),
    )


def _row(view: PlanView, drawn: SampledStation) -> tuple[Cell, ...]:
    station = view.mission.station_of.get(drawn.station)
    visits = view.visits.get(drawn.station, ())
    return (
        drawn.area,
        view.town_name(drawn.hub),
        drawn.stratum,
        drawn.rank,
        drawn.station,
        station.name if station else None,
        view.district_name(station.district) if station else None,
        station.kind.value if station else None,
        station.settlement.value if station else None,
        drawn.probability,
        ", ".join(dict.fromkeys(team for team, _ in visits)) or None,
        station.lat if station else None,
        station.lon if station else None,
    )
