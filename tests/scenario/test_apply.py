"""What a scenario changes in a mission, and what it leaves alone."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from planner.domain.mission import Mission, MissionFormat, Staffing
from planner.domain.observer import Role
from planner.domain.policy import AllocationBasis, ObservationMode, Season
from planner.scenario.apply import Applied, apply
from planner.scenario.document import Scenario
from tests.good_plan import good_mission

MISSION = good_mission()


def applied(**changes: Any) -> Applied:
    return apply(Scenario.model_validate(changes), MISSION)


def stos(found: Applied) -> list[str]:
    return [o.id for o in found.mission.observers if o.role is Role.STO and not o.reserve]


def test_no_change_gives_the_mission_itself():
    found = applied(name="same", isolated=[{"region": "WEST"}], noise="winter", seed=9)
    assert found.mission is MISSION
    assert found.findings == ()


def test_a_change_has_a_hash_of_its_own_and_the_same_change_the_same():
    one, two, other = (applied(day={"dwell_min": n}) for n in (40, 40, 45))
    assert one.mission.input_hash == two.mission.input_hash
    assert len({MISSION.input_hash, one.mission.input_hash, other.mission.input_hash}) == 3


def test_127_pairs_come_of_300_at_85_percent():
    many = MISSION.model_copy(
        update={"towns": tuple(t.model_copy(update={"beds": None}) for t in MISSION.towns)}
    )
    scenario = Scenario.model_validate({"staffing": {"sto_pairs": 150}, "delivery": {"rate": 0.85}})
    numbers = apply(scenario, many).numbers
    assert numbers.stos_requested == 300
    assert numbers.stos_delivered == 255
    assert numbers.pairs_delivered == numbers.pairs_planned == 127
    unknown = scenario.model_copy(
        update={"delivery": scenario.delivery.model_copy(update={"known": False})}
    )
    numbers = apply(unknown, many).numbers
    assert (numbers.pairs_planned, numbers.pairs_delivered) == (150, 127)


def test_the_roster_of_fewer_is_part_of_that_of_more():
    rosters = [stos(applied(staffing={"sto_pairs": pairs})) for pairs in (1, 2, 3, 4, 5)]
    for pairs, (fewer, more) in enumerate(pairwise(rosters), start=1):
        assert len(fewer) == 2 * pairs
        assert set(fewer) < set(more)
    assert stos(applied(staffing={"sto_pairs": 2}, seed=1)) != stos(
        applied(staffing={"sto_pairs": 2}, seed=2)
    )


def test_nobody_is_invented_and_it_is_said():
    found = applied(staffing={"sto_pairs": 7})
    assert len(stos(found)) == 10
    assert [f.code for f in found.findings] == ["SC-ROSTER"]


def test_a_state_that_sends_nobody_is_not_in_the_roster():
    # AT has one nominated STO (the other is a reserve) of ten.
    found = applied(delivery={"by_state": {"AT": 0.0}})
    states = {o.state for o in found.mission.observers if o.role is Role.STO and not o.reserve}
    assert "AT" not in states
    assert found.numbers.stos_delivered == 9
    assert found.numbers.pairs_planned == 4


def test_no_pairs_and_no_teams_are_zero_although_there_is_a_roster():
    none = applied(staffing={"sto_pairs": 0, "lto_teams": 0})
    assert [none.mission.teams_wanted(role) for role in Role] == [0, 0]


def test_formats_without_stos():
    leom = applied(format="LEOM")
    assert leom.mission.mission.format is MissionFormat.LEOM
    assert leom.mission.mission.staffing == Staffing(lto_teams=2, sto_pairs=0)
    assert leom.numbers.pairs_planned == 0
    eam = applied(format="EAM")
    assert [eam.mission.teams_wanted(role) for role in Role] == [0, 0]
    # Whatever was changed stands in a mission that can be read again.
    for found in (leom, eam):
        document = found.mission.mission.model_dump(mode="json")
        assert Mission.model_validate(document) == found.mission.mission


def test_second_round_moves_election_day_and_lto_teams_stay():
    found = applied(second_round={})
    known = found.mission.mission
    assert known.e_day == date(2022, 12, 4)
    assert known.day(known.calendar.lto_from_day) == MISSION.mission.day(
        MISSION.mission.calendar.lto_from_day
    )
    assert known.calendar.sto_from_day == MISSION.mission.calendar.sto_from_day
    assert found.numbers.pairs_requested == 3
    assert applied(second_round={}, staffing={"sto_pairs": 5}).numbers.pairs_requested == 5


def test_roads_days_and_basis():
    found = applied(
        travel={"season": "winter", "speed_factor": 0.5},
        day={"mode": "mixed", "static_share": 0.4, "dwell_min": 60, "max_visits": 4},
        allocation_basis="equal",
        closed_towns=["T-E3"],
    ).mission
    policies, before = found.mission.policies, MISSION.mission.policies
    assert policies.travel.season is Season.WINTER
    assert [band.speed_km_h for band in policies.travel.speed_bands] == [
        band.speed_km_h / 2 for band in before.travel.speed_bands
    ]
    assert policies.day.mode is ObservationMode.MIXED
    assert (policies.day.static_share, policies.day.dwell_min, policies.day.max_visits) == (
        0.4,
        60,
        4,
    )
    assert policies.day.count_min == before.day.count_min
    assert policies.allocation.basis is AllocationBasis.EQUAL
    assert {town.id: town.beds for town in found.towns} == {"T-E1": 10, "T-E3": 0, "T-W1": 10}


def test_surplus_without_the_plans_knowing_stays_in_reserve():
    found = applied(delivery={"rate": 1.15, "known": False}, staffing={"sto_pairs": 5})
    assert found.numbers.pairs_planned == 5
    assert found.numbers.stos_delivered == 11
    codes = [f.code for f in applied(delivery={"rate": 1.3, "known": False}).findings]
    assert "SC-SURPLUS" in codes


@pytest.mark.parametrize("rate", [0.7, 0.85, 1.0, 1.15])
def test_more_delivery_never_plans_fewer(rate: float):
    pairs = [
        applied(staffing={"sto_pairs": n}, delivery={"rate": rate}).numbers.pairs_planned
        for n in range(9)
    ]
    assert pairs == sorted(pairs)
