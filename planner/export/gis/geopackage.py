"""A GeoPackage of all layers, the same bytes for the same plan."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from planner.errors import PlannerError
from planner.export.atomic import replacing
from planner.export.gis.layers import Attribute, FieldType, Layer

_FIXED_DATE = "1980-01-01T00:00:00Z"
"""GDAL stamps a file with this instead of the clock, so that equal plans give equal bytes."""
_UTC_FLAG = 100
"""GDAL's mark of a time in UTC."""


def write_geopackage(layers: Sequence[Layer], path: Path) -> None:
    """Write all layers, empty ones too, in WGS 84.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if the file cannot be written.
    """
    from pyogrio.raw import write  # noqa: PLC0415 - heavy import

    with replacing(path) as temporary, _told(path), _fixed_date():
        for number, layer in enumerate(layers):
            times = [name for name, kind in layer.fields.items() if kind == "datetime"]
            geometries = np.array([shapely.to_wkb(shape) for shape, _ in layer.features], object)
            write(
                temporary,
                geometry=geometries,
                field_data=[_column(layer, i) for i in range(len(layer.fields))],
                fields=np.array(list(layer.fields), object),
                field_mask=[_mask(layer, i) for i in range(len(layer.fields))],
                layer=layer.name,
                driver="GPKG",
                geometry_type=layer.geometry_type,
                crs="EPSG:4326",
                append=False,
                gdal_tz_offsets={
                    name: np.full(len(layer.features), _UTC_FLAG, np.int32) for name in times
                },
                layer_options={"SPATIAL_INDEX": "YES"},
                dataset_options={"VERSION": "1.3"} if number == 0 else None,
            )
        _check(temporary, layers)


def _column(layer: Layer, index: int) -> npt.NDArray[np.generic]:
    kind = list(layer.fields.values())[index]
    return np.array([_storable(values[index], kind) for _, values in layer.features], _DTYPES[kind])


def _mask(layer: Layer, index: int) -> npt.NDArray[np.bool_]:
    """Return where a value is missing: the type alone cannot say so for whole numbers."""
    return np.array([values[index] is None for _, values in layer.features], bool)


_DTYPES: dict[FieldType, str] = {
    "text": "object",
    "integer": "int64",
    "real": "float64",
    "datetime": "datetime64[ms]",
}


def _storable(value: Attribute, kind: FieldType) -> object:
    if isinstance(value, datetime):
        return np.datetime64(value.replace(tzinfo=None), "ms")
    if value is None:
        return {"text": None, "integer": 0, "real": np.nan, "datetime": np.datetime64("NaT")}[kind]
    return value


def _check(path: Path, layers: Sequence[Layer]) -> None:
    """Refuse a file that GDAL has not written to its end: on a full disk it may say nothing.

    Raises
    ------
    sqlite3.Error
        If the file is damaged, or a layer, one of its features or its spatial index is missing.
    """
    rtree = "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
    with closing(sqlite3.connect(path)) as file:
        said = [str(row[0]) for row in file.execute("PRAGMA quick_check(3)")]
        indexed = {str(row[0]) for row in file.execute(rtree)}
        if said != ["ok"]:
            raise sqlite3.DatabaseError("; ".join(said))
        for layer in layers:
            # The names are our own, and no parameter can stand for a table.
            count = f'SELECT count(*) FROM "{layer.name}"'  # noqa: S608
            (found,) = file.execute(count).fetchone()
            if layer.name not in indexed or found != len(layer.features):
                msg = f"layer {layer.name} was not written to its end"
                raise sqlite3.DatabaseError(msg)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what GDAL and SQLite say into an error that a user can act on.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    from pyogrio.errors import (  # noqa: PLC0415 - heavy import
        DataLayerError,
        DataSourceError,
        FeatureError,
    )

    try:
        yield
    except (DataLayerError, DataSourceError, FeatureError, sqlite3.Error) as fault:
        raise PlannerError(
            "EX-WRITE",
            f"{path} cannot be written: {fault}",
            "Free some space, or choose another folder with -o.",
        ) from fault


@contextmanager
def _fixed_date() -> Iterator[None]:
    """Give GDAL a fixed date, and its own back afterwards."""
    from pyogrio import get_gdal_config_option, set_gdal_config_options  # noqa: PLC0415 - heavy

    before = get_gdal_config_option("OGR_CURRENT_DATE")
    set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})
