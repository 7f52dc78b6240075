"""Areas against every partition of at most six districts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pytest
from hypothesis import given

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Town
from planner.domain.plan import Area, StageStatus
from planner.objective.areas import areas_cost
from planner.optimizer.areas import AreasResult, solve_areas
from planner.optimizer.stage import Effort, Silent
from tests.fuzz.missions import missions, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads

WANTED_GAP = 5e-3
"""The stage is content within this relative gap."""
PINS = {DecisionKind.DISTRICT_AREA, DecisionKind.BASE_TOWN}
Block = frozenset[DistrictId]
small = missions(stations=8, sto_pairs=2, people=0, decided=4)


def partitions(items: Sequence[DistrictId], blocks: int) -> Iterator[list[Block]]:
    """Yield all partitions of ``items`` into exactly ``blocks``."""
    if not items:
        if not blocks:
            yield []
        return
    first, rest = items[0], items[1:]
    for others in partitions(rest, blocks - 1) if blocks else ():
        yield [frozenset({first}), *others]
    for others in partitions(rest, blocks):
        for number, block in enumerate(others):
            yield [*others[:number], block | {first}, *others[number + 1 :]]


@dataclass(frozen=True)
class Country:
    """A mission's districts and everything that areas over them must keep."""

    mission: MissionInput
    travel: Roads

    @cached_property
    def edges(self) -> set[frozenset[DistrictId]]:
        return {frozenset({pair.a, pair.b}) for pair in self.mission.adjacency}

    def part(self, start: DistrictId, within: Block) -> Block:
        """Return what hangs together with ``start`` inside ``within``."""
        found = {start}
        while more := {
            d for d in within - found if any(frozenset({d, here}) in self.edges for here in found)
        }:
            found |= more
        return frozenset(found)

    def bases(self, block: Block, covered: Block) -> list[Town | None]:
        """Return possible base towns; None stands for a part of the country without any."""
        beds = self.mission.mission.policies.allocation.beds_per_lto_team
        towns = [town for town in self.mission.towns if town.beds is None or town.beds >= beds]
        around = self.part(min(block), covered)
        if not any(town.district in around for town in towns):
            return [None]
        return [town for town in towns if town.district in block]

    def area(self, block: Block, base: Town | None, number: int = 0) -> Area:
        return Area(
            id=AreaId(f"X{number}"),
            lto_team=None,
            base_town=None if base is None else base.id,
            districts=tuple(sorted(block)),
        )

    def best(self, covered: Block, areas: int, pins: Sequence[Decision]) -> float | None:
        """Return the least cost over all partitions into ``areas`` that keep ``pins``."""
        costs = [
            cost
            for blocks in partitions(sorted(covered), areas)
            if all(self.part(min(block), block) == block for block in blocks)
            if (cost := self._cost(blocks, covered, pins)) is not None
        ]
        return min(costs, default=None)

    def _cost(
        self, blocks: Sequence[Block], covered: Block, pins: Sequence[Decision]
    ) -> float | None:
        """Return the cost of blocks with the best base in each; None if pins cannot be kept."""
        town_of: dict[AreaId, TownId] = {}
        home: list[tuple[DistrictId, AreaId]] = []
        for pin in pins:
            assert pin.area is not None
            if pin.kind is DecisionKind.BASE_TOWN and pin.town is not None:
                if town_of.setdefault(pin.area, pin.town) != pin.town:
                    return None
                home.append((self.mission.town_of[pin.town].district, pin.area))
            elif pin.district is not None:
                home.append((pin.district, pin.area))
        named: dict[int, AreaId] = {}
        for district, area in home:
            number = next((k for k, block in enumerate(blocks) if district in block), None)
            if number is None or named.setdefault(number, area) != area:
                return None
        if len(set(named.values())) < len(named):
            return None
        areas = []
        for number, block in enumerate(blocks):
            fixed = town_of.get(named.get(number, AreaId("")))
            choices = [
                self.area(block, base, number)
                for base in self.bases(block, covered)
                if fixed is None or (base is not None and base.id == fixed)
            ]
            if not choices:
                return None
            areas.append(min(choices, key=self._drive))
        return areas_cost(self.mission, areas, self.travel).total

    def _drive(self, area: Area) -> float:
        return areas_cost(self.mission, [area], self.travel).drive


def split_pins(
    mission: MissionInput, result: AreasResult
) -> tuple[list[Decision], list[tuple[int, Decision]]]:
    """Return the pins that were kept, and those that were not with their place in the order."""
    dropped = {entry.subject for entry in result.notes.unassigned if entry.kind == "decision"}
    pins = [decision for decision in mission.decisions if decision.kind in PINS]
    kept = [pin for pin in pins if pin.subject not in dropped]
    return kept, [(k, pin) for k, pin in enumerate(pins) if pin.subject in dropped]


@examples(80)
@given(small, roads)
def test_no_partition_is_better(mission: MissionInput, travel: Roads) -> None:
    result = solve_areas(mission, travel, Effort(), Silent())
    report = result.report
    if report.status is StageStatus.SKIPPED:
        assert not mission.teams_wanted(Role.LTO) + mission.teams_wanted(Role.STO)
        return
    assert report.objective is not None
    assert report.bound is not None
    country = Country(mission, travel)
    covered = frozenset(district for area in result.areas for district in area.districts)
    kept, dropped = split_pins(mission, result)
    best = country.best(covered, len(result.areas), kept)
    assert best is not None, "the stage's own partition is one of them"
    assert report.bound <= best + 1e-6 * max(1.0, best)
    assert best <= report.objective + 1e-6 * max(1.0, best)
    assert report.objective <= best * (1 + WANTED_GAP) + 1e-6
    assert report.objective == pytest.approx(areas_cost(mission, result.areas, travel).total)
    for more in range(len(result.areas) + 1, mission.teams_wanted(Role.LTO) + 1):
        assert country.best(covered, more, kept) is None, f"{more} areas were possible"
    _assert_rightly_dropped(country, covered, dropped)


def _assert_rightly_dropped(
    country: Country, covered: Block, dropped: Sequence[tuple[int, Decision]]
) -> None:
    """No pin is dropped that could be kept together with those kept before it."""
    pins = [decision for decision in country.mission.decisions if decision.kind in PINS]
    lost = {pin.subject for _, pin in dropped}
    teams = country.mission.teams_wanted(Role.LTO)
    parts = {country.part(district, covered) for district in covered}
    for place, pin in dropped:
        if pin.area is None or int(pin.area[1:]) > (teams or len(parts)):
            continue
        before = [other for other in pins[:place] if other.subject not in lost]
        for number in range(1, (teams or len(parts)) + 1):
            assert country.best(covered, number, [*before, pin]) is None, pin.subject
