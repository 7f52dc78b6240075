"""Columns that a mission folder must not hold: passports, births, health, names, addresses.

Found by name in many languages and by content. Their cells are never copied anywhere, not even
into the file of rejected rows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.finding import Finding
from planner.errors import PlannerError
from planner.intake.content import Content
from planner.intake.figures import calendar_date
from planner.intake.guess import name_score, synonyms
from planner.intake.notes import remark, weakness
from planner.intake.table import Table
from planner.intake.words import header_words, vocabulary

_BLOOD = re.compile(
    r"^\(?(?:A|B|AB|O|0|I{1,3}|IV|[1-4])\)?\s*(?:RH)?\s*(?:[+\-\u2212]|\([+\-\u2212]\)|POS|NEG|POSITIVE|NEGATIVE)$",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
_PHONE = re.compile(r"^\+?[\d\s().-]{9,20}$")
_PASSPORT = re.compile(r"^[A-Z]{1,2}\s?\d{6,8}$|^\d{2}\s?\d{2}\s?\d{6}$", re.IGNORECASE)
_BIRTH_YEARS = range(1920, 2011)
_WHY = {
    "passport": "passport and identity numbers",
    "birth": "dates of birth and ages",
    "medical": "medical data",
    "diet": "diet, religion and the like",
}


@dataclass(frozen=True)
class PrivateColumns:
    """Columns that are not read.

    Parameters
    ----------
    refused
        Reason by column: special categories and documents, which no planner needs.
    personal
        Names and addresses of people, dropped because ids are pseudonymous.
    """

    refused: Mapping[str, str]
    personal: tuple[str, ...]

    @property
    def all(self) -> frozenset[str]:
        """Names of all of them."""
        return frozenset((*self.refused, *self.personal))


def _birth(cell: str) -> bool:
    day = calendar_date(cell) or calendar_date(cell, month_first=True)
    return day is not None and day.year in _BIRTH_YEARS


def _by_content(content: Content) -> str:
    if not content.filled:
        return ""
    if content.share(_BLOOD.match) >= 0.6:
        return "medical"
    if content.share(_birth) >= 0.8:
        return "birth"
    if content.share(_EMAIL.match) >= 0.6:
        return "contact"
    if content.share(_PASSPORT.match) >= 0.8 and content.unique > 0.7 and len(content.filled) > 1:
        return "passport"
    phones = content.share(lambda cell: _PHONE.match(cell) and not calendar_date(cell))
    return "contact" if phones >= 0.8 and content.unique > 0.8 else ""


def _by_name(name: str, group: str) -> str:
    """Return the part of ``[private]`` or ``[personal]`` that a column's name belongs to."""
    best, found = 0.0, ""
    for part, words in vocabulary()[group].items():
        score = name_score(name, tuple(header_words(word) for word in words))
        if score > best:
            best, found = score, part
    return found if best >= (20.0 if group == "private" else 60.0) else ""


def find_private(kind: str, table: Table) -> PrivateColumns:
    """Return the columns of a list that must not be read.

    In lists of places only documents and health are looked for, by name; there an address is the
    address of a station.
    """
    refused: dict[str, str] = {}
    personal = []
    for i, name in enumerate(table.header):
        wanted = max((name_score(name, known) for known in synonyms(kind).values()), default=0.0)
        part = "" if wanted >= 99 else _by_name(name, "private")
        if kind == "observers":
            content = "" if wanted >= 99 and part == "" else _by_content(Content(table.columns[i]))
            id_like = name_score(name, synonyms(kind)["id"]) >= 99
            content = content or (_by_content(Content(table.columns[i])) if id_like else "")
            part = part or content
        elif part not in ("passport", "birth", "medical"):
            part = ""
        if part in _WHY:
            refused[name] = part
        elif kind == "observers" and (
            part == "contact" or (wanted < 99 and _by_name(name, "personal"))
        ):
            personal.append(name)
    return PrivateColumns(refused, tuple(personal))


def private_findings(table: Table, private: PrivateColumns) -> list[Finding]:
    """Return a finding for every column that is not read, with the explanation."""
    found = [
        weakness(
            "IN-PRIVATE",
            column,
            f"the column is refused: planning needs no {_WHY[part]}, and a mission folder must "
            "not hold them",
            value=column,
            remedy=(
                "write what matters for a plan as flags into a column 'restrictions', e.g. "
                "no_stairs, and remove the column from the list"
                if part in ("medical", "diet")
                else "remove the column from the list before you share it"
            ),
            file=table.file,
            column=column,
        )
        for column, part in private.refused.items()
    ]
    if private.personal:
        found.append(
            remark(
                "IN-PERSONAL",
                table.file,
                "names and addresses of people were not taken over: observers are known by a "
                "pseudonymous id",
                value=", ".join(private.personal),
                remedy="keep the key from ids to names outside the mission folder",
                file=table.file,
            )
        )
    return found


def refuse_mapped(mapping: Mapping[str, str], private: PrivateColumns) -> None:
    """Refuse a mapping that names a private column.

    Raises
    ------
    PlannerError
        ``IN-PRIVATE``.
    """
    for field, column in mapping.items():
        if column in private.all:
            raise PlannerError(
                "IN-PRIVATE",
                f"column {column!r} holds people's private data and cannot be used for {field}",
                "map another column, or leave the field out: ids are made up where there are none",
            )
