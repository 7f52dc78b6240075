"""Election day as numbers for charts: hours since local midnight, so that no browser moves them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from geodata.daylight import daylight
from planner.domain.plan import Day
from ui.components.palette import TRAVEL

STEP_MIN = 15
Hours = tuple[float, float]
"""From and to, in hours after local midnight of election day."""


@dataclass(frozen=True)
class Spell:
    """One thing that a pair does without a break, in hours after local midnight of election day."""

    what: str
    start_h: float
    end_h: float
    where: str


def hours(e_day: date, at: datetime) -> float:
    """Return a local time as hours after local midnight of election day."""
    midnight = datetime.combine(e_day, time(), at.tzinfo)
    return (at - midnight).total_seconds() / 3600


def clock_text(hour: float) -> str:
    """Return hours after midnight as ``hh:mm``, with ``+1`` on the next day."""
    days, minutes = divmod(round(hour * 60), 24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f" {days:+d}" if days else "")


def spells(e_day: date, day: Day) -> Iterator[Spell]:
    """Yield what a pair does from leaving its base town to being back, legs of no time left out."""
    before = day.leave_base
    for stop in day.stops:
        if stop.arrive > before:
            yield Spell(TRAVEL, hours(e_day, before), hours(e_day, stop.arrive), stop.place)
        yield Spell(
            stop.phase.value, hours(e_day, stop.arrive), hours(e_day, stop.leave), stop.place
        )
        before = stop.leave
    if day.reach_base > before:
        yield Spell(TRAVEL, hours(e_day, before), hours(e_day, day.reach_base), "")


def by_quarter(e_day: date, days: tuple[Day, ...]) -> Counter[tuple[int, str]]:
    """Count the pairs by quarter of an hour (from local midnight) and activity.

    A pair counts for what it does in the middle of the quarter, on its own local clock.
    """
    found: Counter[tuple[int, str]] = Counter()
    for day in days:
        for spell in spells(e_day, day):
            first = _first_middle(spell.start_h)
            found.update(
                (quarter, spell.what) for quarter in range(first, _first_middle(spell.end_h))
            )
    return found


def _first_middle(hour: float) -> int:
    """Return the first quarter whose middle is not before ``hour``."""
    return -int(-(hour * 60 / STEP_MIN - 0.5) // 1)


def sun_down(e_day: date, zone: str, lat: float, lon: float, within: Hours) -> list[Hours]:
    """Return when the sun is below the horizon at a place.

    Parameters
    ----------
    zone
        IANA name of the place's time zone.
    lat, lon
        Degrees, north and east positive.
    within
        The hours that are looked at.
    """
    midnight = datetime.combine(e_day, time(), ZoneInfo(zone)).astimezone(UTC)
    light: list[Hours] = []
    for offset in range(int(within[0] // 24) - 1, int(within[1] // 24) + 2):
        sun = daylight(e_day + timedelta(days=offset), lat, lon)
        if sun.sunrise and sun.sunset:
            rise, fall = (
                (at - midnight).total_seconds() / 3600 for at in (sun.sunrise, sun.sunset)
            )
            light.append((rise, fall))
        elif sun.polar == "day":
            light.append((24.0 * offset, 24.0 * (offset + 1)))
    return outside(light, within)


def dark_by_policy(from_hour: int, to_hour: int, within: Hours) -> list[Hours]:
    """Return the hours in which long drives are reported (rule D9).

    Parameters
    ----------
    from_hour, to_hour
        ``dark_from_hour`` and ``light_from_hour`` of the policy, hours of the local clock.
    """
    days = range(int(within[0] // 24) - 1, int(within[1] // 24) + 2)
    return outside([(24.0 * day + to_hour, 24.0 * day + from_hour) for day in days], within)


def outside(spans: list[Hours], within: Hours) -> list[Hours]:
    """Return what ``spans``, sorted by their beginnings, leave free of ``within``."""
    free: list[Hours] = []
    at = within[0]
    for start, end in spans:
        if start > at:
            free.append((at, min(start, within[1])))
        at = max(at, end)
        if at >= within[1]:
            break
    if at < within[1]:
        free.append((at, within[1]))
    return [span for span in free if span[1] > span[0]]
