"""Sheet "Logistics": vehicles, interpreters and beds by town."""

from planner.domain.ids import TownId
from planner.domain.observer import Role
from planner.domain.plan import Team
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView, drive_m

COLUMNS = (
    Column("Town", 22),
    Column("District", 24),
    Column("Region", 22),
    Column("Areas", 9, Kind.CODE),
    Column("LTO teams (number)", 9, Kind.COUNT),
    Column("STO pairs (number)", 9, Kind.COUNT),
    Column("Beds needed (number)", 9, Kind.COUNT),
    Column("Beds available (number)", 10, Kind.COUNT),
    Column("Beds left (number)", 9, Kind.COUNT),
    Column("Vehicles with driver (number)", 11, Kind.COUNT),
    Column("Interpreters (number)", 11, Kind.COUNT),
    Column("Local languages", 12),
    Column("Driving on E-day (km)", 10, Kind.COUNT),
    Column("Teams", 58, Kind.LONG_TEXT),
    Column("Data status", 10, Kind.CODE),
)


def logistics_sheet(view: PlanView) -> Sheet:
    """Return one row for each town in which a team sleeps."""
    towns: dict[TownId, list[Team]] = {}
    for team in view.plan.teams:
        towns.setdefault(team.base_town, []).append(team)
    teams = view.plan.teams
    policy = view.mission.mission.policies.allocation
    return Sheet(
        name="Logistics",
        title="Logistics by town",
        intro=(
            f"In all {sum(team.vehicle for team in teams):,} vehicles with driver and "
            f"{sum(team.interpreter for team in teams):,} interpreters in {len(towns):,} towns. "
            f"Beds: {policy.beds_per_pair} per STO pair, {policy.beds_per_lto_team} per LTO team; "
            "drivers and interpreters are not counted. Empty: nobody knows the number of beds."
        ),
        table=Table(
            COLUMNS,
            tuple(_row(view, town, towns[town]) for town in sorted(towns)),
            empty="No team has a base town.",
        ),
    )


def _row(view: PlanView, town: TownId, teams: list[Team]) -> tuple[Cell, ...]:
    policy = view.mission.mission.policies.allocation
    ltos = sum(team.kind is Role.LTO for team in teams)
    pairs = len(teams) - ltos
    needed = pairs * policy.beds_per_pair + ltos * policy.beds_per_lto_team
    known = view.mission.town_of.get(town)
    beds = known.beds if known else None
    region = view.region(known.district) if known else None
    metres = sum(drive_m(view.days[team.id]) for team in teams if team.id in view.days)
    left = None if beds is None else beds - needed
    return (
        view.town_name(town),
        view.district_name(known.district) if known else None,
        region.name if region else None,
        ", ".join(sorted({team.area for team in teams})),
        ltos,
        pairs,
        needed,
        beds,
        Toned(left, Tone.RED if left is not None and left < 0 else Tone.PLAIN),
        sum(team.vehicle for team in teams),
        sum(team.interpreter for team in teams),
        ", ".join(region.languages) if region else None,
        round(metres / 1000),
        ", ".join(team.id for team in teams),
        known.status.value if known else None,
    )
