"""Where a station without a point is put: its settlement, its district, its region."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from planner.domain.finding import Severity
from planner.domain.place import CoordinatePrecision, Town
from planner.intake.coordinate_text import Floats
from planner.intake.ledger import Ledger
from planner.intake.station_rows import Point
from planner.intake.words import place_key


@dataclass(frozen=True)
class Whereabouts:
    """What is known of the place of each row; empty text where nothing is.

    Parameters
    ----------
    district, region
        Ids.
    locality
        Name of the settlement.
    address
        Address or name of the station, in which a settlement may be named.
    """

    district: Sequence[str]
    region: Sequence[str]
    locality: Sequence[str]


Key = tuple[str, ...]


def _middles(keys: Sequence[Key], lat: Floats, lon: Floats) -> dict[Key, Point]:
    """Return the median point of the rows with a point, by key without empty parts."""
    members: dict[Key, list[int]] = defaultdict(list)
    for i in np.flatnonzero(np.isfinite(lat)).tolist():
        if all(keys[i]):
            members[keys[i]].append(i)
    return {
        key: (float(median(lat[rows].tolist())), float(median(lon[rows].tolist())))
        for key, rows in members.items()
    }


def _town_points(towns: Sequence[Town]) -> tuple[dict[Key, Point], dict[Key, Point]]:
    """Return town points by (district, name), and by name alone where only one has it."""
    inside: dict[Key, Point] = {
        (str(town.district), place_key(town.name)): (town.lat, town.lon) for town in towns
    }
    names: dict[str, list[Point]] = defaultdict(list)
    for town in towns:
        names[place_key(town.name)].append((town.lat, town.lon))
    return inside, {(name,): points[0] for name, points in names.items() if len(points) == 1}


def place_stations(
    where: Whereabouts,
    lat: Floats,
    lon: Floats,
    towns: Sequence[Town],
    district_points: Mapping[str, Point],
    ledger: Ledger,
) -> npt.NDArray[np.object_]:
    """Put rows without a point somewhere, in place, and return the precision of all points.

    Tried in this order: the town of that name in the district, then anywhere; other stations of
    the same settlement; the stations of the district, or its own point; the stations of the
    region. What can be put nowhere is set aside.

    Returns
    -------
    array of CoordinatePrecision
    """
    size = len(lat)
    precision = np.full(size, CoordinatePrecision.EXACT, dtype=object)
    pending = [i for i in range(size) if ledger.accepted[i] and not np.isfinite(lat[i])]
    if not pending:
        return precision
    localities = [place_key(name) for name in where.locality]
    settlements = list(zip(where.district, localities, strict=True))
    in_district, anywhere = _town_points(towns)
    of_district: dict[Key, Point] = {(code,): point for code, point in district_points.items()}
    districts = [(code,) for code in where.district]
    regions = [(code,) for code in where.region]
    of_district |= _middles(districts, lat, lon)
    steps: list[tuple[CoordinatePrecision, str, Sequence[Key], Mapping[Key, Point]]] = [
        (CoordinatePrecision.SETTLEMENT, "town of its district", settlements, in_district),
        (
            CoordinatePrecision.SETTLEMENT,
            "other stations of its settlement",
            settlements,
            _middles(settlements, lat, lon),
        ),
        (
            CoordinatePrecision.SETTLEMENT,
            "only town of that name",
            [(name,) for name in localities],
            anywhere,
        ),
        (CoordinatePrecision.DISTRICT, "middle of its district", districts, of_district),
        (CoordinatePrecision.REGION, "middle of its region", regions, _middles(regions, lat, lon)),
    ]
    for level, what, keys, points in steps:
        found = [i for i in pending if all(keys[i]) and keys[i] in points]
        for i in found:
            lat[i], lon[i] = points[keys[i]]
            precision[i] = level
        ledger.note(
            "IN-PLACED",
            Severity.SOFT,
            f"no usable point: put at the {what}, precision {level.value}",
            found,
            values=[" / ".join(key) for key in keys],
            remedy="bring coordinates, or import towns with the settlements first",
        )
        placed = set(found)
        pending = [i for i in pending if i not in placed]
    ledger.set_aside(
        "IN-NO-PLACE",
        "neither coordinates nor a settlement or district with a known place",
        pending,
        values=[
            " / ".join(part for part in (a, b) if part)
            for a, b in zip(where.district, where.locality, strict=True)
        ],
        remedy="import boundaries or towns (with this settlement) first, then import again",
    )
    return precision
