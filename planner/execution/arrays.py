"""Planned days as padded arrays, for a replay of many draws at once.

The places of a day are nodes in the order in which they are passed: 0 is the base town, 1 to
``calls`` are the opening and the voting visits, then come the closing station, the commission and
the base town again. A day with fewer calls than the longest leaves the last of them empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.domain.ids import CommissionId, RegionId, StationId, TeamId

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class DayArrays:
    """Planned days; times in seconds from 00:00 UTC of E-day, lengths in seconds.

    Shapes: (days,), (days, calls), (days, nodes) or (nodes, days, nodes). Limits are those of the
    rules, or what the plan itself dares where that is more, so that a plan always meets itself.

    Parameters
    ----------
    teams
        The pairs, in plan order.
    regions
        All regions of the mission; ``region`` holds indexes into it.
    stations
        The stations of each pair's calls, in order; padding left out.
    closing_stations, commissions
        Where each pair closes and watches the tabulation; None where it does not.
    e_day_s
        Midnight of E-day on the clocks of each pair's base town.
    leave_base_s, reach_base_s
        As planned.
    is_opening, is_visit
        What each call is; both False where it is padding.
    arrive_s, leave_s
        As planned, of each call.
    opens_s, closes_s
        Between which a visit may take place; for an opening, ``opens_s`` is the latest arrival.
    work_s
        What a call needs: dwell and buffer of a visit, stay after the opening.
    least_s
        Shorter presence at a visit does not count as observed.
    has_closing, has_tabulation
        Whether the day holds closing and count, and tabulation.
    closing_by_s, closes_at_s
        When a pair wants to be at its closing station, and when it is too late.
    count_from_s, count_s
        When the count begins, and its planned length.
    tabulation_s
        Planned stay at the commission.
    duty_limit_s
        Longest duty, from leaving the base to reaching it.
    spare_s
        Delay that the visits and the wait before the closing can absorb.
    leg_s
        Travel from node to node, shape (nodes to, days, nodes from): planned legs from the plan,
        short cuts from the travel provider, never longer than the planned way without its stops.
    planned_leg_s
        The leg that ends at each node if the plan is followed, 0 for padding.
    target
        Node that must be reached: closing station, else base town.
    target_by_s
        By when.
    region
        Index of the region of each node.
    """

    teams: tuple[TeamId, ...]
    regions: tuple[RegionId, ...]
    stations: tuple[tuple[StationId, ...], ...]
    closing_stations: tuple[StationId | None, ...]
    commissions: tuple[CommissionId | None, ...]
    e_day_s: FloatArray
    leave_base_s: FloatArray
    reach_base_s: FloatArray
    is_opening: BoolArray
    is_visit: BoolArray
    arrive_s: FloatArray
    leave_s: FloatArray
    opens_s: FloatArray
    closes_s: FloatArray
    work_s: FloatArray
    least_s: FloatArray
    has_closing: BoolArray
    has_tabulation: BoolArray
    closing_by_s: FloatArray
    closes_at_s: FloatArray
    count_from_s: FloatArray
    count_s: FloatArray
    tabulation_s: FloatArray
    duty_limit_s: FloatArray
    spare_s: FloatArray
    leg_s: FloatArray
    planned_leg_s: FloatArray
    target: IntArray
    target_by_s: FloatArray
    region: IntArray

    @property
    def days(self) -> int:
        """Number of pairs."""
        return len(self.teams)

    @property
    def calls(self) -> int:
        """Most openings and visits of a pair."""
        return int(self.is_visit.shape[1])

    @property
    def closing(self) -> int:
        """Node of the closing station."""
        return self.calls + 1

    @property
    def commission(self) -> int:
        """Node of the commission."""
        return self.calls + 2

    @property
    def home(self) -> int:
        """Node of the base town at the end of the day."""
        return self.calls + 3

    @property
    def nodes(self) -> int:
        """Number of nodes of a day."""
        return self.calls + 4

    def nodes_of(self, day: int) -> list[int]:
        """Return the nodes of ``day`` after the base, padding left out; the last three always."""
        return [*range(1, len(self.stations[day]) + 1), self.closing, self.commission, self.home]


def road_s(legs: Sequence[float], direct_s: FloatArray) -> FloatArray:
    """Return travel between the places of one day that are passed in order, in seconds.

    Parameters
    ----------
    legs
        Planned travel from each place to the next.
    direct_s
        Travel that the provider knows, shape (places, places), negative where there is no way.

    Returns
    -------
    Shape (places, places): the planned leg between neighbours, else the shorter of the direct way
    and the planned way without its stops. Only forward ways mean anything.
    """
    passed = np.concatenate([[0.0], np.cumsum(np.asarray(legs, dtype=np.float64))])
    along = passed[None, :] - passed[:, None]
    road: FloatArray = np.where(direct_s >= 0, np.minimum(direct_s, along), along)
    steps = np.arange(len(legs))
    road[steps, steps + 1] = along[steps, steps + 1]
    return road
