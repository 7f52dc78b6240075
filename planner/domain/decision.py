"""Decisions: what a person has settled, and the optimizer plans around (pins)."""

from enum import StrEnum

from pydantic import AwareDatetime, model_validator

from planner.domain.base import Frozen
from planner.domain.ids import AreaId, DistrictId, ObserverId, State, StationId, TeamId, TownId


class DecisionKind(StrEnum):
    """What is pinned."""

    PAIR = "pair"
    """``observers``: these two are one pair."""
    NEVER_PAIR = "never_pair"
    """``observers``: these two are never one pair."""
    OBSERVER_AREA = "observer_area"
    """``observers`` (one), ``area``: this observer works in this area."""
    NEVER_STATE_AREA = "never_state_area"
    """``state``, ``area``: nobody of this State works in this area."""
    DISTRICT_AREA = "district_area"
    """``district``, ``area``: this district belongs to this area."""
    BASE_TOWN = "base_town"
    """``area``, ``town``: the area's LTO team lives here."""
    TEAM_TOWN = "team_town"
    """``team``, ``town``: this STO pair sleeps here."""
    NEVER_STATION = "never_station"
    """``station``: nobody goes there."""
    VISIT_STATION = "visit_station"
    """``station``, optional ``team``: it is visited (by this pair)."""


_NEEDS: dict[DecisionKind, tuple[str, ...]] = {
    DecisionKind.PAIR: ("observers",),
    DecisionKind.NEVER_PAIR: ("observers",),
    DecisionKind.OBSERVER_AREA: ("observers", "area"),
    DecisionKind.NEVER_STATE_AREA: ("state", "area"),
    DecisionKind.DISTRICT_AREA: ("district", "area"),
    DecisionKind.BASE_TOWN: ("area", "town"),
    DecisionKind.TEAM_TOWN: ("team", "town"),
    DecisionKind.NEVER_STATION: ("station",),
    DecisionKind.VISIT_STATION: ("station",),
}
_OBSERVERS = {DecisionKind.PAIR: 2, DecisionKind.NEVER_PAIR: 2, DecisionKind.OBSERVER_AREA: 1}


class Decision(Frozen):
    """One pin with its author and reason. Areas are named by their id, ``A01`` … in a plan."""

    kind: DecisionKind
    observers: tuple[ObserverId, ...] = ()
    state: State | None = None
    area: AreaId | None = None
    district: DistrictId | None = None
    town: TownId | None = None
    team: TeamId | None = None
    station: StationId | None = None
    author: str = ""
    reason: str = ""
    at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Decision":
        missing = [name for name in _NEEDS[self.kind] if not getattr(self, name)]
        if missing:
            msg = f"a decision of kind {self.kind} needs {', '.join(missing)}"
            raise ValueError(msg)
        wanted = _OBSERVERS.get(self.kind)
        if wanted is not None and len(set(self.observers)) != wanted:
            msg = f"a decision of kind {self.kind} names {wanted} observer(s), got {self.observers}"
            raise ValueError(msg)
        return self

    @property
    def subject(self) -> str:
        """The records concerned, for messages."""
        named = (*self.observers, self.state, self.district, self.town, self.team, self.station)
        return " ".join([self.kind.value, *(str(part) for part in (*named, self.area) if part)])
