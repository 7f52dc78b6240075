"""Somebody's roster becomes ``observers.csv``: pseudonymous, and no more than planning needs."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from planner.domain.finding import Severity
from planner.domain.observer import Experience, Gender, LanguageLevel, Role
from planner.errors import PlannerError
from planner.intake.content import Content
from planner.intake.figures import calendar_date, day_number, months_stand_first, truth
from planner.intake.ledger import Ledger
from planner.intake.observer_values import (
    ASSUMED_LEVEL,
    find_experience,
    find_language,
    find_level,
    find_role,
    read_flags,
    read_skills,
)
from planner.intake.states import find_state
from planner.intake.station_filter import drop_notes
from planner.intake.station_values import accepted_indices
from planner.intake.table import Table
from planner.intake.words import folded, value_words

HEADER = (
    *("id", "role", "state", "languages", "experience", "gender", "available_from"),
    *("available_to", "accredited", "reserve", "restrictions"),
)
_Value = TypeVar("_Value")
_PSEUDONYM = re.compile(r"^\S{1,40}$")


def language_columns(table: Table, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return columns that are called by a language and hold levels, by language code."""
    found = {}
    for i, name in enumerate(table.header):
        code = find_language(re.sub(r"(?i)\b(level|language|skills?)\b", " ", name))
        if code and name not in mapping.values():
            content = Content(table.columns[i])
            if content.share(lambda cell: find_level(cell) or truth(cell) is not None) > 0.5:
                found[code] = name
    return found


def import_observers(
    table: Table, mapping: Mapping[str, str], ledger: Ledger, role: Role | None = None
) -> list[list[object]]:
    """Return the rows of ``observers.csv``, in the order of :data:`HEADER`.

    Parameters
    ----------
    table
        The roster, without its private columns.
    mapping
        Column of each field.
    ledger
        Is told everything about every row.
    role
        Role of everybody, where the roster has no column for it.

    Raises
    ------
    PlannerError
        ``IN-COLUMN`` if nothing tells the State of an observer.
    """
    size = len(table)

    def cells(field: str) -> list[str]:
        return table.column(mapping[field]) if field in mapping else [""] * size

    if "state" not in mapping and size:
        raise PlannerError(
            "IN-COLUMN",
            f"no column of {ledger.file} tells the State of an observer",
            "name it with --map state=COLUMN; nobody can be paired without it (P2, P3)",
        )
    drop_notes(table, ledger)
    states = _required(
        cells("state"), ledger, find_state, "state", "an ISO code such as NO, or a name"
    )
    roles = _roles(cells("role"), ledger, role, given="role" in mapping)
    ids = _ids(cells("id"), ledger, given="id" in mapping)
    first = _days(cells("available_from"), ledger, "available_from")
    last = _days(cells("available_to"), ledger, "available_to")
    crossed = [
        i
        for i in accepted_indices(ledger)
        if (start := first[i]) is not None and (end := last[i]) is not None and start > end
    ]
    ledger.set_aside(
        "IN-DATES",
        "leaves before arriving",
        crossed,
        values=[f"{a} .. {b}" for a, b in zip(first, last, strict=True)],
        remedy="correct the dates",
    )
    skills = _skills(table, mapping, cells("languages"), ledger)
    experience = _optional(
        cells("experience"),
        ledger,
        find_experience,
        Experience.NEW,
        "experience",
        "new, some or senior",
    )
    genders = _optional(cells("gender"), ledger, _gender, None, "gender", "F, M or nothing")
    accredited = _optional(
        cells("accredited"), ledger, truth, usual=True, column="accredited", form="yes or no"
    )
    reserve = _optional(
        cells("reserve"), ledger, truth, usual=False, column="reserve", form="yes or no"
    )
    flags = _flags(cells("restrictions"), ledger)
    return [
        [
            ids[i],
            roles[i],
            states[i],
            " ".join(f"{code}:{level}" for code, level in sorted(skills[i].items())),
            experience[i],
            genders[i],
            first[i],
            last[i],
            accredited[i],
            reserve[i],
            " ".join(flags[i]),
        ]
        for i in accepted_indices(ledger)
    ]


def _gender(text: str) -> Gender | None:
    word = folded(text)
    if word in value_words("female"):
        return Gender.F
    return Gender.M if word in value_words("male") else None


def _required(
    cells: Sequence[str],
    ledger: Ledger,
    meaning: Callable[[str], str | None],
    column: str,
    form: str,
) -> list[str]:
    values = [meaning(cell) or "" for cell in cells]
    lost = [i for i in accepted_indices(ledger) if not values[i]]
    ledger.set_aside(
        "IN-VALUE",
        f"the {column} is missing or not understood",
        lost,
        values=cells,
        remedy=f"write {form}",
        column=column,
    )
    return values


def _roles(cells: Sequence[str], ledger: Ledger, usual: Role | None, *, given: bool) -> list[str]:
    """Return LTO or STO for each row; without a column everybody has the usual role, or STO."""
    if not given:
        role = usual or Role.STO
        if usual is None:
            ledger.note_list(
                "IN-ROLE",
                Severity.SOFT,
                "the roster has no column for the role; all were taken for STOs",
                remedy="say --role LTO, or add a column with LTO or STO",
            )
        return [role.value] * len(cells)
    return _required(cells, ledger, find_role, "role", "LTO or STO")


def _ids(cells: Sequence[str], ledger: Ledger, *, given: bool) -> list[str]:
    """Return pseudonymous ids: those given, or ``O-0001`` … by row."""
    accepted = accepted_indices(ledger)
    named = [
        i for i in accepted if cells[i] and (not _PSEUDONYM.match(cells[i]) or "@" in cells[i])
    ]
    made = {i: f"O-{k:04d}" for k, i in enumerate(accepted, start=1)}
    if not given or len(named) > 0.5 * len(accepted) or not any(cells[i] for i in accepted):
        ledger.note_list(
            "IN-ID",
            Severity.INFO,
            "the roster has no pseudonymous ids; O-0001 … were made in the order of the rows",
            remedy="keep the key from these ids to names outside the mission folder",
        )
        return [made.get(i, "") for i in range(len(cells))]
    first: dict[str, int] = {}
    ids = list(cells)
    taken, people = set(cells), set(named)
    missing = [i for i in accepted if not cells[i] or i in people]
    for i in missing:
        ids[i] = made[i] + "x" * (made[i] in taken)
    twice = [i for i in accepted if first.setdefault(ids[i], i) != i]
    ledger.note(
        "IN-ID",
        Severity.SOFT,
        "the id is missing or is a name or an address; one was made",
        missing,
        remedy="give every observer a pseudonymous id",
        column="id",
    )
    ledger.set_aside(
        "IN-TWICE",
        "an earlier row has this id; the first was kept",
        twice,
        values=ids,
        remedy="remove one of the rows, or give the person an own id",
        column="id",
    )
    return ids


def _days(cells: list[str], ledger: Ledger, column: str) -> list[date | None]:
    month_first = months_stand_first([cell for cell in cells if cell])
    values = [
        calendar_date(cell, month_first=month_first) or day_number(cell) if cell else None
        for cell in cells
    ]
    lost = [i for i in accepted_indices(ledger) if cells[i] and values[i] is None]
    ledger.note(
        "IN-DATES",
        Severity.SOFT,
        "the date cannot be read; the observer counts as available without limit on this side",
        lost,
        values=cells,
        remedy="write dates like 2022-11-16",
        column=column,
    )
    return values


def _optional(
    cells: Sequence[str],
    ledger: Ledger,
    meaning: Callable[[str], _Value | None],
    usual: _Value,
    column: str,
    form: str,
) -> list[_Value]:
    read = [meaning(cell) if cell else usual for cell in cells]
    unknown = [i for i, value in enumerate(read) if value is None and cells[i]]
    values = [usual if value is None else value for value in read]
    accepted = set(accepted_indices(ledger))
    ledger.note(
        "IN-VALUE",
        Severity.SOFT,
        f"{column} is not understood; taken for {usual if usual is not None else 'not given'}",
        [i for i in unknown if i in accepted],
        values=cells,
        remedy=f"write {form}",
        column=column,
    )
    return values


def _skills(
    table: Table, mapping: Mapping[str, str], cells: Sequence[str], ledger: Ledger
) -> list[dict[str, LanguageLevel]]:
    """Return levels by language for each row, from one column, or from a column a language."""
    columns = {code: table.column(name) for code, name in language_columns(table, mapping).items()}
    result: list[dict[str, LanguageLevel]] = []
    assumed, unknown, nothing = [], [], []
    for i, text in enumerate(cells):
        skills, rest = read_skills(text)
        for code, levels in columns.items():
            level = find_level(levels[i]) if levels[i] else None
            if level is not None or truth(levels[i]):
                skills.setdefault(code, level)
        if None in skills.values():
            assumed.append(i)
        if rest:
            unknown.append(i)
        if not skills:
            nothing.append(i)
        result.append({code: level or ASSUMED_LEVEL for code, level in skills.items()})
    accepted = set(accepted_indices(ledger))
    for code, message, indices, remedy in (
        (
            "IN-LEVEL",
            f"a language has no level; {ASSUMED_LEVEL} was assumed",
            assumed,
            "write en:C1",
        ),
        ("IN-LANGUAGE", "a language is not understood; left out", unknown, "write en:C1 ru:B2"),
        ("IN-LANGUAGE", "no language is known: nobody can be paired (P6)", nothing, "write en:C1"),
    ):
        ledger.note(
            code,
            Severity.SOFT,
            message,
            [i for i in indices if i in accepted],
            values=cells,
            remedy=remedy,
            column="languages",
        )
    return result


def _flags(cells: Sequence[str], ledger: Ledger) -> list[list[str]]:
    read = [read_flags(cell) for cell in cells]
    accepted = accepted_indices(ledger)
    ledger.note(
        "IN-FLAG",
        Severity.SOFT,
        "a restriction is not one of the flags; left out (never write diagnoses)",
        [i for i in accepted if read[i][1]],
        remedy="use no_stairs, no_long_drives, no_night_work, no_remote_areas",
        column="restrictions",
    )
    return [[flag.value for flag in flags] for flags, _ in read]
