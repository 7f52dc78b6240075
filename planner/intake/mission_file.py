"""``mission.toml`` and ``decisions.toml``: every fault with its place in the file."""

import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from planner.domain.decision import Decision
from planner.domain.finding import Finding
from planner.domain.mission import Mission
from planner.intake.notes import problem
from planner.intake.records import faults


def _read_toml(path: Path, findings: list[Finding]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        findings.append(
            problem(
                "IN-TOML",
                path.name,
                f"the file cannot be read: {error}",
                remedy="write it as UTF-8 TOML: texts in quotes, dates as 2022-11-20",
                file=path.name,
            )
        )
        return None


def zone_exists(name: str) -> bool:
    """Tell whether ``name`` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def read_mission(path: Path, findings: list[Finding]) -> Mission | None:
    """Read ``mission.toml``; None if it has faults, which are appended to ``findings``."""
    if not path.is_file():
        findings.append(
            problem(
                "IN-MISSION",
                path.name,
                "the folder has no mission.toml",
                remedy="create it with `mission-planner new DIR --country XX --e-day YYYY-MM-DD`",
                file=path.name,
            )
        )
        return None
    document = _read_toml(path, findings)
    if document is None:
        return None
    try:
        mission = Mission.model_validate(document)
    except ValidationError as error:
        findings += faults(error, subject=path.name, file=path.name)
        return None
    if not zone_exists(mission.time_zone):
        findings.append(unknown_zone(mission.time_zone, "mission", path.name, None))
        return None
    return mission


def unknown_zone(name: str, subject: str, file: str, row: int | None) -> Finding:
    """Return the finding for a time zone that does not exist."""
    return problem(
        "IN-ZONE",
        subject,
        "the time zone is unknown",
        value=name,
        remedy="use an IANA name such as Asia/Almaty",
        file=file,
        row=row,
        column="time_zone",
    )


def read_decisions(path: Path, findings: list[Finding]) -> tuple[Decision, ...]:
    """Read ``decisions.toml``; no file means no decisions."""
    if not path.is_file():
        return ()
    document = _read_toml(path, findings)
    if document is None:
        return ()
    unknown = sorted(set(document) - {"decision"})
    tables = document.get("decision", [])
    if unknown or not isinstance(tables, list):
        findings.append(
            problem(
                "IN-VALUE",
                path.name,
                "only [[decision]] tables are expected",
                value=", ".join(unknown),
                remedy="write each decision under a line [[decision]]",
                file=path.name,
            )
        )
        return ()
    decisions = []
    for number, table in enumerate(tables, start=1):
        try:
            decisions.append(Decision.model_validate(table))
        except ValidationError as error:
            findings += faults(error, subject=f"decision {number}", file=path.name)
    return tuple(decisions)
