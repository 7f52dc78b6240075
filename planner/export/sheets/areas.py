"""Sheet "Areas": who is responsible for which districts, from which town."""

from planner.domain.ids import AreaId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView, longest_leg_s

COLUMNS = (
    Column("Area", 7, Kind.CODE),
    Column("LTO team", 9, Kind.CODE),
    Column("Base town", 18),
    Column("Regions", 26, Kind.LONG_TEXT),
    Column("Districts", 62, Kind.LONG_TEXT),
    Column("Districts (number)", 10, Kind.COUNT),
    Column("Stations (number)", 10, Kind.COUNT),
    Column("Voters (number)", 12, Kind.COUNT),
    Column("STO pairs (number)", 10, Kind.COUNT),
    Column("Span (pairs per LTO team)", 12, Kind.DECIMAL),
    Column("Stations per STO pair", 11, Kind.DECIMAL),
    Column("Longest drive on E-day (min)", 12, Kind.DECIMAL),
)


def areas_sheet(view: PlanView) -> Sheet:
    """Return one row for each area of responsibility."""
    policy = view.mission.mission.policies.areas
    return Sheet(
        name="Areas",
        title="Areas of responsibility",
        intro=(
            f"Span of control: amber above {policy.span_amber:g} STO pairs per LTO team, "
            f"red above {policy.span_red:g}. The longest drive is the longest single leg that "
            "any pair of the area is planned to drive on election day."
        ),
        table=Table(
            COLUMNS,
            tuple(_row(view, area) for area in view.plan.areas),
            empty="No areas in this plan.",
        ),
    )


def span_tone(mission: MissionInput, pairs_per_team: float) -> Tone:
    """Return amber or red where one LTO team leads too many pairs (rule A7)."""
    policy = mission.mission.policies.areas
    if pairs_per_team > policy.span_red:
        return Tone.RED
    return Tone.AMBER if pairs_per_team > policy.span_amber else Tone.PLAIN


def _row(view: PlanView, area: Area) -> tuple[Cell, ...]:
    stations = [s for d in area.districts for s in view.stations_of_district.get(d, ())]
    voters = [station.voters for station in stations if station.voters is not None]
    regions = dict.fromkeys(view.region_name(district) for district in area.districts)
    span = float(area.sto_pairs) if area.lto_team else None
    longest = _longest_leg_min(view, area.id)
    return (
        area.id,
        area.lto_team or Toned("none", Tone.AMBER),
        view.town_name(area.base_town) or Toned("none found", Tone.RED),
        ", ".join(name for name in regions if name),
        ", ".join(view.district_name(district) for district in area.districts),
        len(area.districts),
        len(stations),
        sum(voters) if voters else None,
        area.sto_pairs,
        None if span is None else Toned(span, span_tone(view.mission, span)),
        len(stations) / area.sto_pairs if area.sto_pairs else None,
        longest,
    )


def _longest_leg_min(view: PlanView, area: AreaId) -> float | None:
    legs = [
        longest_leg_s(view.days[team.id])
        for team in view.teams_of(Role.STO)
        if team.area == area and team.id in view.days
    ]
    return max(legs) / 60 if legs else None
