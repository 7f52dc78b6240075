"""The founding mission: without noise every pair keeps its plan to the second."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.execution import Delivery, Noise, simulate
from planner.export.document import load_plan
from planner.intake.folder import load_mission
from planner.travel import make_provider
from tests.execution.same_times import assert_same_times

pytestmark = pytest.mark.slow

Founding = tuple[MissionInput, Plan, TravelProvider]


@pytest.fixture(scope="module")
def founding(founding_folder: Path) -> Founding:
    mission = load_mission(founding_folder).mission_input
    return mission, load_plan(founding_folder / "plan.json"), make_provider(mission)


def test_every_time_of_all_pairs_is_that_of_the_plan(founding: Founding):
    mission, plan, travel = founding
    execution = simulate(mission, plan, travel, Noise.zero(), draws=2, keep_times=True)
    assert assert_same_times(execution, plan, mission) > 1_500
    summary = execution.summary()
    assert all(phase.planned == phase.observed.p5 for phase in summary.phases)


def test_slower_roads_never_observe_more_in_any_draw(founding: Founding):
    mission, plan, travel = founding
    noise = Noise.preset("winter")
    runs = [
        simulate(mission, plan, travel, noise.model_copy(update={"speed_factor": speed}), draws=200)
        for speed in (1.0, 0.8, 0.5, 0.25, 0.1)
    ]
    seen = [run.visits + run.opening for run in runs]
    assert all((after <= before).all() for before, after in pairwise(seen))
    closed = [run.closing.mean() for run in runs]
    assert all(after <= before for before, after in pairwise(closed))


def test_four_of_five_observers_make_about_four_of_five_pairs(founding: Founding):
    mission, plan, travel = founding
    delivery = Delivery(rate=0.8, late_withdrawal=0)
    out = simulate(mission, plan, travel, Noise.zero(), draws=100, delivery=delivery).present
    reserves = sum(observer.reserve for observer in mission.observers)
    share = np.mean(out.sum(axis=0)) / len(plan.days)
    assert 0.78 <= share <= 0.80 + reserves / (2 * len(plan.days))
