"""Election day as numbers for charts: hours since local midnight, so that no browser moves them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from planner.domain.plan import Day
from ui.components.palette import TRAVEL

STEP_MIN = 15


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
