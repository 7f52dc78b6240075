"""Triples of districts that pay a toll: cuts that see what single areas cannot.

Of three districts, at most one area holds two or all three. A mixture of areas, each by half, may
hold the three pairs of a triple one and a half times; forbidding that makes the linear programme
over areas far closer. The price of such a cut is a toll that an area pays for two of the three.
See Jepsen, Petersen, Spoorendonk and Pisinger (2008), Subset-row inequalities applied to the
vehicle-routing problem with time windows, Operations Research 56.
"""

from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.problem import Bools, Floats, Ints

_WORTH = 0.02
"""How much more than one area must hold two of a triple."""
_EACH = 4
"""Triples that a district may be in of those found at a time: more would say nearly the same."""
_OF_A_DISTRICT = 40
"""Triples looked at whose first district is the same."""


@dataclass(frozen=True, eq=False)
class Tolls:
    """What an area pays for holding two districts of a triple.

    Attributes
    ----------
    triples
        Shape (triples, 3): districts, ascending.
    price
        Shape (triples,): at least 0.
    """

    triples: Ints
    price: Floats

    @classmethod
    def none(cls) -> "Tolls":
        """Return no tolls."""
        return cls(np.zeros((0, 3), dtype=np.int64), np.zeros(0))

    def of(self, triples: Ints) -> "Tolls":
        """Return the prices of other triples: 0 for those that are not among these."""
        known = {
            tuple(one): price
            for one, price in zip(self.triples.tolist(), self.price.tolist(), strict=True)
        }
        return Tolls(triples, np.array([known.get(tuple(one), 0.0) for one in triples.tolist()]))

    @property
    def total(self) -> float:
        """What one area for each triple would pay."""
        return float(self.price.sum())

    def paid(self, members: Bools) -> Floats:
        """Return what each area pays.

        Parameters
        ----------
        members
            Shape (areas, districts).
        """
        sums: Floats = self.price @ holding(members, self.triples)
        return sums


def holding(members: Bools, triples: Ints) -> Bools:
    """Return which areas hold two or three districts of which triple, shape (triples, areas).

    Parameters
    ----------
    members
        Shape (areas, districts).
    triples
        Shape (triples, 3).
    """
    held = np.zeros((len(triples), len(members)), dtype=np.bool_)
    for row, (one, two, three) in enumerate(triples.tolist()):
        a, b, c = members[:, one], members[:, two], members[:, three]
        held[row] = (a & b) | (c & (a | b))
    return held


def violated(members: Bools, share: Floats, known: Ints, most: int) -> Ints:
    """Return triples of which a mixture of areas holds two more than once, worst first.

    Parameters
    ----------
    members
        Shape (areas, districts): the areas of the mixture.
    share
        Shape (areas,): how much of each.
    known
        Shape (triples, 3): triples that are not named again.
    most
        Triples wanted at most.
    """
    divided = np.flatnonzero((members * share[:, None]).max(axis=0, initial=0.0) < 1.0 - 1e-3)
    held = members[:, divided].astype(np.float64)
    pairs = (held * share[:, None]).T @ held
    sizes, places = [np.zeros(0)], [np.zeros((0, 3), dtype=np.int64)]
    for first in range(len(divided) - 2):
        rest = slice(first + 1, None)
        # Only the areas that hold the first: small products, which start no threads of their own.
        rows = np.flatnonzero(held[:, first])
        with_first = held[rows, rest]
        all_three = (with_first * share[rows, None]).T @ with_first
        near = pairs[first, rest]
        excess = near[:, None] + near + pairs[rest, rest] - 2.0 * all_three - 1.0
        one, two = np.nonzero(np.triu(excess > _WORTH, 1))
        worst = np.argsort(-excess[one, two], kind="stable")[:_OF_A_DISTRICT]
        one, two = one[worst], two[worst]
        sizes.append(excess[one, two])
        triple = (np.full(len(one), first), one + first + 1, two + first + 1)
        places.append(np.stack(triple, axis=1))
    size, place = np.concatenate(sizes), np.concatenate(places)
    taken = {tuple(one) for one in known.tolist()}
    used = np.zeros(members.shape[1], dtype=np.int64)
    found: list[list[int]] = []
    for place_of in np.argsort(-size, kind="stable").tolist():
        triple_of = divided[place[place_of]]
        if len(found) == most:
            break
        if used[triple_of].max() < _EACH and tuple(triple_of.tolist()) not in taken:
            used[triple_of] += 1
            found.append(triple_of.tolist())
    return np.array(found, dtype=np.int64).reshape(-1, 3)
