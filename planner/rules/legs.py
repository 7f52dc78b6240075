"""The legs that a plan says are driven on election day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.domain.place import Commission, Station, Town
from planner.domain.plan import Day
from planner.rules.case import Case

Place = Town | Station | Commission


@dataclass(frozen=True)
class Leg:
    """One drive of a pair.

    Parameters
    ----------
    origin, destination
        Where it starts and ends; None where the plan names an unknown place.
    leaves, arrives
        When, as the plan says it.
    travel_s, distance_m
        How long it takes in seconds and how far it is in metres, as the plan says it.
    """

    origin: Place | None
    destination: Place | None
    leaves: datetime
    arrives: datetime
    travel_s: int
    distance_m: int

    @property
    def label(self) -> str:
        """From where to where, for messages."""
        return " to ".join(
            "an unknown place" if place is None else place.id
            for place in (self.origin, self.destination)
        )

    @property
    def driven(self) -> tuple[datetime, datetime]:
        """When driving starts and ends: waiting comes before a leg, never in it."""
        return self.arrives - timedelta(seconds=self.travel_s), self.arrives


def legs_of(case: Case, day: Day) -> Iterator[Leg]:
    """Yield the legs of a day from the base town and back to it, staying in one place included."""
    base = case.base(day.team)
    origin: Place | None = base
    leaves = day.leave_base
    for stop in day.stops:
        place = case.place(stop)
        yield Leg(origin, place, leaves, stop.arrive, stop.travel_s, stop.distance_m)
        origin, leaves = place, stop.leave
    yield Leg(origin, base, leaves, day.reach_base, day.return_travel_s, day.return_distance_m)


def drive_s(day: Day) -> int:
    """Return the driving time of a day in seconds, the way back included."""
    return sum(stop.travel_s for stop in day.stops) + day.return_travel_s
