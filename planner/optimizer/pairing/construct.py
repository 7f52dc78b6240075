"""Solutions from a permutation: pairs out of its cycles, and the exact placing of given pairs."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.optimizer.pairing.problem import Floats, Ints, Pairing, PairingProblem


def pairs_of(partner: Ints, worth: Floats) -> tuple[Ints, Ints]:
    """Pair everybody along the cycles of a permutation, where it is best to.

    Even cycles fall into two perfect matchings, of which the better is taken. Odd cycles leave one
    person each, the one whose absence costs least; those left are paired greedily.

    Parameters
    ----------
    partner
        Shape (people,): a permutation without fixed points.
    worth
        Shape (people, people), symmetric.

    Returns
    -------
    first, second
        Shape (people / 2,): the pairs.
    """
    pairs: list[tuple[int, int]] = []
    left: list[int] = []
    for cycle in _cycles(partner.tolist()):
        chosen, lonely = _split(cycle, worth)
        pairs += chosen
        left += lonely
    free = sorted(left)
    while free:
        person = free.pop(0)
        mate = max(free, key=lambda other, person=person: (worth[person, other], -other))  # type: ignore[misc]
        free.remove(mate)
        pairs.append((person, mate))
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return array[:, 0].copy(), array[:, 1].copy()


def _cycles(partner: list[int]) -> list[list[int]]:
    seen = [False] * len(partner)
    cycles = []
    for start in range(len(partner)):
        cycle = []
        person = start
        while not seen[person]:
            seen[person] = True
            cycle.append(person)
            person = partner[person]
        if cycle:
            cycles.append(cycle)
    return cycles


def _split(cycle: list[int], worth: Floats) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the best pairs of neighbours on a cycle, and who is left over."""
    length = len(cycle)
    if length % 2 == 0:
        turns = [cycle, cycle[1:] + cycle[:1]]
    else:
        turns = [cycle[k:] + cycle[:k] for k in range(length)]
    tries = [list(zip(turn[: length // 2 * 2 : 2], turn[1::2], strict=True)) for turn in turns]
    totals = [sum(float(worth[a, b]) for a, b in pairs) for pairs in tries]
    best = max(range(len(tries)), key=lambda k: (totals[k], -k))
    return tries[best], turns[best][length // 2 * 2 :]


def place(problem: PairingProblem, first: Ints, second: Ints) -> Pairing:
    """Place given pairs in areas and on the bench, for the most points; exact."""
    areas = np.arange(problem.areas + 1)
    by_area = problem.points(first[:, None], second[:, None], areas[None, :])
    rows, places = linear_sum_assignment(by_area[:, problem.slots], maximize=True)
    area = np.empty(len(first), dtype=np.int64)
    area[rows] = problem.slots[places]
    return Pairing(first, second, area)
