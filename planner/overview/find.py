"""Stations by a part of their id or name."""

from collections.abc import Iterable
from itertools import islice

from planner.domain.place import Station

MOST = 50
"""Stations that a search returns at most."""


def find_stations(stations: Iterable[Station], text: str, most: int = MOST) -> tuple[Station, ...]:
    """Return stations whose id or name holds ``text``, whatever the case.

    The exact id comes first, then ids and names that begin with it, then the others; each group
    in the order of ``stations``.

    Parameters
    ----------
    stations
        The stations to search.
    text
        What was typed; nothing is found for blanks.
    most
        How many are returned at most.
    """
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return ()
    groups: tuple[list[Station], list[Station], list[Station]] = ([], [], [])
    for station in stations:
        code, name = station.id.casefold(), station.name.casefold()
        if code == wanted:
            groups[0].append(station)
        elif code.startswith(wanted) or name.startswith(wanted):
            groups[1].append(station)
        elif wanted in code or wanted in name:
            groups[2].append(station)
    return tuple(islice((station for group in groups for station in group), most))
