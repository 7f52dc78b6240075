"""Small worlds for the areas stage, and the truth about them by enumeration."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix
from planner.domain.decision import Decision
from planner.domain.ids import DistrictId, MissionId, RegionId, StationId, TownId
from planner.domain.mission import Mission, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.place import Adjacency, District, Region, Station, Town
from planner.domain.policy import AreaPolicy, Policies
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.stage import Effort, Silent


def _partitions(count: int, blocks: int) -> Iterator[list[int]]:
    """Yield all partitions of ``count`` things into exactly ``blocks``, as growth strings."""

    def grow(word: list[int], used: int) -> Iterator[list[int]]:
        if len(word) == count:
            if used == blocks:
                yield word
            return
        for block in range(min(used + 1, blocks)):
            yield from grow([*word, block], max(used, block + 1))

    yield from grow([], 0)


def _joined(members: list[int], edges: set[tuple[int, int]]) -> bool:
    merged = {members[0]}
    for _ in members:
        merged |= {b for a, b in edges if a in merged and b in members}
        merged |= {a for a, b in edges if b in merged and a in members}
    return len(merged) == len(members)


def _brute_force(problem: AreasProblem) -> tuple[float, Ints | None]:
    """Return the best value and solution over all partitions and bases."""
    neighbours = problem.neighbours
    edges = {(a, b) for a, bs in enumerate(neighbours or ()) for b in bs}
    best: tuple[float, Ints | None] = (np.inf, None)
    group = problem.group.tolist()
    for word in _partitions(problem.districts, problem.areas):
        blocks = [[d for d, b in enumerate(word) if b == k] for k in range(problem.areas)]
        if neighbours is not None and not all(_joined(block, edges) for block in blocks):
            continue
        pairs = {(word[d], group[d]) for d in range(problem.districts) if group[d] >= 0}
        if len(pairs) != len({b for b, _ in pairs}) or len(pairs) != len({g for _, g in pairs}):
            continue
        owner = np.full(problem.districts, -1, dtype=np.int64)
        for block in blocks:
            inside = [c for c in range(problem.candidates) if problem.home[c] in block]
            forced = [c for c in inside if problem.must_open[c]]
            costs = [(problem.cost[c, block].sum(), c) for c in forced or inside]
            if not costs or len(forced) > 1 or not np.isfinite(min(costs)[0]):
                break
            owner[block] = min(costs)[1]
        else:
            if (value := problem.value(owner)) < best[0]:
                best = (value, owner)
    return best


@pytest.fixture(scope="session")
def brute_force() -> Callable[[AreasProblem], tuple[float, Ints | None]]:
    return _brute_force


def _random_problem(
    seed: int,
    *,
    districts: int = 7,
    areas: int = 3,
    pinned: int = 0,
    contiguous: bool = True,
    weights: tuple[float, float] = (40.0, 3.0),
) -> AreasProblem:
    """Return a random connected world; some districts have two towns, some none."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 100, (districts, 2))
    home = np.sort(rng.choice(districts, size=districts + 1))
    home[:areas] = rng.permutation(districts)[:areas]
    home = np.sort(home).astype(np.int64)
    towns = points[home] + rng.uniform(-5, 5, (len(home), 2))
    load = rng.integers(0, 9, districts).astype(np.float64)
    apart = np.hypot(*(towns[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    order = rng.permutation(districts).tolist()
    sets: list[set[int]] = [set() for _ in range(districts)]
    extra = rng.integers(0, districts, (districts // 2, 2)).tolist()
    for a, b in [*pairwise(order), *extra]:
        if a != b:
            sets[a].add(b)
            sets[b].add(a)
    group = np.full(districts, -1, dtype=np.int64)
    group[rng.permutation(districts)[:pinned]] = rng.integers(0, 2, pinned)
    cost = apart * load
    at_home = group[home]
    cost[(at_home[:, None] >= 0) & (group >= 0) & (at_home[:, None] != group)] = np.inf
    region = np.unique(rng.integers(0, 3, districts), return_inverse=True)[1].astype(np.int64)
    return AreasProblem(
        cost=cost,
        load=load,
        home=home,
        region=region,
        areas=areas,
        split_weight=weights[0],
        imbalance_weight=weights[1],
        tolerance=0.2,
        neighbours=tuple(tuple(sorted(one)) for one in sets) if contiguous else None,
        group=group,
        must_open=np.zeros(len(home), dtype=np.bool_),
    )


@pytest.fixture(scope="session")
def random_problem() -> Callable[..., AreasProblem]:
    return _random_problem


@pytest.fixture
def budget() -> Budget:
    return Budget(Effort(), Silent())


class Flat:
    """Travel on a flat map at one degree an hour; nothing crosses ``wall_lon`` where it is set."""

    provenance = "flat map, one degree an hour"

    def __init__(self, wall_lon: float | None = None) -> None:
        self.wall_lon = wall_lon

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        apart = np.abs(origins[:, None, :] - destinations[None, :, :]).sum(axis=2)
        duration_s = np.round(3600 * apart).astype(np.int64)
        distance_m = np.round(60_000 * apart).astype(np.int64)
        if self.wall_lon is not None:
            crossing = (origins[:, None, 1] < self.wall_lon) != (
                destinations[None, :, 1] < self.wall_lon
            )
            duration_s[crossing] = UNROUTABLE
            distance_m[crossing] = UNROUTABLE
        return TravelMatrix(duration_s, distance_m)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        both = self.matrix(origins, destinations)
        return TravelMatrix(both.duration_s.diagonal(), both.distance_m.diagonal())


@pytest.fixture(scope="session")
def flat() -> Callable[..., Flat]:
    return Flat


def _grid_mission(
    *,
    width: int = 4,
    height: int = 2,
    teams: int = 2,
    pairs: int = 4,
    beds: dict[str, int | None] | None = None,
    stations: dict[str, int] | None = None,
    cut: frozenset[str] = frozenset(),
    decisions: tuple[Decision, ...] = (),
    policy: AreaPolicy | None = None,
) -> MissionInput:
    """Return a grid of districts ``D<x><y>``, regions ``R<x//2>``, a town ``T<x><y>`` in each.

    ``beds`` (where given) names the only towns; ``stations`` overrides two a district; ``cut``
    districts have no neighbours.
    """
    cells = [(x, y) for x in range(width) for y in range(height)]
    names = {cell: f"{cell[0]}{cell[1]}" for cell in cells}
    counts = {f"D{name}": 2 for name in names.values()} | (stations or {})
    districts = tuple(
        District(id=DistrictId(f"D{names[x, y]}"), name=f"District {x}/{y}", lat=y, lon=x,
                 region=RegionId(f"R{x // 2}"))
        for x, y in cells
    )  # fmt: skip
    towns = tuple(
        Town(id=TownId(f"T{names[x, y]}"), name=f"Town {x}/{y}", lat=y, lon=x,
             district=DistrictId(f"D{names[x, y]}"), beds=(beds or {}).get(f"T{names[x, y]}"))
        for x, y in cells
        if beds is None or f"T{names[x, y]}" in beds
    )  # fmt: skip
    adjacency = tuple(
        Adjacency(a=DistrictId(f"D{names[one]}"), b=DistrictId(f"D{names[other]}"))
        for one in cells
        for other in ((one[0] + 1, one[1]), (one[0], one[1] + 1))
        if other in names and not {f"D{names[one]}", f"D{names[other]}"} & cut
    )
    return MissionInput(
        mission=Mission(
            id=MissionId("grid"),
            name="Grid",
            country="XX",
            e_day=date(2030, 5, 5),
            time_zone="UTC",
            staffing=Staffing(lto_teams=teams, sto_pairs=pairs),
            policies=Policies(areas=policy or AreaPolicy(split_weight=300.0)),
        ),
        regions=tuple(
            Region(id=RegionId(f"R{k}"), name=f"Region {k}", time_zone="UTC")
            for k in range((width + 1) // 2)
        ),
        districts=districts,
        adjacency=adjacency,
        towns=towns,
        stations=tuple(
            Station(id=StationId(f"{d.id}-{k}"), district=d.id, lat=d.lat, lon=d.lon)
            for d in districts
            for k in range(counts[d.id])
        ),
        decisions=decisions,
    )


@pytest.fixture(scope="session")
def grid_mission() -> Callable[..., MissionInput]:
    return _grid_mission
