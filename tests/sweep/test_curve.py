"""The marginal curve: differences seed by seed, and falls that are more than luck."""

import pytest

from planner.scenario.point import Point
from planner.sweep.curve import marginal_curve


def point(pairs: int | None, value: float | None, seed: int = 1, status: str = "planned") -> Point:
    return Point.model_validate(
        {
            "name": "p",
            "mission": "m",
            "input_hash": "h",
            "status": status,
            "seed": seed,
            "pairs_planned": pairs,
            "days_value": value,
        }
    )


def test_one_seed_has_gains_and_no_uncertainty():
    curve = marginal_curve([point(20, 300.0), point(10, 160.0), point(30, 420.0)])
    assert [(s.x_from, s.x_to, s.gain, s.low, s.high) for s in curve.steps] == [
        (10, 20, 14.0, None, None),
        (20, 30, 12.0, None, None),
    ]
    assert curve.monotone
    assert not marginal_curve([point(10, 5.0), point(20, 4.0)]).monotone


def test_uncertainty_is_that_of_the_differences():
    # Seed 2 is lucky everywhere by 50: the gain is 10 for both, without any doubt.
    points = [point(n, 10.0 * n + 50 * seed, seed) for n in (10, 20) for seed in (1, 2)]
    curve = marginal_curve(points)
    (step,) = curve.steps
    assert (step.gain, step.low, step.high, step.seeds) == (10.0, 10.0, 10.0, 2)
    assert curve.levels[0].low is not None
    assert curve.levels[0].low < curve.levels[0].mean == 175.0


def test_interval_by_hand():
    # Gains a pair: 1, 2, 3; mean 2, deviation 1, t(2; .975) = 4.302653.
    points = [point(10, 0.0, seed) for seed in (1, 2, 3)]
    points += [point(20, 10.0 * seed, seed) for seed in (1, 2, 3)]
    (step,) = marginal_curve(points).steps
    assert step.gain == pytest.approx(2)
    half = 4.302652729911275 / 3**0.5
    assert (step.low, step.high) == (pytest.approx(2 - half), pytest.approx(2 + half))


def test_a_fall_within_luck_and_one_beyond_it():
    lucky = [point(10, 100.0, 1), point(20, 90.0, 1), point(10, 100.0, 2), point(20, 108.0, 2)]
    curve = marginal_curve(lucky)
    assert curve.steps[0].falls
    assert not curve.steps[0].surely_falls
    assert curve.monotone
    sure = [point(n, v, s) for s in (1, 2, 3) for n, v in ((10, 100.0 + s), (20, 80.0 + s))]
    curve = marginal_curve(sure)
    assert curve.steps[0].surely_falls
    assert not curve.monotone


def test_refused_and_empty_points_are_left_out_and_equal_ones_count_once():
    points = [point(10, 1.0), point(10, 3.0), point(20, None), point(None, 1.0)]
    points.append(point(30, 5.0, status="refused"))
    curve = marginal_curve(points)
    assert [(level.x, level.mean, level.seeds) for level in curve.levels] == [(10, 2.0, 1)]
    assert curve.steps == ()


def test_levels_without_a_common_seed_give_no_step():
    assert marginal_curve([point(10, 1.0, 1), point(20, 2.0, 2)]).steps == ()


def test_columns_that_are_no_numbers_are_refused():
    for name in ("noise", "nothing"):
        with pytest.raises(ValueError, match="Expected a column"):
            marginal_curve([point(10, 1.0)], y=name)
