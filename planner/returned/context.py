"""What an edit is judged by: the mission, the plan, and names found as people type them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from planner.domain.decision import Decision
from planner.domain.ids import AreaId, DistrictId, ObserverId, StationId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Town
from planner.domain.plan import Plan
from planner.intake.words import folded
from planner.returned.values import clean
from planner.rules.case import Case
from planner.rules.text import some

Id = TypeVar("Id", bound=str)


@dataclass(frozen=True)
class Objection:
    """Why something cannot be a pin, and what to do about it."""

    problem: str
    remedy: str


Pin = tuple[Decision | None, Objection | None]
"""What an edit becomes, and why it cannot be accepted; the pin is None if there can be none."""


class Ids(dict[str, Id]):
    """Ids found by what a person typed: in any case, and without leading zeros if it is clear."""

    def __init__(self, ids: Iterable[Id]) -> None:
        self._loose: defaultdict[str, list[Id]] = defaultdict(list)
        for each in ids:
            self[each] = each
            self._loose[_loose(each)].append(each)

    def find(self, text: str) -> Id | None:
        """Return the id that ``text`` means, or None."""
        close = self._loose.get(_loose(text), []) if text else []
        return self.get(text) or (close[0] if len(close) == 1 else None)


def _loose(text: str) -> str:
    return clean(text).casefold().lstrip("0")


@dataclass(frozen=True)
class Context:
    """The mission and the plan, with look-ups.

    Parameters
    ----------
    moves
        Districts that the workbook gives to another area, by district.
    """

    mission: MissionInput
    plan: Plan
    moves: Mapping[DistrictId, AreaId] = field(default_factory=dict)

    @cached_property
    def case(self) -> Case:
        """The plan as the rules see it."""
        return Case(self.mission, self.plan)

    @cached_property
    def observers(self) -> Ids[ObserverId]:
        """Ids of the roster."""
        return Ids(observer.id for observer in self.mission.observers)

    @cached_property
    def stations(self) -> Ids[StationId]:
        """Ids of the frame."""
        return Ids(station.id for station in self.mission.stations)

    @cached_property
    def teams(self) -> Ids[TeamId]:
        """Ids of the plan's teams."""
        return Ids(team.id for team in self.plan.teams)

    @cached_property
    def areas(self) -> Ids[AreaId]:
        """Ids of the plan's areas."""
        return Ids(area.id for area in self.plan.areas)

    @cached_property
    def districts(self) -> Mapping[str, tuple[DistrictId, ...]]:
        """Districts by folded name and id."""
        return _by_name((each.id, each.name) for each in self.mission.districts)

    @cached_property
    def _towns(self) -> Mapping[str, tuple[TownId, ...]]:
        return _by_name((each.id, each.name) for each in self.mission.towns)

    def area_of(self, district: DistrictId) -> AreaId | None:
        """Return the area of a district, as the workbook moves it."""
        areas = self.case.areas_of_district.get(district, ())
        return self.moves.get(district) or (areas[0] if areas else None)

    def staffed(self, area: AreaId, role: Role) -> bool:
        """Tell whether a team of ``role`` works in ``area``."""
        return any(team.kind is role and team.area == area for team in self.plan.teams)

    def town(self, text: str, area: AreaId) -> Town | Objection:
        """Return the town that ``text`` names, or why it names none.

        Of towns of one name only those in ``area`` count, because a team lives in its area.
        """
        if not text:
            return Objection(
                "A team needs a base town.", "Enter a town, or leave the cell as it was."
            )
        known = self._towns.get(folded(text), ())
        exact = [name for name in known if name == text]
        inside = [
            name for name in known if self.area_of(self.mission.town_of[name].district) == area
        ]
        found = exact or inside or known
        if len(found) > 1:
            return Objection(
                f"{len(found)} towns are called {text}: {some(found)}.",
                "Enter the id of the town that is meant.",
            )
        if not found:
            return Objection(
                f"The mission has no town {text}.",
                "Enter the name or the id of a town of the mission, or add it to the towns first.",
            )
        town = self.mission.town_of[found[0]]
        home = self.area_of(town.district)
        if home != area:
            return Objection(
                f"Rule A3: {town.name} ({town.id}) lies in {home or 'no area'}, not in {area}.",
                f"Choose a town in {area}.",
            )
        return town


def _by_name(named: Iterable[tuple[Id, str]]) -> Mapping[str, tuple[Id, ...]]:
    found: defaultdict[str, dict[Id, None]] = defaultdict(dict)
    for each, name in named:
        found[folded(each)][each] = None
        found[folded(name)][each] = None
    return {name: tuple(ids) for name, ids in found.items()}
