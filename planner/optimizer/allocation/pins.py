"""Pinned towns of STO pairs (``TEAM_TOWN``), as far as they can be kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area, Unassigned
from planner.objective.allocation import town_areas
from planner.optimizer.allocation.shares import lto_bases, pairs_that_sleep

PIN = "OP-ALLOC-PIN"


@dataclass
class TownPins:
    """Towns of pinned teams, and the pins that cannot be kept, with reasons."""

    town_of: dict[TeamId, TownId] = field(default_factory=dict)
    refused: list[Unassigned] = field(default_factory=list)

    def at(self, area_slots: Sequence[TeamId]) -> Counter[TownId]:
        """Return how many of ``area_slots`` are pinned to each town."""
        return Counter(self.town_of[slot] for slot in area_slots if slot in self.town_of)


def pin_towns(
    mission: MissionInput, areas: Sequence[Area], slots: Mapping[AreaId, Sequence[TeamId]]
) -> TownPins:
    """Sort the mission's ``TEAM_TOWN`` decisions into those kept and those refused.

    Parameters
    ----------
    slots
        Ids of the STO slots of each area.
    """
    judge = _Judge(mission, areas, slots)
    for decision in mission.decisions:
        if decision.kind is DecisionKind.TEAM_TOWN:
            judge.take(decision)
    return judge.pins


class _Judge:
    """Takes one pin after the other; the earlier one wins."""

    def __init__(
        self,
        mission: MissionInput,
        areas: Sequence[Area],
        slots: Mapping[AreaId, Sequence[TeamId]],
    ) -> None:
        self.pins = TownPins()
        self._mission = mission
        self._area_of = {slot: area for area, named in slots.items() for slot in named}
        self._owner = town_areas(mission, areas)
        self._bases = lto_bases(areas)
        self._slept: Counter[TownId] = Counter()

    def take(self, decision: Decision) -> None:
        team, town = decision.team, decision.town
        if team is None or town is None:
            return
        objection = self._objection(team, town)
        if objection is not None:
            self.pins.refused.append(_refusal(decision, *objection))
        elif team not in self.pins.town_of:
            self.pins.town_of[team] = town
            self._slept[town] += 1

    def _objection(self, team: TeamId, town: TownId) -> tuple[str, str] | None:
        """Return why ``team`` cannot sleep in ``town``, and what would help."""
        area, home = self._area_of.get(team), self._owner.get(town)
        if area is None:
            return (
                f"The plan has no STO pair {team}; its pairs are {_span(self._area_of)}.",
                "Name one of these pairs, or pin an LTO team by its area's base town.",
            )
        if home is None:
            return (
                f"Town {town} is in no area of the plan.",
                "Correct the town's id in the decision, or add the town to towns.csv.",
            )
        if home.id != area:
            return (
                f"{team} works in {area}, but {town} lies in {home.id}.",
                f"Choose a town in {area}, or a pair of {home.id}.",
            )
        earlier = self.pins.town_of.get(team)
        if earlier is not None:
            clash = f"{team} is already pinned to {earlier}.", "Withdraw one of the two decisions."
            return None if earlier == town else clash
        room = pairs_that_sleep(self._mission, self._mission.town_of[town], self._bases)
        if room is not None and self._slept[town] >= room:
            return (
                f"{town} has beds for {room} STO pair(s), and pins have taken them all.",
                "Correct the town's beds in towns.csv, or choose another town.",
            )
        return None


def _refusal(decision: Decision, reason: str, remedy: str) -> Unassigned:
    return Unassigned(
        kind="decision", subject=decision.subject, code=PIN, reason=reason, remedy=remedy
    )


def _span(slots: Mapping[TeamId, AreaId]) -> str:
    return f"{min(slots)} to {max(slots)}" if slots else "none"
