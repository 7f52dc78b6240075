"""A mission with one thing changed, to try what it would bring."""

from typing import Any

from planner.domain.decision import Decision
from planner.domain.ids import ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.policy import Policies


def changed(mission: MissionInput, /, **fields: Any) -> MissionInput:  # noqa: ANN401 - any field
    """Return the mission with some fields replaced.

    Not ``model_copy``: that would carry over the indexes by id, which still know the old records.
    """
    known = {name: getattr(mission, name) for name in MissionInput.model_fields}
    return MissionInput.model_construct(**(known | fields))


def with_policy(mission: MissionInput, path: str, value: float) -> MissionInput:
    """Return the mission with one policy changed.

    Parameters
    ----------
    path
        Chapter and name, e.g. ``day.max_visits``.

    Raises
    ------
    pydantic.ValidationError
        If the policies do not allow the value.
    """
    chapter, name = path.split(".")
    policies = mission.mission.policies
    values = policies.model_dump()
    whole = isinstance(values[chapter][name], int)
    values[chapter][name] = int(value) if whole else value
    head = mission.mission.model_copy(update={"policies": Policies.model_validate(values)})
    return changed(mission, mission=head)


def policy_value(mission: MissionInput, path: str) -> float:
    """Return the value of a policy by its dotted path."""
    chapter, name = path.split(".")
    return float(getattr(getattr(mission.mission.policies, chapter), name))


def without(mission: MissionInput, *decisions: Decision) -> MissionInput:
    """Return the mission without some of its decisions, equal ones included."""
    left = tuple(decision for decision in mission.decisions if decision not in decisions)
    return changed(mission, decisions=left)


def with_decision(mission: MissionInput, decision: Decision) -> MissionInput:
    """Return the mission with one more decision."""
    return changed(mission, decisions=(*mission.decisions, decision))


def with_observer(mission: MissionInput, name: ObserverId, **fields: Any) -> MissionInput:  # noqa: ANN401 - any field
    """Return the mission with some fields of one observer changed."""
    roster = tuple(
        person.model_copy(update=fields) if person.id == name else person
        for person in mission.observers
    )
    return changed(mission, observers=roster)
