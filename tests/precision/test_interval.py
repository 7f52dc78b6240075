"""Wilson and Clopper-Pearson intervals against DOMAIN.md and statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from planner.precision.interval import clopper_pearson, wilson

observed = st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_intervals_of_the_field() -> None:
    assert wilson(15, 150) == pytest.approx((0.0615, 0.1584), abs=5e-5)
    assert clopper_pearson(15, 150) == pytest.approx((0.0571, 0.1596), abs=5e-5)


@pytest.mark.parametrize(("events", "n"), [(0, 20), (1, 20), (15, 150), (149, 150), (150, 150)])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_intervals_are_those_of_statsmodels(events: int, n: int, confidence: float) -> None:
    alpha = 1 - confidence
    score = proportion_confint(events, n, alpha=alpha, method="wilson")
    exact = proportion_confint(events, n, alpha=alpha, method="beta")
    assert wilson(events, n, confidence=confidence) == pytest.approx(score, abs=1e-12)
    assert clopper_pearson(events, n, confidence=confidence) == pytest.approx(exact, abs=1e-9)


@given(observed, st.floats(0.5, 0.999))
def test_intervals_hold_the_estimate(seen: tuple[int, int], confidence: float) -> None:
    events, n = seen
    for interval in (wilson, clopper_pearson):
        low, high = interval(events, n, confidence=confidence)
        assert 0 <= low <= events / n <= high <= 1


@given(observed)
def test_intervals_mirror(seen: tuple[int, int]) -> None:
    events, n = seen
    for interval in (wilson, clopper_pearson):
        low, high = interval(events, n)
        assert interval(n - events, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_effective_numbers_need_not_be_whole() -> None:
    low, high = clopper_pearson(15 / 1.45, 150 / 1.45)
    assert low < clopper_pearson(15, 150).low
    assert high > clopper_pearson(15, 150).high


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
@pytest.mark.parametrize(
    ("events", "n", "confidence", "message"),
    [
        (0, 0, 0.95, "Expected n above 0, got 0"),
        (-1, 5, 0.95, "Expected events from 0 to n = 5, got -1"),
        (6, 5, 0.95, "Expected events from 0 to n = 5, got 6"),
        (1, 5, 0, "Expected confidence between 0 and 1, got 0"),
    ],
)
def test_impossible_values_are_refused(
    interval: object, events: int, n: int, confidence: float, message: str
) -> None:
    assert callable(interval)
    with pytest.raises(ValueError, match=message):
        interval(events, n, confidence=confidence)
