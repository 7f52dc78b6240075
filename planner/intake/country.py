"""What the time zone database knows of a country: its zones, and a point for each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Zone:
    """A time zone of a country, with the principal place that gives it its name.

    ``lat`` and ``lon`` are in degrees.
    """

    name: str
    lat: float
    lon: float


def _degrees(text: str, digits: int) -> float:
    """Return ISO 6709 degrees: ``+4143`` or ``+044490`` with ``digits`` digits of degrees."""
    sign = -1.0 if text[0] == "-" else 1.0
    rest = text[1:]
    minutes, seconds = int(rest[digits : digits + 2]), int(rest[digits + 2 :] or 0)
    return sign * (int(rest[:digits]) + minutes / 60 + seconds / 3600)


@cache
def zones(country: str) -> tuple[Zone, ...]:
    """Return the time zones of a country, the most populous first where the database says so.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code; an unknown one has no zones.
    """
    text = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line.startswith(f"{country}\t"):
            _, point, name = line.split("\t")[:3]
            cut = max(point.rfind("+"), point.rfind("-"))
            found.append(Zone(name, _degrees(point[:cut], 2), _degrees(point[cut:], 3)))
    return tuple(found)


def zones_by_offset(country: str, day: date) -> dict[timedelta, tuple[str, ...]]:
    """Return the names of a country's time zones by their offset from UTC on a day."""
    noon = datetime.combine(day, time(12))
    found: dict[timedelta, tuple[str, ...]] = {}
    for zone in zones(country):
        offset = noon.replace(tzinfo=ZoneInfo(zone.name)).utcoffset() or timedelta()
        found[offset] = (*found.get(offset, ()), zone.name)
    return found
