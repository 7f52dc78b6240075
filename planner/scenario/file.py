"""Scenarios as TOML files: ``scenarios/NAME.toml`` in a mission folder."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.domain.finding import Finding, Severity
from planner.errors import InputError, PlannerError
from planner.export.atomic import write_bytes
from planner.intake.records import faults
from planner.scenario.document import Scenario

FOLDER = "scenarios"


def read_scenario(path: Path) -> Scenario:
    """Read a scenario.

    Raises
    ------
    InputError
        If it cannot be read; carries a finding for each fault.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        finding = Finding(
            code="SC-TOML",
            severity=Severity.HARD,
            subject=path.name,
            message=f"The scenario cannot be read: {fault}.",
            remedy="Write it as UTF-8 TOML: texts in quotes, tables in brackets.",
            file=path.name,
        )
        raise InputError(f"{path} cannot be read", [finding], finding.remedy) from fault
    return parse_scenario(document, path.name)


def parse_scenario(document: dict[str, Any], name: str = "scenario") -> Scenario:
    """Return the scenario of a document.

    Raises
    ------
    InputError
        If fields are unknown or of another type; carries a finding for each.
    """
    try:
        return Scenario.model_validate(document)
    except ValidationError as error:
        raise InputError(
            f"{name} is no scenario",
            faults(error, subject=name, file=name),
            "correct the fields named",
        ) from error


def scenarios_in(folder: Path) -> tuple[Path, ...]:
    """Return the scenario files of a mission folder, by name."""
    return tuple(sorted((folder / FOLDER).glob("*.toml")))


def write_scenario(scenario: Scenario, path: Path) -> None:
    """Write a scenario; what it leaves as the mission has it is left out.

    Raises
    ------
    PlannerError
        ``EX-WRITE``.
    """
    write_bytes(path, to_toml(scenario).encode())


def to_toml(scenario: Scenario) -> str:
    """Return a scenario as TOML."""
    document = scenario.model_dump(mode="json", exclude_defaults=True)
    document = {"schema_version": scenario.schema_version, "name": scenario.name, **document}
    lines: list[str] = []
    tables: list[tuple[str, dict[str, Any]]] = []
    lists: list[tuple[str, list[dict[str, Any]]]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            tables.append((name, value))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lists.append((name, value))
        else:
            lines.append(f"{name} = {_value(value)}")
    for name, table in tables:
        lines += ["", f"[{name}]", *_fields(table)]
    for name, entries in lists:
        for entry in entries:
            lines += ["", f"[[{name}]]", *_fields(entry)]
    return "\n".join(lines) + "\n"


def _fields(table: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in table.items():
        if isinstance(value, dict):
            inner = ", ".join(f"{_value(key)} = {_value(v)}" for key, v in value.items())
            lines.append(f"{name} = {{ {inner} }}")
        elif value is not None:
            lines.append(f"{name} = {_value(value)}")
    return lines


def _value(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, str):
        return _text(value)
    msg = f"Expected a plain value, got {type(value).__name__}."
    raise TypeError(msg)


def _text(value: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    told = "".join(
        escapes.get(c, c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}") for c in value
    )
    return f'"{told}"'


def find_scenario(folder: Path, name: str) -> Path:
    """Return the file of a scenario by its name in a mission folder, or as a path.

    Raises
    ------
    PlannerError
        ``SC-FILE``: there is none; the message names those there are.
    """
    inside = folder / FOLDER / f"{name}.toml"
    for path in (inside, Path(name)):
        if path.is_file():
            return path
    known = ", ".join(path.stem for path in scenarios_in(folder)) or "none"
    raise PlannerError(
        "SC-FILE",
        f"there is no scenario {name}",
        f"Name a TOML file, or one of those in {FOLDER}/ of the mission: {known}.",
    )
