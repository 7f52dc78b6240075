"""Names of fields as a person reads them: settings of a mission, columns of a list.

They are made from the field's own name, so that a new field has its label at once; the words are
looked up whole. Nothing here knows Streamlit: the tool that collects the texts reads it too.
"""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from planner.domain.mission import Mission
from ui.strings import _

UNITS = {
    "min": "min",
    "hour": "h",
    "km_h": "km/h",
    "day": "days from E-day",
    "share": "0 to 1",
    "weight": "weight",
}
"""How a field's name ends, and the unit that this says."""
WHOLE = {
    "e_day": "Election day",
    "vehicle_day": "Vehicle, one day",
    "interpreter_day": "Interpreter, one day",
    "bed_night": "Bed, one night",
    "observer_day": "Observer, one day",
    "km": "Kilometre",
}
"""Fields whose end is no unit."""
_SHORT = {"lto": "LTO", "sto": "STO", "url": "URL"}


def label(name: str) -> str:
    """Return a field's name as a person reads it, with its unit: ``Max leg (min)``."""
    text, unit = english(name)
    return f"{_(text)} ({_(unit)})" if unit else _(text)


def english(name: str) -> tuple[str, str]:
    """Return a field's name and its unit, each as the catalogue has it; the unit may be empty."""
    if name in WHOLE:
        return WHOLE[name], ""
    for suffix, unit in UNITS.items():
        if name.endswith(f"_{suffix}"):
            return _sentence(name.removesuffix(f"_{suffix}")), unit
    return _sentence(name), ""


def fields_of(model: type[BaseModel] = Mission) -> Iterator[str]:
    """Yield the names of all fields of a model and of the models inside it."""
    for name, info in model.model_fields.items():
        yield name
        for inner in _models(info.annotation):
            yield from fields_of(inner)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _sentence(name: str) -> str:
    words = " ".join(_SHORT.get(part, part) for part in name.split("_"))
    return words[:1].upper() + words[1:]
