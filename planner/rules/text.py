"""How rules write values and limits: with units, and the same everywhere."""

from collections.abc import Iterable
from datetime import datetime, timedelta

_SHOWN = 5


def minutes(seconds: float) -> str:
    """Return a duration in seconds as minutes, e.g. ``72 min`` or ``72.5 min``."""
    return f"{round(seconds / 60, 1):g} min"


def length(duration: timedelta) -> str:
    """Return a duration as minutes."""
    return minutes(duration.total_seconds())


def clock(at: datetime) -> str:
    """Return date, time and offset, e.g. ``2022-11-20 06:15:00+0600``."""
    return f"{at:%Y-%m-%d %H:%M:%S%z}"


def percent(share: float) -> str:
    """Return a share between 0 and 1 as per cent, e.g. ``12.5 %``."""
    return f"{round(100 * share, 1):g} %"


def some(names: Iterable[str]) -> str:
    """Return the first few names and how many more there are."""
    listed = list(names)
    more = len(listed) - _SHOWN
    return ", ".join(listed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
