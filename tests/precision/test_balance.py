"""Balance of what is observed against the frame."""

import pytest

from planner.domain.ids import StationId
from planner.precision.balance import REMOTENESS, URBAN_RURAL, Balances, balance
from tests.good_plan import good_mission


def test_balance_of_the_field() -> None:
    found = balance(URBAN_RURAL, {"urban": 75, "rural": 25}, {"urban": 6, "rural": 4})
    assert found.distance == pytest.approx(0.15)


def test_nothing_compares_with_nothing() -> None:
    assert balance(URBAN_RURAL, {}, {"urban": 6}).distance is None
    assert balance(URBAN_RURAL, {"urban": 6}, {}).distance is None


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="Expected counts of 0 or more, got"):
        balance(URBAN_RURAL, {"urban": -1}, {"urban": 6})


def test_stations_are_compared_by_settlement_and_by_distance() -> None:
    mission = good_mission()
    found = {b.by: b for b in Balances(mission).of({StationId("W1-1"): 1, StationId("W1-2"): 0.5})}
    assert found[URBAN_RURAL].observed == {"rural": 0.5, "urban": 1}
    assert found[URBAN_RURAL].frame == {"rural": 20, "urban": 10}
    assert found[URBAN_RURAL].distance == pytest.approx(2 / 3 - 1 / 3)
    frame = found[REMOTENESS].frame
    assert sum(frame.values()) == 30
    assert set(found[REMOTENESS].observed) == {"0-10 km"}
    assert found[REMOTENESS].distance == pytest.approx(1 - frame["0-10 km"] / 30)


def test_a_mission_without_towns_has_no_distances() -> None:
    mission = good_mission().model_copy(update={"towns": ()})
    found = {b.by: b for b in Balances(mission).of({StationId("W1-1"): 1})}
    assert found[REMOTENESS].distance is None
    assert found[URBAN_RURAL].distance is not None
