"""Why nobody goes to a district; remedies are applied and seen to work."""

import pytest

from planner.domain.decision import DecisionKind
from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.explain import Explanation, explain_district
from planner.explain.records import FITS
from planner.explain.variant import changed, with_decision
from planner.optimizer.areas import solve_areas
from planner.optimizer.days import solve_days
from planner.optimizer.sampling import solve_sampling
from planner.optimizer.stage import Effort, Silent
from tests.good_plan import TRAVEL, good_mission, good_plan


def why(mission: MissionInput, plan: Plan, district: str) -> Explanation:
    return explain_district(mission, plan, TRAVEL, DistrictId(district))


def without_e3() -> Plan:
    """Return the plan without a day in E3, and its pair at home."""
    plan = good_plan()
    return plan.model_copy(update={"days": tuple(d for d in plan.days if d.team != "STO-005")})


def test_a_visited_district_says_by_whom():
    found = why(good_mission(), good_plan(), "E3")
    assert found.headline == "District E3 (E3) is visited: 4 of 6 stations, by STO-005."


def test_a_district_without_stations():
    found = why(good_mission(), good_plan(), "X1")
    assert [binding.rule for binding in found.bindings] == ["OP-FRAME"]


def test_an_unknown_district_is_refused():
    with pytest.raises(PlannerError, match="Q9"):
        why(good_mission(), good_plan(), "Q9")


def test_an_untouched_district_gets_a_pin_that_works():
    mission, plan = good_mission(), without_e3()
    found = why(mission, plan, "E3")
    assert found.bindings[0].rule == "S4"
    assert found.bindings[0].value == "0 of 6 stations visited"
    assert "6 of its 6 stations lie within 60 min" in found.headline
    assert [trial.outcome for trial in found.trials] == [FITS] * 3
    remedy = found.remedies[0]
    assert remedy.verified
    assert remedy.decision is not None
    made = with_decision(mission, remedy.decision)
    how, watch = Effort(scale=0.1), Silent()
    drawn = solve_sampling(made, TRAVEL, plan.areas, plan.teams, how, watch)
    days = solve_days(made, TRAVEL, plan.areas, plan.teams, drawn.sample, how, watch)
    seen = {(day.team, stop.place) for day in days.days for stop in day.stops}
    assert (remedy.decision.team, remedy.decision.station) in seen


def test_a_district_far_from_every_hub():
    mission, plan = good_mission(), without_e3()
    teams = tuple(t for t in plan.teams if t.id != "STO-005")
    far = tuple(
        station.model_copy(update={"lon": station.lon + 1.5})
        if station.district == "E3"
        else station
        for station in mission.stations
    )
    mission = changed(mission, stations=far)
    found = why(mission, plan.model_copy(update={"teams": teams}), "E3")
    assert {"S4", "OP-ALLOC-REACH", "D6"} <= {binding.rule for binding in found.bindings}
    reach = next(binding for binding in found.bindings if binding.rule == "OP-ALLOC-REACH")
    assert reach.count == 6
    assert found.remedies[0].verified


def test_a_district_in_no_area_joins_the_one_beside_it():
    plan = good_plan()
    areas = tuple(
        area.model_copy(update={"districts": tuple(d for d in area.districts if d != "E3")})
        for area in plan.areas
    )
    found = why(good_mission(), plan.model_copy(update={"areas": areas}), "E3")
    assert found.bindings[0].rule == "A1"
    assert found.remedies[0].verified
    assert found.remedies[0].decision is not None
    assert found.remedies[0].decision.kind is DecisionKind.DISTRICT_AREA


def test_a_part_of_the_country_without_a_team_is_joined_or_gets_one():
    mission = good_mission()
    cut = tuple(p for p in mission.adjacency if "X1" not in (p.a, p.b))
    cut = tuple(p for p in cut if {p.a, p.b} != {"W2", "E1"} and {p.a, p.b} != {"E1", "W2"})
    mission = changed(mission, adjacency=cut)
    solved = solve_areas(mission, TRAVEL, Effort(), Silent())
    left = [entry for entry in solved.notes.unassigned if entry.code == "OP-AREA-PARTS"]
    assert [entry.subject for entry in left] == ["X1"]
    plan = good_plan().model_copy(update={"areas": solved.areas, "unassigned": tuple(left)})
    found = why(mission, plan, "X1")
    assert [binding.rule for binding in found.bindings] == ["A1", "OP-AREA-PARTS"]
    teams, join = found.remedies
    assert teams.verified
    assert join.verified
    assert "Plan 3 LTO teams" in teams.text
    staffing = mission.mission.staffing.model_copy(update={"lto_teams": 3})
    wider = changed(mission, mission=mission.mission.model_copy(update={"staffing": staffing}))
    again = solve_areas(wider, TRAVEL, Effort(), Silent())
    assert any("X1" in area.districts for area in again.areas)
