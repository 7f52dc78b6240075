"""Columns of a point: each with a unit and a meaning, so that no table needs a guess."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

_MISSING = object()


@dataclass(frozen=True)
class Column:
    """One column of the table of results.

    Parameters
    ----------
    name
        Stable: scripts rely on it.
    unit
        Empty for texts, counts without a unit of their own name what they count.
    meaning
        One sentence.
    """

    name: str
    unit: str
    meaning: str


def column(unit: str, meaning: str, default: object = _MISSING) -> Any:  # noqa: ANN401 - as Field
    """Return a field of a record with its unit and its meaning."""
    extra: dict[str, Any] = {"unit": unit}
    if default is _MISSING:
        return Field(description=meaning, json_schema_extra=extra)
    return Field(default=default, description=meaning, json_schema_extra=extra)


def columns_of(record: type[BaseModel]) -> tuple[Column, ...]:
    """Return the columns of a record, in the order of its fields."""
    return tuple(
        Column(name, _unit(field), field.description or "")
        for name, field in record.model_fields.items()
    )


def _unit(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""
