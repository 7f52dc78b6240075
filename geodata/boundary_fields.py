"""Guesses which property of a boundary file is the district's code, name and region."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.errors import FieldError

_ID = (
    r"id|code|kod|cod",
    r"(district|raion|rayon|unit|dist|const|constituency)_?(id|code|no|number)",
    r"iso_3166_2|adm\d_?pcode|pcode|p_?code.*|pcode_.*",
    r"gid_\d|hasc_\d|shapeid|nuts_id|lau_id|gss_code",
    r".*_(id|code|kod|cod)|kato|koatuu|cuatm|siruta|fips|geoid|gadm.*",
)
_NAME = (
    r"name|title|label",
    r"(district|raion|rayon|unit|constituency)(_?name)?(_en)?",
    r"name_en|.*name_?lat(in)?|shapename|nuts_name|name_latn|name_eng",
    r"adm\d_(en|name)|adm\d_ref_name|name_\d|varname_\d",
    r"name_.*|.*_name(_.*)?|nazv.*|nume|emri|ad|nom",
)
_REGION = (
    r"region|region_?(id|code)",
    r"(province|oblast|state|judet|county|marz|mkhare|viloyat|governorate)_?(id|code)?",
    r"adm\d_?pcode|gid_\d|iso_3166_2|iso_3166_2_.*",
    r"parent.*|upper.*|adm\d_(en|name)|name_\d|shapegroup",
)
_REGION_NAME = (
    r"region_?name|region_?(en|title|label)",
    r"region",
    r"(province|oblast|state|judet|county|marz|mkhare|viloyat|governorate)(_?name)?(_en)?",
    r"adm\d_(en|name)|name_\d",
)
_MOSTLY_UNIQUE = 0.9


@dataclass(frozen=True)
class BoundaryFields:
    """Names of the properties that a boundary file uses; empty where there is none."""

    id: str = ""
    name: str = ""
    region: str = ""
    region_name: str = ""


def guess_fields(
    columns: Mapping[str, Sequence[str]], wanted: BoundaryFields | None = None
) -> BoundaryFields:
    """Return the properties to use: the wanted ones, the others guessed by name and values.

    A code must differ from feature to feature; a region's code must not.

    Parameters
    ----------
    columns
        Texts of the features by property; empty text where a value is missing.
    wanted
        Properties that somebody has named; empty ones are guessed.

    Raises
    ------
    FieldError
        If a wanted property does not exist.
    """
    given = wanted or BoundaryFields()
    for role in ("id", "name", "region", "region_name"):
        field = getattr(given, role)
        if field and field not in columns:
            known = ", ".join(sorted(columns)) or "none"
            msg = f"no property {field!r} for the {role}; the features have: {known}"
            raise FieldError(msg)
    distinct = {field: _distinct(values) for field, values in columns.items()}
    names = [field for field, share in distinct.items() if share >= _MOSTLY_UNIQUE]
    identity = given.id or _first(_ID, names)
    name = given.name or _first(_NAME, [field for field in names if field != identity])
    # Without codes the names tell districts apart, and a station list will use them too.
    identity = identity or name
    taken = {identity, name}
    groups = [
        field
        for field, values in columns.items()
        if field not in taken and _groups(values) and len(values) > 1
    ]
    region = given.region or _first(_REGION, groups)
    region_name = given.region_name or _first(
        _REGION_NAME, [field for field in groups if field != region] or groups
    )
    return BoundaryFields(identity, name or identity, region or region_name, region_name or region)


def _distinct(values: Sequence[str]) -> float:
    """Return the share of different values, 0 to 1; missing ones count as equal."""
    return len({value for value in values if value}) / len(values) if values else 0.0


def _groups(values: Sequence[str]) -> bool:
    """Tell whether the values divide the features into two or more groups of several."""
    return 1 < len({value for value in values if value}) < len(values)


def _first(patterns: Sequence[str], fields: Sequence[str]) -> str:
    """Return the field of the first pattern that fits; the most detailed level comes first."""
    plain = {field: re.sub(r"[^a-z0-9]+", "_", field.casefold()).strip("_") for field in fields}
    for pattern in patterns:
        fitting = [field for field in fields if re.fullmatch(pattern, plain[field])]
        if fitting:
            return max(fitting, key=lambda field: re.sub(r"\D", "", plain[field]) or "0")
    return ""
