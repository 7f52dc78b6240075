"""Do the clocks of a day run? (R-ZONE, R-ORDER)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from geodata.clock import local_datetime, to_local
from planner.domain.finding import Severity
from planner.domain.plan import Day, Phase
from planner.referee.book import RECORDS, SOURCE
from planner.rules.case import AROUND, Case
from planner.rules.legs import Place, legs_of
from planner.rules.rule import Fault
from planner.rules.text import clock, minutes

_AGAIN = "Plan again; a plan is never edited by hand."
_TOLERANCE_S = 1
_NOON = time(12)


@RECORDS.rule("R-ZONE", "Local time of the place", Severity.HARD, f"DOMAIN.md §1 (S); {SOURCE}")
def local_time_of_the_place(case: Case) -> Iterator[Fault]:
    """Find times that do not carry the offset of their place on that date; one finding a day.

    A day that runs past a change of the clocks may keep the offset of election day.
    """
    for day in case.days:
        for place, at in _clocks(case, day):
            zone = case.mission.time_zone(place.district)
            noon = local_datetime(case.mission.mission.e_day, _NOON, zone)
            allowed = (to_local(at, zone).utcoffset(), noon.utcoffset())
            if at.utcoffset() not in allowed:
                yield Fault(
                    day.team,
                    f"A time at {place.id} is not in its local time.",
                    clock(at),
                    f"{clock(to_local(at, zone))} ({zone})",
                    _AGAIN,
                )
                break


def _clocks(case: Case, day: Day) -> Iterator[tuple[Place, datetime]]:
    base = case.base(day.team)
    if base is not None:
        yield base, day.leave_base
    for stop in day.stops:
        place = case.place(stop)
        if place is not None:
            yield place, stop.arrive
            yield place, stop.leave
    if base is not None:
        yield base, day.reach_base


@RECORDS.rule("R-ORDER", "One thing after the other", Severity.HARD, SOURCE)
def one_thing_after_the_other(case: Case) -> Iterator[Fault]:
    """Find stays that end before they begin, drives that are not in the clock, mixed-up phases."""
    order = list(Phase)
    yield from _far_from_election_day(case)
    for day in case.days:
        for stop in day.stops:
            if stop.leave < stop.arrive:
                yield Fault(
                    day.team,
                    f"The stay at {stop.place} ends before it begins.",
                    f"{clock(stop.arrive)} to {clock(stop.leave)}",
                    "leave not before arrive",
                    _AGAIN,
                )
        for leg in legs_of(case, day):
            driven_s = (leg.arrives - leg.leaves) / timedelta(seconds=1)
            if abs(driven_s - leg.travel_s) > _TOLERANCE_S:
                yield Fault(
                    day.team,
                    f"Between leaving and arriving, from {leg.label}, lies not its travel time.",
                    f"{minutes(driven_s)} ({clock(leg.leaves)} to {clock(leg.arrives)})",
                    f"{minutes(leg.travel_s)} of travel",
                    _AGAIN,
                )
        ranks = [order.index(stop.phase) for stop in day.stops]
        phases = ", ".join(stop.phase for stop in day.stops)
        if ranks != sorted(ranks):
            yield Fault(day.team, "Phases are out of order.", phases, ", ".join(order), _AGAIN)
        for stop in day.stops:
            if (stop.place_kind == "commission") is not (stop.phase is Phase.TABULATION):
                yield Fault(
                    day.team,
                    f"The phase does not fit the place {stop.place}.",
                    f"{stop.phase} at a {stop.place_kind}",
                    "tabulation at a commission, all else at a station",
                    _AGAIN,
                )


def _far_from_election_day(case: Case) -> Iterator[Fault]:
    for day in case.far_days:
        yield Fault(
            day.team,
            "The day has times far from election day, or endless drives.",
            f"{clock(day.leave_base)} to {clock(day.reach_base)}",
            f"within {AROUND.days} days of {case.mission.mission.e_day}",
            _AGAIN,
        )
