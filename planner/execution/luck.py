"""The random numbers of a replay: common to all plans with the same seed, and each pair's own.

Every pair draws from two generators whose seed is made of the run's seed and the pair's id, every
region from two of its own. So no pair's luck depends on which other pairs there are or on their
order, the first 500 draws of 1,000 are those of a run of 500, and the same luck meets every noise:
a wider spread stretches the same numbers.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from planner.execution.arrays import BoolArray, DayArrays, FloatArray, IntArray
from planner.execution.noise import Noise

NO_BREAKDOWN = -1
_PER_PAIR_UNIFORM = 4
"""Length of the count, whether and where the car breaks down, length of the repair."""


@dataclass(frozen=True)
class Luck:
    """What happens in some draws. Times in seconds, factors multiply planned lengths.

    Parameters
    ----------
    leg
        Factor of the leg that ends at each node, shape (nodes, days, draws).
    stay
        Factor of the time that each call needs, shape (calls, days, draws).
    tabulation
        The same for the tabulation, shape (days, draws).
    late_s
        How late the station of each call opens, shape (calls, days, draws).
    count_s
        Length of the count, shape (days, draws).
    breakdown_at, repair_s
        Node on whose leg the car breaks down (``NO_BREAKDOWN``: on none), and the time lost, shape
        (days, draws).
    slow
        Factor that all legs of a region share, shape (regions, draws).
    closed
        Uniform number of each region for its closures, shape (regions, draws).
    """

    leg: FloatArray
    stay: FloatArray
    tabulation: FloatArray
    late_s: FloatArray
    count_s: FloatArray
    breakdown_at: IntArray
    repair_s: FloatArray
    slow: FloatArray
    closed: FloatArray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.count_s.shape[1])


def generator(seed: int, *names: str) -> np.random.Generator:
    """Return the generator that belongs to ``names`` under ``seed``, wherever it is made."""
    digest = hashlib.blake2b("\x1f".join(names).encode(), digest_size=16).digest()
    words = [int.from_bytes(digest[start : start + 4], "big") for start in range(0, 16, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


class LuckSource:
    """Draws the luck of all pairs, a few draws at a time.

    Parameters
    ----------
    days
        Whose luck it is.
    noise
        How wide it spreads.
    seed
        Not negative.
    """

    def __init__(self, days: DayArrays, noise: Noise, seed: int) -> None:
        self.days = days
        self.noise = noise
        self._normal = [generator(seed, "pair", team, "normal") for team in days.teams]
        self._uniform = [generator(seed, "pair", team, "uniform") for team in days.teams]
        self._region_normal = [generator(seed, "region", name, "normal") for name in days.regions]
        self._region_uniform = [generator(seed, "region", name, "uniform") for name in days.regions]

    def draw(self, draws: int) -> Luck:
        """Return the next ``draws`` draws."""
        days, noise = self.days, self.noise
        shape = (days.days, draws)
        leg = np.zeros((days.nodes, *shape))
        stay = np.zeros((days.calls, *shape))
        tabulation = np.zeros(shape)
        late = np.ones((days.calls, *shape))
        other = np.zeros((_PER_PAIR_UNIFORM, *shape))
        for day in range(days.days):
            nodes = days.nodes_of(day)
            calls = len(days.stations[day])
            normal = self._normal[day].standard_normal((draws, len(nodes) + calls + 1)).T
            leg[nodes, day] = normal[: len(nodes)]
            stay[:calls, day] = normal[len(nodes) : -1]
            tabulation[day] = normal[-1]
            uniform = self._uniform[day].random((draws, _PER_PAIR_UNIFORM + calls)).T
            other[:, day] = uniform[:_PER_PAIR_UNIFORM]
            late[:calls, day] = uniform[_PER_PAIR_UNIFORM:]
        common, closed = np.zeros((2, len(days.regions), draws))
        for number in range(len(days.regions)):
            common[number] = self._region_normal[number].standard_normal(draws)
            closed[number] = self._region_uniform[number].random(draws)
        repair = noise.repair_longest_min - noise.repair_shortest_min
        return Luck(
            leg=_factor(leg, noise.travel_sigma),
            stay=_factor(stay, noise.dwell_sigma),
            tabulation=_factor(tabulation, noise.dwell_sigma),
            late_s=_late_s(late, noise),
            count_s=_count_s(days, noise, other[0]),
            breakdown_at=_breakdown_at(days, noise, other[1], other[2]),
            repair_s=60 * (noise.repair_shortest_min + repair * other[3]),
            slow=_factor(common, noise.common_sigma) / noise.speed_factor,
            closed=closed,
        )


def _factor(normal: FloatArray, sigma: float) -> FloatArray:
    """Return lognormal factors with median 1."""
    normal *= sigma
    return np.exp(normal, out=normal)


def _late_s(uniform: FloatArray, noise: Noise) -> FloatArray:
    """Return delays of openings: an exponential delay where the chance strikes, else 0."""
    delay = np.zeros_like(uniform)
    struck = uniform < noise.late_opening_probability
    share = np.maximum(uniform[struck] / max(noise.late_opening_probability, 1e-300), 1e-300)
    minutes = np.minimum(-noise.late_opening_mean_min * np.log(share), noise.late_opening_max_min)
    delay[struck] = 60 * minutes
    return delay


def _count_s(days: DayArrays, noise: Noise, uniform: FloatArray) -> FloatArray:
    """Return lengths of counts by the inverse of the triangular distribution function."""
    mode = days.count_s[:, None]
    shortest, longest = noise.count_shortest_min, noise.count_longest_min
    low = mode if shortest is None else np.minimum(60 * shortest, mode)
    high = mode if longest is None else np.maximum(60 * longest, mode)
    span = high - low
    below = uniform * span < mode - low
    length: FloatArray = np.where(
        below,
        low + np.sqrt(uniform * span * (mode - low)),
        high - np.sqrt((1 - uniform) * span * (high - mode)),
    )
    return length


def _breakdown_at(
    days: DayArrays, noise: Noise, strikes: FloatArray, where: FloatArray
) -> IntArray:
    """Return the leg of the breakdown: any minute of planned driving is as likely as another."""
    driven = np.cumsum(days.planned_leg_s, axis=1)
    total = driven[:, -1]
    point = where * total[:, None]
    node = np.zeros(where.shape, dtype=np.int64)
    for number in range(days.nodes - 1):
        node += point >= driven[:, number][:, None]
    hit: BoolArray = (strikes < noise.breakdown_probability) & (total > 0)[:, None]
    return np.where(hit, node, NO_BREAKDOWN)
