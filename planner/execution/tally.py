"""Gathers replayed draws, a few at a time, into one execution."""

import numpy as np

from planner.domain.plan import Phase
from planner.execution.arrays import BoolArray, DayArrays, FloatArray, IntArray
from planner.execution.execution import Execution, Times
from planner.execution.noise import Noise
from planner.execution.people import Delivery
from planner.execution.replay import Cause, Replayed

_ROW = {phase: row for row, phase in enumerate(Phase)}


class Tally:
    """An execution in the making.

    Parameters
    ----------
    days
        The planned days.
    draws
        How many draws there will be; they take about 20 bytes each for every pair.
    keep_times
        Whether every arrival and departure is kept.
    """

    def __init__(self, days: DayArrays, draws: int, *, keep_times: bool) -> None:
        shape = (days.days, draws)
        self.days, self.draws = days, draws
        self.first = 0
        self.present = np.ones(shape, dtype=bool)
        self.opening, self.closing, self.tabulation = (np.zeros(shape, dtype=bool) for _ in "oct")
        self.visits = np.zeros(shape, dtype=np.int8)
        self.duty_s, self.reach_base_s = (np.zeros(shape, dtype=np.float32) for _ in "dr")
        self.cause = np.zeros(shape, dtype=np.int8)
        self.observed = np.zeros((len(Phase), len(days.regions), draws), dtype=np.int32)
        self.seen = np.zeros((days.days, days.calls))
        self.times = (
            Times(
                *(np.zeros((days.nodes, *shape)) for _ in "al"),
                *(np.zeros(shape) for _ in "lr"),
            )
            if keep_times
            else None
        )

    def add(self, replayed: Replayed, present: BoolArray | None) -> None:
        """Add the next draws.

        Parameters
        ----------
        present
            Pairs that went out; None if all did.
        """
        days = self.days
        here = slice(self.first, self.first + replayed.closed.shape[1])
        self.first = here.stop
        there = np.ones_like(replayed.closed) if present is None else present
        self.present[:, here] = there
        self.closing[:, here] = replayed.closed & there
        self.tabulation[:, here] = replayed.tabulated & there
        duty_s = replayed.reach_base_s - replayed.leave_base_s
        self.duty_s[:, here] = np.where(there, duty_s, np.nan)
        self.reach_base_s[:, here] = np.where(there, replayed.reach_base_s, np.nan)
        self.cause[:, here] = np.where(there, replayed.cause, int(Cause.ABSENT))
        for call in range(days.calls):
            node = call + 1
            seen = replayed.seen[call] & there
            self.seen[:, call] += seen.sum(axis=1)
            opening = days.is_opening[:, call]
            if opening.any():
                self._by_region(Phase.OPENING, node, seen & opening[:, None], here)
                self.opening[:, here] |= seen & opening[:, None]
                seen &= ~opening[:, None]
            self._by_region(Phase.VOTING, node, seen, here)
            self.visits[:, here] += seen
        self._by_region(Phase.CLOSING, days.closing, self.closing[:, here], here)
        self._by_region(Phase.COUNTING, days.closing, self.closing[:, here], here)
        self._by_region(Phase.TABULATION, days.commission, self.tabulation[:, here], here)
        if self.times is not None and replayed.arrive_s is not None:
            self._keep(self.times, replayed, here)

    def _by_region(self, phase: Phase, node: int, seen: BoolArray, here: slice) -> None:
        """Count pairs by the region of the place where they are."""
        numbers: IntArray = np.arange(len(self.days.regions))
        member = (self.days.region[:, node] == numbers[:, None]).astype(np.float32)
        counted = member @ seen.astype(np.float32)
        self.observed[_ROW[phase], :, here] += counted.astype(np.int32)

    @staticmethod
    def _keep(times: Times, replayed: Replayed, here: slice) -> None:
        pairs: tuple[tuple[FloatArray, FloatArray | None], ...] = (
            (times.arrive_s, replayed.arrive_s),
            (times.leave_s, replayed.leave_s),
            (times.leave_base_s, replayed.leave_base_s),
            (times.reach_base_s, replayed.reach_base_s),
        )
        for kept, new in pairs:
            kept[..., here] = new

    def result(self, noise: Noise, delivery: Delivery | None, seed: int) -> Execution:
        """Return the execution."""
        return Execution(
            days=self.days,
            noise=noise,
            delivery=delivery,
            seed=seed,
            draws=self.draws,
            present=self.present,
            opening=self.opening,
            closing=self.closing,
            tabulation=self.tabulation,
            visits=self.visits,
            duty_s=self.duty_s,
            reach_base_s=self.reach_base_s,
            cause=self.cause,
            observed=self.observed,
            seen_share=self.seen / self.draws,
            times=self.times,
        )
