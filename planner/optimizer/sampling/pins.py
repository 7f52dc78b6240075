"""Stations that people have decided about: to visit, or to leave alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, StationId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, Team, Unassigned


@dataclass(frozen=True)
class Pin:
    """A station to visit: the decision, and its pair where one is named."""

    decision: Decision
    team: Team | None


class StationPins:
    """The decisions on stations that can be kept, and the others with their reasons.

    A station that is to be left alone wins over one that is to be visited; of two visits to one
    station the earlier decision wins.

    Parameters
    ----------
    areas, teams
        Results of the earlier stages: a pair visits stations of its own area only (rule D1).
    """

    def __init__(self, mission: MissionInput, areas: Sequence[Area], teams: Sequence[Team]) -> None:
        self.never = {
            decision.station
            for decision in mission.decisions
            if decision.kind is DecisionKind.NEVER_STATION and decision.station
        }
        self.visit: dict[StationId, Pin] = {}
        self.refused: list[Unassigned] = []
        area_of = {district: area.id for area in areas for district in area.districts}
        pairs = {team.id: team for team in teams if team.kind is Role.STO}
        staffed = {team.area for team in pairs.values()}
        for decision in mission.decisions:
            if decision.kind is not DecisionKind.VISIT_STATION or decision.station is None:
                continue
            station = mission.station_of.get(decision.station)
            area = area_of.get(station.district) if station else None
            team = pairs.get(decision.team) if decision.team else None
            reason = self._reason(decision, area, team, staffed)
            if reason:
                self.refuse(decision, reason)
            else:
                self.visit[decision.station] = Pin(decision, team)

    def _reason(
        self, decision: Decision, area: AreaId | None, team: Team | None, staffed: set[AreaId]
    ) -> str:
        if decision.station in self.never:
            return "another decision says that nobody goes there"
        if decision.station in self.visit:
            return "another decision sends somebody there already"
        if area is None or area not in staffed:
            return "no STO pair works in its area"
        if decision.team and team is None:
            return f"there is no STO pair {decision.team}"
        if team is not None and team.area != area:
            return f"it lies in {area}, but {team.id} works in {team.area}"
        return ""

    def refuse(self, decision: Decision, reason: str) -> None:
        """Say that a decision cannot be kept."""
        self.refused.append(
            Unassigned(
                kind="decision",
                subject=decision.subject,
                code="OP-SAMPLE-PIN",
                reason=f"{decision.station} cannot be pinned: {reason}",
                remedy="withdraw one of the decisions, or name a pair of that area within reach",
            )
        )
