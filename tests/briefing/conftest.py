"""Runs of the small mission, made once for all tests of briefings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.domain.mission_input import MissionInput
from planner.remember.plan import Memory
from planner.scenario.document import Scenario
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun, run_point, run_scenario
from tests.good_plan import good_mission

MISSION = good_mission()
DRAWS = 100
MEMORY = Memory()


def run(**changes: Any) -> ScenarioRun:
    return run_scenario(MISSION, Scenario.model_validate(changes), memory=MEMORY, draws=DRAWS)


def refused_point(**changes: Any) -> Point:
    point = run_point(MISSION, Scenario.model_validate(changes), memory=MEMORY, draws=DRAWS)
    assert point.status == "refused"
    return point


@pytest.fixture(scope="session")
def base() -> ScenarioRun:
    """Return the mission as it is: five pairs, on a usual day."""
    return run()


@pytest.fixture(scope="session")
def fewer() -> ScenarioRun:
    """Return three pairs."""
    return run(
        name="two pairs fewer",
        question="What would two pairs fewer cost?",
        staffing={"sto_pairs": 3},
        notes="(B) Two pairs fewer than are asked for now.",
    )


@pytest.fixture(scope="session")
def cut_off() -> ScenarioRun:
    """Return the west cut off: the same plan, another day."""
    return run(name="west cut off", isolated=[{"region": "WEST", "from_hour": 6, "to_hour": 30}])


@pytest.fixture(scope="session")
def limited() -> ScenarioRun:
    """Return a limited mission, which has no STOs."""
    return run(name="limited", format="LEOM")


@pytest.fixture(scope="session")
def impossible() -> Point:
    """Return numbers that cannot be."""
    return refused_point(name="too many", staffing={"sto_pairs": -1}, day={"dwell_min": 0})


@pytest.fixture(scope="session")
def mission() -> MissionInput:
    """Return the mission of all runs."""
    return MISSION


@pytest.fixture(scope="session")
def named() -> Callable[[ScenarioRun, str], ScenarioRun]:
    """Return a run under another name, without planning it again."""

    def rename(found: ScenarioRun, name: str, question: str = "") -> ScenarioRun:
        scenario = found.scenario.model_copy(update={"name": name, "question": question})
        point = found.point.model_copy(update={"name": name})
        return replace(found, scenario=scenario, point=point)

    return rename
