"""Every single way to break the good plan, for the hard rules of the rulebook."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from planner.domain.decision import DecisionKind
from planner.domain.mission_input import MissionInput
from planner.domain.place import Town
from planner.domain.plan import Day, Phase, Plan, Unassigned
from tests.referee.changes import (
    MINUTE,
    Change,
    Mutation,
    day_with,
    decided,
    input_with,
    observer_with,
    plan_with,
    policy_with,
    record_with,
    rerouted,
    stops_with,
)

MUTATIONS: list[Mutation] = []


def breaks(code: str, *, sealed: bool = True) -> Callable[[Change], Change]:
    """Enter a function as the mutation that breaks ``code`` and nothing else."""

    def enter(change: Change) -> Change:
        name = change.__name__.replace("_", " ")
        MUTATIONS.append(Mutation(code, name, change, sealed))
        return change

    return enter


@breaks("P1")
def one_member(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "teams", "STO-001", members=("STO-P01",))


@breaks("P1")
def the_same_person_twice(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "teams", "STO-001", members=("STO-P01", "STO-P01"))


@breaks("P2")
def one_nationality(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    # The reserve comes from the State of STO-P01.
    return mission, plan_with(plan, "teams", "STO-001", members=("STO-P01", "STO-P11"))


def _with_new(mission: MissionInput, plan: Plan, **update: Any) -> tuple[MissionInput, Plan]:
    """Put an observer like STO-P02 but for ``update`` in their place."""
    mission = observer_with(mission, "STO-P02", **update)
    return mission, plan_with(plan, "teams", "STO-001", members=("STO-P01", "NEW"))


@breaks("P3")
def a_national_of_the_host_country(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return _with_new(mission, plan, state="KZ")


@breaks("P4")
def one_person_in_two_teams(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "teams", "STO-002", members=("STO-P01", "STO-P04"))


@breaks("P5")
def not_accredited(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return _with_new(mission, plan, accredited=False)


@breaks("P5")
def leaves_too_early(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return _with_new(mission, plan, available_to=date(2022, 11, 21))


@breaks("P5")
def an_lto_comes_too_late(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    late = {"available_from": date(2022, 10, 27)}  # LTOs are needed from 26 October
    return record_with(mission, "observers", "LTO-P01", **late), plan


@breaks("P6")
def no_working_language(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return _with_new(mission, plan, languages=())


@breaks("P7")
def an_excluded_pair(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.NEVER_PAIR, observers=("STO-P02", "STO-P01")), plan


@breaks("P7")
def a_required_pair_apart(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.PAIR, observers=("STO-P01", "STO-P04")), plan


@breaks("P8")
def a_sensitive_nationality(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.NEVER_STATE_AREA, state="AT", area="A01"), plan


@breaks("A1")
def a_district_in_no_area(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "areas", "A02", districts=("E1", "E2", "E3"))


@breaks("A1")
def a_district_in_two_areas(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "areas", "A01", districts=("W1", "W2", "E1"))


@breaks("A2")
def a_stray_district(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    plan = plan_with(plan, "areas", "A01", districts=("W1", "W2", "X1"))
    return mission, plan_with(plan, "areas", "A02", districts=("E1", "E2", "E3"))


@breaks("A3")
def a_base_town_outside(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    plan = plan_with(plan, "areas", "A01", base_town="T-E1")
    return mission, plan_with(plan, "teams", "LTO-01", base_town="T-E1")


@breaks("A3")
def no_base_town(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "areas", "A01", base_town=None)


@breaks("A3")
def an_lto_team_in_another_town(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "teams", "LTO-02", base_town="T-E3")


@breaks("A3")
def a_hub_outside(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    near = mission.town_of[mission.towns[0].id]  # T-E1, but across the border of the area
    over = Town(id="T-XX", name="Over", district="W2", lat=near.lat, lon=near.lon, beds=9)
    mission = input_with(mission, towns=(*mission.towns, over))
    plan = plan_with(plan, "teams", "STO-003", base_town="T-XX")
    return mission, rerouted(mission, plan, "STO-003", ("E1-1", "E1-2", "E1-3", "E1-4"), "C-E")


@breaks("A3")
def too_few_beds(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return record_with(mission, "towns", "T-E3", beds=1), plan


@breaks("A4")
def observer_in_another_area(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    pin = {"observers": ("STO-P01",), "area": "A02"}
    return decided(mission, DecisionKind.OBSERVER_AREA, **pin), plan


@breaks("A4")
def district_in_another_area(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.DISTRICT_AREA, district="X1", area="A01"), plan


@breaks("A4")
def another_base_town(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.BASE_TOWN, area="A02", town="T-E3"), plan


@breaks("A4")
def another_hub(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.TEAM_TOWN, team="STO-004", town="T-E3"), plan


@breaks("A4")
def a_barred_station(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.NEVER_STATION, station="E1-2"), plan


@breaks("A4")
def a_wanted_station_left_out(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return decided(mission, DecisionKind.VISIT_STATION, station="E1-6"), plan


@breaks("A4")
def a_wanted_station_by_another_team(
    mission: MissionInput, plan: Plan
) -> tuple[MissionInput, Plan]:
    pin = {"station": "E1-2", "team": "STO-004"}
    return decided(mission, DecisionKind.VISIT_STATION, **pin), plan


@breaks("D1")
def a_station_of_another_area(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, rerouted(mission, plan, "STO-002", ("W2-1", "E1-5", "W2-3", "W2-4"), "C-W")


@breaks("D2")
def two_teams_at_one_station(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, rerouted(mission, plan, "STO-004", ("E2-1", "E1-2", "E2-3", "E2-4"), "C-E")


@breaks("D2")
def a_station_visited_again(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    route = ("E1-1", "E1-2", "E1-3", "E1-2", "E1-4")
    return mission, rerouted(mission, plan, "STO-003", route, "C-E")


@breaks("D3")
def an_opening_reached_late(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    plan = stops_with(plan, "STO-001", {0: {"arrive": 10 * MINUTE}})
    return mission, _leaves_base(plan, "STO-001", 10 * MINUTE)


@breaks("D3")
def an_opening_reached_too_early(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    plan = stops_with(plan, "STO-001", {0: {"arrive": -40 * MINUTE}})
    return mission, _leaves_base(plan, "STO-001", -40 * MINUTE)


def _leaves_base(plan: Plan, team: str, later: timedelta) -> Plan:
    return day_with(
        plan, team, lambda day: day.model_copy(update={"leave_base": day.leave_base + later})
    )


@breaks("D3")
def two_openings(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, stops_with(plan, "STO-001", {1: {"phase": Phase.OPENING}})


@breaks("D3")
def a_closing_reached_late(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    late = {2: {"leave": 5 * MINUTE}, 3: {"arrive": 5 * MINUTE}}
    return mission, stops_with(plan, "STO-001", late)


@breaks("D4")
def a_visit_before_opening(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    # W2-1 opens at 06:00 and the pair waits there; going on at once, it is early at W2-2.
    early = {0: {"leave": -10 * MINUTE}, 1: {"arrive": -10 * MINUTE}}
    return mission, stops_with(plan, "STO-002", early)


@breaks("D4")
def a_visit_after_closing(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return record_with(mission, "stations", "E1-3", closes=time(18)), plan


@breaks("D4")
def hours_of_another_time_zone(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    # The same clock time, an hour later on Earth: E1-3 closes when the visit is half over.
    return record_with(mission, "stations", "E1-3", closes=time(19, 14)), plan


@breaks("D5")
def a_visit_too_short(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    short = {1: {"leave": -5 * MINUTE}, 2: {"arrive": -5 * MINUTE}}
    return mission, stops_with(plan, "STO-001", short)


@breaks("D5")
def an_opening_left_too_soon(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    soon = {0: {"leave": -5 * MINUTE}, 1: {"arrive": -5 * MINUTE}}
    return mission, stops_with(plan, "STO-001", soon)


@breaks("D5")
def a_tabulation_left_too_soon(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    plan = stops_with(plan, "STO-001", {5: {"leave": -5 * MINUTE}})
    return mission, _home_earlier(plan)


def _home_earlier(plan: Plan) -> Plan:
    return day_with(
        plan,
        "STO-001",
        lambda day: day.model_copy(update={"reach_base": day.reach_base - 5 * MINUTE}),
    )


@breaks("D6")
def a_leg_too_long(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, rerouted(mission, plan, "STO-001", ("W1-1", "W1-6", "W1-3", "W1-4"), "C-W")


@breaks("D6")
def too_much_driving(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return policy_with(mission, "day", max_drive_min=110), plan


@breaks("D6")
def too_long_on_duty(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return policy_with(mission, "day", max_duty_min=19 * 60), plan


@breaks("D6")
def too_many_visits(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return policy_with(mission, "day", max_visits=1), plan


@breaks("D7")
def a_count_left_early(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    earlier = {4: {"leave": -5 * MINUTE}, 5: {"arrive": -5 * MINUTE, "leave": -5 * MINUTE}}
    return mission, _home_earlier(stops_with(plan, "STO-001", earlier))


@breaks("D7")
def a_closing_without_its_count(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    def no_count(day: Day) -> Day:
        stops = list(day.stops)
        stops[3] = stops[3].model_copy(update={"leave": stops[4].leave})
        return day.model_copy(update={"stops": (*stops[:4], *stops[5:])})

    left = Unassigned(kind="team", subject="STO-001", code="X", reason="told", remedy="none")
    plan = plan.model_copy(update={"unassigned": (left,)})
    return mission, day_with(plan, "STO-001", no_count)


@breaks("D7")
def a_count_without_its_closing(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    def no_closing(day: Day) -> Day:
        stops = list(day.stops)
        same = {name: getattr(stops[3], name) for name in ("arrive", "travel_s", "distance_m")}
        stops[4] = stops[4].model_copy(update=same)
        return day.model_copy(update={"stops": (*stops[:3], *stops[4:])})

    return mission, day_with(plan, "STO-001", no_closing)


@breaks("D8")
def no_vehicle(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "teams", "STO-001", vehicle=False)


@breaks("D8")
def no_interpreter(mission: MissionInput, plan: Plan) -> tuple[MissionInput, Plan]:
    return mission, plan_with(plan, "teams", "LTO-01", interpreter=False)
