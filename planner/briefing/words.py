"""Numbers, names and short words as they stand in briefings and comparisons."""

import unicodedata

MINUS = "\u2212"
NOTHING = "\u2013"
"""What stands where there is no figure."""
_ITEMS = {
    "vehicle_day": "vehicle days",
    "interpreter_day": "interpreter days",
    "bed_night": "bed nights",
    "observer_day": "observer days",
    "km": "kilometres on E-day",
}
_WIDE = {
    "openings": "openings",
    "voting_visits": "voting visits",
    "counts": "counts",
    "tabulations": "tabulations",
}
PHASE_WORDS = _WIDE
"""What is observed in a phase, by the column of a point."""


def item_word(item: str) -> str:
    """Return what a cost item counts, in words."""
    return _ITEMS.get(item, item.replace("_", " "))


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with a comma at thousands, a dash where there is none."""
    if value is None:
        return NOTHING
    text = f"{abs(value):,.{digits}f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text


def signed(value: float, digits: int = 0) -> str:
    """Return a difference with its sign; one that rounds to nothing has none."""
    text = number(value, digits)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def points(share: float | None) -> str:
    """Return a margin of error in percentage points, e.g. ``±2.9``."""
    return NOTHING if share is None else f"±{100 * share:.1f}"


def percent(share: float | None, digits: int = 0) -> str:
    """Return a share in per cent."""
    return NOTHING if share is None else f"{100 * share:.{digits}f} %"


def plural(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """Return parts as ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def short(text: str, limit: int) -> str:
    """Return a text cut to ``limit`` letters, the last one an ellipsis where something is cut.

    Marks that combine with a letter stay with it.
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    while end and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"
