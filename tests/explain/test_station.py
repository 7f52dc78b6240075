"""Why a station is not visited; remedies are applied and seen to work."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Day, Phase, Plan, TeamMode
from planner.domain.policy import SampleMode
from planner.errors import PlannerError
from planner.explain import Explanation, Remedy, explain_station
from planner.explain.records import FITS
from planner.explain.variant import changed, with_decision, with_policy
from planner.optimizer.days import solve_days
from planner.optimizer.sampling import solve_sampling
from planner.optimizer.stage import Effort, Silent
from tests.good_plan import TRAVEL, good_mission, good_plan


def why(mission: MissionInput, plan: Plan, station: str) -> Explanation:
    return explain_station(mission, plan, TRAVEL, StationId(station))


def applied(mission: MissionInput, remedy: Remedy) -> MissionInput:
    policies = (() if remedy.policy is None else (remedy.policy,)) + remedy.also
    for path, value in policies:
        mission = with_policy(mission, path, value)
    return mission if remedy.decision is None else with_decision(mission, remedy.decision)


def visitors(mission: MissionInput, plan: Plan, station: str) -> set[str]:
    """Plan sampling and days anew and return who comes to a station."""
    how, watch = Effort(scale=0.1), Silent()
    drawn = solve_sampling(mission, TRAVEL, plan.areas, plan.teams, how, watch)
    days = solve_days(mission, TRAVEL, plan.areas, plan.teams, drawn.sample, how, watch)
    return {day.team for day in days.days for stop in day.stops if stop.place == station}


def with_station(mission: MissionInput, name: str, **fields: Any) -> MissionInput:
    def mended(station: Station) -> Station:
        return station.model_copy(update=fields) if station.id == name else station

    return changed(mission, stations=tuple(mended(station) for station in mission.stations))


def rules(explanation: Explanation) -> list[str]:
    return [binding.rule for binding in explanation.bindings]


def test_a_visited_station_says_by_whom_and_when():
    found = why(good_mission(), good_plan(), "W1-1")
    assert found.headline == "W1-1 is in the plan: STO-001 at 06:30 (opening)."
    assert not found.bindings
    assert not found.remedies


def test_an_unknown_station_is_refused():
    with pytest.raises(PlannerError) as caught:
        why(good_mission(), good_plan(), "nowhere")
    assert caught.value.code == "WHY-SUBJECT"
    assert "nowhere" in caught.value.message


def test_a_substitute_is_tried_in_every_day_of_its_area_and_may_be_pinned():
    mission, plan = good_mission(), good_plan()
    found = why(mission, plan, "W1-5")
    assert "substitute" in found.headline
    assert rules(found) == ["OP-SAMPLE-SUBSTITUTE", "D1"]
    assert {trial.subject: trial.outcome for trial in found.trials} == {
        "STO-001": FITS,
        "STO-002": FITS,
    }
    (remedy,) = found.remedies
    assert remedy.verified
    assert remedy.decision is not None
    assert visitors(applied(mission, remedy), plan, "W1-5") == {remedy.decision.team}


def test_a_special_station_was_not_drawn():
    mission, plan = good_mission(), good_plan()
    found = why(mission, plan, "E3-6")
    assert "was not drawn: 0 of 1 special stations around Town T-E3" in found.headline
    assert rules(found)[0] == "OP-SAMPLE"
    assert visitors(applied(mission, found.remedies[0]), plan, "E3-6") == {"STO-005"}


def test_coverage_tells_of_priorities_instead_of_chances():
    mission, plan = good_mission(), good_plan()
    plan = plan.model_copy(update={"sample_mode": SampleMode.COVERAGE})
    found = why(mission, plan, "E3-6")
    assert rules(found)[0] == "OP-SAMPLE-ORDER"
    assert "by lot" not in found.headline


def test_a_full_day_takes_it_in_the_place_of_another_or_with_one_visit_more():
    mission, plan = with_policy(good_mission(), "day.max_visits", 2), good_plan()
    found = why(mission, plan, "W1-5")
    cap = next(binding for binding in found.bindings if binding.rule == "OP-DAYS-CAP")
    assert (cap.value, cap.limit, cap.count) == ("3 visits", "at most 2 visits", 2)
    swap, more = found.remedies
    assert "in the place of W1-3 of the same stratum" in swap.text
    assert more.policy == ("day.max_visits", 3.0)
    for remedy in (swap, more):
        assert remedy.verified
        assert visitors(applied(mission, remedy), plan, "W1-5") == {"STO-001"}


def only_w1() -> Plan:
    """Return the good plan with one pair in one district."""
    plan = good_plan()
    area = plan.areas[0].model_copy(update={"districts": ("W1",), "sto_pairs": 1})
    teams = tuple(team for team in plan.teams if team.id in ("LTO-01", "STO-001"))
    days = tuple(day for day in plan.days if day.team == "STO-001")
    return plan.model_copy(update={"areas": (area,), "teams": teams, "days": days})


def without_opening(day: Day) -> Day:
    stops = tuple(stop for stop in day.stops if stop.phase is not Phase.OPENING)
    return day.model_copy(update={"stops": stops})


def raised(explanation: Explanation, path: str) -> float:
    """Return the value that an explanation wants a policy raised to, for an insertion."""
    for remedy in explanation.remedies:
        if remedy.policy and remedy.policy[0] == path and "in the place of" not in remedy.effect:
            assert remedy.verified
            return remedy.policy[1]
    pytest.fail(f"{path} is not raised by {explanation.remedies}")


def fits(explanation: Explanation) -> bool:
    return FITS in [trial.outcome for trial in explanation.trials]


@pytest.mark.parametrize(
    ("path", "tight", "rule"),
    [("day.max_drive_min", 56, "D6"), ("day.max_visits", 2, "OP-DAYS-CAP")],
)
def test_the_least_value_of_a_limit_works_and_one_less_does_not(path: str, tight: int, rule: str):
    mission, plan = with_station(good_mission(), "W1-5", lon=60.2), only_w1()
    found = why(with_policy(mission, path, tight), plan, "W1-5")
    assert rule in rules(found)
    value = raised(found, path)
    assert value > tight
    assert fits(why(with_policy(mission, path, value), plan, "W1-5"))
    assert not fits(why(with_policy(mission, path, value - 1), plan, "W1-5"))


def test_the_least_duty_of_a_day_that_may_start_later():
    """Without an opening a day starts as late as it can, and a visit more lengthens it."""
    plan = only_w1()
    plan = plan.model_copy(update={"days": tuple(map(without_opening, plan.days))})
    mission = with_policy(good_mission(), "day.max_duty_min", 410)
    value = raised(why(mission, plan, "W1-5"), "day.max_duty_min")
    assert fits(why(with_policy(mission, "day.max_duty_min", value), plan, "W1-5"))
    assert not fits(why(with_policy(mission, "day.max_duty_min", value - 1), plan, "W1-5"))


def test_a_longer_leg_is_as_long_as_the_pin_needs_it():
    mission = with_station(good_mission(), "W1-5", lon=60.35)
    mission, plan = with_policy(mission, "day.max_leg_min", 25), only_w1()
    remedy = next(r for r in why(mission, plan, "W1-5").remedies if r.policy)
    assert remedy.policy is not None
    assert remedy.policy[0] == "day.max_leg_min"
    assert visitors(applied(mission, remedy), plan, "W1-5") == {"STO-001"}
    short = (remedy.policy[0], remedy.policy[1] - 1)
    assert not visitors(applied(mission, replace(remedy, policy=short)), plan, "W1-5")


def test_beyond_reach_all_that_is_needed_is_told_and_works():
    mission, plan = good_mission(), good_plan()
    found = why(mission, plan, "W1-6")
    assert rules(found)[:2] == ["OP-ALLOC-REACH", "D6"]
    assert "could not be drawn: it is 101.5 min from Town T-W1" in found.headline
    (remedy,) = found.remedies
    assert remedy.verified
    assert remedy.decision is not None
    assert visitors(applied(mission, remedy), plan, "W1-6") == {remedy.decision.team}
    assert not visitors(with_decision(mission, remedy.decision), plan, "W1-6")


def test_a_town_nearer_to_it_is_tried():
    mission, plan = good_mission(), good_plan()
    near = mission.towns[-1].model_copy(
        update={"id": "T-FAR", "name": "Far", "lon": 59.0, "district": "W1"}
    )
    mission = changed(mission, towns=(*mission.towns, near))
    remedy = why(mission, plan, "W1-6").remedies[0]
    assert remedy.verified
    assert remedy.decision is not None
    assert remedy.decision.kind is DecisionKind.TEAM_TOWN
    assert remedy.decision.town == "T-FAR"
    teams = tuple(
        team.model_copy(update={"base_town": "T-FAR"}) if team.id == remedy.decision.team else team
        for team in plan.teams
    )
    pin = Decision(kind=DecisionKind.VISIT_STATION, station=StationId("W1-6"))
    moved = plan.model_copy(update={"teams": teams})
    assert visitors(with_decision(mission, pin), moved, "W1-6") == {remedy.decision.team}


def test_a_station_left_alone_by_a_decision():
    mission, plan = good_mission(), good_plan()
    never = Decision(
        kind=DecisionKind.NEVER_STATION, station=StationId("W1-5"), reason="a landslide"
    )
    found = why(with_decision(mission, never), plan, "W1-5")
    assert "a decision says that nobody goes there" in found.headline
    assert found.bindings[0].rule == "A4"
    assert "a landslide" in found.bindings[0].value
    (remedy,) = found.remedies
    assert remedy.text == "Withdraw “never_station W1-5”. Pin W1-5 to STO-001."
    assert visitors(applied(mission, remedy), plan, "W1-5") == {"STO-001"}
    assert not visitors(applied(with_decision(mission, never), remedy), plan, "W1-5")


def test_a_station_that_is_open_too_shortly():
    mission = with_station(good_mission(), "W1-5", opens=time(12), closes=time(12, 30))
    found = why(mission, good_plan(), "W1-5")
    short = next(binding for binding in found.bindings if binding.rule == "D5")
    assert (short.value, short.limit) == ("open for 30 min", "a visit takes 35 min")
    (remedy,) = found.remedies
    assert remedy.policy == ("day.dwell_min", 25.0)
    assert visitors(applied(mission, remedy), good_plan(), "W1-5")


def test_nobody_has_time_for_a_station_of_no_hours():
    mission = with_station(good_mission(), "W1-5", opens=time(12), closes=time(12, 2))
    (remedy,) = why(mission, good_plan(), "W1-5").remedies
    assert not remedy.verified


def test_static_pairs_take_nothing_more():
    plan = good_plan()
    teams = tuple(
        team.model_copy(update={"mode": TeamMode.STATIC}) if team.id == "STO-001" else team
        for team in plan.teams
    )
    found = why(good_mission(), plan.model_copy(update={"teams": teams}), "W1-5")
    outcome = {trial.subject: trial.outcome for trial in found.trials}
    assert outcome == {"STO-001": "OP-DAYS-STATIC", "STO-002": FITS}
    assert found.remedies[0].decision is not None
    assert found.remedies[0].decision.team == "STO-002"


def test_all_pairs_static():
    plan = good_plan()
    teams = tuple(team.model_copy(update={"mode": TeamMode.STATIC}) for team in plan.teams)
    found = why(good_mission(), plan.model_copy(update={"teams": teams}), "W1-5")
    assert {trial.outcome for trial in found.trials} == {"OP-DAYS-STATIC"}
    assert found.remedies


def test_a_district_in_no_area():
    mission, plan = good_mission(), good_plan()
    areas = tuple(
        area.model_copy(update={"districts": tuple(d for d in area.districts if d != "E3")})
        for area in plan.areas
    )
    days = tuple(day for day in plan.days if day.team != "STO-005")
    found = why(mission, plan.model_copy(update={"areas": areas, "days": days}), "E3-1")
    assert rules(found) == ["A1"]
    assert found.remedies[0].decision == Decision(
        kind=DecisionKind.DISTRICT_AREA, district="E3", area="A02"
    )


def test_an_area_without_pairs_gets_some_when_pairs_are_shared_out_again():
    mission, plan = good_mission(), good_plan()
    teams = tuple(t for t in plan.teams if t.kind is Role.LTO or t.area != "A01")
    days = tuple(day for day in plan.days if day.team not in ("STO-001", "STO-002"))
    plan = plan.model_copy(update={"teams": teams, "days": days})
    found = why(mission, plan, "W1-5")
    assert rules(found) == ["OP-ALLOC-NONE"]
    assert found.remedies[0].verified
    assert found.remedies[0].effect.startswith("shared out anew, A01 gets")


def test_a_pair_without_a_day_is_tried_too():
    plan = good_plan()
    days = tuple(day for day in plan.days if day.team != "STO-001")
    found = why(good_mission(), plan.model_copy(update={"days": days}), "W1-1")
    assert {trial.subject for trial in found.trials} == {"STO-001", "STO-002"}
    assert found.remedies[0].decision is not None
    assert found.remedies[0].decision.team == TeamId("STO-001")
