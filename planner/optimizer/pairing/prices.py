"""The best bound: prices by cutting planes inside a box around the best ones so far (boxstep).

The bound is convex and piecewise linear in the prices, of which there are few: one for each kind
of area and one for the bench. Every answer cuts the model; the model's minimum inside the box is
asked next; the box grows after a success and shrinks after a failure. (R. E. Marsten, W. W. Hogan,
J. W. Blankenship, The Boxstep Method for Large-Scale Optimization, Operations Research 23, 1975.)
"""

import numpy as np

from planner.optimizer.pairing.problem import Floats, PairingProblem
from planner.optimizer.pairing.relaxation import Answer, Relaxation

_FIRST_BOX = 16.0
_LEAST_BOX = 1 / 64
_CLOSE = 1e-3
"""The model's minimum is this close to the best bound: nothing is left to gain."""


class PriceSearch:
    """Finds prices step by step; :attr:`best` is the best answer so far.

    Parameters
    ----------
    problem
        The problem to bound.
    """

    def __init__(self, problem: PairingProblem) -> None:
        self._relaxation = Relaxation(problem)
        self._full = problem.full
        self._slopes: list[Floats] = []
        self._heights: list[float] = []
        self._box = _FIRST_BOX
        self._centre = self._relaxation.prices(np.zeros(problem.areas + 1))
        self.finished = False
        """Whether no prices give a better bound, up to a thousandth of a point."""
        self.best: Answer = self._ask(self._centre)

    @property
    def prices(self) -> Floats:
        """The prices of the best answer."""
        return self._centre

    def valid(self, wanted: Floats) -> Floats:
        """Return the nearest prices that give a valid bound."""
        return self._relaxation.prices(wanted)

    def ask(self, wanted: Floats) -> Answer:
        """Return the answer at the nearest valid prices, without learning from it."""
        return self._relaxation.answer(self._relaxation.prices(wanted))

    def _ask(self, prices: Floats) -> Answer:
        answer = self._relaxation.answer(prices)
        self._slopes.append(answer.excess)
        self._heights.append(answer.bound - float(answer.excess @ prices))
        return answer

    def step(self) -> None:
        """Ask for one more answer, unless the search is finished."""
        wanted, lowest = self._model()
        inside = bool((np.abs(wanted - self._centre) < self._box - 1e-6).all())
        if lowest >= self.best.bound - _CLOSE:
            if inside or self._box > 2 * _FIRST_BOX:
                self.finished = True
            else:
                self._box *= 2
            return
        prices = self._relaxation.prices(wanted)
        answer = self._ask(prices)
        if answer.bound < self.best.bound:
            self._box *= 1 if inside else 2
            self._centre, self.best = prices, answer
        else:
            self._box = max(self._box / 2, _LEAST_BOX)

    def _model(self) -> tuple[Floats, float]:
        """Return the minimum of all cuts inside the box, and its height."""
        from scipy.optimize import linprog  # noqa: PLC0415 - heavy import

        count = len(self._centre)
        low, high = self._centre - self._box, self._centre + self._box
        if not self._full:
            low[:-1] = np.maximum(low[:-1], 0.0)
        slopes = np.array(self._slopes)
        # Slopes sum to zero against half the people: heights, not prices, can be large numbers.
        reference = self.best.bound
        solved = linprog(
            np.append(np.zeros(count), 1.0),
            A_ub=np.hstack((slopes, -np.ones((len(slopes), 1)))),
            b_ub=reference - np.array(self._heights),
            bounds=[*zip(low.tolist(), high.tolist(), strict=True), (None, None)],
        )
        if solved.x is None:
            return self._centre, self.best.bound
        return np.asarray(solved.x[:-1], dtype=np.float64), float(solved.x[-1]) + reference
