"""Numbers, shares and dates as they are written in the language of the present run."""

from datetime import date

from ui.strings import _, present_language

_MARKS = {"ru": ("\N{NO-BREAK SPACE}", ",", "\N{NO-BREAK SPACE}%")}
"""Between thousands, before decimals, and the sign of per cent; English where none is named."""
_ENGLISH = (",", ".", "%")


def number(value: float, digits: int = 0) -> str:
    """Return a number with ``digits`` decimals: ``10,033``, in Russian ``10 033``."""
    thousands, decimals, _per_cent = _MARKS.get(present_language(), _ENGLISH)
    text = f"{value:,.{digits}f}"
    return text.translate({ord(","): thousands, ord("."): decimals})


def share(value: float, digits: int = 1) -> str:
    """Return a share between 0 and 1 in per cent: ``12.5%``, in Russian ``12,5 %``."""
    return number(value * 100, digits) + _MARKS.get(present_language(), _ENGLISH)[2]


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
