"""Every election day that a pair could have, tried one by one from the documents.

The days are those of the stage's own problem: a pair is at its opening station at the middle of the
span that the policy allows, watches the whole count, passes the commission wherever the legs to it
and home from it are allowed, and stays at the stations drawn for its area.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from geodata.clock import local_datetime
from planner.domain.ids import CommissionId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Commission, Station, StationKind, Town
from planner.domain.plan import Phase
from planner.domain.policy import DayPolicy
from planner.objective.days import PHASE_VALUE
from planner.travel import points_of
from tests.fuzz.roads import Roads

Place = Town | Station | Commission
NO_WAY = -1


@dataclass(frozen=True)
class Window:
    """Opening hours of a station, in seconds of the common clock."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Tail:
    """From the end of a count to the base town."""

    drive_s: int
    time_s: int
    value: int


@dataclass(frozen=True)
class EveryDay:
    """The days of pairs of one base town.

    Parameters
    ----------
    mission, travel
        The documents.
    hub
        Where the pairs sleep.
    stations
        What they may visit; a day is told by the positions of its stations here.
    """

    mission: MissionInput
    travel: Roads
    hub: TownId
    stations: Sequence[Station]

    @property
    def policy(self) -> DayPolicy:
        return self.mission.mission.policies.day

    @cached_property
    def windows(self) -> list[Window]:
        hours, day = self.mission.mission.hours, self.mission.mission.e_day
        found = []
        for station in self.stations:
            zone = self.mission.time_zone(station.district)
            opens, closes = (
                int(local_datetime(day, at, zone).timestamp())
                for at in (station.opens or hours.opens, station.closes or hours.closes)
            )
            found.append(Window(opens, closes))
        return found

    def leg(self, origin: Place, destination: Place) -> int:
        """Return the seconds of a leg, ``NO_WAY`` where there is none or it is too long."""
        answer = self.travel.legs(points_of([origin]), points_of([destination]))
        seconds = int(answer.duration_s[0])
        return seconds if 0 <= seconds <= 60 * self.policy.max_leg_min else NO_WAY

    @cached_property
    def legs(self) -> list[list[int]]:
        return [[self.leg(a, b) for b in self.stations] for a in self.stations]

    @cached_property
    def out(self) -> list[int]:
        town = self.mission.town_of[self.hub]
        return [self.leg(town, station) for station in self.stations]

    @cached_property
    def home(self) -> list[int]:
        town = self.mission.town_of[self.hub]
        return [self.leg(station, town) for station in self.stations]

    @cached_property
    def tails(self) -> list[Tail | None]:
        """How a pair comes home from the count at each station, None: not at all."""
        town = self.mission.town_of[self.hub]
        found: list[Tail | None] = []
        for station, home in zip(self.stations, self.home, strict=True):
            found.append(None if home == NO_WAY else Tail(home, home, 0))
            own = self._commission(station)
            if own is None or not self.policy.tabulation_min:
                continue
            there, back = self.leg(station, own), self.leg(own, town)
            if NO_WAY not in (there, back):
                drive = there + back
                stay = 60 * self.policy.tabulation_min
                found[-1] = Tail(drive, drive + stay, PHASE_VALUE[Phase.TABULATION])
        return found

    def _commission(self, station: Station) -> Commission | None:
        if station.commission is not None:
            return self.mission.commission_of[CommissionId(station.commission)]
        near = [c for c in self.mission.commissions if c.district == station.district]
        return min(near, key=lambda commission: commission.id, default=None)

    @cached_property
    def best(self) -> dict[int, int]:
        """Return the most value of a day by its stations, a set of bits; the empty day is 0."""
        found: dict[int, int] = {0: 0}
        for opening, order, closing in self._orders():
            if not self._possible(opening, order, closing):
                continue
            mask = sum(1 << s for s in (opening, *order, closing) if s is not None)
            found[mask] = max(found.get(mask, 0), self._value(opening, order, closing))
        return found

    def static_value(self, station: int) -> int | None:
        """Return the value of a day spent at one station, None where it cannot be."""
        policy, window, tail = self.policy, self.windows[station], self.tails[station]
        if self.stations[station].kind is not StationKind.ORDINARY or not policy.max_visits:
            return None
        if tail is None or self.out[station] == NO_WAY:
            return None
        before = policy.arrive_before_opening_min + policy.arrive_before_opening_max_min
        visit_s = 60 * (policy.dwell_min + policy.visit_buffer_min)
        first = window.opens + 60 * policy.stay_after_opening_min
        last = window.closes - 60 * policy.arrive_before_closing_min
        end = window.closes + 60 * policy.count_min + tail.time_s
        start = window.opens - 30 * before - self.out[station]
        if last - first < visit_s or window.closes <= window.opens:
            return None
        if self.out[station] + tail.drive_s > 60 * policy.max_drive_min:
            return None
        return None if end - start > 60 * policy.max_duty_min else self._value(0, (0,), station)

    def _value(self, opening: int | None, order: Sequence[int], closing: int | None) -> int:
        value = len(order) * PHASE_VALUE[Phase.VOTING]
        if opening is not None:
            value += PHASE_VALUE[Phase.OPENING]
        if closing is not None:
            tail = self.tails[closing]
            assert tail is not None
            value += PHASE_VALUE[Phase.COUNTING] + tail.value
        return value

    def _orders(self) -> Iterator[tuple[int | None, tuple[int, ...], int | None]]:
        """Yield days whose legs are allowed, as opening, visits in order, and closing."""
        ordinary = [
            number
            for number, (station, window) in enumerate(
                zip(self.stations, self.windows, strict=True)
            )
            if station.kind is StationKind.ORDINARY and window.closes > window.opens
        ]
        closings = [None, *(s for s in ordinary if self.tails[s] is not None)]
        for opening in (None, *ordinary):
            for order in self._visits(opening, ()):
                used = {opening, *order}
                for closing in closings:
                    if closing is None or closing not in used:
                        yield opening, order, closing

    def _visits(self, opening: int | None, order: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        yield order
        if len(order) == self.policy.max_visits:
            return
        for station in range(len(self.stations)):
            if station == opening or station in order:
                continue
            last = order[-1] if order else opening
            leg = self.out[station] if last is None else self.legs[last][station]
            if leg != NO_WAY and self._early(opening, (*order, station)) is not None:
                yield from self._visits(opening, (*order, station))

    def _early(self, opening: int | None, order: Sequence[int]) -> int | None:
        """Return the earliest end of the last visit, None where windows do not allow it."""
        stay = 60 * (self.policy.dwell_min + self.policy.visit_buffer_min)
        ready, shut, last = None, None, opening
        if opening is not None:
            ready = self.windows[opening].opens + 60 * self.policy.stay_after_opening_min
        for station in order:
            window = self.windows[station]
            leg = 0 if last is None else self.legs[last][station]
            arrive = window.opens if ready is None else max(ready + leg, window.opens)
            # Who has to wait waits where he is, as long as that station is open.
            if shut is not None and arrive - leg > shut:
                return None
            if arrive + stay > window.closes:
                return None
            ready, shut, last = arrive + stay, window.closes, station
        return ready

    def _possible(self, opening: int | None, order: Sequence[int], closing: int | None) -> bool:
        stops = [s for s in (opening, *order, closing) if s is not None]
        if not stops:
            return False
        legs = [
            self.out[stops[0]],
            *(self.legs[a][b] for a, b in pairwise(stops)),
        ]
        tail = self.tails[stops[-1]] if closing is not None else None
        if closing is None:
            home = self.home[stops[-1]]
            tail = None if home == NO_WAY else Tail(home, home, 0)
        if tail is None or NO_WAY in legs:
            return False
        if sum(legs) + tail.drive_s > 60 * self.policy.max_drive_min:
            return False
        ready = self._early(opening, order)
        if order and ready is None:
            return False
        return self._duty_s(opening, order, closing, legs, ready) + tail.time_s <= (
            60 * self.policy.max_duty_min
        )

    def _duty_s(
        self,
        opening: int | None,
        order: Sequence[int],
        closing: int | None,
        legs: Sequence[int],
        ready: int | None,
    ) -> float:
        """Return the least seconds from the base town to the end of the last stop."""
        policy = self.policy
        stay = 60 * (policy.dwell_min + policy.visit_buffer_min)
        end: float
        if closing is not None:
            latest = self.windows[closing].closes - 60 * policy.arrive_before_closing_min
            if ready is not None and ready + legs[-1] > latest:
                return float("inf")
            end = self.windows[closing].closes + 60 * policy.count_min
            start = latest - (legs[-1] if order or opening is not None else 0)
        else:
            assert ready is not None
            end, start = ready, ready
        if opening is not None:
            before = policy.arrive_before_opening_min + policy.arrive_before_opening_max_min
            return end - (self.windows[opening].opens - 30 * before - legs[0])
        # Nothing ties the morning down: the latest start from which all that follows is met.
        for place in range(len(order) - 1, -1, -1):
            start = min(start, self.windows[order[place]].closes) - stay
            if place:
                start -= legs[place]
        return end - (start - legs[0])


def together(tables: Sequence[dict[int, int]], allowed: Callable[[int], bool]) -> int:
    """Return the most value of all pairs, none of which meet; ``allowed`` judges all stations."""
    sums: dict[int, int] = {0: 0}
    for table in tables:
        more: dict[int, int] = {}
        for mask, value in sums.items():
            for own, worth in table.items():
                if not mask & own and value + worth > more.get(mask | own, -1):
                    more[mask | own] = value + worth
        sums = more
    return max(value for mask, value in sums.items() if allowed(mask))
