"""The districting problem over plain arrays: the core of the stage knows no mission."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class AreasProblem:
    """Partition districts into areas around candidate bases at least cost.

    A p-median with a fixed charge for every further area of a region, a penalty for load outside
    a band around the mean, and (optionally) contiguous areas. The pure p-median is the case of
    no weights and ``neighbours=None``.

    Parameters
    ----------
    cost
        Shape (candidates, districts): cost of serving a district from a base, already weighted
        by the load; ``inf`` where a base must not serve a district.
    load
        Shape (districts,): what balance is measured in.
    home
        Shape (candidates,): the district that each candidate base lies in. An area contains the
        home of its base, so that two bases never share a home.
    region
        Shape (districts,): region of each district, numbered from 0 without holes.
    areas
        Number of areas to make.
    split_weight
        Cost of every further area that a region is split over.
    imbalance_weight
        Cost of every unit of load outside ``(1 ± tolerance) * mean``.
    tolerance
        Share of the mean load.
    neighbours
        Neighbours of each district, ascending, or None where areas need not be contiguous.
    group
        Shape (districts,): districts with the same number >= 0 belong to one area, those with
        different numbers to different areas; -1 is free.
    must_open
        Shape (candidates,): bases that are used in any case. The caller makes ``cost`` infinite
        for all other bases at the districts that such a base must serve, its home among them.
    usual_load
        Load that balance is measured against where this is a part of a larger problem; None: the
        mean of the areas.
    """

    cost: Floats
    load: Floats
    home: Ints
    region: Ints
    areas: int
    split_weight: float
    imbalance_weight: float
    tolerance: float
    neighbours: tuple[tuple[int, ...], ...] | None
    group: Ints
    must_open: Bools
    usual_load: float | None = None

    @classmethod
    def p_median(cls, cost: Floats, areas: int) -> "AreasProblem":
        """Return the plain p-median: every vertex weighs the same and may be a base.

        Parameters
        ----------
        cost
            Shape (vertices, vertices).
        """
        count = len(cost)
        return cls(
            cost=cost,
            load=np.ones(count),
            home=np.arange(count),
            region=np.zeros(count, dtype=np.int64),
            areas=areas,
            split_weight=0.0,
            imbalance_weight=0.0,
            tolerance=1.0,
            neighbours=None,
            group=np.full(count, -1, dtype=np.int64),
            must_open=np.zeros(count, dtype=np.bool_),
        )

    @property
    def candidates(self) -> int:
        """Number of candidate bases."""
        return int(self.cost.shape[0])

    @property
    def districts(self) -> int:
        """Number of districts."""
        return int(self.cost.shape[1])

    @cached_property
    def regions(self) -> int:
        """Number of regions."""
        return int(self.region.max()) + 1

    @cached_property
    def mean_load(self) -> float:
        """Mean load of an area, which balance is measured against."""
        if self.usual_load is not None:
            return self.usual_load
        return float(self.load.sum()) / self.areas

    @cached_property
    def slot(self) -> Ints:
        """Shape (candidates,): of the candidates with one number at most one can be a base.

        They share a home, or their homes are pinned to the same area.
        """
        key = np.where(
            self.group[self.home] >= 0, self.districts + self.group[self.home], self.home
        )
        return np.unique(key, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def plain(self) -> bool:
        """Whether districts are free of one another: a p-median and nothing else.

        Then the best solution for given bases is every district at its cheapest base.
        """
        own = self.cost[np.arange(self.candidates), self.home]
        return bool(
            self.neighbours is None
            and self.imbalance_weight == 0.0
            and self.split_weight == 0.0
            and (self.group < 0).all()
            and len(np.unique(self.home)) == self.candidates
            and (own <= self.cost[:, self.home].min(axis=0)).all()
        )

    @cached_property
    def grain(self) -> float:
        """Two different objectives lie at least this far apart: 1 for whole numbers, else 0."""
        finite = self.cost[np.isfinite(self.cost)]
        whole = (finite == np.rint(finite)).all() and float(self.split_weight).is_integer()
        return 1.0 if whole and self.imbalance_weight == 0.0 else 0.0

    def rounded(self, bound: float) -> float:
        """Return a lower bound, raised to the next objective that is possible."""
        if self.grain == 0.0 or not np.isfinite(bound):
            return bound
        return float(np.ceil(bound - 1e-6 * max(1.0, abs(bound) * 1e-3)))

    def imbalance(self, load: float) -> float:
        """Return the cost of an area's load outside the band."""
        slack = self.tolerance * self.mean_load
        return self.imbalance_weight * max(0.0, abs(load - self.mean_load) - slack)

    def imbalances(self, loads: Floats) -> Floats:
        """Return :meth:`imbalance` of many loads; a descent asks for one, which is faster."""
        slack = self.tolerance * self.mean_load
        over: Floats = np.maximum(0.0, np.abs(loads - self.mean_load) - slack)
        return self.imbalance_weight * over

    def value(self, owner: Ints) -> float:
        """Return the objective of a solution; infinite where a base may not serve a district.

        Parameters
        ----------
        owner
            Shape (districts,): the candidate that serves each district.
        """
        bases = np.unique(owner)
        travel = float(self.cost[owner, np.arange(self.districts)].sum())
        touched = len({(int(r), int(c)) for r, c in zip(self.region, owner, strict=True)})
        splits = touched - self.regions
        loads = [float(self.load[owner == base].sum()) for base in bases]
        return travel + self.split_weight * splits + sum(self.imbalance(load) for load in loads)
