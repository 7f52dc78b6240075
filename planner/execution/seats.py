"""The seats of a plan's STO pairs: two a pair, in the order of its days."""

from dataclasses import dataclass

from planner.domain.ids import AreaId, ObserverId, State
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.rules.case import Case


@dataclass(frozen=True)
class Seats:
    """Who sits where; pair ``n`` has seats ``2n`` and ``2n + 1``.

    Parameters
    ----------
    observers, states
        Of each seat; None for a person who has not been named yet, who may be of any State.
    areas
        Of each pair; None where the plan does not know the pair.
    """

    observers: tuple[ObserverId | None, ...]
    states: tuple[State | None, ...]
    areas: tuple[AreaId | None, ...]

    @property
    def number(self) -> int:
        """Number of seats."""
        return len(self.observers)


def read_seats(mission: MissionInput, plan: Plan) -> Seats:
    """Return the seats of all pairs that have a day."""
    case = Case(mission, plan)
    observers: list[ObserverId | None] = []
    areas: list[AreaId | None] = []
    for day in case.days:
        team = case.team_of.get(day.team)
        members = () if team is None else team.members
        known = [member for member in members if member in mission.observer_of][:2]
        observers += [*known, *[None] * (2 - len(known))]
        areas.append(None if team is None else team.area)
    states = [None if one is None else mission.observer_of[one].state for one in observers]
    return Seats(tuple(observers), tuple(states), tuple(areas))
