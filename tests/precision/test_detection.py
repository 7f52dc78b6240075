"""Power to see, and to show, what is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, hypergeom

from planner.precision.detection import affected_stations, power_above, power_to_see


def test_affected_stations_are_rounded_down_but_at_least_one() -> None:
    assert affected_stations(0.01, 10_033) == 100
    assert affected_stations(0.1, 30) == 3
    assert affected_stations(0.01, 30) == 1
    assert affected_stations(0, 30) == 0
    assert affected_stations(1, 30) == 30


@pytest.mark.parametrize("prevalence", [0.01, 0.05, 0.1])
@pytest.mark.parametrize("n", [1, 150, 1_500])
def test_power_to_see_is_that_of_scipy(n: int, prevalence: float) -> None:
    assert power_to_see(n, prevalence) == pytest.approx(binom.sf(0, n, prevalence))
    affected = int(prevalence * 10_033)
    assert power_to_see(n, prevalence, 10_033) == pytest.approx(
        hypergeom.sf(0, 10_033, affected, n), abs=1e-10
    )


@given(st.integers(0, 400), st.integers(0, 400), st.floats(0, 1))
def test_more_stations_see_more(a: int, b: int, prevalence: float) -> None:
    fewer, more = sorted((a, b))
    assert power_to_see(fewer, prevalence, 400) <= power_to_see(more, prevalence, 400) + 1e-12
    assert power_to_see(fewer, prevalence) <= power_to_see(more, prevalence) + 1e-12


def test_a_census_sees_whatever_is_there() -> None:
    assert power_to_see(50, 0.001, 50) == 1
    assert power_to_see(50, 0, 50) == 0


@pytest.mark.parametrize("frame", [None, 10_033])
def test_power_above_a_threshold_is_that_of_the_exact_test(frame: int | None) -> None:
    n, really, threshold = 150, 0.12, 0.05
    if frame is None:
        needed = min(
            k for k in range(n + 1) if binomtest(k, n, threshold, "greater").pvalue <= 0.05
        )
        power = binom.pmf(np.arange(needed, n + 1), n, really).sum()
    else:
        limit, affected = int(threshold * frame), int(really * frame)
        needed = min(k for k in range(n + 1) if hypergeom.sf(k - 1, frame, limit, n) <= 0.05)
        power = hypergeom.pmf(np.arange(needed, n + 1), frame, affected, n).sum()
    assert power_above(n, really, threshold, frame) == pytest.approx(power)
    assert 0.8 < power < 1


@given(st.integers(0, 300), st.floats(0.01, 0.5))
def test_a_threshold_that_is_true_is_seldom_passed(n: int, threshold: float) -> None:
    assert power_above(n, threshold, threshold) <= 0.05 + 1e-9
    assert power_above(n, threshold, threshold, 300) <= 0.05 + 1e-9 or threshold * 300 < 1


def test_more_stations_show_more() -> None:
    powers = [power_above(n, 0.12, 0.05) for n in (50, 150, 400, 1_500)]
    assert powers == sorted(powers)
    assert powers[-1] > 0.999


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: power_to_see(-1, 0.1), "Expected n of 0 or more, got -1"),
        (lambda: power_to_see(6, 0.1, 5), "Expected n up to the population of 5, got 6"),
        (lambda: power_to_see(5, 1.1), "Expected prevalence from 0 to 1, got 1.1"),
        (lambda: power_above(5, 0.1, -1), "Expected threshold from 0 to 1, got -1"),
        (lambda: power_above(5, 0.1, 0.1, confidence=2), "Expected confidence between 0 and 1"),
        (lambda: affected_stations(0.1, 0), "Expected population of 1 or more, got 0"),
    ],
)
def test_impossible_values_are_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=message):
        call()
