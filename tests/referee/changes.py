"""Tools to change the good mission and the good plan in one way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Day, Plan, Stop
from tests.good_plan import day_of, good_mission, good_plan, seal

Change = Callable[[MissionInput, Plan], tuple[MissionInput, Plan]]
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Mutation:
    """One way to break the good plan.

    ``sealed``: key figures and objectives are made true again after the change, as they would be
    in a plan whose optimizer errs and whose bookkeeping does not.
    """

    code: str
    name: str
    change: Change
    sealed: bool = True

    def broken(self) -> tuple[MissionInput, Plan]:
        """Return the mission and the broken plan."""
        mission, plan = self.change(*_good())
        return mission, seal(mission, plan) if self.sealed else plan


@cache
def _good() -> tuple[MissionInput, Plan]:
    return good_mission(), good_plan()


def plan_with(plan: Plan, field: str, key: str, **update: Any) -> Plan:
    """Return ``plan`` with one record of ``field`` changed; ``key`` is its id, team or station."""
    records = tuple(
        record.model_copy(update=update) if key in _keys(record) else record
        for record in getattr(plan, field)
    )
    return plan.model_copy(update={field: records})


def _keys(record: Any) -> set[str]:
    return {getattr(record, name, "") for name in ("id", "team", "station", "name")}


def input_with(mission: MissionInput, /, **update: Any) -> MissionInput:
    """Return a new input (a copy would keep the indexes of the old one)."""
    fields = {name: getattr(mission, name) for name in MissionInput.model_fields}
    return MissionInput(**{**fields, **update})


def mission_with(mission: MissionInput, /, **update: Any) -> MissionInput:
    """Return the input with fields of its mission changed."""
    return input_with(mission, mission=mission.mission.model_copy(update=update))


def policy_with(mission: MissionInput, part: str, **update: Any) -> MissionInput:
    """Return the input with one group of policies changed."""
    policies = mission.mission.policies
    group = getattr(policies, part).model_copy(update=update)
    return mission_with(mission, policies=policies.model_copy(update={part: group}))


def record_with(mission: MissionInput, field: str, key: str, **update: Any) -> MissionInput:
    """Return the input with one station, town, observer … changed."""
    records = tuple(
        record.model_copy(update=update) if record.id == key else record
        for record in getattr(mission, field)
    )
    return input_with(mission, **{field: records})


def decided(mission: MissionInput, kind: DecisionKind, **named: Any) -> MissionInput:
    """Return the input with one decision."""
    return input_with(mission, decisions=(Decision(kind=kind, **named),))


def day_with(plan: Plan, team: str, change: Callable[[Day], Day]) -> Plan:
    """Return the plan with the day of ``team`` changed."""
    days = tuple(change(day) if day.team == team else day for day in plan.days)
    return plan.model_copy(update={"days": days})


def stops_with(plan: Plan, team: str, changes: dict[int, dict[str, Any]]) -> Plan:
    """Return the plan with some stops of a day changed; ``later_s`` shifts named times."""

    def change(day: Day) -> Day:
        stops = [_stop(stop, changes.get(index, {})) for index, stop in enumerate(day.stops)]
        return day.model_copy(update={"stops": tuple(stops)})

    return day_with(plan, team, change)


def _stop(stop: Stop, update: dict[str, Any]) -> Stop:
    values = {
        key: getattr(stop, key) + value if isinstance(value, timedelta) else value
        for key, value in update.items()
    }
    return stop.model_copy(update=values)


def rerouted(
    mission: MissionInput, plan: Plan, team: str, route: tuple[str, ...], commission: str
) -> Plan:
    """Return the plan with a day timed anew for ``route``."""
    found = next(one for one in plan.teams if one.id == team)
    return day_with(plan, team, lambda _: day_of(mission, found, route, commission=commission))


def observer_with(mission: MissionInput, like: str, **update: Any) -> MissionInput:
    """Return the input with one more reserve, ``NEW``, like ``like`` but for ``update``."""
    new = mission.observer_of[ObserverId(like)].model_copy(
        update={"id": ObserverId("NEW"), "reserve": True, **update}
    )
    return input_with(mission, observers=(*mission.observers, new))
