"""Brings somebody's list into a mission folder, and accounts for every row."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from planner.domain.finding import Finding
from planner.domain.mission import Mission
from planner.domain.observer import Role
from planner.domain.place import Commission, Station, Town
from planner.errors import InputError, PlannerError
from planner.export.atomic import write_text
from planner.intake.boundaries import import_boundaries
from planner.intake.boundary_file import REGION_BOUNDARIES
from planner.intake.column_maps import recall, remember
from planner.intake.derive import derive_districts
from planner.intake.guess import guess, is_known, resolve
from planner.intake.known_districts import KnownDistricts, read_known_districts
from planner.intake.ledger import Ledger
from planner.intake.mission_file import read_mission
from planner.intake.observers import HEADER as OBSERVER_HEADER
from planner.intake.observers import import_observers, language_columns
from planner.intake.places import HEADERS as PLACE_HEADERS
from planner.intake.places import Known, import_places
from planner.intake.private import find_private, private_findings, refuse_mapped
from planner.intake.read_table import read_table
from planner.intake.records import find_file, read_records
from planner.intake.report import ImportReport, write_findings, write_rejected, write_rows
from planner.intake.station_rows import BESIDE
from planner.intake.stations import HEADER as STATION_HEADER
from planner.intake.stations import Surroundings, import_stations
from planner.intake.table import Table
from planner.intake.zipped import is_zipped, unzip_boundaries

Level = Literal["district", "region"]
Kind = Literal["stations", "observers", "boundaries", "towns", "commissions"]
FINDINGS_FILE = "import_findings.csv"
_NOT_DISTRICTS = ("id", "number", "lat", "lon", "coordinates", "voters", "count", "name")


def import_file(  # noqa: PLR0913 - the options of one command
    kind: Kind,
    file: Path,
    folder: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    role: Role | None = None,
    layer: str | None = None,
    crs: str | None = None,
    level: Level = "district",
) -> ImportReport:
    """Bring a list into a mission folder as a normalised file.

    Parameters
    ----------
    kind
        What the list holds.
    file
        CSV in any encoding, XLSX, ODS or XLS; for boundaries GeoPackage, GeoJSON or Shapefile,
        also zipped.
    folder
        Mission folder with its ``mission.toml``.
    mapping
        Column by field where the guess is wrong; an empty column name means: none. It is
        remembered for lists with the same header.
    encoding, sheet
        Encoding of a text file, sheet of a workbook; found out by default.
    role
        Role of everybody on a roster without a column for it.
    layer, crs
        Layer and coordinate system of boundaries, where the file leaves them open.
    level
        What boundaries outline: districts, or whole regions where the districts follow from the
        stations.

    Raises
    ------
    PlannerError
        If the file cannot be read, a column does not exist, or no row can be used.
    """
    if kind not in get_args(Kind):
        raise PlannerError(
            "IN-KIND", f"there is no kind of list {kind!r}", f"use {', '.join(get_args(Kind))}"
        )
    mission = _mission(folder)
    named = dict(mapping or {})
    if kind == "boundaries":
        return _boundaries(file, folder, named, layer, crs, level)
    table = read_table(
        file, known=lambda cell: is_known(kind, cell), encoding=encoding, sheet=sheet
    )
    header = table.header
    private = find_private(kind, table)
    fixed = resolve(kind, table, {**_remembered(folder, kind, table), **named})
    refuse_mapped(fixed, private)
    others = [*table.findings, *private_findings(table, private)]
    table = _without(table, private.all)
    used = guess(kind, table, fixed)
    districts = KnownDistricts() if kind == "observers" else read_known_districts(folder)
    if districts:
        used = _known_district_column(table, used, fixed, districts)
    ledger = Ledger(table.file, table.row_numbers)
    rows, out_header = _convert(kind, table, used, folder, mission, districts, ledger, role)
    unused = [name for name in table.header if name not in used.values()]
    if kind == "observers":
        unused = [n for n in unused if n not in language_columns(table, used).values()]
    written = [write_rows(folder / f"{kind}.csv", out_header, rows)] if rows else []
    written += _write_account(folder, kind, table, used, ledger, others)
    if named:
        kept = {**recall(folder, kind, header), **resolve(kind, _headed(table, header), named)}
        written.append(remember(folder, kind, header, kept))
    report = _report(kind, file, table, ledger, rows, used, tuple(unused), others, written)
    if not rows:
        raise InputError(
            f"no row of {file.name} can be used: {len(table)} in, {report.set_aside} set aside",
            report.findings,
            remedy=f"see {folder / FINDINGS_FILE}; name columns with --map FIELD=COLUMN",
        )
    return report


def _headed(table: Table, header: tuple[str, ...]) -> Table:
    """Return an empty table with a header, to look column names up in."""
    return Table(header, [[] for _ in header], [], table.file)


def _mission(folder: Path) -> Mission:
    findings: list[Finding] = []
    mission = read_mission(folder / "mission.toml", findings)
    if mission is None:
        raise InputError(
            f"{folder} is no mission folder yet, or its mission.toml has faults",
            findings,
            remedy="create it with `mission-planner new DIR --country XX --e-day YYYY-MM-DD`",
        )
    return mission


def _remembered(folder: Path, kind: str, table: Table) -> dict[str, str]:
    """Return columns named in an earlier import, as far as this list has them."""
    known = recall(folder, kind, table.header)
    return {f: column for f, column in known.items() if not column or column in table.header}


def _without(table: Table, names: frozenset[str]) -> Table:
    kept = [i for i, name in enumerate(table.header) if name not in names]
    return Table(
        header=tuple(table.header[i] for i in kept),
        columns=[table.columns[i] for i in kept],
        row_numbers=table.row_numbers,
        file=table.file,
        findings=table.findings,
    )


def _known_district_column(
    table: Table, used: dict[str, str], fixed: Mapping[str, str], districts: KnownDistricts
) -> dict[str, str]:
    """Prefer the column that names the known districts, whatever it is called."""
    if "district" in fixed:
        return used
    current = used.get("district")
    best, column = districts.share_found(table.column(current)) if current else 0.0, current
    taken = {used.get(field) for field in _NOT_DISTRICTS}
    for name in table.header:
        if name not in taken and name != current:
            share = districts.share_found(table.column(name))
            if share > max(best, 0.5):
                best, column = share, name
    if column is None or column == current:
        return used
    changed = {field: name for field, name in used.items() if name != column or field in fixed}
    return {"district": column, **{f: n for f, n in changed.items() if f != "district"}}


def _convert(
    kind: str,
    table: Table,
    used: Mapping[str, str],
    folder: Path,
    mission: Mission,
    districts: KnownDistricts,
    ledger: Ledger,
    role: Role | None,
) -> tuple[list[list[object]], tuple[str, ...]]:
    ignored: list[Finding] = []
    if kind == "observers":
        return import_observers(table, used, ledger, role), OBSERVER_HEADER
    if kind == "stations":
        towns = read_records(find_file(folder, "towns"), Town, ignored)
        commissions = read_records(find_file(folder, "commissions"), Commission, ignored)
        around = Surroundings(
            mission=mission,
            districts=districts,
            towns=towns.values,
            commissions=frozenset(str(record.id) for record in commissions.values),
        )
        return import_stations(table, used, around, ledger), STATION_HEADER
    known = _known_places(folder, mission, districts)
    return import_places(kind, table, used, known, ledger), PLACE_HEADERS[kind]


def _known_places(folder: Path, mission: Mission, districts: KnownDistricts) -> Known:
    """Return known districts; where no file names any, those of the stations."""
    ignored: list[Finding] = []
    stations = read_records(find_file(folder, "stations"), Station, ignored, beside=BESIDE)
    if not districts and stations.values:
        derived, _ = derive_districts(stations, {}, mission)
        districts = KnownDistricts(
            names={d.id: d.name for d in derived},
            regions={d.id: d.region for d in derived},
            points={d.id: (d.lat, d.lon) for d in derived},
        )
    points = np.array([(s.lat, s.lon) for s in stations.values], dtype=np.float64).reshape(-1, 2)
    return Known(mission.country, districts, points, tuple(s.district for s in stations.values))


def _write_account(
    folder: Path,
    kind: str,
    table: Table,
    used: dict[str, str],
    ledger: Ledger,
    others: list[Finding],
) -> list[Path]:
    rejected = write_rejected(folder / f"rejected_{kind}.csv", table, used, ledger)
    written = [rejected] if rejected else []
    return [*written, write_findings(folder / FINDINGS_FILE, ledger, others)]


def _report(  # noqa: PLR0913, PLR0917 - a report is made of these parts
    kind: str,
    file: Path,
    table: Table,
    ledger: Ledger,
    rows: list[list[object]],
    used: dict[str, str],
    unused: tuple[str, ...],
    others: list[Finding],
    written: list[Path],
) -> ImportReport:
    accepted = int(ledger.accepted.sum())
    return ImportReport(
        kind=kind,
        file=file.name,
        rows_in=len(table),
        accepted=accepted,
        set_aside=len(ledger.reasons),
        records_out=len(rows),
        mapping=used,
        unused=unused,
        findings=(*others, *ledger.summary()),
        written=tuple(written),
    )


def _boundaries(
    file: Path,
    folder: Path,
    named: dict[str, str],
    layer: str | None,
    crs: str | None,
    level: Level,
) -> ImportReport:
    if file.is_file() and is_zipped(file):
        with tempfile.TemporaryDirectory(prefix="mission-planner-unzip-") as scratch:
            inner, inside = unzip_boundaries(file, Path(scratch), layer)
            ledger, used, text, districts = import_boundaries(inner, named, layer=inside, crs=crs)
    else:
        ledger, used, text, districts = import_boundaries(file, named, layer=layer, crs=crs)
    stem = "boundaries" if level == "district" else REGION_BOUNDARIES
    path = folder / f"{stem}.geojson"
    write_text(path, text + "\n")
    table = Table((), [], list(ledger.row_numbers), file.name)
    written = [path, *_write_account(folder, "boundaries", table, {}, ledger, [])]
    report = _report("boundaries", file, table, ledger, [], used, (), [], written)
    return replace(report, records_out=districts)
