"""The joint problem over plain arrays: pairs, areas with quotas, and a bench for the rest.

Everybody is paired: into a team of an area, or onto the bench, where any two people may sit
together for nothing. With an even number of people (an odd one is joined by an empty chair) every
solution is then a perfect matching of a complete graph, and areas and bench have quotas. Two who
must not be a team may still block one of its slots, at a penalty that outweighs all points: that
slot stays unnamed and the two go on the bench. So solutions fill as many teams as possible, and
only then gain points. A pinned person without a team costs a penalty that outweighs all teams.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NEVER = -(2**42)
"""Points of what must not be; sums of a few still fit double precision with the price's grid."""


@dataclass(frozen=True, eq=False)
class PairingProblem:
    """Pair people and place the pairs, for the most points.

    Parameters
    ----------
    together
        Shape (people, people), symmetric: points of two people as a pair; :data:`NEVER` where they
        must not be one. The empty chair, if there is one, comes last.
    trait
        Shape (people,): people of one trait are alike to every area and to the bench.
    placed
        Shape (traits, traits, areas): points of a pair in an area, :data:`NEVER` where not allowed.
    benched
        Shape (traits, traits): points of two people without a team: 0, or less for the pinned.
    quota
        Shape (areas,): most pairs of each area.
    teams
        Number of pairs to place; the others go to the bench.
    penalty
        Cost of an unnamed team, more than all points together.
    """

    together: Ints
    trait: Ints
    placed: Ints
    benched: Ints
    quota: Ints
    teams: int
    penalty: int

    @property
    def people(self) -> int:
        """Number of people, the empty chair included; even."""
        return len(self.trait)

    @property
    def areas(self) -> int:
        """Number of areas; the bench has this index as an area."""
        return len(self.quota)

    @property
    def bench(self) -> int:
        """Number of pairs on the bench."""
        return self.people // 2 - self.teams

    @property
    def full(self) -> bool:
        """Whether every slot of every area is filled."""
        return self.teams == int(self.quota.sum())

    @cached_property
    def slots(self) -> Ints:
        """Shape (slots + bench,): the area of every place, the bench's index at the end."""
        areas = np.repeat(np.arange(self.areas), self.quota)
        return np.concatenate((areas, np.full(self.bench, self.areas))).astype(np.int64)

    def points(self, first: Ints, second: Ints, area: Ints) -> Ints:
        """Return the points of pairs in areas (or on the bench), penalties included.

        Parameters
        ----------
        first, second, area
            Indices of people and areas, of shapes that broadcast.
        """
        one, other = self.trait[first], self.trait[second]
        bench = area == self.areas
        left = self.benched[one, other]
        if not self.areas:
            return left
        team = self.together[first, second] + self.placed[one, other, np.where(bench, 0, area)]
        result: Ints = np.where(bench, left, np.maximum(team, left - self.penalty))
        return result

    def is_team(self, solution: "Pairing") -> Bools:
        """Return which pairs of a solution are teams that may be."""
        found: Bools = solution.area < self.areas
        for k in np.flatnonzero(found).tolist():
            one, other = int(solution.first[k]), int(solution.second[k])
            kinds = self.trait[one], self.trait[other]
            placed = int(self.placed[kinds[0], kinds[1], int(solution.area[k])])
            found[k] = int(self.together[one, other]) + placed > NEVER // 2
        return found

    def value(self, solution: "Pairing") -> int:
        """Return the points of a solution, penalties included."""
        return int(self.points(solution.first, solution.second, solution.area).sum())


@dataclass(frozen=True, eq=False)
class Pairing:
    """A solution: shape (people / 2,) each, pairs of people and their area or the bench."""

    first: Ints
    second: Ints
    area: Ints
