"""The chance of every station and commission to be observed: what precision is reckoned from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.ids import CommissionId
from planner.domain.plan import Phase
from planner.execution.arrays import BoolArray

if TYPE_CHECKING:
    from planner.execution.execution import Execution

Chances = Mapping[Phase, Mapping[str, float]]
"""Share of draws in which each place of the plan is observed, by phase; 0 to 1."""


def chances_of(execution: "Execution") -> Chances:
    """Return the chances of all places that the plan observes.

    A commission that several pairs go to is observed when one of them is there.
    """
    days = execution.days
    opening: dict[str, float] = {}
    voting: dict[str, float] = {}
    counting: dict[str, float] = {}
    tabulated: dict[CommissionId, BoolArray] = {}
    for row in range(days.days):
        for call, station in enumerate(days.stations[row]):
            phase = opening if days.is_opening[row, call] else voting
            phase[station] = float(execution.seen_share[row, call])
        closing, commission = days.closing_stations[row], days.commissions[row]
        if closing is not None:
            counting[closing] = float(execution.closing[row].mean())
        if commission is not None:
            there = execution.tabulation[row]
            tabulated[commission] = tabulated.get(commission, np.zeros_like(there)) | there
    return {
        Phase.OPENING: opening,
        Phase.VOTING: voting,
        Phase.COUNTING: counting,
        Phase.TABULATION: {place: float(seen.mean()) for place, seen in tabulated.items()},
    }
