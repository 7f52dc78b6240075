"""From a plan document to the arrays of its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

import numpy as np

from geodata.clock import local_datetime
from geodata.travel.provider import TravelProvider
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Commission, Station, Town
from planner.domain.plan import Day, Phase, Plan, Stop
from planner.domain.policy import DayPolicy
from planner.errors import PlannerError
from planner.execution.arrays import DayArrays, FloatArray, road_s
from planner.rules.case import Case
from planner.travel import points_of

_CHECK = "Check the plan with the referee, and plan again."
_CALLS = (Phase.OPENING, Phase.VOTING)


@dataclass(frozen=True)
class _Parts:
    """A day taken apart."""

    day: Day
    base: Town
    calls: tuple[tuple[Stop, Station], ...]
    closing: tuple[Stop, Stop, Station] | None
    tabulation: tuple[Stop, Commission] | None


def read_days(mission: MissionInput, plan: Plan, travel: TravelProvider) -> DayArrays:
    """Turn the days of ``plan`` into arrays.

    Parameters
    ----------
    travel
        Asked for the ways between stops that do not follow each other in the plan.

    Raises
    ------
    PlannerError
        ``SI-DAY``: a day that no pair could follow: an unknown team or place, phases out of order
        or twice, a count without its closing, times far from election day.
    """
    case = Case(mission, plan, travel)
    for day in case.far_days:
        raise _refused(day, "has times far from election day")
    parts = [_take_apart(case, day) for day in case.days]
    reader = _Reader(case, len(parts), max((len(part.calls) for part in parts), default=0))
    for row, part in enumerate(parts):
        reader.read(row, part, travel)
    return reader.arrays(parts)


def _refused(day: Day, why: str) -> PlannerError:
    return PlannerError("SI-DAY", f"the day of {day.team} {why}; it cannot be replayed", _CHECK)


def _take_apart(case: Case, day: Day) -> _Parts:
    base = case.base(day.team)
    if base is None:
        raise _refused(day, "belongs to no team with a known base town")
    order = list(Phase)
    ranks = [order.index(stop.phase) for stop in day.stops]
    phases = [stop.phase for stop in day.stops]
    if ranks != sorted(ranks):
        raise _refused(day, f"has its phases out of order ({', '.join(phases)})")
    for phase in Phase:
        if phase is not Phase.VOTING and phases.count(phase) > 1:
            raise _refused(day, f"has {phases.count(phase)} stops for {phase}")
    places = [case.place(stop) for stop in day.stops]
    calls, found = [], {}
    for stop, place in zip(day.stops, places, strict=True):
        if place is None:
            raise _refused(day, f"names the unknown {stop.place_kind} {stop.place}")
        if isinstance(place, Station) is (stop.phase is Phase.TABULATION):
            raise _refused(day, f"has {stop.phase} at the {stop.place_kind} {stop.place}")
        if isinstance(place, Station) and stop.phase in _CALLS:
            calls.append((stop, place))
        else:
            found[stop.phase] = (stop, place)
    return _Parts(day, base, tuple(calls), _closing(day, found), _tabulation(found))


def _closing(
    day: Day, found: dict[Phase, tuple[Stop, Station | Commission]]
) -> tuple[Stop, Stop, Station] | None:
    closing, counting = found.get(Phase.CLOSING), found.get(Phase.COUNTING)
    if closing is None and counting is None:
        return None
    if closing is None or counting is None or closing[1].id != counting[1].id:
        raise _refused(day, "does not have closing and count at one station")
    assert isinstance(closing[1], Station)  # noqa: S101 - checked by the caller
    return closing[0], counting[0], closing[1]


def _tabulation(
    found: dict[Phase, tuple[Stop, Station | Commission]],
) -> tuple[Stop, Commission] | None:
    if Phase.TABULATION not in found:
        return None
    stop, place = found[Phase.TABULATION]
    assert isinstance(place, Commission)  # noqa: S101 - checked by the caller
    return stop, place


class _Reader:
    """Fills the arrays row by row."""

    def __init__(self, case: Case, days: int, calls: int) -> None:
        self.case = case
        self.policy: DayPolicy = case.policies.day
        self.e_day = case.mission.mission.e_day
        self.reference = datetime.combine(self.e_day, time(0), tzinfo=UTC)
        self.closing, self.commission, self.home = calls + 1, calls + 2, calls + 3
        self.region_number = {region.id: index for index, region in enumerate(case.mission.regions)}
        nodes = calls + 4
        self.row = {
            name: np.zeros(days)
            for name in (
                "e_day_s",
                "leave_base_s",
                "reach_base_s",
                "closing_by_s",
                "closes_at_s",
                "count_from_s",
                "count_s",
                "tabulation_s",
                "duty_limit_s",
                "spare_s",
                "target_by_s",
            )
        }
        self.call = {
            name: np.zeros((days, calls))
            for name in ("arrive_s", "leave_s", "opens_s", "closes_s", "work_s", "least_s")
        }
        self.flag = {name: np.zeros((days, calls), dtype=bool) for name in ("opening", "visit")}
        self.has_closing = np.zeros(days, dtype=bool)
        self.has_tabulation = np.zeros(days, dtype=bool)
        self.leg_s = np.zeros((nodes, days, nodes))
        self.planned_leg_s = np.zeros((days, nodes))
        self.target = np.full(days, self.home, dtype=np.int64)
        self.region = np.zeros((days, nodes), dtype=np.int64)

    def read(self, row: int, part: _Parts, travel: TravelProvider) -> None:
        """Fill one day."""
        day, values = part.day, self.row
        zone = self.case.mission.time_zone(part.base.district)
        values["e_day_s"][row] = self._s(local_datetime(self.e_day, time(0), zone))
        values["leave_base_s"][row] = leave = self._s(day.leave_base)
        values["reach_base_s"][row] = self._s(day.reach_base)
        duty = max(self.policy.max_duty_min * 60.0, self._s(day.reach_base) - leave)
        values["duty_limit_s"][row] = duty
        values["target_by_s"][row] = leave + duty
        for number, (stop, station) in enumerate(part.calls):
            self._call(row, number, stop, station)
        if part.closing is not None:
            self._closing(row, *part.closing)
        if part.tabulation is not None:
            stop, _ = part.tabulation
            self.has_tabulation[row] = True
            values["tabulation_s"][row] = self._s(stop.leave) - self._s(stop.arrive)
        self._roads(row, part, travel)

    def _call(self, row: int, number: int, stop: Stop, station: Station) -> None:
        opens, closes = (self._s(at) for at in self.case.hours(station))
        arrive, leave = self._s(stop.arrive), self._s(stop.leave)
        policy, cell, values = self.policy, (row, number), self.call
        values["arrive_s"][cell], values["leave_s"][cell] = arrive, leave
        values["closes_s"][cell] = max(closes, leave)
        if stop.phase is Phase.OPENING:
            self.flag["opening"][cell] = True
            values["opens_s"][cell] = max(opens, arrive)
            after = min(policy.stay_after_opening_min * 60.0, leave - values["opens_s"][cell])
            values["work_s"][cell] = max(0.0, after)
        else:
            self.flag["visit"][cell] = True
            stay = leave - arrive
            values["opens_s"][cell] = min(opens, arrive)
            values["work_s"][cell] = min((policy.dwell_min + policy.visit_buffer_min) * 60.0, stay)
            values["least_s"][cell] = min(policy.dwell_min * 60.0, stay)
            self.row["spare_s"][row] += stay - values["work_s"][cell]

    def _closing(self, row: int, closing: Stop, counting: Stop, station: Station) -> None:
        closes, arrive = self._s(self.case.hours(station)[1]), self._s(closing.arrive)
        by = max(closes - self.policy.arrive_before_closing_min * 60.0, arrive)
        self.has_closing[row] = True
        self.target[row] = self.closing
        self.row["closing_by_s"][row] = self.row["target_by_s"][row] = by
        self.row["closes_at_s"][row] = max(closes, arrive)
        self.row["count_from_s"][row] = self._s(closing.leave)
        self.row["count_s"][row] = self._s(counting.leave) - self._s(closing.leave)
        self.row["spare_s"][row] += by - arrive

    def _roads(self, row: int, part: _Parts, travel: TravelProvider) -> None:
        places: list[Town | Station | Commission] = [part.base]
        nodes, legs = [0], []
        for number, (stop, station) in enumerate(part.calls, start=1):
            places.append(station)
            nodes.append(number)
            legs.append(float(stop.travel_s))
        if part.closing is not None:
            places.append(part.closing[2])
            nodes.append(self.closing)
            legs.append(float(part.closing[0].travel_s))
        if part.tabulation is not None:
            places.append(part.tabulation[1])
            nodes.append(self.commission)
            legs.append(float(part.tabulation[0].travel_s))
        places.append(part.base)
        nodes.append(self.home)
        legs.append(float(part.day.return_travel_s))
        points = points_of(places)
        direct: FloatArray = travel.matrix(points, points).duration_s.astype(np.float64)
        road = road_s(legs, direct)
        road[0, -1] = 0.0  # who has not left is at home
        self.leg_s[np.ix_(nodes, [row], nodes)] = road.T[:, None, :]
        self.planned_leg_s[row, nodes[1:]] = legs
        self.region[row] = self._region(part.base)
        self.region[row, nodes] = [self._region(place) for place in places]

    def _region(self, place: Town | Station | Commission) -> int:
        return self.region_number[self.case.mission.district_of[place.district].region]

    def _s(self, at: datetime) -> float:
        return (at - self.reference).total_seconds()

    def arrays(self, parts: Sequence[_Parts]) -> DayArrays:
        """Return what has been read."""
        return DayArrays(
            teams=tuple(part.day.team for part in parts),
            regions=tuple(self.region_number),
            stations=tuple(
                tuple(StationId(stop.place) for stop, _ in part.calls) for part in parts
            ),
            closing_stations=tuple(part.closing and part.closing[2].id for part in parts),
            commissions=tuple(part.tabulation and part.tabulation[1].id for part in parts),
            is_opening=self.flag["opening"],
            is_visit=self.flag["visit"],
            has_closing=self.has_closing,
            has_tabulation=self.has_tabulation,
            leg_s=self.leg_s,
            planned_leg_s=self.planned_leg_s,
            target=self.target,
            region=self.region,
            **self.row,
            **self.call,
        )
