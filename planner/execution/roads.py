"""Closed roads: who cannot leave, and who is stopped on the way."""

from datetime import UTC, datetime, time, timedelta

import numpy as np

from geodata.clock import local_datetime
from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.execution.arrays import BoolArray, DayArrays, FloatArray, IntArray
from planner.execution.luck import Luck
from planner.execution.noise import Isolation, Noise


class Roads:
    """The closures of a noise, for the days of a plan.

    While a region is isolated nobody drives in it, into it or out of it: who is at a station stays
    and goes on watching, who is on the road waits there.

    Parameters
    ----------
    mission, days
        Whose days.
    noise
        Its isolations.

    Raises
    ------
    PlannerError
        ``SI-REGION``: an isolation names a region that the mission does not have.
    """

    def __init__(self, mission: MissionInput, days: DayArrays, noise: Noise) -> None:
        known = {region: number for number, region in enumerate(days.regions)}
        for each in noise.isolations:
            if each.region not in known:
                raise PlannerError(
                    "SI-REGION",
                    f"region '{each.region}' is to be isolated, but the mission has no such region",
                    f"Use one of {', '.join(sorted(known)) or 'none'}.",
                )
        timed = sorted(
            (*_window_s(mission, each), index, each) for index, each in enumerate(noise.isolations)
        )
        self._days = days
        self._windows = [(start, end) for start, end, _, _ in timed]
        self._chances = [each.probability for _, _, _, each in timed]
        self._numbers = [known[each.region] for _, _, _, each in timed]
        self._inside = [days.region == number for number in self._numbers]
        self._offset = (np.arange(days.days) * days.nodes)[:, None]

    @property
    def open(self) -> bool:
        """True if no road is ever closed."""
        return not self._windows

    def wait(self, at_s: FloatArray, node: IntArray, luck: Luck) -> FloatArray:
        """Return when pairs can leave the nodes where they are, shape (days, draws)."""
        for number, (start, end) in enumerate(self._windows):
            shut = self._struck(number, luck) & self._within(number, node)
            at_s = np.where(shut & (at_s >= start) & (at_s < end), end, at_s)
        return at_s

    def arrive(
        self, at_s: FloatArray, drive_s: FloatArray, node: IntArray, to: int, luck: Luck
    ) -> FloatArray:
        """Return when a drive from ``node`` to the node ``to`` ends, shape (days, draws).

        A drive that meets a closure takes as much longer as the closure lasts from then on;
        closures that overlap count once.
        """
        arrive = at_s + drive_s
        freed = at_s
        for number, (start, end) in enumerate(self._windows):
            shut = self._struck(number, luck) & (
                self._within(number, node) | self._inside[number][:, to][:, None]
            )
            shut &= (drive_s > 0) & (at_s < end) & (arrive > start)
            lost = np.where(shut, np.maximum(0.0, end - np.maximum(freed, start)), 0.0)
            arrive = arrive + lost
            freed = np.where(shut, np.maximum(freed, end), freed)
        return arrive

    def _struck(self, number: int, luck: Luck) -> BoolArray:
        struck: BoolArray = luck.closed[self._numbers[number]] < self._chances[number]
        return struck[None, :]

    def _within(self, number: int, node: IntArray) -> BoolArray:
        within: BoolArray = self._inside[number].reshape(-1).take(node + self._offset)
        return within


def _window_s(mission: MissionInput, isolation: Isolation) -> tuple[float, float]:
    """Return the closure in seconds from 00:00 UTC of E-day."""
    e_day = mission.mission.e_day
    zone = mission.region_of[isolation.region].time_zone
    midnight = local_datetime(e_day, time(0), zone)
    since = midnight - datetime.combine(e_day, time(0), tzinfo=UTC)
    return (
        (since + timedelta(hours=isolation.from_hour)).total_seconds(),
        (since + timedelta(hours=isolation.to_hour)).total_seconds(),
    )
