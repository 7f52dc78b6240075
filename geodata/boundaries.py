"""Reads district boundaries of any country, repairs them, and tells what it repaired."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.boundary_fields import BoundaryFields, guess_fields
from geodata.coverage import overlaps, polygonal
from geodata.errors import GeodataError
from geodata.vector_file import VectorLayer, read_layer


class ProblemKind(StrEnum):
    """What can be wrong with a boundary file."""

    CRS_ASSUMED = "crs_assumed"
    """The file names no coordinate system; longitude and latitude were assumed."""
    NO_GEOMETRY = "no_geometry"
    """A feature without geometry; left out."""
    NOT_A_POLYGON = "not_a_polygon"
    """A point or line; left out."""
    REPAIRED = "repaired"
    """An invalid polygon, repaired."""
    NO_ID = "no_id"
    """A feature without code; it got a running number."""
    DUPLICATE_MERGED = "duplicate_merged"
    """Several features with one code and one name: parts of one district."""
    DUPLICATE_RENAMED = "duplicate_renamed"
    """Several features with one code and different names: the later ones got new codes."""
    NO_NAME = "no_name"
    """A feature without name; its code stands in."""
    OVERLAP = "overlap"
    """Two districts that overlap by more than one per cent of the smaller one."""


@dataclass(frozen=True)
class BoundaryProblem:
    """One problem of a boundary file.

    Parameters
    ----------
    kind
        What is wrong.
    feature
        Number of the feature in the file from 1; 0 for the file as a whole.
    code
        District code, as far as known.
    message
        What is wrong and what was done about it.
    """

    kind: ProblemKind
    feature: int
    code: str
    message: str


@dataclass(frozen=True)
class Boundaries:
    """Districts with their polygons.

    Parameters
    ----------
    polygons
        Valid polygons or multipolygons by district code; longitude and latitude in degrees,
        WGS 84. Sorted by code.
    names
        Names by district code.
    regions, region_names
        Code and name of the region by district code; empty where the file does not say.
    fields
        Properties that were read.
    problems
        What was repaired, left out or assumed, in the order of the file.
    features
        Number of features in the file; all are in ``polygons`` or named in ``problems``.
    """

    polygons: Mapping[str, BaseGeometry]
    names: Mapping[str, str]
    regions: Mapping[str, str]
    region_names: Mapping[str, str]
    fields: BoundaryFields
    problems: tuple[BoundaryProblem, ...]
    features: int


def read_boundaries(
    path: Path,
    *,
    fields: BoundaryFields | None = None,
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> Boundaries:
    """Read one polygon for each district from a GeoPackage, GeoJSON or Shapefile.

    Parameters
    ----------
    path
        ``.gpkg``, ``.geojson``, ``.json``, ``.shp`` or a ``.zip`` with a Shapefile.
    fields
        Properties to use; what is left empty is guessed, see
        :func:`geodata.boundary_fields.guess_fields`.
    layer
        Layer to read; needed where a file has several layers of polygons.
    crs
        Coordinate system, e.g. ``EPSG:28409``, where the file does not name it.
    encoding
        Encoding of a Shapefile's texts, where the file does not name it.

    Raises
    ------
    FileReadError
        If the file is missing, empty, unreadable, or the layer must be chosen.
    FieldError
        If a property in ``fields`` does not exist.
    CoordinateError
        If coordinates are not longitudes and latitudes and no coordinate system is known.
    GeodataError
        If no polygon is left.
    """
    found = read_layer(path, layer=layer, crs=crs, encoding=encoding)
    problems: list[BoundaryProblem] = []
    if found.crs_assumed:
        text = f"{path.name} names no coordinate system: longitude and latitude (WGS 84) assumed"
        problems.append(BoundaryProblem(ProblemKind.CRS_ASSUMED, 0, "", text))
    used = guess_fields(found.columns, fields)
    shapes = [
        _repaired(shape, number, _text(found, used.id, number), problems)
        for number, shape in enumerate(found.shapes, start=1)
    ]
    kept = [number for number, shape in enumerate(shapes, start=1) if shape is not None]
    if not kept:
        msg = f"{path.name}: none of {len(shapes)} features is a polygon; bring district polygons"
        raise GeodataError(msg)
    groups = _by_code(found, used, kept, problems)
    polygons: dict[str, BaseGeometry] = {}
    names: dict[str, str] = {}
    for code, numbers in sorted(groups.items()):
        parts = [shape for number in numbers if (shape := shapes[number - 1]) is not None]
        polygons[code] = parts[0] if len(parts) == 1 else polygonal(shapely.union_all(parts))
        names[code] = _text(found, used.name, numbers[0]) or code
        if names[code] == code and used.name and used.name != used.id:
            text = f"district {code} has no name in {used.name!r}; its code stands in"
            problems.append(BoundaryProblem(ProblemKind.NO_NAME, numbers[0], code, text))
    for a, b, share in overlaps(polygons):
        text = f"districts {a} and {b} overlap by {share:.0%} of the smaller one"
        problems.append(BoundaryProblem(ProblemKind.OVERLAP, groups[a][0], a, text))
    return Boundaries(
        polygons=polygons,
        names=names,
        regions={code: _text(found, used.region, groups[code][0]) for code in polygons},
        region_names={code: _text(found, used.region_name, groups[code][0]) for code in polygons},
        fields=used,
        problems=tuple(sorted(problems, key=lambda p: (p.feature, p.kind, p.code))),
        features=len(shapes),
    )


def _text(layer: VectorLayer, field: str, number: int) -> str:
    return layer.columns[field][number - 1] if field else ""


def _repaired(
    shape: BaseGeometry | None, number: int, code: str, problems: list[BoundaryProblem]
) -> BaseGeometry | None:
    """Return the valid polygons of a feature, or None if it has none."""
    if shape is None or shape.is_empty:
        text = f"feature {number} has no geometry; left out"
        problems.append(BoundaryProblem(ProblemKind.NO_GEOMETRY, number, code, text))
        return None
    valid = shape
    if not shape.is_valid:
        valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    whole = polygonal(valid)
    if whole.is_empty or whole.area == 0:
        text = f"feature {number} is a {shape.geom_type} without area, not a polygon; left out"
        problems.append(BoundaryProblem(ProblemKind.NOT_A_POLYGON, number, code, text))
        return None
    if valid is not shape:
        change = abs(whole.area - shape.area) / whole.area
        text = (
            f"feature {number} was invalid ({shapely.is_valid_reason(shape)}); repaired, "
            f"its area changed by {change:.1%}"
        )
        problems.append(BoundaryProblem(ProblemKind.REPAIRED, number, code, text))
    return whole


def _by_code(
    layer: VectorLayer,
    fields: BoundaryFields,
    kept: Sequence[int],
    problems: list[BoundaryProblem],
) -> dict[str, list[int]]:
    """Return the numbers of the features of each district code; no feature is lost."""
    groups: dict[str, list[int]] = defaultdict(list)
    taken = {_text(layer, fields.id, number) for number in kept}
    for number in kept:
        code = _text(layer, fields.id, number)
        if not code:
            code = _free(f"F{number:04d}", taken)
            text = f"feature {number} has no code; it is called {code}"
            problems.append(BoundaryProblem(ProblemKind.NO_ID, number, code, text))
        elif groups[code]:
            first = groups[code][0]
            names = [_text(layer, fields.name, n) for n in (first, number)]
            if fields.name != fields.id and names[0] != names[1]:
                new = _free(f"{code}-{number}", taken)
                text = (
                    f"features {first} ({names[0]}) and {number} ({names[1]}) have one code "
                    f"{code}; the second is called {new}"
                )
                kind, code = ProblemKind.DUPLICATE_RENAMED, new
            else:
                text = f"features {first} and {number} have one code {code}: merged as its parts"
                kind = ProblemKind.DUPLICATE_MERGED
            problems.append(BoundaryProblem(kind, number, code, text))
        groups[code].append(number)
        taken.add(code)
    return {code: numbers for code, numbers in groups.items() if numbers}


def _free(code: str, taken: set[str]) -> str:
    while code in taken:
        code += "x"
    return code


def area_km2(polygon: BaseGeometry) -> float:
    """Return the area of a polygon in degrees as square kilometres (spherical equal-area)."""
    radius_km = 6_371.0
    flat = shapely.transform(
        polygon,
        lambda xy: np.column_stack(
            [np.radians(xy[:, 0]) * radius_km, np.sin(np.radians(xy[:, 1])) * radius_km]
        ),
    )
    return float(flat.area)
