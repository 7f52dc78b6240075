"""Scenarios of runs side by side as files: the two pages for a meeting, and the workbook."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from planner.scenario.document import Scenario
from planner.store.access import User
from planner.workspace.scenarios import Simulations

BriefingKind = Literal["pdf", "xlsx"]


def briefing_file(
    simulations: Simulations,
    user: User,
    chosen: Sequence[tuple[str, Scenario]],
    kind: BriefingKind,
) -> bytes:
    """Return a briefing of scenarios, from their plans as they were made.

    Parameters
    ----------
    chosen
        Run and scenario; the first is what the others are compared with.
    kind
        ``pdf`` for two pages, ``xlsx`` for the workbook of the comparison.

    Raises
    ------
    StoreError, InputError, PlannerError
        ``ST-ACCESS``; ``WS-RUN``; ``WS-PLAN-GONE`` if a plan is not remembered any more;
        ``BR-MANY``, ``BR-MISSING``, ``BR-TYPST`` for the pages; ``EX-WRITE``.
    """
    from planner.briefing.briefing import (  # noqa: PLC0415 - heavy import
        check_number,
        write_briefing,
    )
    from planner.briefing.comparison import write_comparison  # noqa: PLC0415 - heavy import

    if kind == "pdf":
        check_number(len(chosen))
    found = [simulations.scenario_run(user, run, scenario) for run, scenario in chosen]
    missions, runs = [mission for mission, _run in found], [run for _mission, run in found]
    with tempfile.TemporaryDirectory(prefix="mission-planner-") as folder:
        path = Path(folder) / f"briefing.{kind}"
        if kind == "pdf":
            write_briefing(runs, path, at=simulations.clock(), mission=missions[0])
        else:
            write_comparison(runs, path, mission=missions[0])
        return path.read_bytes()
