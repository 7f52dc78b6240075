"""Words of a roster: roles, languages and levels, experience, flags."""

import re
from functools import cache

from planner.domain.observer import Experience, LanguageLevel, Restriction
from planner.intake.figures import whole_number
from planner.intake.words import folded, value_words, vocabulary

ASSUMED_LEVEL = LanguageLevel.B2
"""Level of a language that a roster names without one; told by a finding."""
_LEVEL = re.compile(r"\b(a1|a2|b1|b2|c1|c2)\b", re.IGNORECASE)
_PARTS = re.compile(r"[,;/|+\n]+|\s{2,}")


@cache
def _languages() -> dict[str, str]:
    names = {
        folded(name): code for code, all_ in vocabulary()["languages"].items() for name in all_
    }
    return names | {code: code for code in vocabulary()["languages"]}


@cache
def _levels() -> dict[str, LanguageLevel]:
    words = vocabulary()["language_levels"].items()
    known = {folded(name): LanguageLevel(level) for level, names in words for name in names}
    return known | {level.value.lower(): level for level in LanguageLevel}


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a language given by code or name, or None."""
    return _languages().get(folded(text))


def find_level(text: str) -> LanguageLevel | None:
    """Return a level of the Common European Framework from a code or a word, or None."""
    match = _LEVEL.search(text)
    if match:
        return LanguageLevel(match[1].upper())
    return _levels().get(folded(text))


def _one_skill(part: str) -> tuple[str, LanguageLevel | None] | None:
    """Return language and level of ``en:C1``, ``English (C1)``, ``Russian - native``, or None."""
    pieces = [piece for piece in re.split(r"[:()=\u2013\u2014-]+|\s+", part) if piece]
    for size in (1, 2):
        code = find_language(" ".join(pieces[:size]))
        if code:
            return code, find_level(" ".join(pieces[size:]))
    return None


def read_skills(text: str) -> tuple[dict[str, LanguageLevel | None], list[str]]:
    """Return levels by language code, None where a level is missing; and parts not understood.

    Understands ``en:C1 ru:B2``, ``English (C1), Russian B2`` and ``English, Russian``.
    """
    skills: dict[str, LanguageLevel | None] = {}
    unknown = []
    if re.fullmatch(r"\s*(?:[a-z]{2}:\w+[\s,;]*)+", text, re.IGNORECASE):
        parts = re.split(r"[\s,;]+", text.strip())
    else:
        parts = [part.strip() for part in _PARTS.split(text)]
    for part in parts:
        if not part:
            continue
        skill = _one_skill(part)
        if skill is None:
            unknown.append(part)
        elif skill[0] not in skills or skills[skill[0]] is None:
            skills[skill[0]] = skill[1]
    return skills, unknown


def find_experience(text: str) -> Experience | None:
    """Return a band from its name or a number of missions: 0, 1-3, 4 or more."""
    number = whole_number(re.sub(r"[^\d]", "", text)) if re.search(r"\d", text) else None
    plain = folded(text)
    if number is not None and len(re.findall(r"\d+", text)) == 1 and number < 200:
        return (
            Experience.NEW if number == 0 else Experience.SOME if number <= 3 else Experience.SENIOR
        )
    for band in Experience:
        if plain in value_words(band.value):
            return band
    return None


def find_role(text: str) -> str | None:
    """Return ``LTO`` or ``STO``, or None."""
    plain = folded(text)
    for role in ("lto", "sto"):
        if plain in value_words(role):
            return role.upper()
    for role in ("lto", "sto"):
        if any(f" {word} " in f" {plain} " for word in value_words(role) if len(word) > 2):
            return role.upper()
    return None


def read_flags(text: str) -> tuple[list[Restriction], list[str]]:
    """Return restriction flags, and words that are none."""
    flags, unknown = [], []
    for part in re.split(r"[\s,;/|]+", text.strip().lower()):
        try:
            flags.append(Restriction(part.replace("-", "_")))
        except ValueError:
            unknown.append(part)
    return flags, [part for part in unknown if part]
