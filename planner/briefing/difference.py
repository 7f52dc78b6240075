"""Whether two scenarios differ by more than election days of one plan differ by chance."""

import math
from dataclasses import dataclass

from planner.scenario.point import Point

OBSERVED = ("openings", "voting_visits", "counts", "tabulations")
"""Columns of a point that are planned, and simulated as ``…_mean``, ``…_p5`` and ``…_p95``."""


@dataclass(frozen=True)
class Expected:
    """How many stations a scenario observes in one phase.

    Parameters
    ----------
    planned
        In the plan; None without a plan.
    mean, p5, p95
        Over the simulated election days; None where none were simulated.
    """

    planned: int | None
    mean: float | None
    p5: float | None
    p95: float | None

    @property
    def value(self) -> float | None:
        """The mean where days were simulated, else what is planned."""
        return self.planned if self.mean is None else self.mean

    @property
    def half(self) -> float | None:
        """Half of the way from P5 to P95."""
        return None if self.p5 is None or self.p95 is None else (self.p95 - self.p5) / 2


@dataclass(frozen=True)
class Difference:
    """What one scenario observes more than another.

    Parameters
    ----------
    base, value
        Of the two scenarios.
    within
        Whether the difference is within the uncertainty; None where nothing was simulated, so
        that nobody knows.
    """

    base: float
    value: float
    within: bool | None

    @property
    def change(self) -> float:
        """``value - base``; negative for less."""
        return self.value - self.base


def expected(point: Point, name: str) -> Expected:
    """Return what a point observes in the phase of one of ``OBSERVED``."""
    ends = (getattr(point, f"{name}_{end}") for end in ("mean", "p5", "p95"))
    return Expected(getattr(point, name), *ends)


def difference(base: Point, point: Point, name: str) -> Difference | None:
    """Return the difference of two points in one phase; None where one of them has no figure.

    A difference is within the uncertainty if it is smaller than what two independent election
    days may differ by chance, ``√(h₁² + h₂²)`` with h half of the way from P5 to P95. Two equal
    figures do not differ at all, which is within. What the search for a plan leaves to chance is
    not in it: each scenario is planned once.
    """
    first, second = expected(base, name), expected(point, name)
    # A mean beside a plan would compare two different things.
    simulated = first.mean is not None and second.mean is not None
    old, new = (first.mean, second.mean) if simulated else (first.planned, second.planned)
    if old is None or new is None:
        return None
    within = None
    if simulated and first.half is not None and second.half is not None:
        within = abs(new - old) <= math.hypot(first.half, second.half)
    return Difference(float(old), float(new), within)
