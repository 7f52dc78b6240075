"""Somebody's boundaries become ``boundaries.geojson``: repaired, in degrees, with names."""

import json
from collections.abc import Mapping
from pathlib import Path

from planner.domain.finding import Severity
from planner.errors import PlannerError
from planner.intake.ledger import Ledger
from planner.intake.words import place_key

_SOFT = frozenset({"overlap", "no_id", "crs_assumed", "duplicate_renamed"})
_LOST = frozenset({"no_geometry", "not_a_polygon"})
_MAX_ALIASES = 12


def import_boundaries(
    path: Path, mapping: Mapping[str, str], *, layer: str | None = None, crs: str | None = None
) -> tuple[Ledger, dict[str, str], str, int]:
    """Read boundaries, repair them and return them as GeoJSON text.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON or Shapefile.
    mapping
        Properties by field (id, name, region, region_name); the others are guessed.
    layer, crs
        Layer to read, and coordinate system where the file names none.

    Returns
    -------
    tuple
        The account, the properties used, the text of ``boundaries.geojson``, number of districts.

    Raises
    ------
    PlannerError
        ``IN-BOUNDARIES`` if the file cannot be used.
    """
    import shapely  # noqa: PLC0415 - heavy import

    from geodata.boundaries import read_boundaries  # noqa: PLC0415 - heavy import
    from geodata.boundary_fields import BoundaryFields  # noqa: PLC0415 - heavy import
    from geodata.errors import GeodataError  # noqa: PLC0415 - heavy import

    try:
        wanted = BoundaryFields(**mapping)
        found = read_boundaries(path, fields=wanted, layer=layer, crs=crs)
    except (GeodataError, shapely.errors.ShapelyError) as error:
        raise PlannerError(
            "IN-BOUNDARIES",
            # Where a file lies on this machine is nobody's business: it may be an upload.
            str(error).replace(str(path), path.name),
            "bring GeoPackage, GeoJSON or Shapefile with one polygon for each district",
        ) from error
    except TypeError as error:
        raise PlannerError(
            "IN-MAP", f"boundaries have no such field: {error}", "use id, name, region, region_name"
        ) from error
    ledger = Ledger(path.name, range(1, found.features + 1))
    for problem in found.problems:
        indices = [problem.feature - 1] if problem.feature else []
        if problem.kind.value in _LOST:
            ledger.set_aside("IN-BOUNDARIES", problem.kind.value, indices, remedy="draw a polygon")
        else:
            severity = Severity.SOFT if problem.kind.value in _SOFT else Severity.INFO
            texts = {problem.feature - 1: problem.message}
            ledger.note(
                "IN-BOUNDARIES",
                severity,
                problem.kind.value.replace("_", " "),
                indices or [0],
                values=[texts.get(i, problem.message) for i in range(found.features)],
            )
    aliases = _aliases(path, layer, crs, found.fields.id, dict(found.names))
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": code,
                "name": found.names[code],
                "region": found.regions[code],
                "region_name": found.region_names[code],
                "aliases": "|".join(aliases.get(code, ())),
            },
            "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 1e-7))),
        }
        for code, shape in sorted(found.polygons.items())
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    used = {
        field: name
        for field in ("id", "name", "region", "region_name")
        if (name := getattr(found.fields, field))
    }
    return ledger, used, text, len(features)


def _aliases(
    path: Path, layer: str | None, crs: str | None, id_field: str, names: dict[str, str]
) -> dict[str, list[str]]:
    """Return other spellings of district names: texts of the file that name one district only."""
    from geodata.vector_file import read_layer  # noqa: PLC0415 - heavy import

    columns = read_layer(path, layer=layer, crs=crs).columns
    codes = columns.get(id_field)
    if codes is None:
        return {}
    owners: dict[str, set[str]] = {}
    spelt: dict[str, list[str]] = {code: [] for code in names}
    for cells in columns.values():
        for code, text in zip(codes, cells, strict=True):
            if code in names and any(letter.isalpha() for letter in text) and len(text) < 80:
                owners.setdefault(place_key(text), set()).add(code)
                spelt[code].append(text)
    return {
        code: [
            text
            for text in dict.fromkeys(texts)
            if len(owners[place_key(text)]) == 1 and text not in (code, names[code])
        ][:_MAX_ALIASES]
        for code, texts in spelt.items()
    }
