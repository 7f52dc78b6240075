# ruff: noqa: RUF001 - apostrophes that people type between digits
"""Numbers, times, dates and yes/no as people type them."""

import re
from datetime import date, time, timedelta
from functools import lru_cache

from planner.intake.words import folded, value_words

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f'’`]+")
_GROUPED = re.compile(r"^[+-]?\d{1,3}([.,]\d{3})+$")
_PLAIN = re.compile(r"^[+-]?\d+([.,]0+)?$")
_TIME = re.compile(
    r"^(\d{1,2})\s*[:.h\-]?\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?$"
)
_DATE = re.compile(r"^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})(?:[ T].*)?$")
MAX_WHOLE = 10**9


@lru_cache(maxsize=100_000)
def whole_number(text: str) -> int | None:
    """Return a whole number, or None: ``1 234``, ``1,234``, ``1.234``, ``1'234``, ``1234.0``."""
    bare = _SPACES.sub("", text)
    if _PLAIN.match(bare):
        value = int(re.split("[.,]", bare)[0])
    elif _GROUPED.match(bare):
        value = int(bare.replace(".", "").replace(",", ""))
    else:
        return None
    return value if abs(value) <= MAX_WHOLE else None


@lru_cache(maxsize=20_000)
def clock_time(text: str) -> time | None:
    """Return a time of day, or None: ``7``, ``07:00``, ``7.30``, ``7h30``, ``7 am``, ``0.25``."""
    bare = text.strip().lower()
    if re.fullmatch(r"0[.,]\d+", bare):
        minutes = round(float(bare.replace(",", ".")) * 1440)
        return time(minutes // 60, minutes % 60) if minutes < 1440 else None
    match = _TIME.match(bare.rpartition(" ")[2] if re.match(r"\d{4}-\d\d-\d\d ", bare) else bare)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@lru_cache(maxsize=20_000)
def calendar_date(text: str, *, month_first: bool = False) -> date | None:
    """Return a date, or None: ``2022-11-16``, ``16.11.2022``, ``16/11/22``.

    Parameters
    ----------
    text
        What was typed.
    month_first
        Read ``11/16/2022`` as 16 November; the day stands first otherwise.
    """
    match = _DATE.match(text.strip())
    if match is None:
        return None
    first, second, third = int(match[1]), int(match[2]), int(match[3])
    if len(match[1]) == 4:
        year, month, day = first, second, third
    else:
        year, month, day = third, second, first
        if month_first:
            month, day = day, month
        year += 2000 if year < 100 else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_stand_first(texts: list[str]) -> bool:
    """Tell whether a column of dates can only be read with the month first."""
    day_first = sum(calendar_date(text) is not None for text in texts)
    return sum(calendar_date(text, month_first=True) is not None for text in texts) > day_first


@lru_cache(maxsize=20_000)
def truth(text: str) -> bool | None:
    """Return yes or no in many languages, or None."""
    word = folded(text)
    if not word:
        return None
    if word in value_words("yes"):
        return True
    if word in value_words("no"):
        return False
    return None


def day_number(text: str) -> date | None:
    """Return the date of a spreadsheet's day number (1900 system), or None."""
    number = whole_number(text)
    if number is None or not 20_000 < number < 80_000:
        return None
    return date(1899, 12, 30) + timedelta(days=number)
