"""Words of documents among other values: a phase in a cell is spoken, a name beside it is not."""

import importlib
import pkgutil
from enum import StrEnum
from functools import lru_cache
from typing import Any

import planner.domain
from ui.strings import _, word

SCORE_PARTS = ("gender", "experience", "common language", "local language", "restrictions")
"""What the points of a pair are given for, as ``planner.explain.pair_score`` names it."""
OTHERS = ("yes", "no", "over", "leave base", "back at base")
"""Words that the sheets of a plan hold besides the values of its enumerations."""
_LEAST_LETTERS = 3
"""Shorter words, such as a language level or a gender, could be the name of an area."""


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """Return the words that documents hold, as they stand there."""
    found: set[str] = set()
    for each in pkgutil.iter_modules(planner.domain.__path__):
        module = importlib.import_module(f"planner.domain.{each.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, StrEnum):
                found |= {member.value for member in value if len(member.value) >= _LEAST_LETTERS}
    return frozenset(found | set(OTHERS))


def spoken(value: Any) -> Any:  # noqa: ANN401 - a cell may hold anything
    """Return a word of documents, or several with commas between, as a person reads it.

    Parameters
    ----------
    value
        Any value. What is no text or no such word comes back as it is.
    """
    if not isinstance(value, str):
        return value
    parts = value.split(", ")
    known = words() | {each.replace("_", " ") for each in words()}
    if not all(part in known for part in parts):
        return value
    return ", ".join(word(part) for part in parts)


def yes_or_no(value: bool) -> str:
    """Return a truth as a word."""
    return _("yes") if value else _("no")
