"""From a scenario to the mission's own files: what would change, and what no plan can hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from planner.domain.ids import TownId
from planner.domain.mission import Mission
from planner.domain.mission_input import MissionInput
from planner.domain.place import Town
from planner.scenario.apply import apply
from planner.scenario.document import Scenario

LeftOut = Literal["noise", "delivery", "late", "isolated", "joint", "budget", "people"]
"""``people``: who of the roster stays away is not known, so nobody is taken out of it."""


@dataclass(frozen=True)
class Adoption:
    """A scenario as changes of a mission folder.

    Parameters
    ----------
    scenario
        Where it comes from.
    mission
        The new ``mission.toml``.
    values
        Old and new value by dotted path, as JSON holds them.
    towns
        All towns, if the beds of some change; else None.
    closed
        Towns that lose their beds.
    left_out
        Parts of the scenario that show on election day only.
    """

    scenario: Scenario
    mission: Mission
    values: Mapping[str, tuple[Any, Any]]
    towns: tuple[Town, ...] | None
    closed: tuple[TownId, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the mission would stay as it is."""
        return not self.values and self.towns is None


def adoption(scenario: Scenario, mission: MissionInput) -> Adoption:
    """Return what making a scenario the mission's own would change.

    Raises
    ------
    InputError
        If the scenario cannot be.
    """
    changed = apply(scenario, mission).mission
    towns = changed.towns if changed.towns != mission.towns else None
    closed = tuple(
        new.id for old, new in zip(mission.towns, changed.towns, strict=True) if old != new
    )
    before, after = (dict(_leaves(_document(one))) for one in (mission.mission, changed.mission))
    values = {
        path: (before.get(path), after.get(path))
        for path in dict.fromkeys((*before, *after))
        if before.get(path) != after.get(path)
    }
    people = changed.observers != mission.observers
    left_out = tuple(_left_out(scenario, people=people))
    return Adoption(scenario, changed.mission, values, towns, closed, left_out)


def _left_out(scenario: Scenario, *, people: bool) -> Iterator[LeftOut]:
    plain = Scenario()
    delivery = scenario.delivery
    if scenario.noise != plain.noise:
        yield "noise"
    if not delivery.known and (delivery.rate is not None or delivery.by_state):
        yield "delivery"
    if delivery.late_withdrawals or delivery.late_share:
        yield "late"
    if scenario.isolated:
        yield "isolated"
    if scenario.joint:
        yield "joint"
    if scenario.budget is not None:
        yield "budget"
    if people:
        yield "people"


def _document(mission: Mission) -> dict[str, Any]:
    return mission.model_dump(mode="json")


def _leaves(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in node.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
