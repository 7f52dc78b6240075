"""Differences, and when they are within the uncertainty."""

import pytest

from planner.briefing.difference import difference, expected
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun


def point(planned: int | None = None, mean: float | None = None, half: float = 0.0) -> Point:
    return Point(
        name="x",
        mission="m",
        input_hash="h",
        status="planned",
        counts=planned,
        counts_mean=mean,
        counts_p5=None if mean is None else mean - half,
        counts_p95=None if mean is None else mean + half,
    )


@pytest.mark.parametrize(("change", "within"), [(4.9, True), (-4.9, True), (5.1, False)])
def test_within_what_two_election_days_may_differ(change: float, within: bool):
    found = difference(point(50, 50, 3), point(50, 50 + change, 4), "counts")
    assert found is not None
    assert found.within is within
    assert found.change == pytest.approx(change)


def test_equal_figures_without_spread_are_within():
    found = difference(point(5, 5), point(5, 5), "counts")
    assert found is not None
    assert found.within is True


def test_a_mean_is_never_compared_with_a_plan():
    found = difference(point(50, 40, 3), point(60), "counts")
    assert found is not None
    assert (found.base, found.value, found.within) == (50, 60, None)


def test_without_a_figure_there_is_no_difference():
    assert difference(point(), point(3), "counts") is None


def test_expected_reads_a_row(base: ScenarioRun):
    found = expected(base.point, "voting_visits")
    assert found.planned == base.point.voting_visits
    assert found.mean == found.value == base.point.voting_visits_mean
