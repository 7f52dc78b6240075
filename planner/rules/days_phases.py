"""Election day: opening, visits, closing and count at their times (D3, D4, D5, D7)."""

from collections.abc import Iterator
from datetime import timedelta

from planner.domain.finding import Severity
from planner.domain.ids import StationId
from planner.domain.plan import Day, Phase, Stop
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import clock, length, minutes

_SOURCE = "DOMAIN.md §2, election day of an STO pair"
_ONCE = (Phase.OPENING, Phase.CLOSING, Phase.COUNTING)


@RULES.rule(
    "D3",
    "At most one opening and one count, reached in time",
    Severity.HARD,
    f"{_SOURCE}, 60 to 30 min before opening (S)",
)
def opening_and_count(case: Case) -> Iterator[Fault]:
    """Find second openings, closings and counts, and those that are reached too late."""
    policy = case.policies.day
    for day in case.days:
        for phase in _ONCE:
            times = sum(stop.phase is phase for stop in day.stops)
            if times > 1:
                yield Fault(
                    day.team,
                    f"A pair observes the {phase} once.",
                    f"{times} stops for {phase}",
                    "at most 1",
                    "Make the others voting visits, or leave them out.",
                )
        for stop, station in case.station_stops(day):
            opens, closes = case.hours(station)
            if stop.phase is Phase.OPENING:
                first = opens - timedelta(minutes=policy.arrive_before_opening_max_min)
                last = opens - timedelta(minutes=policy.arrive_before_opening_min)
            elif stop.phase is Phase.CLOSING:
                first = min(stop.arrive, closes)
                last = closes - timedelta(minutes=policy.arrive_before_closing_min)
            else:
                continue
            if not first <= stop.arrive <= last:
                earliest = f"{clock(first)} to " if stop.phase is Phase.OPENING else "by "
                yield Fault(
                    day.team,
                    f"The {stop.phase} station {station.id} is not reached in time.",
                    clock(stop.arrive),
                    f"{earliest}{clock(last)}",
                    "Shift the drive there, or choose a nearer station.",
                )


@RULES.rule(
    "D4", "Visits inside opening hours, local time", Severity.HARD, f"{_SOURCE}, own time zone (S)"
)
def visits_inside_hours(case: Case) -> Iterator[Fault]:
    """Find voting visits outside the hours of their station, in its own time zone."""
    for day in case.days:
        for stop, station in case.station_stops(day):
            opens, closes = case.hours(station)
            if stop.phase is Phase.VOTING and not opens <= stop.arrive <= stop.leave <= closes:
                yield Fault(
                    day.team,
                    f"The visit to station {station.id} is not inside its opening hours.",
                    f"{clock(stop.arrive)} to {clock(stop.leave)}",
                    f"{clock(opens)} to {clock(closes)}",
                    "Move the visit within the hours, or leave it out.",
                )


@RULES.rule("D5", "Dwell", Severity.HARD, f"{_SOURCE}, at least 30 min at a station (S)")
def dwell(case: Case) -> Iterator[Fault]:
    """Find stays that are too short: at a visit, after an opening, at the commission."""
    policy = case.policies.day
    visit = timedelta(minutes=policy.dwell_min + policy.visit_buffer_min)
    tabulation = timedelta(minutes=policy.tabulation_min)
    for day in case.days:
        for stop in day.stops:
            station = case.mission.station_of.get(StationId(stop.place))
            if stop.phase is Phase.VOTING:
                stays, needed, what = stop.leave - stop.arrive, visit, "visit with its buffer"
            elif stop.phase is Phase.TABULATION:
                stays, needed, what = stop.leave - stop.arrive, tabulation, "tabulation"
            elif stop.phase is Phase.OPENING and station is not None:
                stays = stop.leave - case.hours(station)[0]
                needed = timedelta(minutes=policy.stay_after_opening_min)
                what = "stay after the opening"
            else:
                continue
            if stays < needed:
                yield Fault(
                    day.team,
                    f"The {what} at {stop.place} is too short.",
                    length(stays),
                    f"at least {length(needed)}",
                    "Stay longer, or leave a later visit out.",
                )


@RULES.rule("D7", "Stays at the count", Severity.HARD, f"{_SOURCE}, watches the count, 2-6 h (S)")
def stays_at_the_count(case: Case) -> Iterator[Fault]:
    """Find closings left before voting ends, and counts not watched in the same station."""
    for day in case.days:
        for before, stop, after in zip(
            (None, *day.stops), day.stops, (*day.stops[1:], None), strict=False
        ):
            if stop.phase is Phase.CLOSING:
                yield from _closing(case, day, stop, after)
            elif stop.phase is Phase.COUNTING:
                yield from _count(case, day, stop, before)


def _closing(case: Case, day: Day, stop: Stop, after: Stop | None) -> Iterator[Fault]:
    station = case.mission.station_of.get(StationId(stop.place))
    if after is None or after.phase is not Phase.COUNTING or after.place != stop.place:
        yield Fault(
            day.team,
            f"The team leaves station {stop.place} before the count.",
            f"{after.phase} at {after.place}" if after else "the day ends",
            f"counting at {stop.place}",
            "Stay at the closing station for its count.",
        )
    if station is not None and stop.leave < case.hours(station)[1]:
        yield Fault(
            day.team,
            f"The closing at {stop.place} ends before voting does.",
            clock(stop.leave),
            f"not before {clock(case.hours(station)[1])}",
            "Stay until the station closes.",
        )


def _count(case: Case, day: Day, stop: Stop, before: Stop | None) -> Iterator[Fault]:
    station = case.mission.station_of.get(StationId(stop.place))
    if before is None or before.phase is not Phase.CLOSING or before.place != stop.place:
        yield Fault(
            day.team,
            f"The count at {stop.place} does not follow its closing.",
            f"after {before.phase} at {before.place}" if before else "first stop of the day",
            f"after the closing of {stop.place}",
            "Watch the count where the closing was watched.",
        )
    if station is None:
        return
    watched = stop.leave - case.hours(station)[1]
    needed = timedelta(minutes=case.policies.day.count_min)
    if watched < needed:
        yield Fault(
            day.team,
            f"The count at {stop.place} is left early.",
            f"{length(watched)} after closing",
            f"at least {minutes(needed.total_seconds())} after closing",
            "Stay for the planned length of the count.",
        )
