"""One pair's day and luck by hand, and what became of it in minutes against the plan.

The pair of district W1 opens W1-1, visits W1-2 and W1-3, closes at W1-4 and follows the count to
C-W. It must be at W1-1 30 minutes before 07:00, stays until 07:30, needs 35 minutes at a visit and
waits at W1-3, so that it reaches W1-4 at 19:30 sharp; the count takes from 20:00 to 23:00.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import numpy as np

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Day, Plan
from planner.execution.arrays import DayArrays
from planner.execution.luck import NO_BREAKDOWN, Luck
from planner.execution.noise import Isolation, Noise
from planner.execution.read_days import read_days
from planner.execution.replay import Replayed, replay
from planner.execution.roads import Roads
from tests.good_plan import E_DAY, TRAVEL, good_mission, good_plan

OPENING, FIRST, SECOND, CLOSING, COMMISSION, HOME = 1, 2, 3, 4, 5, 6
"""Nodes of the day of one pair."""
MIN = 60.0


def only(plan: Plan, *teams: str) -> Plan:
    """Return ``plan`` with the days of some pairs, in the order of their names here."""
    days = {day.team: day for day in plan.days}
    return plan.model_copy(update={"days": tuple(days[team] for team in teams)})


def seconds_on(day: date, at: datetime) -> float:
    """Return an instant in seconds from 00:00 UTC of a day."""
    return (at - datetime.combine(day, time(0), tzinfo=UTC)).total_seconds()


def seconds(at: datetime) -> float:
    """Return an instant in seconds from 00:00 UTC of the good mission's E-day."""
    return seconds_on(E_DAY, at)


def quiet(days: DayArrays, draws: int = 1) -> Luck:
    """Return luck under which everything goes as planned."""
    shape = (days.days, draws)
    return Luck(
        leg=np.ones((days.nodes, *shape)),
        stay=np.ones((days.calls, *shape)),
        tabulation=np.ones(shape),
        late_s=np.zeros((days.calls, *shape)),
        count_s=np.broadcast_to(days.count_s[:, None], shape).copy(),
        breakdown_at=np.full(shape, NO_BREAKDOWN),
        repair_s=np.zeros(shape),
        slow=np.ones((len(days.regions), draws)),
        closed=np.zeros((len(days.regions), draws)),
    )


@dataclass
class OnePair:
    """The day of STO-001 and its luck; change the luck, then ``run``."""

    mission: MissionInput
    day: Day
    days: DayArrays
    luck: Luck

    def run(self, *isolations: Isolation) -> "Went":
        """Replay the day."""
        roads = Roads(
            self.mission, self.days, Noise.zero().model_copy(update={"isolations": isolations})
        )
        return Went(self, replay(self.days, self.luck, roads, keep_times=True))

    def broken_on(self, node: int, minutes: float) -> "OnePair":
        """Let the car break down on the leg to ``node``."""
        self.luck.breakdown_at[:] = node
        self.luck.repair_s[:] = minutes * MIN
        return self

    def planned_s(self, number: int, *, leave: bool = False) -> float:
        """Return when the plan arrives at a stop of the day, or leaves it; counted from 0."""
        stop = self.day.stops[number]
        return seconds(stop.leave if leave else stop.arrive)

    def leg_s(self, number: int) -> float:
        """Return the planned travel to a stop of the day, counted from 0."""
        return float(self.day.stops[number].travel_s)


@dataclass
class Went:
    """How the one draw went."""

    pair: OnePair
    result: Replayed

    def arrive(self, node: int) -> float:
        """Return the arrival at ``node`` in seconds."""
        assert self.result.arrive_s is not None
        return float(self.result.arrive_s[node, 0, 0])

    def leave(self, node: int) -> float:
        """Return the end of the stay at ``node`` in seconds."""
        assert self.result.leave_s is not None
        return float(self.result.leave_s[node, 0, 0])

    def came(self, node: int) -> bool:
        """Tell whether the pair came to ``node``."""
        return not np.isnan(self.arrive(node))

    @property
    def seen(self) -> str:
        """What was observed: letters of opening, first and second visit, count, tabulation."""
        flags = [*self.result.seen[:, 0, 0], self.result.closed[0, 0], self.result.tabulated[0, 0]]
        return "".join(letter for letter, flag in zip("o12ct", flags, strict=True) if flag)

    @property
    def back_s(self) -> float:
        """When the base was reached, in seconds."""
        return float(self.result.reach_base_s[0, 0])

    @property
    def duty_s(self) -> float:
        """Seconds on duty."""
        return float((self.result.reach_base_s - self.result.leave_base_s)[0, 0])

    @property
    def cause(self) -> int:
        """What delayed the pair most."""
        return int(self.result.cause[0, 0])


def one_pair(mission: MissionInput | None = None, plan: Plan | None = None) -> OnePair:
    """Return STO-001, alone."""
    mission = mission or good_mission()
    plan = only(plan or good_plan(), "STO-001")
    days = read_days(mission, plan, TRAVEL)
    return OnePair(mission, plan.days[0], days, quiet(days))


def day_policy(mission: MissionInput, **changes: int) -> MissionInput:
    """Return ``mission`` with another policy of the day."""
    policies = mission.mission.policies
    day = policies.day.model_copy(update=changes)
    policies = policies.model_copy(update={"day": day})
    return mission.model_copy(
        update={"mission": mission.mission.model_copy(update={"policies": policies})}
    )
