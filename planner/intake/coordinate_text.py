# ruff: noqa: RUF001 - Cyrillic letters for north, south, east and west are meant
"""Coordinates as people type them: decimal points and commas, degrees and minutes, pairs."""

import re
from math import isfinite

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_HEMISPHERE = re.compile(r"[NSEWOСЮВЗnsewoсювз]")
_NEGATIVE = frozenset("SWswЮЗюзOo")
_PAIR = re.compile(
    r"^\s*\(?\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:[;,/|]\s*|\s+)([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?"
    r"(?:\s+[\d.]+){0,2}\s*\)?\s*$"
)


def degrees(text: str) -> float:
    """Return degrees, or NaN if the text is none.

    Understands ``41.69``, ``41,69``, ``41.69°``, ``N 41.69``, ``41°41'25"N`` and ``41 41 25``.
    """
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 else text)
    except ValueError:
        pass
    else:
        return value if isfinite(value) else float("nan")
    bare = text.strip().replace("\u00a0", " ").replace("\u2212", "-")
    letters = [letter for letter in bare if letter.isalpha()]
    if len(letters) > 1 or (letters and not _HEMISPHERE.match(letters[0])):
        return float("nan")
    parts = _NUMBER.findall(bare)
    if not parts or len(parts) > 3 or re.search(r"[^\d\s.,+\-°º'’′″\"”NSEWOСЮВЗnsewoсювз:]", bare):
        return float("nan")
    values = [float(part.replace(",", ".")) for part in parts]
    if len(values) > 1 and any(not 0 <= value < 60 for value in values[1:]):
        return float("nan")
    size = abs(values[0]) + sum(value / 60.0**i for i, value in enumerate(values) if i)
    negative = parts[0].startswith("-") or any(letter in _NEGATIVE for letter in letters)
    return -size if negative else size


def degree_column(cells: list[str]) -> Floats:
    """Return a column of degrees, NaN where a cell is empty or no number."""
    return np.array([degrees(cell) if cell else np.nan for cell in cells], dtype=np.float64)


def pair(text: str) -> tuple[float, float]:
    """Return the two numbers of ``"41.69, 44.80"`` (NEMO, ELMO, ODK), NaN if it is no pair."""
    match = _PAIR.match(text)
    if match is None:
        halves = re.split(r"\s*[;/|]\s*|,\s+", text.strip())
        if len(halves) == 2:
            return degrees(halves[0]), degrees(halves[1])
        return float("nan"), float("nan")
    return float(match[1].replace(",", ".")), float(match[2].replace(",", "."))


def pair_columns(cells: list[str]) -> tuple[Floats, Floats]:
    """Return the two halves of a column of pairs, NaN where a cell is no pair."""
    pairs = [pair(cell) if cell else (np.nan, np.nan) for cell in cells]
    both = np.array(pairs, dtype=np.float64).reshape(len(cells), 2)
    return both[:, 0], both[:, 1]
