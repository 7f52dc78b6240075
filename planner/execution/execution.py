"""What the draws of one simulation hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.domain.ids import RegionId, TeamId
from planner.domain.plan import Phase
from planner.execution.arrays import BoolArray, DayArrays, FloatArray
from planner.execution.chances import Chances, chances_of
from planner.execution.noise import Noise
from planner.execution.people import Delivery
from planner.execution.summary import Summary, summarise

SmallInts = npt.NDArray[np.int8]
Counts = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Times:
    """Every arrival and departure, in seconds from 00:00 UTC of E-day.

    Parameters
    ----------
    arrive_s, leave_s
        Shape (nodes, pairs, draws), see :mod:`planner.execution.arrays`; NaN where a pair did not
        come. A wait for a closed road follows ``leave_s``.
    leave_base_s, reach_base_s
        Shape (pairs, draws).
    """

    arrive_s: FloatArray
    leave_s: FloatArray
    leave_base_s: FloatArray
    reach_base_s: FloatArray


@dataclass(frozen=True)
class Execution:
    """Election day in many draws. A draw is one possible E-day of the whole mission.

    Parameters
    ----------
    days
        The planned days that were replayed; their order is that of all pairs here.
    noise, delivery, seed, draws
        What was simulated.
    present
        Pairs that went out, shape (pairs, draws).
    opening, closing, tabulation
        Whether each pair observed it, shape (pairs, draws). A closing comes with its count.
    visits
        Voting visits that each pair observed, shape (pairs, draws).
    duty_s, reach_base_s
        Time on duty, and when the base was reached, in seconds from 00:00 UTC of E-day, shape
        (pairs, draws); NaN for a pair that was not there.
    cause
        What delayed each pair most before its closing, values of
        :class:`planner.execution.replay.Cause`, shape (pairs, draws).
    observed
        Stations observed in the whole mission, by phase in the order of ``Phase`` and by region,
        shape (5, regions, draws).
    seen_share
        Share of draws in which each opening or visit was observed, shape (pairs, calls).
    times
        None unless they were asked for.
    """

    days: DayArrays
    noise: Noise
    delivery: Delivery | None
    seed: int
    draws: int
    present: BoolArray
    opening: BoolArray
    closing: BoolArray
    tabulation: BoolArray
    visits: SmallInts
    duty_s: Floats
    reach_base_s: Floats
    cause: SmallInts
    observed: Counts
    seen_share: FloatArray
    times: Times | None = None

    @property
    def teams(self) -> tuple[TeamId, ...]:
        """The pairs."""
        return self.days.teams

    @property
    def regions(self) -> tuple[RegionId, ...]:
        """The regions."""
        return self.days.regions

    @cached_property
    def totals(self) -> Mapping[Phase, Counts]:
        """Stations observed by phase in the whole mission, each of shape (draws,)."""
        return {
            phase: self.observed[number].sum(axis=0, dtype=np.int32)
            for number, phase in enumerate(Phase)
        }

    def chances(self) -> Chances:
        """Return each place's chance to be observed, by phase, as ``planner.precision`` takes it.

        Closings are left out: a closing is watched where its count is.
        """
        return chances_of(self)

    def summary(self) -> Summary:
        """Return the figures that people read."""
        return summarise(self)
