"""Numbers, quantities, shares and dates as they are written in the language of the present run."""

from datetime import date

from ui.strings import _, present_language

_MARKS = {"ru": ("\N{NO-BREAK SPACE}", ",", "\N{NO-BREAK SPACE}%")}
"""Between thousands, before decimals, and the sign of per cent; English where none is named."""
_ENGLISH = (",", ".", "%")
_SHORT_DAYS = {"en": "%d %b"}
"""Charts know the months in English only; other languages write them as numbers."""
_NUMERIC_DAY = "%d.%m."


def number(value: float, digits: int = 0) -> str:
    """Return a number with ``digits`` decimals: ``10,033``, in Russian ``10 033``."""
    thousands, decimals, _per_cent = _MARKS.get(present_language(), _ENGLISH)
    text = f"{value:,.{digits}f}"
    return text.translate({ord(","): thousands, ord("."): decimals})


def amount(value: float, unit: str, digits: int = 0) -> str:
    """Return a number with its unit: ``6.5 h``, in Russian ``6,5 ч``.

    Parameters
    ----------
    unit
        ``s``, ``min``, ``h``, ``km``, ``kB`` or ``MB``; empty for a plain number.
    """
    said = number(value, digits)
    return f"{said} {unit_words(unit)}" if unit else said


def unit_words(unit: str) -> str:
    """Return the sign of a unit; one that is not known stands as it is."""
    known = {
        "s": _("s"),
        "min": _("min"),
        "h": _("h"),
        "km": _("km"),
        "kB": _("kB"),
        "MB": _("MB"),
    }
    return known.get(unit, unit)


def share(value: float, digits: int = 1) -> str:
    """Return a share between 0 and 1 in per cent: ``12.5%``, in Russian ``12,5 %``."""
    return number(value * 100, digits) + _MARKS.get(present_language(), _ENGLISH)[2]


def short_day() -> str:
    """Return the pattern of a day on the axis of a chart: ``20 Nov``, in Russian ``20.11.``."""
    return _SHORT_DAYS.get(present_language(), _NUMERIC_DAY)


def long_date(day: date) -> str:
    """Return a date as ``20 November 2022``, in Russian ``20 ноября 2022``."""
    return _("{day} {month} {year}").format(
        day=day.day, month=_months()[day.month - 1], year=day.year
    )


def _months() -> tuple[str, ...]:
    """Return the months in the form in which they stand in a date."""
    return (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )
