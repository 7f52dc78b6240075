"""A first partition: pinned groups are joined up, bases seeded, and the areas grow from them."""

import heapq
from collections.abc import Iterable, Sequence

import numpy as np

from planner.optimizer.areas.graph import border, is_connected, shortest_path
from planner.optimizer.areas.problem import AreasProblem, Ints

_LEAST_LOAD = 1e-3
"""Keeps the cost of an empty district finite by unit of load."""


def construct(problem: AreasProblem, wanted: Sequence[int]) -> Ints | None:
    """Build a feasible solution around wanted bases.

    Parameters
    ----------
    problem
        The problem; with neighbours, every component holds a candidate and ``areas`` is at least
        the number of components.
    wanted
        Candidate bases, most wanted first; others are used where these do not do.

    Returns
    -------
    ndarray or None
        Shape (districts,): the candidate that serves each district. None if pinned groups get in
        one another's way; that does not prove that they must.
    """
    if problem.neighbours is None:
        return _nearest(problem, _seeds_anywhere(problem, wanted))
    cores = _joined_groups(problem)
    if cores is None:
        return None
    bases = _seeds(problem, cores, wanted)
    if bases is None:
        return None
    return _grown(problem, cores, bases)


def _seeds_anywhere(problem: AreasProblem, wanted: Sequence[int]) -> list[int]:
    """Return bases where areas need not be contiguous: forced, then wanted, then any."""
    chosen: dict[int, int] = {}
    for base in (*np.flatnonzero(problem.must_open).tolist(), *wanted, *range(problem.candidates)):
        if len(chosen) < problem.areas:
            chosen.setdefault(int(problem.slot[base]), int(base))
    return sorted(chosen.values())


def _nearest(problem: AreasProblem, bases: list[int]) -> Ints | None:
    """Give every district to its cheapest base, its own first, and groups as a whole."""
    cost = problem.cost[bases].copy()
    for row, base in enumerate(bases):
        cost[:, problem.home[base]] = np.inf
        cost[row, problem.home[base]] = problem.cost[base, problem.home[base]]
    for number in np.unique(problem.group[problem.group >= 0]):
        members = problem.group == number
        cost[:, members] = cost[:, members].sum(axis=1)[:, None]
    if not np.isfinite(cost.min(axis=0)).all():
        return None
    owner: Ints = np.asarray(bases, dtype=np.int64)[cost.argmin(axis=0)]
    return owner if is_feasible(problem, owner) else None


def _joined_groups(problem: AreasProblem) -> dict[int, set[int]] | None:
    """Return each pinned group, joined up by free districts and reaching a home of a base."""
    neighbours = problem.neighbours or ()
    numbers = [int(number) for number in np.unique(problem.group[problem.group >= 0])]
    members = {number: set(np.flatnonzero(problem.group == number).tolist()) for number in numbers}
    order = numbers
    for _ in range(len(numbers) + 1):
        cores: dict[int, set[int]] = {}
        free = set(np.flatnonzero(problem.group < 0).tolist())
        for number in order:
            core = _joined(neighbours, members[number], free)
            core = core and _with_home(problem, core, free)
            if core is None:
                # Whoever found no way goes first the next time.
                order = [number, *(other for other in order if other != number)]
                break
            cores[number] = core
            free -= core
        if len(cores) == len(numbers):
            return cores
    return None


def _joined(
    neighbours: Sequence[Sequence[int]], members: set[int], free: set[int]
) -> set[int] | None:
    """Join ``members`` by shortest paths through ``free``; None where there is no way."""
    core = {min(members)}
    while members - core:
        path = shortest_path(neighbours, core, members - core, free | members)
        if path is None:
            return None
        core |= set(path)
    return core


def _homes(problem: AreasProblem, core: Iterable[int]) -> set[int]:
    """Return homes of the candidates that may serve the whole core."""
    able = np.isfinite(problem.cost[:, sorted(core)]).all(axis=1)
    able &= np.isfinite(problem.cost[np.arange(problem.candidates), problem.home])
    return set(problem.home[able].tolist())


def _with_home(problem: AreasProblem, core: set[int], free: set[int]) -> set[int] | None:
    """Extend a core to the next home of a base that may serve it."""
    homes = _homes(problem, core)
    if core & homes:
        return core
    path = shortest_path(problem.neighbours or (), core, homes & free, free)
    return None if path is None else core | set(path)


def _best_base(problem: AreasProblem, members: set[int], rank: dict[int, int]) -> int | None:
    """Return the most wanted, else cheapest base inside ``members`` that may serve them all."""
    inside = [c for c, home in enumerate(problem.home.tolist()) if home in members]
    where = sorted(members)
    costs = {c: float(problem.cost[c, where].sum()) for c in inside}
    able = [c for c in inside if np.isfinite(costs[c])]
    return min(able, key=lambda c: (rank.get(c, len(rank)), costs[c], c), default=None)


def _seeds(
    problem: AreasProblem, cores: dict[int, set[int]], wanted: Sequence[int]
) -> list[int] | None:
    """Return ``areas`` bases: those of the cores, one in every component, then the wanted."""
    neighbours = problem.neighbours or ()
    rank = {int(base): place for place, base in enumerate(wanted)}
    chosen: list[int] = []
    for number in sorted(cores):
        base = _best_base(problem, cores[number], rank)
        if base is None:
            return None
        chosen.append(base)
    taken = set().union(*cores.values())
    spare = [
        c
        for c in sorted(range(problem.candidates), key=lambda c: (rank.get(c, len(rank)), c))
        if int(problem.home[c]) not in taken and np.isfinite(problem.cost[c, problem.home[c]])
    ]
    covered = np.zeros(problem.districts, dtype=np.bool_)
    component = _component_of(neighbours)
    for base in chosen:
        covered |= component == component[problem.home[base]]
    for only_uncovered in (True, False):
        for base in spare:
            home = int(problem.home[base])
            if home in taken or len(chosen) == problem.areas:
                continue
            if only_uncovered and covered[home]:
                continue
            chosen.append(base)
            taken.add(home)
            covered |= component == component[home]
    return chosen if len(chosen) == problem.areas and bool(covered.all()) else None


def _component_of(neighbours: Sequence[Sequence[int]]) -> Ints:
    """Return the connected component of each district, as the smallest number in it."""
    number = np.full(len(neighbours), -1, dtype=np.int64)
    for start in range(len(neighbours)):
        if number[start] < 0:
            number[start] = start
            stack = [start]
            while stack:
                for other in neighbours[stack.pop()]:
                    if number[other] < 0:
                        number[other] = start
                        stack.append(other)
    return number


def _grown(problem: AreasProblem, cores: dict[int, set[int]], bases: list[int]) -> Ints | None:
    """Grow the areas over free neighbours, the cheapest step for its load first."""
    neighbours = problem.neighbours or ()
    unit = problem.cost / np.maximum(problem.load, _LEAST_LOAD)
    owner = np.full(problem.districts, -1, dtype=np.int64)
    queue: list[tuple[float, int, int]] = []
    starts = [*(cores[number] for number in sorted(cores))]
    starts += [{int(problem.home[base])} for base in bases[len(starts) :]]
    for base, start in zip(bases, starts, strict=True):
        owner[sorted(start)] = base
        for other in sorted(border(neighbours, start)):
            heapq.heappush(queue, (float(unit[base, other]), other, base))
    while queue:
        cost, district, base = heapq.heappop(queue)
        if owner[district] >= 0 or not np.isfinite(cost):
            continue
        owner[district] = base
        for other in neighbours[district]:
            if owner[other] < 0:
                heapq.heappush(queue, (float(unit[base, other]), other, base))
    return owner if (owner >= 0).all() else None


def is_feasible(problem: AreasProblem, owner: Ints) -> bool:
    """Tell whether a solution keeps every hard condition of the problem."""
    bases = np.unique(owner)
    if len(bases) != problem.areas or not np.isfinite(problem.value(owner)):
        return False
    if not (owner[problem.home[bases]] == bases).all():
        return False
    if not np.isin(np.flatnonzero(problem.must_open), bases).all():
        return False
    pinned = np.flatnonzero(problem.group >= 0)
    pairs = {(int(problem.group[d]), int(owner[d])) for d in pinned}
    if not len(pairs) == len({g for g, _ in pairs}) == len({o for _, o in pairs}):
        return False
    return problem.neighbours is None or all(
        is_connected(problem.neighbours, set(np.flatnonzero(owner == base).tolist()))
        for base in bases
    )
