"""The boundaries of a mission folder: one polygon for each district."""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.domain.finding import Finding
from planner.intake.notes import problem, remark

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

REGION_BOUNDARIES = "region_boundaries"
"""Stem of the file with outlines of regions, where districts have none of their own."""
BOUNDARY_SUFFIXES = (".geojson", ".json", ".gpkg", ".shp")


@dataclass(frozen=True)
class DistrictPolygon:
    """Outline of a district.

    Parameters
    ----------
    name
        Name of the district.
    region, region_name
        Id and name of its region; empty if the file does not say.
    geometry
        Valid polygon or multipolygon, longitude and latitude in degrees (WGS 84).
    """

    name: str
    region: str
    region_name: str
    geometry: "BaseGeometry"

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude of a point inside."""
        inside = self.geometry.representative_point()
        return float(inside.y), float(inside.x)


def _features(path: Path) -> list[tuple[dict[str, Any], "BaseGeometry | None"]]:
    import shapely  # noqa: PLC0415 - heavy import

    if path.suffix in (".geojson", ".json"):
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = document["features"]
        shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        return [
            (feature["properties"] or {}, shape)
            for feature, shape in zip(features, shapes, strict=True)
        ]
    from geodata.vector_file import read_layer  # noqa: PLC0415 - heavy import

    layer = read_layer(path)
    return [
        ({name: cells[index] for name, cells in layer.columns.items()}, shape)
        for index, shape in enumerate(layer.shapes)
    ]


def read_aliases(path: Path | None) -> dict[str, tuple[str, ...]]:
    """Return other spellings of district names, by district id.

    They stand in the property ``aliases``, parted by ``|``; import collects them there from all
    texts of the original file.
    """
    if path is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for properties, _ in _features(path):
        code = str(properties.get("id") or "").strip()
        names = str(properties.get("aliases") or "").split("|")
        found[code] = (*found.get(code, ()), *(name.strip() for name in names if name.strip()))
    return found


def read_polygons(path: Path | None, findings: list[Finding]) -> dict[str, DistrictPolygon]:
    """Read the normalised boundaries, by district id.

    Features with the same id are parts of one district. Properties: ``id``, ``name``,
    ``region``, ``region_name``.

    Parameters
    ----------
    path
        The file, or None: no boundaries.
    findings
        Faults are appended here.
    """
    if path is None:
        return {}
    import shapely  # noqa: PLC0415 - heavy import

    try:
        features = _features(path)
    except (
        ValueError,
        KeyError,
        TypeError,
        OSError,
        RuntimeError,
        shapely.errors.ShapelyError,
    ) as error:
        findings.append(
            problem(
                "IN-BOUNDARIES",
                path.name,
                f"the boundaries cannot be read: {error}",
                remedy="bring them in with `mission-planner import boundaries FILE`",
                file=path.name,
            )
        )
        return {}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    told: dict[str, dict[str, Any]] = {}
    for number, (properties, shape) in enumerate(features, start=1):
        code = str(properties.get("id") or "").strip()
        if not code or shape is None or shape.is_empty or shape.area == 0:
            findings.append(
                problem(
                    "IN-BOUNDARIES",
                    code or f"feature {number}",
                    "the feature has no id" if not code else "the feature has no polygon",
                    remedy="bring the boundaries in with `mission-planner import boundaries FILE`",
                    file=path.name,
                    row=number,
                )
            )
            continue
        parts[code].append(shape if shape.is_valid else shapely.make_valid(shape))
        told.setdefault(code, properties)
    if len(parts) < len(features):
        findings.append(
            remark(
                "IN-BOUNDARIES",
                path.name,
                f"{len(features)} features are the parts of {len(parts)} districts",
                file=path.name,
            )
        )
    return {
        code: DistrictPolygon(
            name=str(told[code].get("name") or code),
            region=str(told[code].get("region") or ""),
            region_name=str(told[code].get("region_name") or ""),
            geometry=shapes[0] if len(shapes) == 1 else shapely.union_all(shapes),
        )
        for code, shapes in sorted(parts.items())
    }
