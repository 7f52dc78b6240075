"""Words compared as people mean them: no case, no accents, no punctuation."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

# Letters that Unicode does not take apart into a plain letter and a mark.
_WHOLE_LETTERS = (0x131, 0xF8, 0x111, 0xF0, 0x142, 0xE6, 0x153, 0xDF, 0xFE, 0x259)
_PLAIN = ("i", "o", "d", "d", "l", "ae", "oe", "ss", "th", "e")
_LETTERS = dict(zip(_WHOLE_LETTERS, _PLAIN, strict=True))
_NOT_WORD = re.compile(r"[\W_]+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, words parted by single spaces.

    ``Chișinău`` and ``Chişinău`` and ``CHISINAU`` become the same. ``№`` becomes ``no``.
    """
    parted = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare.casefold().translate(_LETTERS)).strip()


@lru_cache(maxsize=20_000)
def header_words(name: str) -> str:
    """Return a column's name folded, with ``camelCase`` and ``Level1`` parted into words."""
    return folded(_CAMEL.sub(" ", name))


@cache
def vocabulary() -> dict[str, Any]:
    """Return the document ``synonyms.toml`` beside this module."""
    text = files("planner.intake").joinpath("synonyms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def value_words(group: str) -> frozenset[str]:
    """Return the words of a group under ``[values]``, folded."""
    return frozenset(folded(word) for word in vocabulary()["values"][group])


@cache
def _type_words() -> frozenset[str]:
    return frozenset(folded(vocabulary()["place_types"]["words"]).split())


@lru_cache(maxsize=200_000)
def place_key(name: str) -> str:
    """Return what identifies a place by name: without the word for its type, and its number.

    ``32 Gori`` and ``Gori``, ``Raionul Fălești`` and ``Făleşti`` are the same place.
    """
    words = folded(name).split()
    kept = [word for word in words if word not in _type_words() and not word.isdigit()]
    return " ".join(kept or words)


@lru_cache(maxsize=200_000)
def numbered_key(name: str) -> str:
    """Return what identifies a place among others of its kind: its name and its numbers.

    ``District 1`` and ``District 2`` are two places, ``District 01`` and ``district 1`` are one.
    """
    numbers = [str(int(word)) for word in folded(name).split() if word.isdecimal()]
    return " ".join([unnumbered_key(name), *numbers])


def unnumbered_key(name: str) -> str:
    """Return the part of a key that is no number; equal to ``numbered_key`` where there is none."""
    return " ".join(word for word in place_key(name).split() if not word.isdecimal())
