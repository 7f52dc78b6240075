"""When a cell still says what was written into it, whichever program has saved it since.

Programs round numbers, turn times into serial numbers and ids of digits into numbers, drop control
characters and change spaces. None of that is an edit.
"""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from planner.export.sheets.table import Value
from planner.intake.workbook import RawCell, cell_text

SHOWN = 300
"""Characters of a cell that a message repeats."""
_LONGEST = 32_767
"""Characters of a cell; the writer cuts longer ones."""
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the wall clock of a spreadsheet knows no zone
_DAY_S = 86_400
_CLOCK_TOLERANCE_S = 1.5
_TEXT_TOLERANCE_S = 60.0
"""A clock time typed as ``06:15`` leaves the seconds out."""


def clean(text: str) -> str:
    """Return text without what programs change by themselves: control characters, odd spaces."""
    if text.isascii() and text.isprintable() and "_x" not in text and "  " not in text:
        return text.strip()  # nearly all cells; the rest is eight times slower
    spaced = _SPACES.sub(" ", _ESCAPED.sub("", text))
    visible = "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", visible).strip()


def text_of(value: Value | RawCell) -> str:
    """Return a cell as text, cleaned."""
    return clean(cell_text(value)[:_LONGEST])


def shown(value: Value | RawCell) -> str:
    """Return a cell as a message repeats it: cleaned, and cut if it is very long."""
    return short(text_of(value))


def short(text: str) -> str:
    """Return a text, cut if it is very long: cells may hold whole books."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def same(expected: Value, got: RawCell) -> bool:
    """Tell whether ``got`` is what a program may have made of ``expected``."""
    if expected == got and not isinstance(got, bool):
        return True
    if expected is None or expected == "":
        return text_of(got) == ""
    if isinstance(expected, datetime | time):
        return _same_clock(expected, got)
    if isinstance(expected, str):
        return _same_text(expected, got)
    return any(
        math.isclose(expected, number, rel_tol=1e-9, abs_tol=1e-9) for number in _numbers(got)
    )


def _same_text(expected: str, got: RawCell) -> bool:
    text = clean(expected[:_LONGEST])
    if text == text_of(got):
        return True
    if isinstance(got, str | bool) or not isinstance(got, int | float):
        return False
    try:
        return float(text) == got
    except ValueError:
        return False


def _numbers(got: RawCell) -> list[float]:
    """Return the numbers that a cell may mean; text may have a comma or a dot in it."""
    if isinstance(got, str):
        return _typed(got)
    days = serial(got)
    return [] if days is None else [days]


def _typed(text: str) -> list[float]:
    bare = _SPACES.sub("", text).replace("\u2212", "-")
    percent = bare.endswith("%")
    bare = bare.removesuffix("%")
    found = []
    for reading in {bare, bare.replace(",", "."), bare.replace(",", "")}:
        try:
            found.append(float(reading) / (100 if percent else 1))
        except ValueError:
            continue
    return found


def serial(value: Value | RawCell) -> float | None:
    """Return a number, or a time as spreadsheets count it: in days since the end of 1899."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return None
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((datetime(value.year, value.month, value.day) - _EPOCH).days)  # noqa: DTZ001
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / _DAY_S
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return float(value)


def _same_clock(expected: datetime | time, got: RawCell) -> bool:
    """Compare the clock, and the date too where both have one."""
    wanted = serial(expected)
    tolerance_s = _CLOCK_TOLERANCE_S
    if isinstance(got, str):
        found, tolerance_s = _clock_of(clean(got)), _TEXT_TOLERANCE_S
    else:
        found = serial(got)
    if wanted is None or found is None or not math.isfinite(found):
        return False
    if wanted < 1 or found < 1:
        wanted, found = wanted % 1, found % 1
    return abs(wanted - found) * _DAY_S < tolerance_s


def _clock_of(text: str) -> float | None:
    for reader in (time.fromisoformat, datetime.fromisoformat):
        try:
            return serial(reader(text).replace(tzinfo=None))
        except ValueError:
            continue
    return None
