"""Pins of districts and base towns: which can be kept together, and why the others cannot."""

from collections.abc import Callable
from dataclasses import dataclass, field

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput

KINDS = (DecisionKind.DISTRICT_AREA, DecisionKind.BASE_TOWN)
"""The decisions that this stage keeps."""


@dataclass
class Pins:
    """What is settled about areas.

    Attributes
    ----------
    district_area
        Area of each pinned district, homes of pinned base towns included.
    base_town
        Base town of each area that has it pinned.
    """

    district_area: dict[DistrictId, AreaId] = field(default_factory=dict)
    base_town: dict[AreaId, TownId] = field(default_factory=dict)

    @property
    def areas(self) -> tuple[AreaId, ...]:
        """Areas that some pin names, ascending."""
        return tuple(sorted({*self.district_area.values(), *self.base_town}))

    def copy(self) -> "Pins":
        """Return a copy to try a further pin on."""
        return Pins(dict(self.district_area), dict(self.base_town))

    def kept_by(self, owner: dict[DistrictId, AreaId], bases: dict[AreaId, TownId | None]) -> bool:
        """Tell whether a solution keeps all pins."""
        return all(owner.get(d) == area for d, area in self.district_area.items()) and all(
            bases.get(area) == town for area, town in self.base_town.items()
        )


@dataclass(frozen=True)
class Dropped:
    """A pin that cannot be kept beside those before it, and why."""

    decision: Decision
    reason: str


@dataclass(frozen=True)
class Settled:
    """Pins that are kept, and those that are not."""

    pins: Pins
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True)
class Settling:
    """What pins are judged by.

    Attributes
    ----------
    mission
        The mission with its decisions.
    area_ids
        Ids of the areas that exist.
    possible_base
        Whether a town can be a base (A3).
    covered
        Districts that are given to areas at all.
    feasible
        Whether a partition with these pins was found; asked only for pins that do not contradict
        one another outright.
    """

    mission: MissionInput
    area_ids: frozenset[AreaId]
    possible_base: Callable[[TownId], bool]
    covered: frozenset[DistrictId]
    feasible: Callable[[Pins], bool]

    def settle(self) -> Settled:
        """Keep as many pins as possible, in the order in which they were decided."""
        pins, dropped, kept = Pins(), [], []
        for decision in self.mission.decisions:
            if decision.kind not in KINDS:
                continue
            trial, reason = self._added(pins, decision)
            if reason:
                dropped.append(Dropped(decision, reason))
            else:
                pins = trial
                kept.append(decision)
        if not kept or self.feasible(pins):
            return Settled(pins, tuple(dropped))
        pins = Pins()
        for decision in kept:
            trial, _ = self._added(pins, decision)
            if self.feasible(trial):
                pins = trial
            else:
                reason = (
                    "no contiguous areas with a base town each were found that keep it together "
                    "with the decisions before it"
                )
                dropped.append(Dropped(decision, reason))
        return Settled(pins, tuple(dropped))

    def _added(self, pins: Pins, decision: Decision) -> tuple[Pins, str]:
        """Return the pins with one more, and why it contradicts them (empty: it does not)."""
        trial, area, district = pins.copy(), decision.area, decision.district
        if area is None or area not in self.area_ids:
            known = f"{min(self.area_ids)}..{max(self.area_ids)}"
            return pins, f"there is no area {area} (areas: {known})"
        if decision.town is not None and decision.kind is DecisionKind.BASE_TOWN:
            reason = self._no_base(pins, area, decision.town)
            if reason:
                return pins, reason
            trial.base_town[area] = decision.town
            district = self.mission.town_of[decision.town].district
        reason = self._no_member(pins, area, district)
        if reason or district is None:
            return pins, reason
        trial.district_area[district] = area
        return trial, ""

    def _no_base(self, pins: Pins, area: AreaId, town: TownId) -> str:
        """Return why a town cannot be the base of an area, or an empty text."""
        if town not in self.mission.town_of:
            return f"there is no town {town}"
        if not self.possible_base(town):
            return f"town {town} has too few beds for an LTO team"
        if pins.base_town.get(area, town) != town:
            return f"area {area} already has the base town {pins.base_town[area]}"
        return ""

    def _no_member(self, pins: Pins, area: AreaId, district: DistrictId | None) -> str:
        """Return why a district cannot belong to an area, or an empty text."""
        if district is None or district not in self.mission.district_of:
            return f"there is no district {district}"
        if district not in self.covered:
            return f"district {district} lies in a part of the country that gets no area"
        if pins.district_area.get(district, area) != area:
            return f"district {district} is already pinned to area {pins.district_area[district]}"
        return ""
