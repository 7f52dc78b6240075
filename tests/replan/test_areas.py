"""Earlier areas: pins move one district, contiguity takes along what hangs on it."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.place import Adjacency, Town
from planner.domain.plan import StageName
from planner.replan.partition import NoWayError, Partition
from tests.good_plan import TRAVEL, good_plan
from tests.replan.small import MISSION, again, changed, chosen, decided, first, hard, points

AREAS = good_plan().areas
"""A01: W1, W2 (base in W1); A02: E1, E2, E3, X1 (base in E1); all in a row."""


def moved_to(district: str, area: str) -> Decision:
    return Decision(
        kind=DecisionKind.DISTRICT_AREA, district=DistrictId(district), area=AreaId(area)
    )


def settled(*decisions: Decision) -> dict[str, str]:
    partition = Partition(MISSION, TRAVEL, AREAS, AREAS)
    for decision in decisions:
        partition.pin(decision)
    owner, bases = partition.settled()
    assert all(owner[MISSION.town_of[town].district] == area for area, town in bases.items())
    return {str(district): str(area) for district, area in owner.items()}


def test_without_pins_nothing_moves():
    assert settled() == {str(d): str(area.id) for area in AREAS for d in area.districts}


def test_a_pin_at_the_border_moves_its_district_alone():
    assert settled(moved_to("W2", "A02")) == settled() | {"W2": "A02"}


def test_a_pin_beyond_the_border_takes_the_way_there_along():
    # The base of A02 lies in E1, which is on the only way from A01 to E2.
    with pytest.raises(NoWayError, match="cannot be joined to A01"):
        settled(moved_to("E2", "A01"))
    freed = Decision(kind=DecisionKind.BASE_TOWN, area=AreaId("A02"), town=TownId("T-E3"))
    found = settled(freed, moved_to("E2", "A01"))
    assert found == settled() | {"E1": "A01", "E2": "A01"}


def test_what_is_cut_off_goes_to_its_neighbour():
    # X1 hangs on E3 only; E3 alone goes to A01, so that X1 is left without a link to E1.
    bridge = Adjacency(a=DistrictId("E3"), b=DistrictId("W1"))
    mission = changed(adjacency=(*MISSION.adjacency, bridge))
    partition = Partition(mission, TRAVEL, AREAS, AREAS)
    partition.pin(moved_to("E3", "A01"))
    owner, _ = partition.settled()
    assert owner["E3"] == owner["X1"] == "A01"


def test_an_area_that_would_be_empty_is_no_way():
    with pytest.raises(NoWayError):
        settled(moved_to("W1", "A02"), moved_to("W2", "A02"))


def test_a_lost_base_town_is_replaced_by_the_best_of_the_area():
    towns = tuple(town for town in MISSION.towns if town.id != "T-E1")
    near = Town(
        id=TownId("T-E2"), name="New", district=DistrictId("E2"), lat=50.0, lon=60.9, beds=9
    )
    mission = changed(towns=(*towns, near))
    partition = Partition(mission, TRAVEL, AREAS, AREAS)
    _, bases = partition.settled()
    assert bases == {"A01": "T-W1", "A02": "T-E2"}
    assert partition.rebased == {"A02"}


def test_an_area_without_a_possible_base_is_no_way():
    towns = tuple(town for town in MISSION.towns if town.id == "T-W1")
    with pytest.raises(NoWayError, match="no town where an LTO team can live"):
        Partition(changed(towns=towns), TRAVEL, AREAS, AREAS).settled()


def test_a_new_district_joins_a_neighbour():
    without = tuple(
        area.model_copy(update={"districts": tuple(d for d in area.districts if d != "E2")})
        for area in AREAS
    )
    partition = Partition(MISSION, TRAVEL, without, AREAS)
    owner, _ = partition.settled()
    assert owner["E2"] == "A02"
    assert partition.new == {"E2"}


def test_a_base_town_pin_moves_the_base_and_no_district():
    (home,) = [area for area in first().areas if "E3" in area.districts]
    town = "T-E3" if home.base_town != "T-E3" else "T-E1"
    mission = decided(Decision(kind=DecisionKind.BASE_TOWN, area=home.id, town=TownId(town)))
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert [area.districts for area in result.plan.areas] == [a.districts for a in first().areas]
    # The base, the LTO team that lives there, and its two people.
    assert chosen(result, StageName.AREAS).moves == 4


def test_the_kept_objective_stands_against_the_free_bound():
    (other,) = [area.id for area in first().areas if "W2" in area.districts]
    result = again(decided(moved_to("E1", str(other))))
    kept = points(result, StageName.AREAS)["kept"]
    free = points(result, StageName.AREAS)["free"]
    assert kept.bound == free.bound
    assert kept.objective is not None
    assert kept.bound is not None
    assert kept.objective >= kept.bound - 1e-6
