"""Figures that follow from sizes and design effect alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.precision.estimate import Assumptions, figures
from planner.precision.margin import margin_of_error

ASSUMED = Assumptions(
    p=0.5, confidence=0.95, intraclass=0.05, cluster="hub", prevalence=(0.01, 0.05, 0.1)
)


def test_figures_of_the_founding_mission() -> None:
    found = figures(1_500, 10_033, 1.45, ASSUMED)
    assert found.margin == pytest.approx(0.0281, abs=5e-5)
    assert found.n_effective == pytest.approx(1_500 / 1.45)
    assert figures(150, 10_033, 1, ASSUMED).zero_limit == pytest.approx(196 / 10_033)


def test_nothing_observed_says_nothing() -> None:
    for n, frame in ((0, 10), (0, 0)):
        found = figures(n, frame, 1, ASSUMED)
        assert (found.n_effective, found.margin, found.zero_limit) == (0, None, None)
        assert set(found.detection.values()) == {0}


def test_a_census_leaves_nothing_open_whatever_the_design() -> None:
    found = figures(40, 40, 3.0, ASSUMED)
    assert (found.margin, found.zero_limit) == (0, 0)
    assert set(found.detection.values()) == {1}


def test_one_station_is_no_wider_than_the_scale() -> None:
    assert figures(1, 1_000, 1, ASSUMED).margin == 0.5
    assert margin_of_error(1, 1_000) > 0.5


@given(st.integers(2, 2_000), st.integers(1, 5_000), st.floats(1, 8))
def test_a_design_effect_never_helps(n: int, more: int, deff: float) -> None:
    plain, design = (figures(n, n + more, effect, ASSUMED) for effect in (1.0, deff))
    assert plain.margin is not None
    assert design.margin is not None
    assert plain.margin <= design.margin
    assert plain.zero_limit is not None
    assert design.zero_limit is not None
    assert plain.zero_limit <= design.zero_limit
    assert all(plain.detection[p] >= design.detection[p] for p in ASSUMED.prevalence)
