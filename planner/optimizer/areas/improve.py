"""Local search: single districts and pairs change sides, bases re-centre after every move."""

from collections.abc import Callable, Iterator

import numpy as np

from planner.optimizer.areas.graph import is_connected
from planner.optimizer.areas.median import interchange
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints

_FORBIDDEN = 1e13
"""Stands for infinity in sums that must also be taken apart again."""


def improve(
    problem: AreasProblem, owner: Ints, stopped: Callable[[], bool] = lambda: False
) -> Ints:
    """Descend to a local optimum of shifts and swaps.

    Parameters
    ----------
    problem
        The problem.
    owner
        A feasible solution, shape (districts,).
    stopped
        Asked between moves; True ends the search.

    Returns
    -------
    ndarray
        A feasible solution that is not worse.
    """
    if problem.plain:
        return interchange(problem, owner, stopped)
    state = _State(problem, owner)
    # Where districts do not touch one another in any term, a swap is nothing but two shifts.
    bound_up = problem.neighbours is not None or problem.imbalance_weight > 0.0
    moved = True
    while moved and not stopped():
        moved = state.shift_all(stopped) or (bound_up and state.swap_one(stopped))
    return state.owner


class _State:
    """Areas as sets of districts, with what every candidate would cost as their base."""

    def __init__(self, problem: AreasProblem, owner: Ints) -> None:
        self.problem = problem
        self.neighbours = problem.neighbours
        self.cost: Floats = np.where(np.isfinite(problem.cost), problem.cost, _FORBIDDEN)
        self.pinned: Bools = problem.group >= 0
        bases, self.label = np.unique(owner, return_inverse=True)
        self.count = len(bases)
        self.touches = np.zeros((self.count, problem.regions), dtype=np.int64)
        np.add.at(self.touches, (self.label, problem.region), 1)
        self.sums = np.empty((problem.candidates, self.count))
        self.load = np.empty(self.count)
        self.base = np.empty(self.count, dtype=np.int64)
        self.worth = np.empty(self.count)
        self.inside: list[Ints] = [np.empty(0, dtype=np.int64)] * self.count
        # What an area would cost after a change holds until the area itself changes.
        self.known: list[dict[tuple[int | None, int | None], float]] = [{}] * self.count
        self.at_home = [np.flatnonzero(problem.home == d) for d in range(problem.districts)]
        for area in range(self.count):
            self._refresh(area)

    @property
    def owner(self) -> Ints:
        """The solution in the problem's own form."""
        return self.base[self.label]

    def _refresh(self, area: int) -> None:
        """Recompute an area from its members, so that no rounding piles up."""
        members = np.flatnonzero(self.label == area)
        self.known[area] = {}
        self.sums[:, area] = self.cost[:, members].sum(axis=1)
        self.load[area] = self.problem.load[members].sum()
        self.inside[area] = np.flatnonzero(self.label[self.problem.home] == area)
        costs = self.sums[self.inside[area], area]
        self.base[area] = self.inside[area][costs.argmin()]
        self.worth[area] = costs.min() + self.problem.imbalance(float(self.load[area]))

    def _with(self, area: int, comes: int | None, goes: int | None) -> float:
        """Return an area's travel and balance cost after a change; infinite if impossible."""
        known = self.known[area]
        change = (comes, goes)
        if change not in known:
            known[change] = self._valued(area, comes, goes)
        return known[change]

    def _valued(self, area: int, comes: int | None, goes: int | None) -> float:
        inside, load = self.inside[area], float(self.load[area])
        if goes is not None:
            inside = inside[self.problem.home[inside] != goes]
            load -= float(self.problem.load[goes])
        if comes is not None:
            inside = np.concatenate([inside, self.at_home[comes]])
            load += float(self.problem.load[comes])
        if len(inside) == 0:
            return np.inf
        costs = self.sums[inside, area]
        if goes is not None:
            costs = costs - self.cost[inside, goes]
        if comes is not None:
            costs = costs + self.cost[inside, comes]
        return float(costs.min()) + self.problem.imbalance(load)

    def _split_change(self, district: int, source: int, target: int) -> int:
        """Return the change in the number of (region, area) contacts by one shift."""
        region = self.problem.region[district]
        left = int(self.touches[source, region] == 1)
        return int(self.touches[target, region] == 0) - left

    def _whole(self, area: int, comes: int | None, goes: int) -> bool:
        """Tell whether an area hangs together after a change."""
        if self.neighbours is None:
            return True
        members = set(np.flatnonzero(self.label == area).tolist()) - {goes}
        if comes is not None:
            members.add(comes)
        return is_connected(self.neighbours, members)

    def _targets(self, district: int) -> list[int]:
        """Return the areas that a district could join."""
        own = int(self.label[district])
        if self.neighbours is None:
            return [area for area in range(self.count) if area != own]
        return sorted({int(self.label[other]) for other in self.neighbours[district]} - {own})

    def _apply(self, moves: list[tuple[int, int]]) -> None:
        """Move districts to areas and recompute the areas concerned."""
        concerned = set()
        for district, target in moves:
            region, source = self.problem.region[district], int(self.label[district])
            self.touches[source, region] -= 1
            self.touches[target, region] += 1
            self.label[district] = target
            concerned |= {source, target}
        for area in sorted(concerned):
            self._refresh(area)

    def _least_gain(self) -> float:
        """Return what counts as an improvement, well above rounding."""
        return 1e-9 * max(1.0, float(np.abs(self.worth).sum())) + 1e-6

    def shift_all(self, stopped: Callable[[], bool]) -> bool:
        """Move each free district to its best neighbouring area; tell whether any moved."""
        moved = False
        least = self._least_gain()
        for district in np.flatnonzero(~self.pinned).tolist():
            if stopped():
                return False
            source = int(self.label[district])
            targets = self._targets(district)
            if not targets:
                continue
            without = self._with(source, None, district)
            best, goal = -least, -1
            for target in targets:
                change = without + self._with(target, district, None)
                change -= float(self.worth[source] + self.worth[target])
                change += self.problem.split_weight * self._split_change(district, source, target)
                if change < best:
                    best, goal = change, target
            if goal >= 0 and self._whole(source, None, district):
                self._apply([(district, goal)])
                moved = True
        return moved

    def _swaps(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of free districts on both sides of a common border."""
        free = np.flatnonzero(~self.pinned).tolist()
        targets = {district: self._targets(district) for district in free}
        sides: dict[tuple[int, int], list[int]] = {}
        for district in free:
            for area in targets[district]:
                sides.setdefault((int(self.label[district]), area), []).append(district)
        for one in free:
            mine = int(self.label[one])
            beyond = [o for area in targets[one] for o in sides.get((area, mine), ()) if one < o]
            for other in sorted(beyond):
                yield one, other

    def swap_one(self, stopped: Callable[[], bool]) -> bool:
        """Make the first swap that improves; tell whether there was one."""
        least = self._least_gain()
        region = self.problem.region
        for one, other in self._swaps():
            if stopped():
                return False
            mine, theirs = int(self.label[one]), int(self.label[other])
            change = self._with(mine, other, one) + self._with(theirs, one, other)
            change -= float(self.worth[mine] + self.worth[theirs])
            if region[one] != region[other]:
                splits = self._split_change(one, mine, theirs)
                splits += self._split_change(other, theirs, mine)
                change += self.problem.split_weight * splits
            if (
                change < -least
                and self._whole(mine, other, one)
                and self._whole(theirs, one, other)
            ):
                self._apply([(one, theirs), (other, mine)])
                return True
        return False
