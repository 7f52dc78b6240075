"""Reads one layer of a vector file into shapely geometries in longitude and latitude."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.errors import CoordinateError, FileReadError

_WGS_84 = "EPSG:4326"
_GEOPACKAGE = b"SQLite format 3\0"
_SHAPEFILE = (9994).to_bytes(4, "big")
_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True)
class VectorLayer:
    """Features of one layer.

    Parameters
    ----------
    shapes
        Geometries with longitude and latitude in degrees (WGS 84), without heights; None where a
        feature has none or it could not be read.
    columns
        Texts by property, each as long as ``shapes``; empty text for a missing value.
    crs_assumed
        True where the file named no coordinate system.
    """

    shapes: Sequence[BaseGeometry | None]
    columns: Mapping[str, Sequence[str]]
    crs_assumed: bool


def read_layer(
    path: Path, *, layer: str | None = None, crs: str | None = None, encoding: str | None = None
) -> VectorLayer:
    """Read the layer of a GeoPackage, GeoJSON or Shapefile, told by content and not by name.

    GDAL knows formats that are instructions: a "virtual" data source names other files or servers
    to read. A file from somebody else must never make us do that, so no other format is opened.

    Parameters
    ----------
    path
        The file.
    layer
        Layer name; without it, the only layer that can hold polygons.
    crs
        Coordinate system where the file names none.
    encoding
        Encoding of a Shapefile's texts, where it is not the one that the file names.

    Raises
    ------
    FileReadError
        If the file is missing, empty or unreadable, or a layer must be chosen.
    CoordinateError
        If no coordinate system is known, or coordinates are not finite degrees.
    """
    import pyogrio  # noqa: PLC0415 - heavy import

    if not path.is_file():
        msg = f"{path}: there is no such file; check the name"
        raise FileReadError(msg)
    if path.stat().st_size == 0:
        msg = f"{path}: the file is empty; bring it again"
        raise FileReadError(msg)
    _refuse_other_formats(path)
    try:
        chosen = _layer(path, layer, pyogrio.list_layers(path))
        meta, _, wkb, values = pyogrio.raw.read(
            path, layer=chosen, force_2d=True, encoding=encoding
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeError) as error:
        msg = f"{path}: cannot be read as geodata ({error}); bring GeoPackage, GeoJSON or Shapefile"
        raise FileReadError(msg) from error
    if wkb is None or len(wkb) == 0:
        msg = f"{path}: layer {chosen!r} has no features; choose another layer or file"
        raise FileReadError(msg)
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    columns = {
        str(field): [_text(value) for value in column]
        for field, column in zip(meta["fields"], values, strict=True)
    }
    known = crs or meta["crs"]
    return VectorLayer(
        _to_degrees(shapes, known, path).tolist(), columns, crs_assumed=known is None
    )


def layer_form(path: Path, layer: str | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the layers of a vector file that can be read, and the properties of one of them.

    Parameters
    ----------
    path
        The file.
    layer
        Layer whose properties are wanted; without it, the only layer that can hold polygons.
        Without a choice there are no properties.

    Raises
    ------
    FileReadError
        If the file is missing or unreadable.
    """
    import pyogrio  # noqa: PLC0415 - heavy import

    if not path.is_file():
        msg = f"{path}: there is no such file; check the name"
        raise FileReadError(msg)
    _refuse_other_formats(path)
    try:
        found = pyogrio.list_layers(path)
        names = tuple(str(name) for name, kind in found if kind)
        try:
            chosen = _layer(path, layer, found)
        except FileReadError:
            return names, ()
        properties = pyogrio.read_info(path, layer=chosen)["fields"]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeError) as error:
        msg = f"{path}: cannot be read as geodata ({error}); bring GeoPackage, GeoJSON or Shapefile"
        raise FileReadError(msg) from error
    return names, tuple(str(name) for name in properties)


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(4096)
    text = start.lstrip(_BLANK)
    if not (start.startswith((_GEOPACKAGE, _SHAPEFILE)) or text.startswith(b"{")):
        msg = f"{path}: is neither GeoPackage, GeoJSON nor Shapefile; export it as one of them"
        raise FileReadError(msg)


def _layer(path: Path, wanted: str | None, layers: npt.NDArray[np.object_]) -> str:
    """Return the layer to read; ``layers`` has shape (n, 2): name and geometry type."""
    names = [str(name) for name, _ in layers]
    if wanted is not None:
        if wanted in names:
            return wanted
        msg = f"{path}: there is no layer {wanted!r}; it has: {', '.join(names)}"
        raise FileReadError(msg)
    polygons = [str(name) for name, kind in layers if kind and "Polygon" in str(kind)]
    able = polygons or [str(name) for name, kind in layers if kind]
    if len(able) == 1:
        return able[0]
    if not able:
        msg = f"{path}: no layer has geometries; bring a file with district polygons"
        raise FileReadError(msg)
    msg = f"{path}: choose one of its layers: {', '.join(able)}"
    raise FileReadError(msg)


def _text(value: object) -> str:
    """Return a property as text: ids that were read as 12.0 are 12, missing ones empty."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _to_degrees(
    shapes: npt.NDArray[np.object_], crs: str | None, path: Path
) -> npt.NDArray[np.object_]:
    if crs is not None and crs != _WGS_84:
        import pyproj  # noqa: PLC0415 - heavy import

        try:
            transformer = pyproj.Transformer.from_crs(crs, _WGS_84, always_xy=True)
        except pyproj.exceptions.CRSError as error:
            msg = f"{path}: unknown coordinate system {crs!r}; name it like EPSG:4326"
            raise CoordinateError(msg) from error
        shapes = shapely.transform(
            shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
        )
    bounds = shapely.bounds(shapes)
    bounds = bounds[~np.isnan(bounds).any(axis=1)]
    if len(bounds) == 0:
        return shapes
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    if not (west >= -180.001 and east <= 180.001 and south >= -90.001 and north <= 90.001):
        extent = f"x {west:.0f} to {east:.0f}, y {south:.0f} to {north:.0f}"
        msg = (
            f"{path}: coordinates are no degrees ({extent}; allowed are -180 to 180 and -90 to "
            "90); name the coordinate system of the file, e.g. EPSG:32642"
        )
        raise CoordinateError(msg)
    return shapes
