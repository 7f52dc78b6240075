"""The routing engines that a server may run: what each is asked, and how its answer is checked.

The requests themselves are made by ``routingpy``. The limits are the engines' own defaults: OSRM
``--max-table-size 100`` (squared), Valhalla ``max_matrix_location_pairs 2500``, openrouteservice
``maximum_routes 2500``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Engine:
    """A routing engine.

    Parameters
    ----------
    name
        As ``policies.travel.server`` spells it.
    client
        Name of its class in ``routingpy``.
    profile
        What it calls driving a car.
    block
        Most origins, and most destinations, of one request.
    needs_key
        Whether a key is sent if there is one.
    no_way
        What its refusal of a whole request contains when one place has no road.
    options
        Further arguments of its matrix request.
    """

    name: str
    client: str
    profile: str
    block: int
    needs_key: bool
    no_way: tuple[str, ...]
    options: Mapping[str, Any]


_KNOWN = (
    Engine(
        name="osrm",
        client="OSRM",
        profile="driving",
        block=100,
        needs_key=False,
        no_way=("NoSegment", "NoTable"),
        options={},
    ),
    Engine(
        name="valhalla",
        client="Valhalla",
        profile="auto",
        block=50,
        needs_key=False,
        no_way=("No suitable edges near location", "No path could be found"),
        options={},
    ),
    Engine(
        name="openrouteservice",
        client="ORS",
        profile="driving-car",
        block=50,
        needs_key=True,
        no_way=("Could not find routable point",),
        options={"metrics": ["duration", "distance"], "units": "m"},
    ),
)
ENGINES = {engine.name: engine for engine in _KNOWN}


def numbers(rows: object, shape: tuple[int, int], what: str) -> npt.NDArray[np.float64]:
    """Return a table of an answer as floats, NaN where the engine says null.

    Raises
    ------
    ValueError
        Expected rows and columns as asked, of numbers from 0 or null; says what came instead.
    """
    if not isinstance(rows, list) or len(rows) != shape[0]:
        msg = f"Expected {shape[0]} rows of {what}, got {_short(rows)}."
        raise ValueError(msg)
    table = np.full(shape, np.nan)
    for index, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != shape[1]:
            msg = f"Expected {shape[1]} {what} in row {index}, got {_short(row)}."
            raise ValueError(msg)
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
                msg = f"Expected {what} from 0 or null, got {_short(value)}."
                raise ValueError(msg)
            table[index, column] = value
    return table


def snap_m(raw: object, side: str, count: int) -> npt.NDArray[np.float64]:
    """Return how far the engine moved each place to a road, in metres; 0 where it does not say.

    Parameters
    ----------
    raw
        The engine's whole answer.
    side
        ``"sources"`` or ``"destinations"``.
    count
        How many places were asked on this side.
    """
    found = np.zeros(count)
    places = raw.get(side) if isinstance(raw, Mapping) else None
    if not isinstance(places, Sequence) or len(places) != count:
        return found
    for index, place in enumerate(places):
        if isinstance(place, Mapping):
            value = place.get("distance", place.get("snapped_distance"))
            if isinstance(value, int | float):
                found[index] = value
    return found


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
