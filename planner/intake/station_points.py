"""Points of a station list, with everything said about those that cannot be believed."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from planner.domain.finding import Severity
from planner.intake.coordinate_text import Floats, degree_column, pair_columns
from planner.intake.known_districts import KnownDistricts
from planner.intake.ledger import Ledger
from planner.intake.points import Judged, PointState, judge_points
from planner.intake.station_values import accepted_indices

PLACEHOLDER_STATIONS = 25
"""So many stations on one point share somebody's placeholder, not a building."""

_SAID = {
    PointState.MISSING: (Severity.SOFT, "there are no coordinates"),
    PointState.UNREADABLE: (Severity.SOFT, "the coordinates cannot be read"),
    PointState.ZERO: (Severity.SOFT, "the coordinates are (0, 0)"),
    PointState.IMPOSSIBLE: (Severity.SOFT, "no such place: latitude beyond 90 or longitude 180"),
    PointState.OUTSIDE: (Severity.SOFT, "the point is outside the country"),
    PointState.SWAPPED: (
        Severity.SOFT,
        "latitude and longitude are exchanged in this row; put right",
    ),
}


def read_points(
    cells: dict[str, list[str] | None],
    country: str,
    known: KnownDistricts,
    ledger: Ledger,
) -> tuple[Floats, Floats]:
    """Return latitudes and longitudes, NaN where there is no point that can be believed.

    Parameters
    ----------
    cells
        Columns ``lat`` and ``lon``, or ``coordinates``; None where a list has none.
    country
        ISO 3166-1 alpha-2 code of the host country.
    known
        Districts of the folder; their outlines say where the country is.
    ledger
        Is told what was found.
    """
    size = len(ledger.row_numbers)
    lat_cells, lon_cells, pairs = cells["lat"], cells["lon"], cells["coordinates"]
    if lat_cells is not None and lon_cells is not None:
        lat, lon = degree_column(lat_cells), degree_column(lon_cells)
        texts = [f"{a}, {b}" for a, b in zip(lat_cells, lon_cells, strict=True)]
        filled = np.array([bool(a and b) for a, b in zip(lat_cells, lon_cells, strict=True)])
    elif pairs is not None:
        lat, lon = pair_columns(pairs)
        texts, filled = pairs, np.array([bool(cell) for cell in pairs])
    else:
        return np.full(size, np.nan), np.full(size, np.nan)
    lat[~ledger.accepted] = np.nan
    lon[~ledger.accepted] = np.nan
    country_of = known.polygons or known.region_polygons
    outlines = {code: polygon.geometry for code, polygon in country_of.items()}
    judged = judge_points(lat, lon, filled.astype(bool), country=country, polygons=outlines)
    _tell(judged, texts, ledger)
    _tell_shared(judged, ledger)
    return judged.lat, judged.lon


def _tell(judged: Judged, texts: Sequence[str], ledger: Ledger) -> None:
    accepted = accepted_indices(ledger)
    if judged.all_swapped:
        ledger.note_list(
            "IN-SWAPPED",
            Severity.SOFT,
            "the columns of latitude and longitude have each other's name; all were exchanged",
            value=next((texts[i] for i in accepted if texts[i]), ""),
            remedy="check a few points on a map",
        )
    for state, (severity, message) in _SAID.items():
        cases = np.flatnonzero(ledger.accepted & (judged.state == int(state))).tolist()
        code = "IN-SWAPPED" if state is PointState.SWAPPED else "IN-POINT"
        ledger.note(
            code,
            severity,
            message,
            cases,
            values=texts,
            remedy="correct the coordinates in the list",
            column="lat, lon",
        )


def _tell_shared(judged: Judged, ledger: Ledger) -> None:
    """Tell of points that several stations share: a school with many rooms, or a placeholder."""
    groups: dict[tuple[float, float], list[int]] = defaultdict(list)
    for i in accepted_indices(ledger):
        if np.isfinite(judged.lat[i]):
            groups[float(judged.lat[i]), float(judged.lon[i])].append(i)
    shared = {point: rows for point, rows in groups.items() if len(rows) > 1}
    texts = [
        f"{a:.6f}, {b:.6f}" for a, b in zip(judged.lat.tolist(), judged.lon.tolist(), strict=True)
    ]
    ordinary = {p: rows for p, rows in shared.items() if len(rows) < PLACEHOLDER_STATIONS}
    crowded = {p: rows for p, rows in shared.items() if len(rows) >= PLACEHOLDER_STATIONS}
    ledger.note(
        "IN-SHARED",
        Severity.INFO,
        f"stations share {len(ordinary)} points with one another (several in one building?)",
        [i for rows in ordinary.values() for i in rows],
        values=texts,
    )
    ledger.note(
        "IN-SHARED",
        Severity.SOFT,
        f"{PLACEHOLDER_STATIONS} or more stations stand on each of {len(crowded)} point(s): "
        "probably the middle of a town and not their own place",
        [i for rows in crowded.values() for i in rows],
        values=texts,
        remedy="bring better coordinates, or expect longer ways on the day",
    )
