"""What another area for a district, or another base town, would do."""

import math

import numpy as np
import pytest

from geodata.travel.great_circle import GreatCircle
from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.objective.areas import areas_cost
from planner.whatif.areas import (
    area_states,
    areas_effect,
    drives_min,
    with_base_town,
    with_district,
)
from tests.good_plan import TRAVEL, good_mission, good_plan
from tests.rules.small import station

A01, A02 = AreaId("A01"), AreaId("A02")


def _without_stations(mission: MissionInput, district: str) -> MissionInput:
    kept = tuple(s for s in mission.stations if s.district != district)
    return mission.model_copy(update={"stations": kept})


def test_a_district_at_the_border_moves_its_load_and_breaks_no_hard_rule() -> None:
    mission, plan = good_mission(), good_plan()
    after = with_district(plan, DistrictId("E1"), A01)
    effect = areas_effect(mission, plan, after, TRAVEL)
    assert [(s.area, s.load, s.districts) for s in effect.before] == [
        ("A01", 12, 2),
        ("A02", 18, 4),
    ]
    assert [(s.area, s.load, s.districts) for s in effect.after] == [("A01", 18, 3), ("A02", 12, 3)]
    # A02 keeps its base town T-E1, which lies in E1: told, because the next plan has to move it.
    assert [(c.rule, c.subject, c.broken) for c in effect.rules if c.severity == "hard"] == [
        ("A3", "A02", True)
    ]
    assert effect.displaced == ("STO-003", "STO-004")


def test_pairs_are_shared_out_anew_by_the_policy() -> None:
    mission, plan = good_mission(), good_plan()
    effect = areas_effect(mission, plan, with_district(plan, DistrictId("E1"), A01), TRAVEL)
    assert [s.sto_pairs for s in effect.before] == [2, 3]
    assert [s.sto_pairs for s in effect.after] == [3, 2]


def test_a_district_apart_breaks_contiguity() -> None:
    mission, plan = good_mission(), good_plan()
    effect = areas_effect(mission, plan, with_district(plan, DistrictId("E3"), A01), TRAVEL)
    parts = [change for change in effect.rules if change.rule == "A2"]
    assert {change.subject for change in parts} == {"A01", "A02"}
    assert all(change.broken and change.severity == "hard" for change in parts)
    assert effect.rules[0].severity == "hard"


def test_cost_is_that_of_the_objective_and_moves_with_the_drive() -> None:
    mission, plan = good_mission(), good_plan()
    after = with_base_town(plan, A02, TownId("T-E3"))
    effect = areas_effect(mission, plan, after, TRAVEL)
    assert effect.cost_before == areas_cost(mission, plan.areas, TRAVEL)
    assert effect.cost_after == areas_cost(mission, after.areas, TRAVEL)
    assert [(s.area, s.base_town, s.farthest) for s in effect.before] == [("A02", "T-E1", "X1")]
    assert [(s.area, s.base_town, s.farthest) for s in effect.after] == [("A02", "T-E3", "E1")]
    assert not effect.rules
    assert not effect.displaced


def test_base_town_outside_the_area_breaks_a3() -> None:
    mission, plan = good_mission(), good_plan()
    effect = areas_effect(mission, plan, with_base_town(plan, A01, TownId("T-E3")), TRAVEL)
    assert [(c.rule, c.subject) for c in effect.rules if c.broken] == [("A3", "A01")]


def test_a_change_that_mends_says_so() -> None:
    mission, good = good_mission(), good_plan()
    apart = with_district(good, DistrictId("E3"), A01)
    effect = areas_effect(mission, apart, with_district(apart, DistrictId("E3"), A02), TRAVEL)
    assert {c.rule for c in effect.rules if c.mended} >= {"A2"}
    assert not any(c.broken for c in effect.rules)


def test_states_tell_voters_and_the_longest_drive() -> None:
    mission, plan = good_mission(), good_plan()
    states = area_states(mission, plan.areas, TRAVEL)
    drives = drives_min(mission, plan.areas[1], TRAVEL)
    assert set(drives) == {"E1", "E2", "E3", "X1"}
    assert states[A02].farthest == "X1"
    assert states[A02].longest_min == max(drives.values())
    assert states[A02].mean_min == pytest.approx(sum(drives.values()) / 4)
    assert states[A01].voters == 2 * sum(800 + 100 * n for n in range(1, 7))
    unknown = mission.model_copy(update={"stations": (station("S", "W1", lat=50.0, lon=60.0),)})
    assert area_states(unknown, plan.areas, TRAVEL)[A01].voters is None


def test_an_area_without_base_town_has_no_drives() -> None:
    mission, plan = good_mission(), good_plan()
    bare = plan.areas[0].model_copy(update={"base_town": None})
    assert drives_min(mission, bare, TRAVEL) == {}
    state = area_states(mission, (bare,), TRAVEL)[A01]
    assert (state.longest_min, state.mean_min, state.farthest) == (None, None, None)


class NoWay(GreatCircle):
    """Nobody gets anywhere."""

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Answer that there is no way."""
        nowhere = np.full((len(origins), len(destinations)), UNROUTABLE)
        return TravelMatrix(nowhere, nowhere)


def test_no_way_is_infinite() -> None:
    drives = drives_min(good_mission(), good_plan().areas[0], NoWay())
    assert set(drives.values()) == {math.inf}


def test_a_mission_without_pairs_shares_out_none() -> None:
    mission, plan = good_mission(), good_plan()
    mission = mission.model_copy(
        update={"mission": mission.mission.model_copy(update={"staffing": Staffing(lto_teams=2)})}
    )
    plan = plan.model_copy(
        update={"areas": tuple(a.model_copy(update={"sto_pairs": 0}) for a in plan.areas)}
    )
    effect = areas_effect(mission, plan, with_district(plan, DistrictId("E1"), A01), TRAVEL)
    assert [s.sto_pairs for s in effect.after] == [0, 0]


def test_an_area_that_runs_empty_is_told_and_does_not_fail() -> None:
    mission, plan = _without_stations(good_mission(), "X1"), good_plan()
    plan = with_district(with_district(plan, DistrictId("W1"), A02), DistrictId("W2"), A02)
    assert plan.areas[0].districts == ()
    states = area_states(mission, plan.areas, TRAVEL)
    assert (states[A01].districts, states[A01].load) == (0, 0.0)


def test_unknown_area_is_refused() -> None:
    with pytest.raises(PlannerError, match="no area A99") as error:
        with_district(good_plan(), DistrictId("E1"), AreaId("A99"))
    assert error.value.code == "WHATIF-AREA"
    assert "A01, A02" in error.value.remedy
    with pytest.raises(PlannerError, match="no area A99"):
        with_base_town(good_plan(), AreaId("A99"), TownId("T-E1"))
