"""What a change of plan costs: quantities, money, journeys."""

import pytest

from planner.compare import compare_plans
from planner.compare.cost import cost_change, journeys, quantities
from planner.domain.ids import TeamId, TownId
from planner.domain.mission import Costs
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from tests.good_plan import TRAVEL, good_mission, good_plan


def _costed(**costs: object) -> MissionInput:
    mission = good_mission()
    changed = mission.mission.model_copy(update={"costs": Costs.model_validate(costs)})
    return mission.model_copy(update={"mission": changed})


def _moved(plan: Plan, team: str, town: str) -> Plan:
    return plan.model_copy(
        update={
            "teams": tuple(
                each.model_copy(update={"base_town": TownId(town)}) if each.id == team else each
                for each in plan.teams
            )
        }
    )


def test_quantities_by_hand() -> None:
    mission, plan = good_mission(), good_plan()
    found = quantities(mission, plan)
    # 2 LTO teams from E-25 to E+7 (33 days), 5 STO pairs from E-4 to E+2 (7 days).
    assert found["vehicle_day"] == found["interpreter_day"] == 2 * 33 + 5 * 7
    assert found["bed_night"] == 2 * 2 * 32 + 5 * 2 * 6
    assert found["observer_day"] == 2 * 2 * 33 + 5 * 2 * 7
    assert found["km"] == pytest.approx(plan.kpis["distance_total_km"])


def test_team_without_vehicle_costs_none() -> None:
    plan = good_plan()
    first = plan.teams[0].model_copy(update={"vehicle": False})
    found = quantities(good_mission(), plan.model_copy(update={"teams": (first, *plan.teams[1:])}))
    assert found["vehicle_day"] == found["interpreter_day"] - 33


def test_unnamed_slot_counts_as_two_people() -> None:
    plan = good_plan()
    unnamed = tuple(team.model_copy(update={"members": ()}) for team in plan.teams)
    assert quantities(good_mission(), plan.model_copy(update={"teams": unnamed})) == quantities(
        good_mission(), plan
    )


def test_no_money_without_unit_costs() -> None:
    mission, plan = good_mission(), good_plan()
    found = cost_change(mission, plan, mission, plan)
    assert found.money is None
    assert all(line.difference == 0 for line in found.lines)


def test_money_of_fewer_days_and_of_a_new_price() -> None:
    plan = good_plan()
    fewer = plan.model_copy(update={"teams": plan.teams[:-1], "days": plan.days[:-1]})
    old, new = _costed(vehicle_day=100, km=1), _costed(vehicle_day=110, illustrative=True)
    same_price = cost_change(old, plan, old, fewer)
    vehicles = next(line for line in same_price.lines if line.item == "vehicle_day")
    assert (vehicles.difference, vehicles.money) == (-7, -700)
    assert not same_price.illustrative
    dearer = cost_change(old, plan, new, plan)
    assert [line.item for line in dearer.priced] == ["vehicle_day"]
    assert dearer.money == pytest.approx(10 * 101)
    assert dearer.illustrative


def test_two_currencies_give_no_sum() -> None:
    plan = good_plan()
    found = cost_change(_costed(vehicle_day=1), plan, _costed(vehicle_day=1, currency="USD"), plan)
    assert (found.currency, found.priced, found.money) == ("", (), None)


def test_a_pair_that_moves_travels_again() -> None:
    mission, plan = good_mission(), good_plan()
    change = compare_plans(plan, _moved(plan, "STO-005", "T-E1"))
    found = journeys(mission, change.people, TRAVEL)
    team = next(team for team in plan.teams if team.id == TeamId("STO-005"))
    assert found.people == tuple(sorted(team.members))
    # 0.6 degrees of longitude on the 50th parallel, twice, by roads of 1.3.
    assert found.distance_km == pytest.approx(2 * 42.9 * 1.3, rel=0.02)
    assert found.drive_h > 0
    assert found.unknown == 0


def test_unknown_town_is_told_not_guessed() -> None:
    mission, plan = good_mission(), good_plan()
    change = compare_plans(plan, _moved(plan, "STO-005", "T-GONE"))
    found = journeys(mission, change.people, TRAVEL)
    assert (len(found.people), found.unknown, found.distance_km) == (2, 2, 0)


def test_nobody_moves() -> None:
    plan = good_plan()
    found = journeys(good_mission(), compare_plans(plan, plan).people, TRAVEL)
    assert (found.people, found.distance_km, found.drive_h, found.unknown) == ((), 0, 0, 0)
