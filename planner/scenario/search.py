"""The least whole number that is enough, where every try is dear and the curve is a little rough.

Nothing here knows of missions: a try is a number and its score, and a score of 1 or less is enough.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

STALL_GROWTH = 2.0
STALL_GAIN = 0.97
"""Twice the number, and a score that is hardly lower: more of the same does not help."""
_MOST_GROWTH = 4.0
_USUAL_SLOPE = -0.5
"""Margins of error fall with the root of the number."""


@dataclass
class Found:
    """What a search has found.

    Parameters
    ----------
    low
        Known without a try not to be enough.
    scores
        All tries.
    finished
        False where no more tries were allowed.
    stalled
        Whether it ended because more did not help.
    beside
        Tries beside the best, where nothing was enough.
    """

    low: int
    scores: dict[int, float] = field(default_factory=dict)
    finished: bool = True
    stalled: bool = False
    beside: int = 0

    @property
    def answer(self) -> int | None:
        """The least number that was tried and is enough."""
        return min((number for number, score in self.scores.items() if score <= 1), default=None)

    @property
    def below(self) -> int:
        """The largest number below the answer that is not enough; without an answer, of all."""
        answer = self.answer
        missed = (
            number
            for number, score in self.scores.items()
            if score > 1 and (answer is None or number < answer)
        )
        return max(missed, default=self.low)


def least(
    score_of: Callable[[int], float | None],
    *,
    low: int,
    most: int,
    first: int,
    known: Mapping[int, float] | None = None,
    around: int = 2,
) -> Found:
    """Search the least number up to ``most`` whose score is 1 or less.

    Bracketing by the slope of what was tried (scores are taken to follow a power of the number),
    then interpolation, halving where that is slow, until the number below the answer is known not
    to be enough. As the curve may be rough, ``around`` numbers further down are tried as well, and
    where nothing is enough, as many on both sides of the best.

    Parameters
    ----------
    score_of
        Tries a number; None: no more tries are allowed.
    low
        Known not to be enough; 0 or more.
    first
        Where to begin, a guess.
    known
        Scores of numbers that were tried before.
    """
    found = Found(low, dict(known or {}))
    guess: int | None = first
    slow = 0
    while True:
        number, slow = _next(found, most, guess, slow, around)
        guess = None
        if number is None:
            return found
        score = score_of(number)
        if score is None:
            found.finished = False
            return found
        found.scores[number] = score


def _next(
    found: Found, most: int, guess: int | None, slow: int, around: int
) -> tuple[int | None, int]:
    lo, hi = found.below, found.answer
    top = most + 1 if hi is None else hi
    if guess is not None and lo < guess < top:
        return guess, slow
    if hi is None:
        found.stalled = found.stalled or _stalled(found, most)
        if lo >= most or found.stalled:
            return _beside_best(found, most, around), slow
        return min(most, max(lo + 1, _beyond(found))), slow
    found.stalled = False
    if hi - lo <= 1:
        untried = (
            number
            for number in range(hi - 2, max(found.low, hi - 2 - around), -1)
            if number not in found.scores
        )
        return next(untried, None), slow
    number = min(hi - 1, max(lo + 1, _between(found, lo, hi)))
    # Two tries in a row that leave more than half of the bracket: halve it.
    if slow >= 2:
        return (lo + hi) // 2, 0
    return number, slow + 1 if max(number - lo, hi - number) > (hi - lo) / 2 else 0


def _beyond(found: Found) -> int:
    missed = sorted(number for number in found.scores if number > 0)
    if not missed:
        return found.low + 1
    last = missed[-1]
    score = found.scores[last]
    if math.isinf(score):
        return 2 * last
    slope = _USUAL_SLOPE
    if len(missed) > 1 and not math.isinf(found.scores[missed[-2]]):
        before = missed[-2]
        rise = math.log(score / found.scores[before]) / math.log(last / before)
        slope = min(-0.2, max(-2.0, rise))
    # One in fifty on top: a bracket is worth more than a near miss.
    factor = min(_MOST_GROWTH, math.exp(-math.log(score) / slope))
    return math.ceil(1.02 * last * factor)


def _between(found: Found, lo: int, hi: int) -> int:
    high = max(found.scores[hi], 1e-6)
    low = found.scores.get(lo, math.inf)
    if lo <= 0 or math.isinf(low):
        return math.floor(0.98 * hi * math.exp(-math.log(high) / _USUAL_SLOPE))
    if low <= high:  # pragma: no cover - lo is not enough and hi is
        return (lo + hi) // 2
    part = math.log(low) / (math.log(low) - math.log(high))
    return round(math.exp(math.log(lo) + part * (math.log(hi) - math.log(lo))))


def _stalled(found: Found, most: int) -> bool:
    """Tell whether more does not help; what lies close to the end is tried to the end."""
    last = max(found.scores, default=0)
    smaller = [score for number, score in found.scores.items() if STALL_GROWTH * number <= last]
    if not smaller or last >= most / STALL_GROWTH:
        return False
    return found.scores[last] > STALL_GAIN * min(smaller)


def _best(found: Found) -> int:
    return min(found.scores, key=lambda number: (found.scores[number], number))


def _beside_best(found: Found, most: int, around: int) -> int | None:
    """Return an untried number beside the best, where nothing is enough so far."""
    if not found.scores or found.beside >= 2 * around:
        return None
    found.beside += 1
    best = _best(found)
    beside = (best + side * step for step in range(1, around + 1) for side in (-1, 1))
    untried = (n for n in beside if found.low < n <= most and n not in found.scores)
    return next(untried, None)
