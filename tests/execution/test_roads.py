"""Closed roads: waiting, and being stopped on the way."""

from dataclasses import replace

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.execution.noise import Isolation, Noise
from planner.execution.roads import Roads
from tests.execution.small import CLOSING, FIRST, MIN, OPENING, OnePair, one_pair

HOUR = 60 * MIN
# The west is five hours ahead of UTC, from which seconds are counted.
TEN, NOON = 5 * HOUR, 7 * HOUR


@pytest.fixture
def pair() -> OnePair:
    return one_pair()


def _roads(pair: OnePair, *isolations: Isolation) -> Roads:
    return Roads(pair.mission, pair.days, Noise(isolations=isolations))


def _west(from_hour: float, to_hour: float, probability: float = 1.0) -> Isolation:
    return Isolation(region="WEST", from_hour=from_hour, to_hour=to_hour, probability=probability)


def _array(value: float) -> np.ndarray:
    return np.array([[value]])


def _at(node: int) -> np.ndarray:
    return np.array([[node]])


@pytest.mark.parametrize(
    ("at_s", "until_s"),
    [(TEN - 1, TEN - 1), (TEN, NOON), (NOON - 1, NOON), (NOON, NOON)],
)
def test_nobody_leaves_while_the_roads_are_closed(pair: OnePair, at_s: float, until_s: float):
    roads = _roads(pair, _west(10, 12))
    assert roads.wait(_array(at_s), _at(OPENING), pair.luck).item() == until_s


@pytest.mark.parametrize(
    ("leaves_s", "arrives_s"),
    [
        (TEN - HOUR, TEN),  # there before
        (TEN - HOUR / 2, NOON + HOUR / 2),  # half of the way after
        (NOON, NOON + HOUR),  # after
    ],
)
def test_who_is_on_the_road_waits_there(pair: OnePair, leaves_s: float, arrives_s: float):
    roads = _roads(pair, _west(10, 12))
    arrive = roads.arrive(_array(leaves_s), _array(HOUR), _at(OPENING), FIRST, pair.luck)
    assert arrive.item() == arrives_s


def test_staying_is_no_drive(pair: OnePair):
    roads = _roads(pair, _west(10, 12))
    assert roads.arrive(_array(TEN), _array(0), _at(OPENING), FIRST, pair.luck).item() == TEN


def test_closures_that_overlap_count_once_and_others_add_up(pair: OnePair):
    overlapping = _roads(pair, _west(10, 12), _west(11, 13), _west(10.5, 11.5))
    start = _array(TEN - HOUR / 2)
    arrive = overlapping.arrive(start, _array(HOUR), _at(OPENING), FIRST, pair.luck)
    assert arrive.item() == NOON + 1.5 * HOUR
    apart = _roads(pair, _west(12.25, 13), _west(10, 12))
    arrive = apart.arrive(start, _array(HOUR), _at(OPENING), FIRST, pair.luck)
    assert arrive.item() == NOON + HOUR / 2 + 0.75 * HOUR
    assert overlapping.wait(_array(TEN), _at(OPENING), pair.luck).item() == NOON + HOUR


def test_a_drive_into_the_region_waits_at_its_border(pair: OnePair):
    region = pair.days.region.copy()
    region[0, CLOSING] = list(pair.days.regions).index("EAST")
    pair.days = replace(pair.days, region=region)
    # The east is six hours ahead: ten there is nine in the west.
    roads = _roads(pair, Isolation(region="EAST", from_hour=10, to_hour=12))
    start, drive = _array(TEN - HOUR), _array(HOUR / 2)
    assert roads.arrive(start, drive, _at(FIRST), CLOSING, pair.luck).item() == NOON - HOUR / 2
    assert roads.arrive(start, drive, _at(OPENING), FIRST, pair.luck).item() == TEN - HOUR / 2
    assert roads.arrive(start, drive, _at(CLOSING), FIRST, pair.luck).item() == NOON - HOUR / 2


@pytest.mark.parametrize(("probability", "until_s"), [(0.3, TEN), (0.31, NOON)])
def test_a_closure_happens_with_its_probability(pair: OnePair, probability: float, until_s: float):
    pair.luck.closed[:] = 0.3
    roads = _roads(pair, _west(10, 12, probability))
    assert roads.wait(_array(TEN), _at(OPENING), pair.luck).item() == until_s


def test_an_unknown_region_is_refused_with_those_there_are(pair: OnePair):
    with pytest.raises(PlannerError, match="'WESTT'") as caught:
        _roads(pair, Isolation(region="WESTT", from_hour=0, to_hour=1))
    assert caught.value.code == "SI-REGION"
    assert "EAST, WEST" in caught.value.remedy
