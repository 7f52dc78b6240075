"""Which places a plan observes in a phase, with which chance."""

import pytest

from planner.domain.plan import Phase
from planner.precision.sighting import sightings
from tests.good_plan import INHABITED, good_mission, good_plan

MISSION, PLAN = good_mission(), good_plan()


def test_every_station_of_a_phase_once_with_what_the_lot_says() -> None:
    seen = sightings(MISSION, PLAN, Phase.VOTING, {})
    assert [s.place for s in seen] == sorted(f"{d}-{k}" for d in INHABITED for k in (2, 3))
    first = next(s for s in seen if s.place == "W1-3")
    assert (first.chance, first.hub, first.pair) == (1, "A01 T-W1", "STO-001")
    assert (first.region, first.stratum) == ("WEST", "urban")
    assert first.probability == pytest.approx(4 / 6)
    assert first.primary


def test_a_station_visited_twice_is_one_station() -> None:
    twice = PLAN.model_copy(update={"days": (*PLAN.days, PLAN.days[0])})
    assert len(sightings(MISSION, twice, Phase.VOTING, {})) == 10


def test_commissions_are_shared_and_stand_alone() -> None:
    seen = sightings(MISSION, PLAN, Phase.TABULATION, {})
    assert [(s.place, s.hub, s.region, s.probability) for s in seen] == [
        ("C-E", "C-E", "EAST", None),
        ("C-W", "C-W", "WEST", None),
    ]


def test_places_that_the_mission_does_not_know_are_left_to_the_referee() -> None:
    fewer = MISSION.model_copy(
        update={"stations": MISSION.stations[1:], "commissions": MISSION.commissions[1:]}
    )
    assert len(sightings(fewer, PLAN, Phase.TABULATION, {})) == 1
    assert {s.place for s in sightings(fewer, PLAN, Phase.OPENING, {})} == {
        f"{district}-1" for district in INHABITED if district != "E1"
    }


def test_a_station_outside_the_sample_belongs_to_the_hub_of_its_pair() -> None:
    seen = sightings(MISSION, PLAN.model_copy(update={"sample": ()}), Phase.VOTING, {})
    assert {s.hub for s in seen} == {"A01 T-W1", "A02 T-E1", "A02 T-E3"}
    assert not any(s.primary or s.probability for s in seen)


def test_a_simulated_number_is_spread_over_the_plan() -> None:
    seen = sightings(MISSION, PLAN, Phase.VOTING, {Phase.VOTING: 7.5})
    assert {s.chance for s in seen} == {0.75}
    assert {s.chance for s in sightings(MISSION, PLAN, Phase.OPENING, {Phase.VOTING: 7.5})} == {1}


def test_simulated_chances_are_taken_place_by_place() -> None:
    seen = sightings(MISSION, PLAN, Phase.VOTING, {Phase.VOTING: {"W1-2": 0.3, "E1-2": 1}})
    assert {s.place: s.chance for s in seen if s.chance} == {"W1-2": 0.3, "E1-2": 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (11, "Expected a number observed in voting from 0 to 10, as planned, got 11"),
        (-1, "Expected a number observed in voting from 0 to 10, as planned, got -1"),
        ({"W1-1": 1}, "Expected places that the plan observes in voting, got W1-1"),
        ({"W1-2": 1.5}, "Expected chances from 0 to 1, got {'W1-2': 1.5}"),
    ],
)
def test_impossible_simulations_are_refused(given: float | dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sightings(MISSION, PLAN, Phase.VOTING, {Phase.VOTING: given})
