"""Limits where nothing was seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom

from planner.precision.interval import clopper_pearson
from planner.precision.zero import chance_of_none, rule_of_three, zero_limit, zero_limit_finite


def test_limits_of_the_field() -> None:
    assert rule_of_three(150) == pytest.approx(0.02)
    assert zero_limit(150) == pytest.approx(0.01977, abs=5e-6)


@pytest.mark.parametrize("n", [1, 7, 150, 1_500])
def test_limit_is_the_one_sided_exact_interval_of_scipy(n: int) -> None:
    exact = binomtest(0, n, alternative="less").proportion_ci(0.95, method="exact")
    assert zero_limit(n) == pytest.approx(exact.high)
    assert zero_limit(n) == pytest.approx(clopper_pearson(0, n, confidence=0.9).high)


@pytest.mark.parametrize(("n", "frame"), [(150, 10_033), (7, 475), (3, 9), (8, 13), (1, 2)])
def test_finite_limit_is_the_greatest_number_that_can_hide(n: int, frame: int) -> None:
    most = max(d for d in range(frame + 1) if hypergeom.pmf(0, frame, d, n) >= 0.05)
    assert zero_limit_finite(n, frame) == pytest.approx(most / frame)


@given(
    st.integers(1, 500).flatmap(
        lambda frame: st.tuples(st.integers(0, frame), st.integers(0, frame), st.just(frame))
    )
)
def test_chance_of_none_is_that_of_scipy(case: tuple[int, int, int]) -> None:
    n, affected, frame = case
    assert chance_of_none(n, affected, frame) == pytest.approx(
        hypergeom.pmf(0, frame, affected, n), abs=1e-12
    )


@given(st.integers(1, 2_000), st.integers(0, 5_000))
def test_a_frame_with_an_end_never_hides_more(n: int, more: int) -> None:
    assert zero_limit_finite(n, n + more) <= zero_limit(n) + 1e-12
    assert zero_limit(n) <= rule_of_three(n)


@given(st.integers(1, 5_000))
def test_a_census_hides_nothing(frame: int) -> None:
    assert zero_limit_finite(frame, frame) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rule_of_three(0), "Expected n above 0, got 0"),
        (lambda: zero_limit(-1), "Expected n above 0, got -1"),
        (lambda: zero_limit(5, confidence=0), "Expected confidence between 0 and 1, got 0"),
        (lambda: zero_limit_finite(0, 5), "Expected n above 0, got 0"),
        (lambda: zero_limit_finite(6, 5), "Expected n up to the population of 5, got 6"),
        (lambda: chance_of_none(2, 6, 5), "Expected affected from 0 to 5, got 6"),
    ],
)
def test_impossible_values_are_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=message):
        call()
