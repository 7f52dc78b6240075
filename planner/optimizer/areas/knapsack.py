"""The best area of a base at given prices, with whole loads: a knapsack solved by loads.

Where every district has its price, a base wants the set of districts, its home among them, that
costs least together with the penalty of its load. Over whole loads that is a knapsack problem: a
table of the least cost that is still to come at each load reached, up to the band's upper end and
with one cell for all loads beyond, solves it exactly, for many bases at once. See Martello and Toth
(1990), Knapsack Problems, section 2.6.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints

_MOST_CELLS = 4_000
"""Longest table of one base: more would cost more time than the bound is worth."""
_KEPT_CELLS = 4_000_000
"""Cells of the tables after every district that are kept at a time."""


def whole_loads(problem: AreasProblem) -> Ints | None:
    """Return the loads as whole numbers of one unit, or None where no short table holds them."""
    whole = np.rint(problem.load).astype(np.int64)
    if not np.array_equal(whole, problem.load) or not whole.any():
        return None
    unit = int(np.gcd.reduce(whole))
    top = (1.0 + problem.tolerance) * problem.mean_load / unit
    return whole // unit if top < _MOST_CELLS else None


@dataclass(frozen=True, eq=False)
class _Item:
    """A district that some of the bases may serve.

    Attributes
    ----------
    district, load
        Which, and how many cells it takes.
    reach
        Cells that can have been reached before it.
    rows
        Which of the bases may serve it: positions, or all of them.
    gain
        Shape (rows, 1): its cost at its price.
    """

    district: int
    load: int
    reach: int
    rows: Ints | slice
    gain: Floats


class Knapsacks:
    """Solves the base problems of one districting problem whose regions cost nothing.

    Parameters
    ----------
    problem
        The problem.
    load
        Its loads from :func:`whole_loads`.
    """

    def __init__(self, problem: AreasProblem, load: Ints) -> None:
        self.load, self.home = load, problem.home
        unit = float(problem.load.max()) / int(load.max())
        low = (1.0 - problem.tolerance) * problem.mean_load / unit
        self._high = (1.0 + problem.tolerance) * problem.mean_load / unit
        self._top = int(np.floor(self._high))
        self._price = problem.imbalance_weight * unit
        self._ending = self._price * np.maximum(0.0, low - np.arange(self._top + 1))
        # Loads beyond the band cost their distance from it.
        beyond = np.arange(self._top + 1, self._top + 2 + int(load.max()))
        self._beyond = self._price * (beyond - self._high)
        # Light districts first: fewer loads can then have been reached before the others.
        self._order = np.argsort(load, kind="stable")

    def solve(self, bases: Ints, gain: Floats) -> tuple[Floats, Bools]:
        """Return the least cost of each base and what it serves then.

        Parameters
        ----------
        bases
            Shape (bases,): candidates.
        gain
            Shape (bases, districts): cost of a district at its price; infinite where the base may
            not serve it.

        Returns
        -------
        tuple
            Costs of shape (bases,), infinite where a base may not serve its home; and a mask of
            shape (bases, districts).
        """
        count = len(bases)
        items = list(self._items(bases, gain))
        table, over = self._last(count)
        taken = []
        for item in reversed(items):
            old = table[item.rows, : item.reach]
            new = self._shifted(table, over, item)
            taken.append(new < old)
            table[item.rows, : item.reach] = np.minimum(old, new)
            over[item.rows] += np.minimum(0.0, item.gain + self._price * item.load)
        every = np.arange(count)
        cell, value = self._start(bases, gain)
        within = cell <= self._top
        value += np.where(within, table[every, np.minimum(cell, self._top)], over[:, 0])
        serves = np.zeros((count, len(self.load)), dtype=np.bool_)
        serves[every, self.home[bases]] = True
        for item, takes in zip(items, reversed(taken), strict=True):
            rows = every[item.rows]
            at = cell[rows]
            inside = at <= self._top
            take = takes[np.arange(len(rows)), np.minimum(at, item.reach - 1)]
            dear = (item.gain + self._price * item.load < 0.0)[:, 0]
            take = np.where(inside, take, dear)
            serves[rows, item.district] |= take
            cell[rows] = np.where(take, at + item.load, at)
        return value, serves

    def forced(self, bases: Ints, gain: Floats) -> tuple[Floats, Floats]:
        """Return the least cost of each base with every single district, and without it.

        Parameters
        ----------
        bases, gain
            As in :meth:`solve`.

        Returns
        -------
        tuple
            Two arrays of shape (bases, districts), infinite where that is impossible.
        """
        inside, outside = np.full(gain.shape, np.inf), np.full(gain.shape, np.inf)
        batch = max(1, _KEPT_CELLS // (self._top * len(self.load) + 1))
        for begin in range(0, len(bases), batch):
            part = slice(begin, begin + batch)
            inside[part], outside[part] = self._forced(bases[part], gain[part])
        return inside, outside

    def _forced(self, bases: Ints, gain: Floats) -> tuple[Floats, Floats]:
        count = len(bases)
        every, home = np.arange(count), self.home[bases]
        items = list(self._items(bases, gain))
        table, over = self._last(count)
        after = []
        for item in reversed(items):
            after.append((table[:, : self._top + 1].copy(), over.copy()))
            new = self._shifted(table, over, item)
            here = table[item.rows, : item.reach]
            table[item.rows, : item.reach] = np.minimum(here, new)
            over[item.rows] += np.minimum(0.0, item.gain + self._price * item.load)
        cell, start = self._start(bases, gain)
        within = cell <= self._top
        before, above = np.full((count, self._top + 1), np.inf), np.full((count, 1), np.inf)
        before[every[within], cell[within]] = start[within]
        above[~within, 0] = start[~within]
        best = start + np.where(within, table[every, np.minimum(cell, self._top)], over[:, 0])
        inside, outside = np.full(gain.shape, np.inf), np.repeat(best[:, None], len(self.load), 1)
        inside[every, home], outside[every, home] = best, np.inf
        for item, (rest, beyond) in zip(items, reversed(after), strict=True):
            rows = item.rows
            reached, past = before[rows, : item.reach], above[rows]
            table[:, : self._top + 1] = rest
            inside[rows, item.district] = np.minimum(
                (reached + self._shifted(table, beyond, item)).min(axis=1),
                (past + item.gain + self._price * item.load + beyond[rows])[:, 0],
            )
            outside[rows, item.district] = np.minimum(
                (reached + rest[rows, : item.reach]).min(axis=1), (past + beyond[rows])[:, 0]
            )
            self._carry(before, above, item)
        return inside, outside

    def _carry(self, before: Floats, above: Floats, item: _Item) -> None:
        """Let whoever reached a load reach it with the item as well, in place."""
        rows, load = item.rows, item.load
        reached, past = before[rows, : item.reach], above[rows]
        leaving = min(item.reach, max(0, self._top + 1 - load))
        taken = reached + item.gain
        first = leaving + load - self._top - 1
        beyond = taken[:, leaving:] + self._beyond[first : first + item.reach - leaving]
        above[rows] = np.minimum(
            np.minimum(past, past + item.gain + self._price * load),
            beyond.min(axis=1, keepdims=True, initial=np.inf),
        )
        grown = before[rows, load : load + leaving]
        before[rows, load : load + leaving] = np.minimum(grown, taken[:, :leaving])

    def _items(self, bases: Ints, gain: Floats) -> Iterator[_Item]:
        """Yield the districts that any of the bases may serve beside its home."""
        able = np.isfinite(gain)
        able[np.arange(len(bases)), self.home[bases]] = False
        many = able.sum(axis=0)
        reached = int(self.load[self.home[bases]].max(initial=0))
        for district in self._order[many[self._order] > 0].tolist():
            load = int(self.load[district])
            rows: Ints | slice = slice(None)
            if many[district] < len(bases):
                rows = np.flatnonzero(able[:, district])
            reach = min(self._top, reached) + 1
            yield _Item(district, load, reach, rows, gain[rows, district][:, None])
            reached += load

    def _last(self, count: int) -> tuple[Floats, Floats]:
        """Return what is still to come after the last district: the penalty of the load."""
        table = np.empty((count, self._top + 1 + len(self._beyond)))
        table[:, : self._top + 1] = self._ending
        return table, np.zeros((count, 1))

    def _start(self, bases: Ints, gain: Floats) -> tuple[Ints, Floats]:
        """Return the cell that each base starts in with its home, and what that costs."""
        cell = self.load[self.home[bases]]
        cost = gain[np.arange(len(bases)), self.home[bases]]
        return cell, cost + np.where(cell > self._top, self._price * (cell - self._high), 0.0)

    def _shifted(self, table: Floats, over: Floats, item: _Item) -> Floats:
        """Return what is still to come, for each load reached before, if the item is taken."""
        end = item.load + item.reach
        if end > self._top + 1:
            above = end - self._top - 1
            table[item.rows, self._top + 1 : end] = over[item.rows] + self._beyond[:above]
        shifted: Floats = table[item.rows, item.load : end] + item.gain
        return shifted
