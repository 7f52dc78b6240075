"""States by code or name, in the languages in which rosters come."""

from functools import cache, lru_cache
from importlib.resources import files

from planner.intake.words import folded, vocabulary


@cache
def state_names() -> dict[str, str]:
    """Return English short names by ISO 3166-1 alpha-2 code, from the time zone database."""
    text = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {code: name.strip() for code, name in lines}


@cache
def _codes() -> dict[str, str]:
    known = {folded(name): code for code, name in state_names().items()}
    for code, names in vocabulary()["states"].items():
        known |= {folded(name): code for name in names}
    return known | {code.lower(): code for code in state_names()}


@lru_cache(maxsize=20_000)
def find_state(text: str) -> str | None:
    """Return the alpha-2 code of a State given by code, name or adjective, or None."""
    word = folded(text)
    return _codes().get(word) or _codes().get(word.removeprefix("the "))
