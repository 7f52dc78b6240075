"""Somebody's list of towns or commissions becomes ``towns.csv`` or ``commissions.csv``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.domain.finding import Severity
from planner.domain.place import CommissionLevel, DataStatus
from planner.intake.coordinate_text import Floats
from planner.intake.figures import whole_number
from planner.intake.known_districts import KnownDistricts
from planner.intake.ledger import Ledger
from planner.intake.station_districts import Naming, match_known
from planner.intake.station_filter import drop_notes
from planner.intake.station_ids import drop_repeated, make_ids
from planner.intake.station_points import read_points
from planner.intake.station_values import accepted_indices, has_word
from planner.intake.table import Table

HEADERS = {
    "towns": ("id", "name", "district", "lat", "lon", "beds", "population", "status"),
    "commissions": ("id", "name", "level", "district", "lat", "lon", "status"),
}
NEAR_STATION_KM = 50.0
"""A place within this distance of a station belongs to that station's district, failing better."""


@dataclass(frozen=True)
class Known:
    """What the folder knows when towns or commissions come in.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code of the host country.
    districts
        Known districts, from ``districts.csv``, boundaries or else the stations.
    station_points, station_districts
        Shape (n, 2) in degrees, and the district of each: they stand in for boundaries.
    """

    country: str
    districts: KnownDistricts
    station_points: Floats = field(default_factory=lambda: np.empty((0, 2)))
    station_districts: tuple[str, ...] = ()


def import_places(
    kind: str, table: Table, mapping: Mapping[str, str], known: Known, ledger: Ledger
) -> list[list[object]]:
    """Return the rows of ``towns.csv`` or ``commissions.csv``, in the order of :data:`HEADERS`."""
    size = len(table)

    def blank(name: str) -> list[str]:
        return table.column(mapping[name]) if name in mapping else [""] * size

    def given(name: str) -> list[str] | None:
        return blank(name) if name in mapping else None

    drop_notes(table, ledger)
    naming = Naming(blank("district"), [""] * size, [""] * size, [""] * size)
    ids = make_ids(given("id"), naming.district, blank("name"), accepted_indices(ledger), ledger)
    compared = {name: blank(name) for name in ("name", "district", "lat", "lon") if name in mapping}
    drop_repeated(ids, compared, accepted_indices(ledger), ledger)
    points = {name: given(name) for name in ("lat", "lon", "coordinates")}
    lat, lon = read_points(points, known.country, known.districts, ledger)
    districts = match_known(known.districts, naming, lat, lon, ledger)
    _by_station(districts, lat, lon, known, ledger)
    lost = [i for i in accepted_indices(ledger) if not districts[i]]
    ledger.set_aside(
        "IN-DISTRICT",
        "its district is not known and cannot be told from its point",
        lost,
        values=naming.district,
        remedy="import stations or boundaries first, or fill the district",
        column="district",
    )
    _place(kind, districts, lat, lon, known, ledger)
    rows = _rows(kind, ids, blank, ledger)
    names = HEADERS[kind]
    for i, row in rows.items():
        row[names.index("district")] = districts[i]
        row[names.index("lat")] = round(float(lat[i]), 7)
        row[names.index("lon")] = round(float(lon[i]), 7)
    return list(rows.values())


def _by_station(
    districts: list[str], lat: Floats, lon: Floats, known: Known, ledger: Ledger
) -> None:
    """Give a place without a district that of the nearest station, in place."""
    lost = [i for i in accepted_indices(ledger) if not districts[i] and np.isfinite(lat[i])]
    if not lost or not known.station_districts:
        return
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy import

    squeeze = [1.0, float(np.cos(np.radians(np.median(known.station_points[:, 0]))))]
    tree = cKDTree(known.station_points * squeeze)
    away, nearest = tree.query(np.column_stack([lat[lost], lon[lost]]) * squeeze)
    found = []
    for i, distance, position in zip(
        lost, np.atleast_1d(away), np.atleast_1d(nearest), strict=True
    ):
        if distance * 111.195 <= NEAR_STATION_KM:
            districts[i] = known.station_districts[int(position)]
            found.append(i)
    ledger.note(
        "IN-DISTRICT",
        Severity.INFO,
        "the district is that of the nearest station",
        found,
        column="district",
    )


def _place(
    kind: str, districts: Sequence[str], lat: Floats, lon: Floats, known: Known, ledger: Ledger
) -> None:
    """Put commissions without a point at the point of their district; towns are set aside."""
    pending = [i for i in accepted_indices(ledger) if not np.isfinite(lat[i])]
    if kind == "commissions":
        for i in pending:
            lat[i], lon[i] = known.districts.points[districts[i]]
        ledger.note(
            "IN-PLACED",
            Severity.SOFT,
            "no usable point: put at the middle of its district",
            pending,
            remedy="bring coordinates of the commission",
        )
    else:
        ledger.set_aside(
            "IN-NO-PLACE",
            "a town without a point is no use",
            pending,
            remedy="bring coordinates of the town",
            column="lat, lon",
        )


def _rows(
    kind: str,
    ids: Sequence[str],
    blank: Callable[[str], list[str]],
    ledger: Ledger,
) -> dict[int, list[object]]:
    names = HEADERS[kind]
    figures = {name: blank(name) for name in ("beds", "population") if name in names}
    for name, cells in figures.items():
        wrong = [
            i
            for i in accepted_indices(ledger)
            if (cells[i] and (whole_number(cells[i]) or 0) < 0)
            or (cells[i] and whole_number(cells[i]) is None)
        ]
        ledger.note(
            "IN-FIGURE",
            Severity.SOFT,
            f"{name} cannot be read; left unknown",
            wrong,
            values=cells,
            remedy="write a whole number, 0 or more",
            column=name,
        )
    texts = blank("name")
    levels = blank("level")
    rows: dict[int, list[object]] = {}
    for i in accepted_indices(ledger):
        values: dict[str, object] = {
            "id": ids[i],
            "name": texts[i] or ids[i],
            "level": _level(levels[i]),
            "status": DataStatus.UNKNOWN,
        }
        for name, cells in figures.items():
            number = whole_number(cells[i]) if cells[i] else None
            values[name] = number if number is not None and number >= 0 else None
        rows[i] = [values.get(name) for name in names]
    return rows


def _level(text: str) -> CommissionLevel:
    return CommissionLevel.DEC if has_word(text, "dec") else CommissionLevel.TEC
