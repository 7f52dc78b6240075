"""Joint teams: real drives, real hours, and duplicates counted."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from planner.domain.ids import StationId
from planner.scenario.document import Scenario
from planner.scenario.joint import _Around, joint_visits
from tests.good_plan import TRAVEL, good_mission

MISSION = good_mission()


def scenario(*pairs: tuple[str, int], seed: int = 1) -> Scenario:
    joint: list[Any] = [{"town": town, "pairs": number} for town, number in pairs]
    return Scenario.model_validate({"joint": joint, "seed": seed})


def test_no_joint_teams_add_nothing():
    found = joint_visits(scenario(), MISSION, TRAVEL, [StationId("W1-1")])
    assert (found.pairs, found.visits, found.duplicates, found.distinct_stations) == (0, 0, 0, 1)


def test_visits_are_new_or_duplicates():
    seen = [StationId("W1-1"), StationId("E3-6")]
    found = joint_visits(scenario(("T-W1", 3), ("T-E1", 2)), MISSION, TRAVEL, seen)
    assert found.pairs == 5
    assert found.visits == found.duplicates + found.distinct_stations - len(seen)
    assert found.duplicates > 0


def test_all_that_they_visit_is_seen_twice_if_everything_is_observed():
    everything = [station.id for station in MISSION.stations]
    found = joint_visits(scenario(("T-W1", 1)), MISSION, TRAVEL, everything)
    assert found.visits == found.duplicates > 0
    assert found.distinct_stations == len(everything)


def test_a_pairs_day_does_not_depend_on_the_other_pairs():
    one = joint_visits(scenario(("T-W1", 1)), MISSION, TRAVEL, [])
    two = joint_visits(scenario(("T-E1", 1), ("T-W1", 1)), MISSION, TRAVEL, [])
    alone = joint_visits(scenario(("T-E1", 1)), MISSION, TRAVEL, [])
    assert two.visits == one.visits + alone.visits


@pytest.mark.parametrize("seed", range(5))
def test_a_day_keeps_hours_legs_and_driving(seed: int):
    policies = MISSION.mission.policies.day
    around = _Around(MISSION, TRAVEL, MISSION.town_of["T-E1"])  # type: ignore[index]
    day = around.day(np.random.default_rng(seed))
    assert 1 < len(set(day)) == len(day) <= policies.max_visits
    numbers = [[s.id for s in around.stations].index(station) for station in day]
    legs = [int(around.from_town[numbers[0]])]
    legs += [int(around.between[a][b]) for a, b in pairwise(numbers)]
    back = int(around.from_town[numbers[-1]])
    assert max(*legs, back) <= 60 * policies.max_leg_min
    assert sum(legs) + back <= 60 * policies.max_drive_min
    stay = 60 * (policies.dwell_min + policies.visit_buffer_min)
    assert sum(legs[1:]) + len(day) * stay <= 13 * 3600


def test_a_town_far_from_all_stations_sees_nothing():
    town = MISSION.towns[0].model_copy(update={"lat": 10.0})
    far = MISSION.model_copy(update={"towns": (town, *MISSION.towns[1:])})
    assert joint_visits(scenario((str(town.id), 4)), far, TRAVEL, []).visits == 0
