"""Random numbers: whose they are, how they are spread, and that nobody else changes them."""

import numpy as np
import pytest

from planner.execution.arrays import DayArrays
from planner.execution.luck import NO_BREAKDOWN, LuckSource, generator
from planner.execution.noise import Noise
from planner.execution.read_days import read_days
from tests.execution.small import MIN, only
from tests.good_plan import TRAVEL, good_mission, good_plan

MANY = 20_000


def _days(*teams: str) -> DayArrays:
    plan = only(good_plan(), *teams) if teams else good_plan()
    return read_days(good_mission(), plan, TRAVEL)


@pytest.fixture(scope="module")
def one() -> DayArrays:
    return _days("STO-001")


def test_a_generator_belongs_to_its_names_and_seed():
    first = generator(1, "pair", "STO-001").random(4).tolist()
    assert generator(1, "pair", "STO-001").random(4).tolist() == first
    assert generator(2, "pair", "STO-001").random(4).tolist() != first
    assert generator(1, "pair", "STO-002").random(4).tolist() != first
    assert generator(1, "pairS", "TO-001").random(4).tolist() != first


def test_luck_does_not_depend_on_the_other_pairs_nor_on_their_order(one: DayArrays):
    alone = LuckSource(one, Noise(breakdown_probability=0.5), 1).draw(50)
    among = _days("STO-005", "STO-001", "STO-003")
    luck = LuckSource(among, Noise(breakdown_probability=0.5), 1).draw(50)
    for name in ("leg", "stay", "late_s"):
        np.testing.assert_array_equal(getattr(luck, name)[:, 1], getattr(alone, name)[:, 0])
    for name in ("tabulation", "count_s", "breakdown_at", "repair_s"):
        np.testing.assert_array_equal(getattr(luck, name)[1], getattr(alone, name)[0])
    np.testing.assert_array_equal(luck.slow, alone.slow)


def test_few_draws_are_the_first_of_many_in_whatever_portions(one: DayArrays):
    many = LuckSource(one, Noise(), 1).draw(100)
    source = LuckSource(one, Noise(), 1)
    parts = [source.draw(number) for number in (1, 60, 39)]
    for name in ("leg", "stay", "tabulation", "late_s", "count_s", "repair_s", "slow", "closed"):
        joined = np.concatenate([getattr(part, name) for part in parts], axis=-1)
        np.testing.assert_array_equal(joined, getattr(many, name))


def test_the_median_leg_is_as_planned_and_the_spread_as_told(one: DayArrays):
    luck = LuckSource(one, Noise(travel_sigma=0.3, common_sigma=0.1), 1).draw(MANY)
    logs = np.log(luck.leg[1:, 0])
    assert np.abs(np.median(logs, axis=1)).max() < 0.01
    assert logs.std(axis=1) == pytest.approx(0.3, abs=0.005)
    assert np.log(luck.slow).std(axis=1) == pytest.approx(0.1, abs=0.002)
    # Legs of one day have nothing in common but the region.
    assert np.abs(np.corrcoef(logs) - np.eye(len(logs))).max() < 0.03


def test_speed_divides_the_common_factor(one: DayArrays):
    slow = LuckSource(one, Noise.zero().model_copy(update={"speed_factor": 0.5}), 1).draw(3).slow
    assert (slow == 2).all()


def test_late_openings_are_as_frequent_and_as_long_as_told(one: DayArrays):
    noise = Noise(late_opening_probability=0.2, late_opening_mean_min=20, late_opening_max_min=60)
    late = LuckSource(one, noise, 1).draw(MANY).late_s / MIN
    assert (late > 0).mean() == pytest.approx(0.2, abs=0.005)
    # The mean of an exponential delay cut at three times its mean is 1 - exp(-3) of it.
    assert late[late > 0].mean() == pytest.approx(20 * (1 - np.exp(-3)), abs=0.4)
    assert late.max() == 60


def test_counts_take_two_to_six_hours_mostly_what_is_planned(one: DayArrays):
    hours = LuckSource(one, Noise(), 1).draw(MANY).count_s[0] / 3600
    assert 2 <= hours.min() < 2.1
    assert 5.9 < hours.max() <= 6
    # Triangular on 2, 3, 6: mean 11/3, a quarter below the mode.
    assert hours.mean() == pytest.approx(11 / 3, abs=0.02)
    assert (hours < 3).mean() == pytest.approx(0.25, abs=0.01)


def test_without_ends_the_count_is_as_planned(one: DayArrays):
    noise = Noise(count_shortest_min=None, count_longest_min=None)
    assert (LuckSource(one, noise, 1).draw(50).count_s == one.count_s).all()


def test_a_breakdown_strikes_legs_by_their_length(one: DayArrays):
    luck = LuckSource(one, Noise(breakdown_probability=0.5), 1).draw(MANY)
    at, repair_min = luck.breakdown_at[0], luck.repair_s[0] / MIN
    assert (at != NO_BREAKDOWN).mean() == pytest.approx(0.5, abs=0.01)
    share = np.bincount(at[at != NO_BREAKDOWN], minlength=one.nodes) / (at != NO_BREAKDOWN).sum()
    legs = one.planned_leg_s[0]
    np.testing.assert_allclose(share, legs / legs.sum(), atol=0.015)
    assert 45 <= repair_min.min() < repair_min.max() <= 180
    assert repair_min.mean() == pytest.approx(112.5, abs=1)


def test_a_wider_spread_stretches_the_same_numbers(one: DayArrays):
    narrow = LuckSource(one, Noise(travel_sigma=0.1), 1).draw(50)
    wide = LuckSource(one, Noise(travel_sigma=0.2, breakdown_probability=0.9), 1).draw(50)
    np.testing.assert_allclose(np.log(wide.leg), 2 * np.log(narrow.leg))
    np.testing.assert_array_equal(wide.stay, narrow.stay)
