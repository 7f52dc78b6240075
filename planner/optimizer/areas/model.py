"""The reduced problem as a mixed-integer programme for HiGHS (through SciPy).

Variables: ``x`` base serves district, ``z`` base touches region, ``y`` base is opened, ``over`` and
``under`` load outside the band. The formulation is the strong one (``x <= z <= y``), whose linear
relaxation was within 0.3 % of the optimum in all measured cases. Where a further region costs
nothing there is no ``z`` (``x <= y``).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.optimizer.areas.fixing import Survivors
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints

_SOLVED, _INFEASIBLE = 0, 2
"""SciPy's codes."""


@dataclass(frozen=True)
class Limits:
    """When the solver stops.

    Attributes
    ----------
    nodes
        Branch-and-bound nodes of one model.
    gap
        Relative gap at which a model counts as solved.
    work
        No further model is begun once choices and cuts, summed over all models, exceed this: a
        stop without a clock for countries whose shape and roads have little in common.
    seconds
        Wall-clock limit of one model, or None.
    """

    nodes: int
    gap: float
    work: int
    seconds: float | None = None


@dataclass(frozen=True)
class Answer:
    """What the solver found.

    Attributes
    ----------
    owner
        Shape (districts,), or None without a solution.
    bound
        Lower bound of the reduced problem; infinite where it is proven to have no solution.
    finished
        False if the solver hit a limit.
    """

    owner: Ints | None
    bound: float
    finished: bool


@dataclass
class _Rows:
    """Rows of the constraint matrix, collected."""

    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    entry: list[Floats] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    count: int = 0

    def add(
        self, parts: list[tuple[Ints, Ints, Floats | float]], lower: float, upper: float, rows: int
    ) -> None:
        """Add ``rows`` rows made of (row, column, coefficient) parts, with common limits."""
        for row, column, entry in parts:
            self.row.append(np.asarray(row, dtype=np.int64) + self.count)
            self.column.append(np.asarray(column, dtype=np.int64))
            self.entry.append(np.broadcast_to(np.asarray(entry, dtype=np.float64), len(row)))
        self.lower.append(np.full(rows, lower))
        self.upper.append(np.full(rows, upper))
        self.count += rows

    def constraint(self, width: int) -> LinearConstraint:
        """Return all rows as one sparse constraint over ``width`` variables."""
        entries = (
            np.concatenate(self.entry),
            (np.concatenate(self.row), np.concatenate(self.column)),
        )
        matrix = sparse.csr_array(entries, shape=(self.count, width))
        return LinearConstraint(matrix, np.concatenate(self.lower), np.concatenate(self.upper))


class ReducedModel:
    """The exact model over what survived the fixing; contiguity cuts are added as they are met."""

    def __init__(self, problem: AreasProblem, left: Survivors) -> None:
        self.problem = problem
        base, district = np.nonzero(left.serve)
        self._base, self._district = base.astype(np.int64), district.astype(np.int64)
        self._bases, self._base_row = np.unique(self._base, return_inverse=True)
        self.size = len(base)
        self._index = np.full(left.serve.shape, -1, dtype=np.int64)
        self._index[base, district] = np.arange(self.size)
        key = self._base_row * problem.regions + problem.region[district]
        pairs, self._pair = np.unique(key, return_inverse=True)
        if problem.split_weight == 0.0:
            pairs, self._pair = pairs[:0], self._pair[:0]
        self._pair_base = pairs // problem.regions
        self._first_z = self.size
        self._first_y = self._first_z + len(pairs)
        self._first_over = self._first_y + len(self._bases)
        self._first_under = self._first_over + len(self._bases)
        self._width = self._first_under + len(self._bases)
        self._opened = left.opened[self._bases]
        self._rows = _Rows()
        self.cuts = 0
        self._state_rules()

    def _state_rules(self) -> None:
        problem, rows = self.problem, self._rows
        count, bases = self.size, len(self._bases)
        every, ones = np.arange(count), np.arange(bases)
        y, over = self._first_y + ones, self._first_over + ones
        under, zero = self._first_under + ones, np.zeros(bases, dtype=np.int64)
        rows.add([(self._district, every, 1.0)], 1.0, 1.0, problem.districts)
        rows.add([(zero, y, 1.0)], problem.areas, problem.areas, 1)
        above = self._first_z + self._pair if len(self._pair) else self._first_y + self._base_row
        rows.add([(every, every, 1.0), (every, above, -1.0)], -np.inf, 0.0, count)
        pairs = np.arange(len(self._pair_base))
        touched = (pairs, self._first_z + pairs, 1.0)
        if len(pairs):
            rows.add(
                [touched, (pairs, self._first_y + self._pair_base, -1.0)], -np.inf, 0.0, len(pairs)
            )
        home = self._index[self._bases, problem.home[self._bases]]
        rows.add([(ones, home, 1.0), (ones, y, -1.0)], 0.0, 0.0, bases)
        slots = np.unique(problem.slot[self._bases], return_inverse=True)[1].astype(np.int64)
        rows.add([(slots, y, 1.0)], -np.inf, 1.0, int(slots.max()) + 1)
        if problem.imbalance_weight > 0.0:
            load = (self._base_row.astype(np.int64), every, problem.load[self._district])
            top = (1.0 + problem.tolerance) * problem.mean_load
            low = (1.0 - problem.tolerance) * problem.mean_load
            rows.add([load, (ones, y, -top), (ones, over, -1.0)], -np.inf, 0.0, bases)
            rows.add([load, (ones, y, -low), (ones, under, 1.0)], 0.0, np.inf, bases)
        self._state_groups()

    def _state_groups(self) -> None:
        """Members of a pinned group go together, different groups apart."""
        numbers = np.unique(self.problem.group[self.problem.group >= 0])
        leaders = []
        for number in numbers:
            members = np.flatnonzero(self.problem.group == number)
            leaders.append(int(members[0]))
            for member in members[1:]:
                for base in self._bases:
                    self._link(base, int(members[0]), int(member))
        for base in self._bases:
            columns = self._index[base, leaders]
            columns = columns[columns >= 0]
            if len(columns) > 1:
                zero = np.zeros(len(columns), dtype=np.int64)
                self._rows.add([(zero, columns, 1.0)], -np.inf, 1.0, 1)

    def _link(self, base: int, one: int, other: int) -> None:
        """Make ``base`` serve both districts or neither."""
        columns = self._index[base, [one, other]]
        signs = np.array([1.0, -1.0])[columns >= 0]
        columns = columns[columns >= 0]
        if len(columns):
            zero = np.zeros(len(columns), dtype=np.int64)
            self._rows.add([(zero, columns, signs)], 0.0, 0.0, 1)

    def cut(self, stray: set[int], around: set[int]) -> None:
        """Forbid that districts ``stray`` hang on a base outside without a bridge ``around``."""
        where, bridge = sorted(stray), sorted(around)
        for base in self._bases:
            if int(self.problem.home[base]) in stray:
                continue
            bridges = self._index[base, bridge]
            bridges = bridges[bridges >= 0]
            strays = self._index[base, where]
            strays = strays[strays >= 0]
            if not len(strays):
                continue
            row = np.arange(len(strays))
            parts: list[tuple[Ints, Ints, Floats | float]] = [(row, strays, 1.0)]
            if len(bridges):
                parts.append((np.repeat(row, len(bridges)), np.tile(bridges, len(strays)), -1.0))
            self._rows.add(parts, -np.inf, 0.0, len(strays))
            self.cuts += len(strays)

    def relax(self, seconds: float | None = None) -> tuple[float, float]:
        """Solve the linear relaxation, which takes a second where branching may take minutes.

        Parameters
        ----------
        seconds
            Wall-clock limit, or None.

        Returns
        -------
        tuple
            Lower bound of the reduced problem (infinite where it has no solution), and the share
            of districts that the relaxation divides between bases.
        """
        options = {} if seconds is None else {"time_limit": max(seconds, 0.01)}
        result = self._solved(np.zeros(self._width, dtype=np.int64), options)
        if result.status != _SOLVED:
            return (np.inf if result.status == _INFEASIBLE else -np.inf), 1.0
        used = result.x[: self.size]
        divided = self._district[(used > 1e-6) & (used < 1 - 1e-6)]
        share = len(np.unique(divided)) / self.problem.districts
        return float(result.fun) - self._constant, share

    def solve(self, limits: Limits) -> Answer:
        """Solve the model as it stands."""
        whole = np.zeros(self._width, dtype=np.int64)
        whole[: self._first_over] = 1
        options: dict[str, float] = {"node_limit": limits.nodes, "mip_rel_gap": limits.gap}
        if limits.seconds is not None:
            options["time_limit"] = max(limits.seconds, 0.01)
        result = self._solved(whole, options)
        bound = result.mip_dual_bound
        known = bound is not None and np.isfinite(bound)
        lowest = float(bound) - self._constant if known else -np.inf
        return Answer(
            owner=None if result.x is None else self._read(result.x),
            bound=np.inf if result.status == _INFEASIBLE else lowest,
            finished=result.status in (_SOLVED, _INFEASIBLE),
        )

    @property
    def _constant(self) -> float:
        """The first area of each region is free of charge."""
        return self.problem.split_weight * self.problem.regions

    def _solved(self, whole: Ints, options: dict[str, Any]) -> Any:  # noqa: ANN401 - SciPy's result
        problem = self.problem
        price = np.zeros(self._width)
        price[: self.size] = problem.cost[self._base, self._district]
        price[self._first_z : self._first_y] = problem.split_weight
        price[self._first_over :] = problem.imbalance_weight
        lower, upper = np.zeros(self._width), np.ones(self._width)
        upper[self._first_over :] = np.inf if problem.imbalance_weight > 0.0 else 0.0
        lower[self._first_y : self._first_over] = self._opened
        given: Any = options
        return milp(
            price,
            integrality=whole,
            bounds=Bounds(lower, upper),
            constraints=self._rows.constraint(self._width),
            options=given,
        )

    def _read(self, values: Floats) -> Ints:
        used: Bools = values[: self.size] > 0.5
        owner = np.full(self.problem.districts, -1, dtype=np.int64)
        owner[self._district[used]] = self._base[used]
        return owner
