"""Replays election day: every pair, every draw, stop by stop.

How a pair behaves, and what is exact about it:

- It leaves its base, and every stop, when the plan says, later if it must, never earlier: idle time
  is spent at the place before the leg, as in the plan. With no noise it therefore reproduces the
  plan's own times, to the second.
- At a visit it stays until the planned time, and no shorter than the work takes (dwell and buffer,
  longer or shorter by luck, never below the dwell). It stops at the end of voting there, and in
  time for its closing. Presence below the dwell is not observed.
- It knows the state of the roads of the day, not the luck of the next leg. A visit whose own window
  it would miss is skipped. The first visit that would make it reach its closing station later than
  the rules want ends the visits: it drives to the closing at once. Without a closing in the plan
  the same holds for its duty limit.
- The opening is missed by who arrives after the station's hour, even where it opens late. Such a
  pair stays as long as after an opening, so that being late never gains time.
- The closing is missed by who arrives after voting ended, and the count with it. Who reaches it
  stays to the end of the count.
- The tabulation is left out by who has seen no count, or would pass the duty limit.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from planner.execution.arrays import BoolArray, DayArrays, FloatArray, IntArray
from planner.execution.luck import Luck
from planner.execution.roads import Roads

_ROUNDING_S = 1e-3


class Cause(IntEnum):
    """What delayed a pair most before its closing."""

    NOTHING = 0
    ROADS = 1
    """Slow roads: weather, traffic, luck."""
    STATIONS = 2
    """Late openings and long visits."""
    BREAKDOWN = 3
    ISOLATION = 4
    ABSENT = 5
    """The pair did not deploy; set where delivery is simulated."""


@dataclass(frozen=True)
class Replayed:
    """What happened in some draws. Times in seconds from 00:00 UTC of E-day.

    Parameters
    ----------
    seen
        Openings and visits that were observed, shape (calls, days, draws).
    closed, tabulated
        Closing and count, and tabulation, observed, shape (days, draws).
    leave_base_s, reach_base_s
        Shape (days, draws); equal for a pair that never left.
    cause
        Of :class:`Cause`, shape (days, draws).
    arrive_s, leave_s
        Each node's arrival, and the end of the stay there (a wait for a closed road follows it);
        NaN where the pair did not come, shape (nodes, days, draws). None unless asked for.
    """

    seen: BoolArray
    closed: BoolArray
    tabulated: BoolArray
    leave_base_s: FloatArray
    reach_base_s: FloatArray
    cause: IntArray
    arrive_s: FloatArray | None
    leave_s: FloatArray | None


def replay(days: DayArrays, luck: Luck, roads: Roads, *, keep_times: bool = False) -> Replayed:
    """Replay ``days`` under ``luck``.

    Parameters
    ----------
    keep_times
        Return every arrival and departure; they take most of the memory.
    """
    run = _Run(days, luck, roads, keep_times)
    seen = np.zeros((days.calls, days.days, luck.draws), dtype=bool)
    for number in range(days.calls):
        seen[number] = run.call(number)
    closed = run.closing()
    cause = run.worst()
    tabulated = run.tabulation(closed)
    reach_base_s = run.home()
    return Replayed(
        seen,
        closed,
        tabulated,
        run.left_s,
        reach_base_s,
        cause,
        run.arrive_s,
        run.leave_s,
    )


class _Run:
    """Where every pair of every draw is, and since when; arrays of shape (days, draws)."""

    def __init__(self, days: DayArrays, luck: Luck, roads: Roads, keep_times: bool) -> None:
        shape = (days.days, luck.draws)
        self.days, self.luck, self.roads = days, luck, roads
        self.at_s: FloatArray = np.broadcast_to(days.leave_base_s[:, None], shape).copy()
        self.left_s: FloatArray = self.at_s.copy()
        self.node: IntArray = np.zeros(shape, dtype=np.int64)
        self.ended: BoolArray = np.zeros(shape, dtype=bool)
        self.lost_s: FloatArray = np.zeros((4, *shape))
        self.arrive_s = np.full((days.nodes, *shape), np.nan) if keep_times else None
        self.leave_s = np.full((days.nodes, *shape), np.nan) if keep_times else None
        self._row = np.arange(days.days)
        self._offset = (self._row * days.nodes)[:, None]
        self._legs = days.leg_s.reshape(days.nodes, -1)
        self._to_target = days.leg_s[days.target, self._row]
        self._slow_target = self._slow(days.region[self._row, days.target])

    def _slow(self, region: IntArray) -> FloatArray:
        return self.luck.slow[region]

    def _leg(self, node: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return planned and expected length of the leg to ``node``, and when it can begin."""
        planned = self._legs[node].take(self.node + self._offset)
        expected = planned * self._slow(self.days.region[:, node])
        if self.roads.open:
            return planned, expected, self.at_s
        free_s = np.where(planned > 0, self.roads.wait(self.at_s, self.node, self.luck), self.at_s)
        return planned, expected, free_s

    def _drive(
        self, node: int, goes: BoolArray, leg: tuple[FloatArray, FloatArray, FloatArray]
    ) -> FloatArray:
        """Return when those who go arrive; write down what delayed them and who left the base."""
        planned, expected, free_s = leg
        drive_s = expected * self.luck.leg[node]
        lost = self.lost_s
        lost[Cause.ROADS - 1] += goes * (drive_s - planned)
        broken = (self.luck.breakdown_at == node) & (planned > 0)
        repair_s = broken * self.luck.repair_s
        lost[Cause.BREAKDOWN - 1] += goes * repair_s
        drive_s += repair_s
        arrive: FloatArray = free_s + drive_s
        if not self.roads.open:
            free = arrive
            arrive = self.roads.arrive(free_s, drive_s, self.node, node, self.luck)
            lost[Cause.ISOLATION - 1] += goes * (free_s - self.at_s + arrive - free)
            self.left_s = np.where(goes & (self.node == 0), free_s, self.left_s)
        return arrive

    def _stay(self, node: int, goes: BoolArray, arrive: FloatArray, leave: FloatArray) -> None:
        """Move those who go to ``node``."""
        np.copyto(self.at_s, leave, where=goes)
        np.copyto(self.node, node, where=goes)
        if self.arrive_s is not None and self.leave_s is not None:
            np.copyto(self.arrive_s[node], arrive, where=goes)
            np.copyto(self.leave_s[node], leave, where=goes)

    def call(self, number: int) -> BoolArray:
        """Pass an opening or a visit; return where it was observed."""
        days, node = self.days, number + 1
        visit, opening = days.is_visit[:, number][:, None], days.is_opening[:, number][:, None]
        opens, closes = days.opens_s[:, number][:, None], days.closes_s[:, number][:, None]
        work, least = days.work_s[:, number][:, None], days.least_s[:, number][:, None]
        planned_leave = days.leave_s[:, number][:, None]
        leg = self._leg(node)
        deadline = days.target_by_s[:, None] - self._to_target[:, node][:, None] * self._slow_target
        ready = leg[2] + leg[1]
        done = np.maximum(ready, opens) + work
        fits = done <= deadline
        fits_opening = ready <= deadline
        goes = ~self.ended & ((visit & fits & (done <= closes)) | (opening & fits_opening))
        self.ended |= (visit & ~fits) | (opening & ~fits_opening)
        arrive = self._drive(node, goes, leg)
        opened = opens + self.luck.late_s[number]
        start = np.maximum(arrive, opened)
        stay = np.maximum(least, work * self.luck.stay[number])
        latest = np.minimum(closes, deadline)
        leave = np.minimum(np.maximum(planned_leave, start + stay), latest)
        seen: BoolArray = goes & (leave - start >= least - _ROUNDING_S)
        if opening.any():
            until = np.minimum(np.maximum(planned_leave, start + work), deadline)
            leave = np.where(opening, until, leave)
            seen = np.where(opening, goes & (arrive <= opens) & (until >= opened), seen)
            waited = np.maximum(0.0, opened - np.maximum(arrive, opens))
            self.lost_s[Cause.STATIONS - 1] += goes * opening * waited
        self.lost_s[Cause.STATIONS - 1] += goes * visit * (start - arrive + stay - work)
        self._stay(node, goes, arrive, np.maximum(arrive, leave))
        return seen

    def closing(self) -> BoolArray:
        """Pass closing and count; return where they were observed."""
        days, node = self.days, self.days.closing
        leg = self._leg(node)
        too_late = days.closes_at_s[:, None]
        goes = days.has_closing[:, None] & (leg[2] + leg[1] <= too_late)
        arrive = self._drive(node, goes, leg)
        reached: BoolArray = goes & (arrive <= too_late)
        # Who is shut in until it is too late never drives, and has been held up all the same.
        given_up = days.has_closing[:, None] & ~goes
        self.lost_s[Cause.ISOLATION - 1] += given_up * (leg[2] - self.at_s)
        counted = days.count_from_s[:, None] + self.luck.count_s
        self._stay(node, goes, arrive, np.where(reached, np.maximum(arrive, counted), arrive))
        return reached

    def worst(self) -> IntArray:
        """Return what has delayed each pair most so far."""
        worst: IntArray = np.argmax(self.lost_s, axis=0) + 1
        return np.where(self.lost_s.max(axis=0) > _ROUNDING_S, worst, int(Cause.NOTHING))

    def tabulation(self, closed: BoolArray) -> BoolArray:
        """Pass the commission; return where the tabulation was observed."""
        days, node = self.days, self.days.commission
        leg = self._leg(node)
        back = days.leg_s[days.home, self._row, node][:, None]
        back = back * self._slow(days.region[:, days.home])
        end = leg[2] + leg[1] + days.tabulation_s[:, None] + back
        follows = closed | (~days.has_closing[:, None] & (self.node > 0))
        goes = days.has_tabulation[:, None] & follows
        goes &= end - self.left_s <= days.duty_limit_s[:, None] + _ROUNDING_S
        arrive = self._drive(node, goes, leg)
        leave = arrive + days.tabulation_s[:, None] * self.luck.tabulation
        self._stay(node, goes, arrive, leave)
        return goes

    def home(self) -> FloatArray:
        """Drive home; return when pairs reach their base."""
        left = self.node > 0
        arrive = self._drive(self.days.home, left, self._leg(self.days.home))
        self._stay(self.days.home, left, arrive, arrive)
        return np.where(left, self.at_s, self.left_s)
