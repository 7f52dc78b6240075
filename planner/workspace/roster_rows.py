"""Rows of a roster as texts, as a person edits them, and the observers that they mean."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from planner.domain.finding import Finding
from planner.domain.observer import Observer
from planner.intake.figures import truth
from planner.intake.notes import problem
from planner.intake.observers import HEADER
from planner.intake.records import faults, observer_cells
from planner.intake.states import find_state

_CODE = re.compile(r"[a-z]{2,3}")
"""ISO 639 in two letters, or in three where a language has no two."""

Row = Mapping[str, str]
"""Texts by column, as in ``observers.csv``: every column of its header."""


def row_of(observer: Observer) -> dict[str, str]:
    """Return an observer as texts by column."""
    return {
        "id": observer.id,
        "role": observer.role.value,
        "state": observer.state,
        "languages": " ".join(f"{s.language}:{s.level}" for s in observer.languages),
        "experience": observer.experience.value,
        "gender": observer.gender.value if observer.gender else "",
        "available_from": observer.available_from.isoformat() if observer.available_from else "",
        "available_to": observer.available_to.isoformat() if observer.available_to else "",
        "accredited": "yes" if observer.accredited else "no",
        "reserve": "yes" if observer.reserve else "no",
        "restrictions": " ".join(observer.restrictions),
    }


def read_rows(rows: Sequence[Row]) -> tuple[tuple[Observer, ...], tuple[Finding, ...]]:
    """Return the observers that rows of texts mean, and everything that is wrong with them.

    A State may be written by name and truths in many languages, as in a list that is brought in.
    Rows are counted from 1, as the table shows them.
    """
    found: list[Observer] = []
    findings: list[Finding] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        code = row.get("id", "").strip()
        subject = code or f"row {number}"
        wrong = _check(row, subject, number)
        if code and first.setdefault(code, number) != number:
            wrong.append(
                _problem(subject, number, "id", code, f"row {first[code]} has this id too", "")
            )
        named = {finding.column for finding in wrong}
        try:
            observer = Observer.model_validate(observer_cells(_cells(row, named)))
        except ValidationError as error:
            for each in faults(error, subject=subject, file="observers.csv", row=number):
                column = each.column.split(".")[0]
                if column not in named:
                    wrong.append(each.model_copy(update={"column": column}))
        else:
            found.append(observer)
        findings += wrong
    return tuple(found), tuple(findings)


def _cells(row: Row, wrong: Collection[str]) -> dict[str, Any]:
    """Return the filled cells in the form of the file, without those already known as wrong."""
    filled: dict[str, Any] = {
        column: text
        for column in HEADER
        if (text := row.get(column, "").strip()) and (column == "id" or column not in wrong)
    }
    for column in ("accredited", "reserve"):
        if column in filled:
            filled[column] = "yes" if truth(filled[column]) else "no"
    if "state" in filled:
        filled["state"] = find_state(filled["state"])
    return filled


def _check(row: Row, subject: str, number: int) -> list[Finding]:
    """Return what the model itself cannot tell."""
    found: list[Finding] = []
    code, state = row.get("id", "").strip(), row.get("state", "").strip()
    if not code:
        remedy = "give every observer a pseudonymous id, e.g. O-0301"
        found.append(_problem(subject, number, "id", "", "the id is missing", remedy))
    elif len(code) > 40 or "@" in code or any(letter.isspace() for letter in code):
        remedy = "write a pseudonymous id without blanks, at most 40 characters, e.g. O-0301"
        found.append(
            _problem(subject, number, "id", code, "the id is a name or an address", remedy)
        )
    if state and find_state(state) is None:
        remedy = "write an ISO code such as NO, or the State's name"
        found.append(_problem(subject, number, "state", state, "no State is known by this", remedy))
    languages = row.get("languages", "").strip()
    try:
        skills = observer_cells({"languages": languages}).get("languages") if languages else []
    except ValueError as error:
        found.append(
            _problem(subject, number, "languages", languages, str(error), "write en:C1 ru:B2")
        )
        skills = []
    unknown = [
        skill["language"] for skill in skills or [] if not _CODE.fullmatch(skill["language"])
    ]
    if unknown:
        message = f"{', '.join(unknown)} is no code of a language"
        found.append(
            _problem(subject, number, "languages", languages, message, "write en:C1 ru:B2")
        )
    for column in ("accredited", "reserve"):
        text = row.get(column, "").strip()
        if text and truth(text) is None:
            found.append(
                _problem(
                    subject, number, column, text, "this is neither yes nor no", "write yes or no"
                )
            )
    return found


def _problem(
    subject: str, number: int, column: str, value: str, message: str, remedy: str
) -> Finding:
    return problem(
        "IN-VALUE",
        subject,
        message,
        value=value,
        remedy=remedy or "remove one of the rows, or give the person an own id",
        file="observers.csv",
        row=number,
        column=column,
    )
