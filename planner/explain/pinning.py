"""Whether a pin on a station would be taken: asked of the stage that judges such pins."""

from collections.abc import Sequence

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area, Team
from planner.explain.variant import with_decision, without
from planner.optimizer.sampling.catchment import catchments


def visit_pin(station: StationId, team: TeamId | None = None) -> Decision:
    """Return the decision that a station is visited (by a pair)."""
    return Decision(kind=DecisionKind.VISIT_STATION, station=station, team=team)


def pins_on(mission: MissionInput, station: StationId) -> tuple[Decision, ...]:
    """Return all decisions that name a station."""
    return tuple(decision for decision in mission.decisions if decision.station == station)


def refusal(
    mission: MissionInput,
    travel: TravelProvider,
    area: Area,
    teams: Sequence[Team],
    decision: Decision,
) -> str:
    """Return why sampling would refuse a pin on a station of ``area``; empty if it keeps it.

    The pin stands in the place of earlier decisions on its station, as it would if a person
    changed them.
    """
    station = decision.station
    earlier = () if station is None else pins_on(mission, station)
    trial = with_decision(without(mission, *earlier), decision)
    _, refused = catchments(trial, travel, [area], teams)
    return next((entry.reason for entry in refused if entry.subject == decision.subject), "")
