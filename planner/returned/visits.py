"""Who goes to a station: what sheets "Stations" and "E-day" have in common."""

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TeamId
from planner.domain.observer import Role
from planner.returned.context import Context, Objection, Pin
from planner.rules.text import some


def visit(context: Context, station_text: str, team_text: str) -> Pin:
    """Return the pin that sends a team to a station, and why it cannot be accepted."""
    station = context.stations.find(station_text)
    team = context.teams.find(team_text)
    if station is None:
        return None, Objection(
            f"The mission has no station {station_text}.",
            "Enter the id of a station of the frame, as in sheet Stations.",
        )
    if team is None or context.case.team_of[team].kind is not Role.STO:
        return None, Objection(
            f"{team_text} is no STO pair of the plan.",
            "Enter the id of an STO pair, as in sheet Teams.",
        )
    pin = Decision(kind=DecisionKind.VISIT_STATION, station=station, team=team)
    return pin, _outside(context, station, team)


def nobody(context: Context, station: StationId) -> Pin:
    """Return the pin that nobody goes to a station."""
    if station not in context.mission.station_of:
        return None, Objection(
            f"The mission has no station {station}.", "Nothing: plan again without it."
        )
    return Decision(kind=DecisionKind.NEVER_STATION, station=station), None


def _outside(context: Context, station: StationId, team: TeamId) -> Objection | None:
    district = context.mission.station_of[station].district
    area = context.area_of(district)
    own = context.case.team_of[team].area
    if area == own:
        return None
    there = [each.id for each in context.plan.teams if each.kind is Role.STO and each.area == area]
    return Objection(
        f"Rule D1: station {station} lies in {area or 'no area'}, but {team} works in {own}.",
        f"Give it to a pair of {area}: {some(there)}." if there else f"Take a station of {own}.",
    )
