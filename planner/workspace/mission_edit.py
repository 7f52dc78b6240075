"""Changes to ``mission.toml`` as a person types them: one value each, checked all at once."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from planner.domain.mission import Mission
from planner.errors import InputError
from planner.intake.records import faults

Values = Mapping[str, Any]
"""Values by dotted path, e.g. ``policies.day.max_visits``; as JSON holds them."""


def document_of(mission: Mission) -> dict[str, Any]:
    """Return the mission as JSON holds it; a page looks all its fields up in one."""
    return mission.model_dump(mode="json")


def value_at(document: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any field of it
    """Return the value of a mission's document at a dotted path.

    Raises
    ------
    KeyError
        If a mission has no such field.
    """
    found: Any = document
    for name in path.split("."):
        found = found[name]
    return found


def changes(mission: Mission, values: Values) -> dict[str, tuple[Any, Any]]:
    """Return old and new value of each path whose value differs from the mission's."""
    document = document_of(mission)
    return {
        path: (old, new)
        for path, new in sorted(values.items())
        if (old := value_at(document, path)) != new
    }


def edited(mission: Mission, values: Values) -> Mission:
    """Return the mission with other values.

    Raises
    ------
    InputError
        If the values do not fit; carries a finding for each.
    """
    document = document_of(mission)
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
