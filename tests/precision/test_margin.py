"""Margins of error and the samples that they need."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint, samplesize_confint_proportion

from planner.precision.margin import critical_value, margin_of_error, required_n

FRAME = 10_033
effects = st.floats(1, 10)
shares = st.floats(0.01, 0.99)


@pytest.mark.parametrize(
    ("n", "deff", "margin"), [(150, 1, 0.0794), (1_500, 1, 0.0233), (1_500, 1.45, 0.0281)]
)
def test_margins_of_the_field(n: int, deff: float, margin: float) -> None:
    assert margin_of_error(n, FRAME, deff=deff) == pytest.approx(margin, abs=5e-5)


@pytest.mark.parametrize(("deff", "n"), [(1, 370.02), (1.45, 527.76)])
def test_required_numbers_of_the_field(deff: float, n: float) -> None:
    assert required_n(0.05, FRAME, deff=deff) == pytest.approx(n, abs=5e-3)


def test_critical_value_of_the_field() -> None:
    assert critical_value() == pytest.approx(1.959964, abs=5e-7)


@pytest.mark.parametrize(("events", "n"), [(15, 150), (700, 1_500)])
def test_margin_without_end_is_the_wald_interval_of_statsmodels(events: int, n: int) -> None:
    low, high = proportion_confint(events, n, alpha=0.05, method="normal")
    assert margin_of_error(n, p=events / n) == pytest.approx((high - low) / 2)


@pytest.mark.parametrize("margin", [0.03, 0.05, 0.1])
def test_required_number_without_end_is_that_of_statsmodels(margin: float) -> None:
    assert required_n(margin, p=0.3) == pytest.approx(samplesize_confint_proportion(0.3, margin))


@given(st.integers(2, 20_000), st.integers(2, 20_000), effects, shares)
def test_margin_shrinks_with_more_stations(a: int, b: int, deff: float, p: float) -> None:
    fewer, more = sorted((a, b))
    frame = 20_000
    narrow = margin_of_error(more, frame, deff=deff, p=p)
    assert narrow <= margin_of_error(fewer, frame, deff=deff, p=p)


@given(st.integers(1, 10**6), effects, shares)
def test_a_census_leaves_no_margin(frame: int, deff: float, p: float) -> None:
    assert margin_of_error(frame, frame, deff=deff, p=p) == 0


@given(st.integers(1, 1_000), st.integers(1, 10_000), effects, effects)
def test_a_design_effect_never_narrows(n: int, more: int, first: float, second: float) -> None:
    low, high = sorted((first, second))
    frame = n + more
    assert margin_of_error(n, frame, deff=low) <= margin_of_error(n, frame, deff=high)


@given(st.integers(1, 1_000), st.integers(0, 10_000))
def test_a_frame_with_an_end_never_widens(n: int, more: int) -> None:
    assert margin_of_error(n, n + more) <= margin_of_error(n)


@given(st.floats(0.001, 0.4), st.integers(2, 10**6), effects, shares)
def test_required_number_is_the_inverse(margin: float, frame: int, deff: float, p: float) -> None:
    n = required_n(margin, frame, deff=deff, p=p)
    assert n <= frame
    if n >= 1:
        assert margin_of_error(n, frame, deff=deff, p=p) == pytest.approx(margin, rel=1e-6)


def test_part_of_a_station_gains_nothing_from_the_end_of_the_frame() -> None:
    assert margin_of_error(0.5, 100) == pytest.approx(margin_of_error(0.5))


def test_nothing_is_needed_where_nothing_varies() -> None:
    assert required_n(0.05, FRAME, p=0) == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"n": 0}, "Expected n above 0, got 0"),
        ({"n": -1}, "Expected n of 0 or more, got -1"),
        ({"n": math.nan}, "Expected n of 0 or more, got nan"),
        ({"n": 11}, "Expected n up to the population of 10, got 11"),
        ({"n": 0, "population": 0}, "Expected population of 1 or more, got 0"),
        ({"n": 5, "p": 1.2}, "Expected p from 0 to 1, got 1.2"),
        ({"n": 5, "deff": 0.9}, "Expected deff of 1 or more, got 0.9"),
        ({"n": 5, "confidence": 1}, "Expected confidence between 0 and 1, got 1"),
    ],
)
def test_impossible_values_are_refused(values: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        margin_of_error(**({"population": 10} | values))


@pytest.mark.parametrize("margin", [0, 1, -0.1, math.nan])
def test_impossible_margins_are_refused(margin: float) -> None:
    with pytest.raises(ValueError, match="Expected margin between 0 and 1, got"):
        required_n(margin, FRAME)
