"""What one more pair buys: the marginal value along a sweep, with its uncertainty over seeds."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.scenario.point import Point

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Level:
    """One value of x.

    Parameters
    ----------
    x
        E.g. pairs planned.
    seeds
        Seeds that it was run with.
    mean
        Mean of y over seeds.
    low, high
        Confidence interval of the mean; None with one seed, because then nobody knows.
    """

    x: float
    seeds: int
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Step:
    """From one level to the next.

    Parameters
    ----------
    x_from, x_to
        The two values of x.
    seeds
        Seeds that both were run with.
    gain
        Mean of y gained for each unit of x, e.g. visits per added pair.
    low, high
        Confidence interval of the gain over seeds; both levels share the luck of a seed, so that
        the differences are taken seed by seed. None with one seed.
    """

    x_from: float
    x_to: float
    seeds: int
    gain: float
    low: float | None
    high: float | None

    @property
    def falls(self) -> bool:
        """Whether more x gives less y on average."""
        return self.gain < 0

    @property
    def surely_falls(self) -> bool:
        """Whether it falls by more than the uncertainty; False with one seed."""
        return self.high is not None and self.high < 0


@dataclass(frozen=True)
class Curve:
    """Levels and steps of y over x, both columns of a point."""

    x: str
    y: str
    levels: tuple[Level, ...]
    steps: tuple[Step, ...]

    @property
    def monotone(self) -> bool:
        """Whether y never falls by more than its uncertainty; with one seed, never at all."""
        return not any(
            step.falls if step.high is None else step.surely_falls for step in self.steps
        )


def marginal_curve(
    points: Sequence[Point], *, x: str = "pairs_planned", y: str = "days_value"
) -> Curve:
    """Return the curve of y over x, and what each step gains.

    Points that are refused, or without x or y, are left out. Points of one x and one seed count
    once, with their mean: give it points that differ in nothing else, unless that is wanted.

    Parameters
    ----------
    x, y
        Names of columns that hold numbers.

    Raises
    ------
    ValueError
        Expected names of columns that hold numbers.
    """
    table: defaultdict[float, defaultdict[int, list[float]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for point in points:
        at, value = _number(point, x), _number(point, y)
        if point.status == "planned" and at is not None and value is not None:
            table[at][point.seed].append(value)
    by_seed = {
        at: {seed: sum(found) / len(found) for seed, found in seeds.items()}
        for at, seeds in sorted(table.items())
    }
    levels = tuple(_level(at, list(seeds.values())) for at, seeds in by_seed.items())
    places = list(by_seed)
    steps = tuple(
        step
        for first, second in pairwise(places)
        if (step := _step(first, second, by_seed)) is not None
    )
    return Curve(x, y, levels, steps)


def _number(point: Point, name: str) -> float | None:
    if name not in Point.model_fields:
        raise ValueError(f"Expected a column of a point, got {name!r}.")
    value = getattr(point, name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"Expected a column that holds numbers, got {name!r}.")  # noqa: TRY004 - a wrong name
    return float(value)


def _level(at: float, values: Sequence[float]) -> Level:
    mean, low, high = _interval(values)
    return Level(at, len(values), mean, low, high)


def _step(first: float, second: float, by_seed: Mapping[float, Mapping[int, float]]) -> Step | None:
    shared = sorted(by_seed[first].keys() & by_seed[second].keys())
    if not shared:
        return None
    width = second - first
    gains = [(by_seed[second][seed] - by_seed[first][seed]) / width for seed in shared]
    gain, low, high = _interval(gains)
    return Step(first, second, len(shared), gain, low, high)


def _interval(values: Sequence[float]) -> tuple[float, float | None, float | None]:
    """Return mean and Student's interval of the mean."""
    number = len(values)
    mean = math.fsum(values) / number
    if number == 1:
        return mean, None, None
    from scipy.stats import t  # noqa: PLC0415 - heavy import

    variance = math.fsum((value - mean) ** 2 for value in values) / (number - 1)
    half = float(t.ppf((1 + CONFIDENCE) / 2, number - 1)) * math.sqrt(variance / number)
    return mean, mean - half, mean + half
