"""Writes the normalised files of a mission folder: ``mission.toml``, CSV tables, boundaries.

The same records always give the same bytes: columns have a fixed order, lines end with a line
feed, and nothing depends on a clock or a locale.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.decision import Decision
from planner.domain.ids import DistrictId, RegionId
from planner.domain.mission import Mission
from planner.domain.observer import Observer
from planner.domain.place import Adjacency, Commission, District, Region, Station, Town
from planner.export.atomic import write_text

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def cell(value: object) -> str:
    """Return ``value`` as the text of a CSV cell.

    Texts that a spreadsheet would run as a formula (first character ``=``, ``+``, ``-`` or ``@``)
    get a leading apostrophe; numbers keep their sign. None becomes the empty cell, truth ``yes``
    or ``no``, a time ``HH:MM``.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return repr(value)
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a UTF-8 CSV table with its header in row 1.

    Parameters
    ----------
    path
        File to write; an existing one is replaced.
    header
        Column names.
    rows
        Values in the order of ``header``, written by :func:`cell`.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    write_text(path, buffer.getvalue())


def write_regions(regions: Iterable[Region], path: Path) -> None:
    """Write ``regions.csv``."""
    header = ("id", "name", "name_local", "time_zone", "languages")
    write_table(
        path,
        header,
        ((r.id, r.name, r.name_local, r.time_zone, " ".join(r.languages)) for r in regions),
    )


def write_districts(districts: Iterable[District], path: Path) -> None:
    """Write ``districts.csv``."""
    header = ("id", "name", "region", "lat", "lon", "status")
    write_table(path, header, ((d.id, d.name, d.region, d.lat, d.lon, d.status) for d in districts))


def write_adjacency(adjacency: Iterable[Adjacency], path: Path) -> None:
    """Write ``adjacency.csv``: explicit extra neighbours with their reasons."""
    write_table(path, ("a", "b", "reason"), ((pair.a, pair.b, pair.reason) for pair in adjacency))


def write_stations(stations: Iterable[Station], path: Path) -> None:
    """Write ``stations.csv``."""
    header = (
        "id name district lat lon precision voters kind settlement opens closes commission status"
    )
    columns = header.split()
    write_table(path, columns, (_fields(station, columns) for station in stations))


def write_towns(towns: Iterable[Town], path: Path) -> None:
    """Write ``towns.csv``."""
    header = ("id", "name", "district", "lat", "lon", "beds", "population", "status")
    write_table(path, header, (_fields(town, header) for town in towns))


def write_commissions(commissions: Iterable[Commission], path: Path) -> None:
    """Write ``commissions.csv``."""
    header = ("id", "name", "level", "district", "lat", "lon", "status")
    write_table(path, header, (_fields(commission, header) for commission in commissions))


def write_observers(observers: Iterable[Observer], path: Path) -> None:
    """Write ``observers.csv``; languages as ``en:C1 ru:B2``, flags separated by spaces."""
    header = [
        "id",
        "role",
        "state",
        "languages",
        "experience",
        "gender",
        "available_from",
        "available_to",
        "accredited",
        "reserve",
        "restrictions",
    ]
    rows = (
        (
            o.id,
            o.role,
            o.state,
            " ".join(f"{skill.language}:{skill.level}" for skill in o.languages),
            o.experience,
            o.gender,
            o.available_from,
            o.available_to,
            o.accredited,
            o.reserve,
            " ".join(o.restrictions),
        )
        for o in observers
    )
    write_table(path, header, rows)


def write_boundaries(
    districts: Iterable[District],
    polygons: Mapping[DistrictId, "BaseGeometry"],
    region_names: Mapping[RegionId, str],
    path: Path,
) -> None:
    """Write ``boundaries.geojson``: compact, one feature a line.

    Parameters
    ----------
    districts
        Districts to write; one without a polygon is left out.
    polygons
        Polygons by district, longitude and latitude in degrees, rounded as they shall be written
        (see :func:`geodata.coverage.simplify`).
    region_names
        Names of regions; the id stands in for a missing one.
    path
        File to write.
    """
    import shapely  # noqa: PLC0415 - heavy import

    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "id": district.id,
                    "name": district.name,
                    "region": district.region,
                    "region_name": region_names.get(district.region, district.region),
                    "status": district.status.value,
                },
                "geometry": json.loads(shapely.to_geojson(polygons[district.id])),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for district in districts
        if district.id in polygons
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    write_text(path, text)


def write_mission_toml(mission: Mission, path: Path) -> None:
    """Write ``mission.toml`` with every policy spelt out, so that it can be edited in place.

    Fields that are None are left out: TOML has no null.
    """
    lines: list[str] = []
    _table(mission.model_dump(exclude_none=True), (), lines)
    write_text(path, "\n".join(lines).strip() + "\n")


def write_decisions(decisions: Iterable[Decision], path: Path, head: str = "") -> None:
    """Write ``decisions.toml``; ``head`` is a comment on top, each line with its ``#``."""
    records = [
        {
            name: value
            for name, value in decision.model_dump(mode="json", exclude_none=True).items()
            if value not in ("", [])
        }
        for decision in decisions
    ]
    lines: list[str] = [head.strip(), ""] if head else []
    _table({"decision": records}, (), lines)
    write_text(path, "\n".join(lines).strip() + "\n")


def _fields(record: object, names: Sequence[str]) -> list[object]:
    return [getattr(record, name) for name in names]


def _table(values: Mapping[str, object], name: tuple[str, ...], lines: list[str]) -> None:
    """Append a TOML table: first its plain values, then its tables and arrays of tables."""
    nested: list[tuple[str, object]] = []
    for key, value in values.items():
        if isinstance(value, Mapping) or _is_array_of_tables(value):
            nested.append((key, value))
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in nested:
        full = (*name, key)
        dotted = ".".join(_key(part) for part in full)
        if isinstance(value, Mapping):
            lines += ["", f"[{dotted}]"]
            _table(value, full, lines)
        elif isinstance(value, Sequence):
            for item in value:
                lines += ["", f"[[{dotted}]]"]
                _table(item, full, lines)


def _is_array_of_tables(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(item, Mapping) for item in value)
    )


def _key(key: str) -> str:
    return key if key and set(key) <= _BARE else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return repr(value)
        case time() | date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case _:
            return _text(str(value))
