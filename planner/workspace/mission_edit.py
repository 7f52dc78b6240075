"""Changes to ``mission.toml`` as a person types them: one value each, checked all at once."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from planner.domain.mission import Mission
from planner.errors import InputError
from planner.intake.records import faults

Values = Mapping[str, Any]
"""Values by dotted path, e.g. ``policies.day.max_visits``; as JSON holds them."""


def value_at(mission: Mission, path: str) -> Any:  # noqa: ANN401 - any field of the document
    """Return the value at a dotted path as JSON holds it.

    Raises
    ------
    KeyError
        If a mission has no such field.
    """
    found: Any = mission.model_dump(mode="json")
    for name in path.split("."):
        found = found[name]
    return found


def changes(mission: Mission, values: Values) -> dict[str, tuple[Any, Any]]:
    """Return old and new value of each path whose value differs from the mission's."""
    return {
        path: (old, new)
        for path, new in sorted(values.items())
        if (old := value_at(mission, path)) != new
    }


def edited(mission: Mission, values: Values) -> Mission:
    """Return the mission with other values.

    Raises
    ------
    InputError
        If the values do not fit; carries a finding for each.
    """
    document = mission.model_dump(mode="json")
    for path, value in values.items():
        *outer, last = path.split(".")
        place = document
        for name in outer:
            place = place[name]
        place[last] = value
    try:
        return Mission.model_validate(document)
    except ValidationError as error:
        findings = faults(error, subject="mission.toml", file="mission.toml")
        raise InputError(
            "these values cannot be kept", findings, "correct the values named, then save again"
        ) from error
