"""Who arrives: delivery of observers, late withdrawals, and which pairs are complete on E-day."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.ids import State
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.execution.arrays import BoolArray, FloatArray, IntArray
from planner.execution.noise import Probability
from planner.execution.seats import Seats, read_seats
from planner.execution.standins import StandIns

Rate = Annotated[float, Field(ge=0, le=2)]


class Delivery(Frozen):
    """How many of the planned STOs are there on E-day.

    Attributes
    ----------
    rate
        Observers who arrive, as a share of the planned ones; missions got 0.70 to 1.15 of what they
        requested (D).
    spread
        Half the width of the uniform distribution of the rate around ``rate`` (B).
    rate_by_state
        Rates of single States; the other States together have ``rate``. The luck of the spread is
        common to all.
    late_withdrawal
        Chance that one who was to arrive, or a reserve, withdraws after accreditation has closed
        (B). Only accredited reserves can replace them.
    join_halves
        Whether two halves of incomplete pairs make one pair where the rules allow it; False: an
        incomplete pair stays at home. The pair that stands first in the plan keeps its day.
    """

    rate: Rate = 1.0
    spread: Annotated[float, Field(ge=0, le=1)] = 0.0
    rate_by_state: dict[State, Rate] = Field(default_factory=dict)
    late_withdrawal: Probability = 0.02
    join_halves: bool = True


@dataclass(frozen=True)
class _Group:
    """Seats whose rate is one."""

    seats: IntArray
    rate: float


def draw_delivery(
    mission: MissionInput,
    plan: Plan,
    delivery: Delivery,
    rng: np.random.Generator,
    *,
    draws: int = 1,
) -> BoolArray:
    """Draw which pairs go out.

    Of each group of States as many arrive as its rate says, the fraction by lot; who, by lot. More
    than planned arrive where the rate is above 1: they are accredited, of the States of the group,
    speak the working language, and stand by like the reserves of the roster. Then late withdrawals
    strike. Gaps are filled greedily, see :class:`planner.execution.standins.StandIns`.

    Parameters
    ----------
    rng
        Draws in the order of draws: the first of many are those of a shorter run.
    draws
        How many.

    Returns
    -------
    Shape (days of the plan, draws), True where the pair is complete.
    """
    return Deliverer(mission, plan, delivery).draw(rng, draws)


class Deliverer:
    """Draws deliveries of one plan, a few draws at a time.

    Parameters
    ----------
    mission, plan
        Whose pairs: those with a day. A pair without names has two seats for people of any State.
    delivery
        How many arrive.
    """

    def __init__(self, mission: MissionInput, plan: Plan, delivery: Delivery) -> None:
        self.delivery = delivery
        self.seats: Seats = read_seats(mission, plan)
        self.groups = _groups(self.seats, delivery)
        self.stand_ins = StandIns(mission, self.seats)

    def draw(self, rng: np.random.Generator, draws: int) -> BoolArray:
        """Return which pairs are complete, shape (pairs, draws)."""
        seats, reserves = self.seats.number, len(self.stand_ins.reserves)
        uniform = rng.random((draws, 3 * seats + reserves + 1 + len(self.groups)))
        arrival, extra, leaving, standing, rest = np.split(
            uniform, np.cumsum([seats, seats, seats, reserves]), axis=1
        )
        present = np.zeros((draws, seats), dtype=bool)
        spare = np.zeros((draws, seats), dtype=bool)
        for number, group in enumerate(self.groups):
            come = self._come(group, rest[:, -1], rest[:, number])
            more = np.maximum(0, come - len(group.seats))
            present[:, group.seats] = _rank(arrival[:, group.seats]) < come[:, None]
            spare[:, group.seats] = _rank(extra[:, group.seats]) < more[:, None]
        present &= leaving >= self.delivery.late_withdrawal
        stands = standing >= self.delivery.late_withdrawal
        pairs = present.reshape(draws, -1, 2)
        complete: BoolArray = pairs[:, :, 0] & pairs[:, :, 1]
        for draw in np.flatnonzero(~np.all(complete, axis=1)):
            self.stand_ins.fill(
                complete[draw], pairs[draw], stands[draw], spare[draw], self.delivery.join_halves
            )
        return complete.T

    def _come(self, group: _Group, spread: FloatArray, fraction: FloatArray) -> IntArray:
        """Return how many of a group come, shape (draws,)."""
        rate = np.clip(group.rate + self.delivery.spread * (2 * spread - 1), 0, 2)
        wanted = rate * len(group.seats) + 1e-9
        whole = np.floor(wanted)
        come: IntArray = (whole + (fraction < wanted - whole - 1e-9)).astype(np.int64)
        return come


def _rank(values: FloatArray) -> IntArray:
    """Return the position of each value in its row, from 0 for the least."""
    return np.argsort(np.argsort(values, axis=1), axis=1)


def _groups(seats: Seats, delivery: Delivery) -> list[_Group]:
    rates = delivery.rate_by_state
    named = Counter(state for state in seats.states if state in rates)
    groups = [
        _Group(
            np.array([seat for seat, each in enumerate(seats.states) if each == state]),
            rates[state],
        )
        for state in sorted(name for name in named if name is not None)
    ]
    others = [seat for seat, each in enumerate(seats.states) if each not in rates]
    return [*groups, _Group(np.array(others, dtype=np.int64), delivery.rate)]
