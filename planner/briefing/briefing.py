"""Two pages that a head of mission can take into a meeting."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from planner.briefing.page_one import page_one
from planner.briefing.page_two import page_two
from planner.briefing.reading import Compared, compared
from planner.briefing.typeset import typeset
from planner.briefing.words import short
from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.export.atomic import write_bytes
from planner.export.classification import SYNTHETIC, long_date
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun

MOST_RUNS = 9
"""Scenarios on two pages: one to compare with, and eight others."""


def write_briefing(
    runs: Sequence[ScenarioRun],
    path: Path,
    *,
    at: datetime,
    question: str = "",
    mission: MissionInput | None = None,
    refused: Sequence[Point] = (),
    fonts: Sequence[Path] = (),
) -> None:
    """Write a briefing of exactly two A4 pages; equal arguments give equal bytes.

    Parameters
    ----------
    runs
        Planned scenarios, the first one being what the others are compared with.
    path
        The .pdf file, replaced as a whole.
    at
        When the briefing is made; with a time zone.
    question
        What somebody wants to know; by default the scenario's own question.
    mission
        The base mission; by default that of the first run.
    refused
        Rows of scenarios that cannot be, for their reasons.
    fonts
        Folders of fonts for scripts beyond Latin, Greek, Cyrillic, Georgian and Armenian.

    Raises
    ------
    PlannerError
        ``BR-EMPTY``, ``BR-MISSION`` as for :func:`planner.briefing.reading.compared`; ``BR-MANY``
        for more than nine scenarios; ``BR-MISSING`` without typst; ``BR-TYPST``; ``EX-WRITE``.
    """
    check_number(len(runs))
    found = compared((*runs, *refused), mission, question)
    write_bytes(path, typeset(content(found, at), fonts))


def check_number(number: int) -> None:
    """Check before anything is planned that so many scenarios fit.

    Raises
    ------
    PlannerError
        ``BR-MANY`` if they do not.
    """
    if number > MOST_RUNS:
        raise PlannerError(
            "BR-MANY",
            f"{number:,} scenarios do not fit on two pages, {MOST_RUNS} do",
            f"Name at most {MOST_RUNS} scenarios, or take the workbook (--as xlsx).",
        )


def content(found: Compared, at: datetime) -> dict[str, Any]:
    """Return all that the two pages show, as for JSON."""
    mission = found.mission.mission
    return {
        "mission": short(mission.name, 90),
        "e_day": long_date(mission.e_day),
        "classification": found.classification,
        "synthetic": SYNTHETIC if found.synthetic else "",
        "date": long_date(at.date()),
        "made": [at.year, at.month, at.day],
        "one": page_one(found),
        "two": page_two(found, at),
    }
