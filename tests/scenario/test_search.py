"""The search for the least number, on curves whose answer is known."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.scenario.search import least

MOST = 20_000


def margin(needed: int) -> Callable[[int], float]:
    """Fall with the root of the number; exactly enough at ``needed``."""
    return lambda number: math.sqrt(needed / number)


@settings(max_examples=200, deadline=None)
@given(
    needed=st.integers(1, MOST),
    first=st.integers(1, MOST),
    low=st.integers(0, 50),
    power=st.sampled_from([0.25, 0.5, 1.0, 2.0]),
)
def test_on_a_smooth_curve_the_least_is_found_and_proven(
    needed: int, first: int, low: int, power: float
):
    low = min(low, needed - 1)
    found = least(
        lambda number: (needed / number) ** power, low=low, most=MOST, first=max(first, low + 1)
    )
    assert found.answer == needed
    assert found.below == needed - 1
    assert needed - 1 in found.scores or low == needed - 1
    assert found.finished
    assert len(found.scores) <= 30


@pytest.mark.parametrize(("needed", "first"), [(219, 271), (461, 371), (3_000, 100), (30, 400)])
def test_few_tries_are_needed(needed: int, first: int):
    assert len(least(margin(needed), low=0, most=MOST, first=first).scores) <= 10


def test_what_is_known_is_not_tried_again():
    tried: list[int] = []

    def score(number: int) -> float:
        tried.append(number)
        return 100 / number

    found = least(score, low=10, most=MOST, first=100, known={60: 100 / 60})
    assert found.answer == 100
    assert tried[0] == 100
    assert 60 not in tried
    assert len(tried) == len(set(tried))
    assert min(tried) > 10


def test_a_rough_curve_is_looked_at_further_down():
    # 97 is enough although 98 and 99 are not.
    rough = {97: 0.999, 98: 1.001, 99: 1.001}
    found = least(lambda n: rough.get(n, 100 / n), low=0, most=MOST, first=120)
    assert found.answer == 97
    assert found.below == 96
    assert {98, 99} & set(found.scores)


def test_the_most_is_tried_before_it_is_given_up():
    found = least(margin(500), low=0, most=300, first=100)
    assert found.answer is None
    assert 300 in found.scores
    assert found.finished
    assert found.below == 300


def test_more_that_does_not_help_is_noticed():
    found = least(lambda n: 2.0 + 1 / n, low=0, most=MOST, first=50)
    assert found.answer is None
    assert found.stalled
    assert max(found.scores) < MOST / 4
    assert len(found.scores) <= 6


def test_where_more_is_worse_fewer_are_tried():
    # Best at 40, and only there enough.
    found = least(lambda n: 0.99 + abs(n - 40) / 40, low=0, most=MOST, first=42)
    assert found.answer == 40
    assert found.below == 39


def test_no_more_tries_leave_it_open():
    tried: list[int] = []

    def score(number: int) -> float | None:
        tried.append(number)
        return 1_000 / number if len(tried) < 3 else None

    found = least(score, low=0, most=MOST, first=100)
    assert not found.finished


def test_nothing_reached_at_all_doubles_until_something_is():
    found = least(lambda n: math.inf if n < 100 else 0.5, low=0, most=MOST, first=1)
    assert found.answer == 100
    assert found.below == 99


def test_an_answer_right_above_what_is_ruled_out_needs_no_proof():
    found = least(margin(50), low=49, most=MOST, first=50)
    assert found.answer == 50
    assert set(found.scores) == {50}
