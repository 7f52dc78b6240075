"""Inclusion probabilities proportional to size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.precision.inclusion import pps_inclusion

draws = st.lists(st.integers(0, 5_000), min_size=1, max_size=40).flatmap(
    lambda sizes: st.tuples(st.just(sizes), st.integers(0, sum(size > 0 for size in sizes)))
)


def test_probabilities_follow_size() -> None:
    assert pps_inclusion([10, 20, 30, 40], 2) == pytest.approx((0.2, 0.4, 0.6, 0.8))


def test_certain_units_are_taken_out_and_the_rest_is_computed_anew() -> None:
    # 80 is certain at once; without it 15 of 25 for one draw is not.
    assert pps_inclusion([80, 15, 5, 5], 2) == pytest.approx((1, 0.6, 0.2, 0.2))
    # Without 100, 40 passes one as well: 2 x 40 / 60.
    assert pps_inclusion([100, 40, 10, 10], 3) == pytest.approx((1, 1, 0.5, 0.5))


def test_units_without_size_are_never_drawn() -> None:
    assert pps_inclusion([0, 3, 1], 2) == (0, 1, 1)
    assert pps_inclusion([4, 4], 0) == (0, 0)


@given(draws)
def test_probabilities_sum_to_the_draw(case: tuple[list[int], int]) -> None:
    sizes, n = case
    chances = pps_inclusion(sizes, n)
    assert sum(chances) == pytest.approx(n)
    assert all(0 <= chance <= 1 for chance in chances)
    ordered = sorted(zip(sizes, chances, strict=True))
    assert [chance for _, chance in ordered] == sorted(chances)


@given(draws)
def test_open_units_keep_their_proportion(case: tuple[list[int], int]) -> None:
    sizes, n = case
    ratios = [c / s for s, c in zip(sizes, pps_inclusion(sizes, n), strict=True) if s and c < 1]
    assert ratios == pytest.approx(ratios[:1] * len(ratios))


@pytest.mark.parametrize(
    ("sizes", "n", "message"),
    [
        ([1, -1], 1, "Expected size of 0 or more, got -1"),
        ([1, 0], 2, "Expected n from 0 to 1 units with a size, got 2"),
        ([1], -1, "Expected n from 0 to 1 units with a size, got -1"),
    ],
)
def test_impossible_draws_are_refused(sizes: list[float], n: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pps_inclusion(sizes, n)
