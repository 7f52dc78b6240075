"""Somebody's list of polling stations becomes ``stations.csv``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.finding import Severity
from planner.domain.mission import Mission
from planner.domain.place import CoordinatePrecision, DataStatus, Town
from planner.errors import PlannerError
from planner.intake.known_districts import KnownDistricts
from planner.intake.ledger import Ledger
from planner.intake.placing import Whereabouts, place_stations
from planner.intake.station_districts import Naming, as_listed, by_nearest, match_known
from planner.intake.station_filter import drop_abroad, drop_notes
from planner.intake.station_ids import drop_repeated, free_ids, make_ids
from planner.intake.station_points import PLACEHOLDER_STATIONS, read_points
from planner.intake.station_values import (
    accepted_indices,
    read_counts,
    read_hours,
    read_kinds,
    read_settlements,
    read_voters,
)
from planner.intake.table import Table

HEADER = (
    *("id", "name", "district", "lat", "lon", "precision", "voters", "kind", "settlement"),
    *("opens", "closes", "commission", "status", "district_name", "region", "region_name"),
)
_COMPARED = ("name", "district", "lat", "lon", "coordinates", "voters", "locality", "count")


@dataclass(frozen=True)
class Surroundings:
    """What a folder already knows, against which a list is read.

    Parameters
    ----------
    mission
        The mission.
    districts
        Known districts, none at first.
    towns
        Known towns.
    commissions
        Ids of known commissions.
    """

    mission: Mission
    districts: KnownDistricts
    towns: tuple[Town, ...] = ()
    commissions: frozenset[str] = frozenset()


class _Columns:
    """Columns of a table by field; a field without a column is None, or blank where asked."""

    def __init__(self, table: Table, mapping: Mapping[str, str]) -> None:
        self.table = table
        self.mapping = mapping

    def get(self, field: str) -> list[str] | None:
        return self.table.column(self.mapping[field]) if field in self.mapping else None

    def blank(self, field: str) -> list[str]:
        cells = self.get(field)
        return cells if cells is not None else [""] * len(self.table)

    def several(self, *fields: str) -> dict[str, list[str] | None]:
        return {field: self.get(field) for field in fields}


def import_stations(
    table: Table, mapping: Mapping[str, str], around: Surroundings, ledger: Ledger
) -> list[list[object]]:
    """Return the rows of ``stations.csv``, in the order of :data:`HEADER`.

    Parameters
    ----------
    table
        The list.
    mapping
        Column of each field.
    around
        What the folder knows.
    ledger
        Is told everything about every row.

    Raises
    ------
    PlannerError
        ``IN-COLUMN`` if nothing tells a station's district.
    """
    columns = _Columns(table, mapping)
    drop_notes(table, ledger)
    naming = Naming(
        *(columns.blank(f) for f in ("district", "district_name", "region", "region_name"))
    )
    drop_abroad(
        columns.several("abroad", "country", "region", "region_name", "district", "district_name"),
        around.mission.country,
        ledger,
    )
    counts = read_counts(columns.get("count"), ledger)
    localities = columns.blank("locality")
    id_field = "id" if "id" in mapping else "number"
    ids = make_ids(
        columns.get(id_field),
        [a or b for a, b in zip(naming.district, naming.district_name, strict=True)],
        localities,
        accepted_indices(ledger),
        ledger,
    )
    compared = {field: columns.blank(field) for field in _COMPARED if field in mapping}
    drop_repeated(ids, compared, accepted_indices(ledger), ledger)
    lat, lon = read_points(
        columns.several("lat", "lon", "coordinates"),
        around.mission.country,
        around.districts,
        ledger,
    )
    districts = _districts(naming, around, lat, lon, ledger)
    regions = [
        around.districts.regions.get(code, "") or naming.region_of(i)
        for i, code in enumerate(districts)
    ]
    precision = place_stations(
        Whereabouts(districts, regions, localities),
        lat,
        lon,
        around.towns,
        around.districts.points,
        ledger,
    )
    _lower_crowded(lat, lon, precision, ledger)
    _require_districts(districts, ledger)
    opens, closes = read_hours(
        columns.get("opens"), columns.get("closes"), around.mission.hours, ledger
    )
    drafted = {
        "name": columns.blank("name"),
        "district": districts,
        "lat": [round(value, 7) for value in lat.tolist()],
        "lon": [round(value, 7) for value in lon.tolist()],
        "precision": precision.tolist(),
        "voters": read_voters(columns.get("voters"), ledger),
        "kind": read_kinds(columns.get("kind"), ledger),
        "settlement": read_settlements(columns.get("settlement"), localities, ledger),
        "opens": opens,
        "closes": closes,
        "commission": _commissions(columns.get("commission"), around, ledger),
        "status": [DataStatus.UNKNOWN] * len(table),
        "district_name": naming.district_name,
        "region": naming.region,
        "region_name": naming.region_name,
    }
    return _expanded(ids, counts, drafted, ledger)


def _districts(
    naming: Naming,
    around: Surroundings,
    lat: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    lon: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    ledger: Ledger,
) -> list[str]:
    if around.districts:
        return match_known(around.districts, naming, lat, lon, ledger)
    accepted = accepted_indices(ledger)
    districts = as_listed(naming, accepted)
    if accepted and not any(districts[i] for i in accepted):
        raise PlannerError(
            "IN-COLUMN",
            f"no column of {ledger.file} tells the district of a station",
            "name it with --map district=COLUMN, or import boundaries first: districts then "
            "follow from the coordinates",
        )
    by_nearest(districts, lat, lon, ledger)
    return districts


def _require_districts(districts: Sequence[str], ledger: Ledger) -> None:
    lost = [i for i in accepted_indices(ledger) if not districts[i]]
    ledger.set_aside(
        "IN-DISTRICT",
        "its district is not known and cannot be told from its point",
        lost,
        remedy="fill the district in the list, or bring boundaries that hold the point",
        column="district",
    )


def _lower_crowded(
    lat: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    lon: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    precision: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    ledger: Ledger,
) -> None:
    """Call points that very many stations share settlement points, not their own."""
    exact = np.flatnonzero(ledger.accepted & (precision == CoordinatePrecision.EXACT))
    if not exact.size:
        return
    spots = np.column_stack([lat[exact], lon[exact]])
    _, spot_of, sizes = np.unique(spots, axis=0, return_inverse=True, return_counts=True)
    crowded = exact[sizes[spot_of.ravel()] >= PLACEHOLDER_STATIONS]
    precision[crowded] = CoordinatePrecision.SETTLEMENT


def _commissions(
    cells: Sequence[str] | None, around: Surroundings, ledger: Ledger
) -> list[str | None]:
    """Return the commission of each row, None where it is none that the folder knows."""
    size = len(ledger.row_numbers)
    if cells is None:
        return [None] * size
    unknown = [
        i for i in accepted_indices(ledger) if cells[i] and cells[i] not in around.commissions
    ]
    ledger.note(
        "IN-COMMISSION",
        Severity.INFO,
        "the commission is not in commissions.csv; left blank, that of the district is used",
        unknown,
        values=cells,
        remedy="import commissions first, then the stations again",
        column="commission",
    )
    return [cell if cell in around.commissions else None for cell in cells]


def _expanded(
    ids: Sequence[str],
    counts: Sequence[int],
    drafted: Mapping[str, Sequence[object]],
    ledger: Ledger,
) -> list[list[object]]:
    """Return a row for each station; a row's voters are shared out evenly, the first get more."""
    accepted = accepted_indices(ledger)
    made = free_ids([ids[i] for i in accepted], [counts[i] for i in accepted])
    names = HEADER[1:]
    voters_at = HEADER.index("voters")
    status_at = HEADER.index("status")
    rows: list[list[object]] = []
    for i, identities in zip(accepted, made, strict=True):
        fields = [drafted[name][i] for name in names]
        for k, identity in enumerate(identities):
            row = [identity, *fields]
            voters = row[voters_at]
            if len(identities) > 1:
                row[status_at] = DataStatus.ESTIMATE
                if isinstance(voters, int):
                    share, rest = divmod(voters, len(identities))
                    row[voters_at] = share + (k < rest)
            rows.append(row)
    return rows
