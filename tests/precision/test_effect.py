"""Design effects of clusters and of weights."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.precision.effect import (
    cluster_effect,
    cluster_size,
    effective_n,
    expected_cluster_size,
    weighting_effect,
)

chances = st.lists(st.floats(0, 1), min_size=1, max_size=6)


def test_effects_of_the_field() -> None:
    assert cluster_effect(10, 0.05) == pytest.approx(1.45)
    assert weighting_effect([1, 1, 1, 1, 3]) == pytest.approx(1.32653, abs=5e-6)


def test_unequal_clusters_count_as_a_station_sees_them() -> None:
    assert cluster_size([10, 10, 10]) == 10
    assert cluster_size([5, 15]) == pytest.approx(12.5)


def test_weighting_effect_is_one_plus_the_squared_variation_of_the_weights() -> None:
    weights = np.array([1.0, 2.5, 4.0, 4.0, 9.0])
    assert weighting_effect(weights.tolist()) == pytest.approx(
        1 + weights.var() / weights.mean() ** 2
    )


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=30))
def test_weights_never_help(weights: list[float]) -> None:
    assert weighting_effect(weights) >= 1
    assert weighting_effect([weights[0]] * len(weights)) == pytest.approx(1)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_certain_stations_make_clusters_of_their_number(sizes: list[int]) -> None:
    assert expected_cluster_size([1.0] * size for size in sizes) == pytest.approx(
        cluster_size(sizes)
    )


def test_stations_apart_stay_apart_whatever_their_chance() -> None:
    assert expected_cluster_size([[0.9], [0.2], [0.5]]) == 1


def test_expected_size_is_that_of_many_elections() -> None:
    clusters = [[0.9, 0.5, 0.4], [0.2, 0.2], [1.0]]
    rng = np.random.default_rng(1)
    sizes = np.array([(rng.random((200_000, len(c))) < c).sum(axis=1) for c in clusters])
    simulated = (sizes**2).sum(axis=0).mean() / sizes.sum(axis=0).mean()
    assert expected_cluster_size(clusters) == pytest.approx(simulated, rel=5e-3)


@given(st.lists(chances, min_size=1, max_size=6))
def test_expected_size_is_at_least_one(clusters: list[list[float]]) -> None:
    if sum(map(sum, clusters)) > 1e-6:
        assert expected_cluster_size(clusters) >= 1


def test_a_count_of_two_is_the_weight_twice() -> None:
    assert weighting_effect([1, 3], [2, 1]) == pytest.approx(weighting_effect([1, 1, 3]))


def test_effective_number() -> None:
    assert effective_n(1_450, 1.45) == pytest.approx(1_000)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cluster_effect(0.5, 0.05), "Expected cluster size of 1 or more, got 0.5"),
        (lambda: cluster_effect(5, -0.1), "Expected intraclass correlation from 0 to 1, got -0.1"),
        (lambda: cluster_size([]), "Expected at least one cluster, got none"),
        (lambda: cluster_size([0]), "Expected cluster size of 1 or more, got 0"),
        (lambda: expected_cluster_size([[0.0]]), "Expected at least one chance above 0, got none"),
        (lambda: expected_cluster_size([[1.5]]), "Expected chance from 0 to 1, got 1.5"),
        (lambda: weighting_effect([]), "Expected at least one weight that counts, got none"),
        (lambda: weighting_effect([1, 0]), "Expected weights above 0, got 0"),
        (lambda: weighting_effect([1, math.inf]), "Expected weight of 0 or more, got inf"),
        (lambda: weighting_effect([1, 2], [1]), "Expected 2 counts, got 1"),
        (lambda: effective_n(10, 0.5), "Expected deff of 1 or more, got 0.5"),
    ],
)
def test_impossible_values_are_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=message):
        call()
