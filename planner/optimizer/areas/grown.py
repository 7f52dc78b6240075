"""All areas of one base that cost less than a limit over the prices of their districts.

District by district, the farthest first, every area begun is continued with it and without it. A
table says what the districts still to come add at least at each load, so that nothing is continued
in vain but for tolls and for areas that fall apart; those are dropped as soon as a district that
was taken cannot be reached any more. All areas begun stand side by side in arrays, their districts
as bits of words. The idea of listing all columns within the gap is that of Baldacci, Christofides
and Mingozzi (2008), An exact algorithm for the vehicle routing problem based on the set
partitioning formulation with additional cuts, Mathematical Programming 115.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints
from planner.optimizer.areas.triples import Tolls

Words = npt.NDArray[np.uint64]
"""Shape (words, areas): a bit for each district."""
_BITS = 64
_CHECKED = 6
"""So many districts are decided between two looks at what still hangs together."""
_FEW = 200
"""Fewer areas are not looked at before the end."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What areas grow on, the same for all bases.

    Attributes
    ----------
    neighbours
        Of each district; None where areas need not hang together.
    load
        Shape (districts,): whole loads.
    ending
        Shape (all loads together + 1,): penalty of each load of an area.
    """

    neighbours: tuple[tuple[int, ...], ...] | None
    load: Ints
    ending: Floats

    @classmethod
    def of(cls, problem: AreasProblem, load: Ints) -> "Ground":
        """Return the ground of a problem with its whole loads."""
        unit = float(problem.load.max()) / int(load.max())
        ending = problem.imbalances(unit * np.arange(int(load.sum()) + 1, dtype=np.float64))
        return cls(problem.neighbours, load, ending)


@dataclass(frozen=True, eq=False)
class _Front:
    """Areas begun: load and price of each, shape (areas,), and their districts."""

    load: Ints
    price: Floats
    words: Words

    def __len__(self) -> int:
        return len(self.load)

    def __getitem__(self, kept: Bools) -> "_Front":
        return _Front(self.load[kept], self.price[kept], self.words[:, kept])

    def bit(self, place: int) -> Words:
        """Return 1 for each area that holds the district at a place, else 0."""
        word: Words = self.words[place // _BITS]
        return word >> np.uint64(place % _BITS) & np.uint64(1)

    def beside(self, other: "_Front") -> "_Front":
        """Return the areas of both."""
        return _Front(
            np.concatenate([self.load, other.load]),
            np.concatenate([self.price, other.price]),
            np.concatenate([self.words, other.words], axis=1),
        )


def grown(
    ground: Ground, home: int, gain: Floats, limit: float, tolls: Tolls, most: int
) -> tuple[Bools, Floats] | None:
    """Return the areas that hang together around a home and cost at most ``limit``.

    Parameters
    ----------
    ground
        Loads and neighbours.
    home
        The district that every area holds.
    gain
        Shape (districts,): cost of a district over its price; infinite where it must not be held.
    limit
        Highest price of an area, with penalty and tolls.
    tolls
        What is paid for holding two of a triple.
    most
        Areas begun at most.

    Returns
    -------
    tuple
        Members of shape (areas, districts) and prices of shape (areas,); None where there are too
        many.
    """
    return _Growth(ground, home, gain, limit, tolls).run(most)


class _Growth:
    """The areas of one base in progress. Districts have places: as they are decided, home last."""

    def __init__(self, ground: Ground, home: int, gain: Floats, limit: float, tolls: Tolls) -> None:
        self._limit, self._districts = limit, len(gain)
        self._order = _farthest_first(ground.neighbours, home, np.isfinite(gain))
        self._load, self._gain = ground.load[self._order], gain[self._order]
        self._place = {district: place for place, district in enumerate(self._order)}
        self._words = -(-len(self._order) // _BITS)
        self._near = None if ground.neighbours is None else self._masks(ground.neighbours)
        self._ending = self._endings(ground.ending)
        self._rest = self._completions()
        self._others: list[list[tuple[list[int], float]]] = [[] for _ in self._order]
        for triple, price in zip(tolls.triples.tolist(), tolls.price.tolist(), strict=True):
            places = [self._place[one] for one in triple if one in self._place]
            for place in places if price > 0.0 and len(places) > 1 else ():
                self._others[place].append(([one for one in places if one != place], price))

    def run(self, most: int) -> tuple[Bools, Floats] | None:
        """Decide district by district."""
        last = len(self._order) - 1
        words = np.zeros((self._words, 1), dtype=np.uint64)
        words[last // _BITS] = np.uint64(1 << last % _BITS)
        front = _Front(self._load[last:].copy(), self._gain[last:].copy(), words)
        if front.load[0] >= len(self._ending):
            front = front[np.zeros(1, dtype=np.bool_)]
        for place in range(last):
            front = self._decided(front, place)
            if len(front) > most:
                return None
            if place % _CHECKED == _CHECKED - 1 and len(front) > _FEW:
                front = front[self._whole(front, place + 1)]
        front = front[self._whole(front, last)]
        price = front.price + self._ending[front.load]
        kept = price <= self._limit
        members = np.zeros((int(kept.sum()), self._districts), dtype=np.bool_)
        for place, district in enumerate(self._order):
            members[:, district] = front.bit(place)[kept]
        return members, price[kept]

    def _decided(self, front: _Front, place: int) -> _Front:
        """Continue every area without the district at a place and with it, unless in vain."""
        rest = self._rest[place + 1]
        without = front[front.price + rest[front.load] <= self._limit]
        load = front.load + self._load[place]
        price = front.price + self._gain[place]
        for others, toll in self._others[place]:
            # The second district of a triple pays, the third no more.
            paying = front.bit(others[0])
            for other in others[1:]:
                paying = paying ^ front.bit(other)
            price = price + toll * paying
        kept = load < len(rest)
        kept[kept] = price[kept] + rest[load[kept]] <= self._limit
        words = front.words[:, kept]
        words[place // _BITS] |= np.uint64(1 << place % _BITS)
        return without.beside(_Front(load[kept], price[kept], words))

    def _whole(self, front: _Front, decided: int) -> Bools:
        """Tell which areas can hang together yet, the first places being decided."""
        if self._near is None:
            return np.ones(len(front), dtype=np.bool_)
        allowed = front.words.copy()
        for place in range(decided, len(self._order)):
            allowed[place // _BITS] |= np.uint64(1 << place % _BITS)
        reached = np.zeros_like(allowed)
        last = len(self._order) - 1
        reached[last // _BITS] = np.uint64(1 << last % _BITS)
        while True:
            before = reached.copy()
            for place, near in enumerate(self._near):
                bit = reached[place // _BITS] >> np.uint64(place % _BITS) & np.uint64(1)
                every = np.uint64(0) - bit
                for word, mask in near:
                    reached[word] |= every & mask & allowed[word]
            if np.array_equal(before, reached):
                whole: Bools = ((front.words & ~reached) == 0).all(axis=0)
                return whole

    def _masks(self, neighbours: tuple[tuple[int, ...], ...]) -> list[list[tuple[int, np.uint64]]]:
        """Return the neighbours at each place as words that are not empty."""
        masks = []
        for district in self._order:
            bits = sum(1 << self._place[i] for i in neighbours[district] if i in self._place)
            words = [bits >> _BITS * word & (1 << _BITS) - 1 for word in range(self._words)]
            masks.append([(word, np.uint64(mask)) for word, mask in enumerate(words) if mask])
        return masks

    def _endings(self, ending: Floats) -> Floats:
        """Return the penalties of all loads that an area within the limit can have."""
        least = float(np.minimum(self._gain[:-1], 0.0).sum() + self._gain[-1])
        heaviest = int(self._load.sum())
        fitting = np.flatnonzero(ending[: heaviest + 1] + least <= self._limit)
        return ending[: int(fitting[-1]) + 1 if len(fitting) else 0]

    def _completions(self) -> Floats:
        """Return what the districts from each place on add at least, penalty included, by load."""
        count, loads = len(self._order), len(self._ending)
        rest = np.full((count, loads), np.inf)
        rest[-1] = self._ending
        for place in range(count - 2, -1, -1):
            load = int(self._load[place])
            rest[place] = rest[place + 1]
            if load < loads:
                taken = rest[place + 1, load:] + self._gain[place]
                rest[place, : loads - load] = np.minimum(rest[place, : loads - load], taken)
        return rest


def _farthest_first(
    neighbours: tuple[tuple[int, ...], ...] | None, home: int, able: Bools
) -> list[int]:
    """Return the districts that an area may hold, by steps from home downwards; home last."""
    if neighbours is None:
        return [*(i for i in np.flatnonzero(able).tolist() if i != home), home]
    steps, reached = {home: 0}, [home]
    for district in reached:
        for other in neighbours[district]:
            if able[other] and other not in steps:
                steps[other] = steps[district] + 1
                reached.append(other)
    return sorted(steps, key=lambda district: (-steps[district], district))
