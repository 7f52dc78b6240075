"""Local time by date and IANA zone.

Zone data comes from the ``tzdata`` package, never from the machine: an old machine does not know
that all of Kazakhstan went to UTC+5 on 2024-03-01, and the same mission must give the same plan
everywhere.
"""

import difflib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

_SUGGESTIONS = 3


class UnknownTimeZoneError(ValueError):
    """A name that is no IANA time zone.

    Parameters
    ----------
    name
        The name that was asked for.
    suggestions
        The nearest names that exist, best first; may be empty.
    """

    code = "CL-ZONE"

    def __init__(self, name: str, suggestions: Sequence[str]) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        nearest = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"Expected an IANA time zone such as 'Asia/Almaty', got {name!r}{nearest}")


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all IANA time zones."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(names.split())


@cache
def zone(name: str) -> ZoneInfo:
    """Return the time zone called ``name``.

    Raises
    ------
    UnknownTimeZoneError
        Expected an IANA time zone; the message suggests the nearest names.
    """
    if name not in time_zones():
        raise UnknownTimeZoneError(name, _nearest(name))
    file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with file.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


def local_datetime(day: date, at: time, time_zone: str) -> datetime:
    """Return the aware instant at which clocks of a zone show ``at`` on ``day``.

    The result carries the fixed UTC offset of that instant, so that documents show it. When clocks
    go forward and ``at`` is skipped, the result is as much later as the clocks went forward (02:30
    becomes 03:30 of the new time). When clocks go back and ``at`` comes twice, it is the first
    time, or the second if ``at.fold`` is 1.

    Parameters
    ----------
    day
        Calendar day in the zone.
    at
        Wall-clock time in the zone, without a time zone of its own.
    time_zone
        IANA name, e.g. ``Asia/Almaty``.

    Raises
    ------
    ValueError
        Expected a time without a time zone.
    UnknownTimeZoneError
        Expected an IANA time zone.
    """
    if at.tzinfo is not None:
        msg = f"Expected a time without a time zone of its own, got {at.isoformat()}."
        raise ValueError(msg)
    local_zone = zone(time_zone)
    # A skipped time is read with fold 0, whose offset is the one before the change; the way
    # through UTC then lands behind the gap. fold=1 would land before it.
    wall = datetime.combine(day, at, tzinfo=local_zone)
    if _skipped(wall):
        wall = wall.replace(fold=0)
    return to_local(wall, time_zone)


def to_local(instant: datetime, time_zone: str) -> datetime:
    """Return the same instant as clocks of ``time_zone`` show it, with the fixed offset.

    Raises
    ------
    ValueError
        Expected an aware datetime.
    UnknownTimeZoneError
        Expected an IANA time zone.
    """
    if instant.utcoffset() is None:
        msg = f"Expected a datetime with a UTC offset, got {instant.isoformat()}."
        raise ValueError(msg)
    local = instant.astimezone(UTC).astimezone(zone(time_zone))
    return local.replace(tzinfo=timezone(_offset(local)), fold=0)


def utc_offset_s(day: date, time_zone: str, at: time = time(12)) -> int:
    """Return local time minus UTC in seconds, on ``day`` at ``at`` (noon unless told otherwise).

    Raises
    ------
    UnknownTimeZoneError
        Expected an IANA time zone.
    """
    return int(_offset(local_datetime(day, at, time_zone)).total_seconds())


def _offset(local: datetime) -> timedelta:
    offset = local.utcoffset()
    if offset is None:  # never for a datetime of a zone
        msg = f"Expected a datetime with a UTC offset, got {local.isoformat()}."
        raise ValueError(msg)
    return offset


def _skipped(wall: datetime) -> bool:
    back = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return back.replace(tzinfo=None) != wall.replace(tzinfo=None)


def _nearest(name: str) -> list[str]:
    """Compare without case, with the whole name and with its last part (``almaty``)."""
    wanted = name.strip().lower().replace(" ", "_")
    spelled: dict[str, list[str]] = {}
    for known in sorted(time_zones()):
        for key in {known.lower(), known.lower().rsplit("/", 1)[-1]}:
            spelled.setdefault(key, []).append(known)
    keys = difflib.get_close_matches(wanted, sorted(spelled), n=_SUGGESTIONS, cutoff=0.6)
    if not keys:
        last = wanted.rsplit("/", 1)[-1]
        keys = difflib.get_close_matches(last, sorted(spelled), n=_SUGGESTIONS, cutoff=0.6)
    return list(dict.fromkeys(known for key in keys for known in spelled[key]))[:_SUGGESTIONS]
