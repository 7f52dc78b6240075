"""Tolls on triples of districts."""

import numpy as np

from planner.optimizer.areas.triples import Tolls, holding, violated

HALVES = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0], [0, 0, 0, 1]], dtype=np.bool_)
"""Three areas, each by half, hold the pairs of the first three districts."""
SHARE = np.array([0.5, 0.5, 0.5, 1.0])
NONE = np.zeros((0, 3), dtype=np.int64)


def test_two_and_three_of_a_triple_are_held_and_one_is_not() -> None:
    members = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=np.bool_)
    held = holding(members, np.array([[0, 1, 2]]))
    assert held.tolist() == [[False, True, True, True, True]]


def test_finds_the_triple_that_halves_hold_too_often() -> None:
    assert violated(HALVES, SHARE, NONE, 10).tolist() == [[0, 1, 2]]


def test_names_no_triple_that_is_known_nor_more_than_wanted() -> None:
    assert violated(HALVES, SHARE, np.array([[0, 1, 2]]), 10).tolist() == []
    assert violated(HALVES, SHARE, NONE, 0).tolist() == []


def test_a_partition_violates_nothing() -> None:
    members = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=np.bool_)
    assert violated(members, np.ones(2), NONE, 10).tolist() == []


def test_agrees_with_counting_on_random_mixtures() -> None:
    rng = np.random.default_rng(3)
    members = rng.random((9, 7)) < 0.4
    share = rng.random(9)
    found = violated(members, share, NONE, 1_000)
    assert len(found)
    for triple in found:
        held = members[:, triple].sum(axis=1) >= 2
        assert share[held].sum() > 1.0


def test_pays_once_for_two_and_for_three() -> None:
    tolls = Tolls(np.array([[0, 1, 2], [1, 2, 3]]), np.array([5.0, 2.0]))
    members = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]], dtype=np.bool_)
    assert tolls.paid(members).tolist() == [5.0, 7.0, 0.0]
    assert tolls.total == 7.0


def test_other_triples_take_their_price_along() -> None:
    tolls = Tolls(np.array([[0, 1, 2], [1, 2, 3]]), np.array([5.0, 2.0]))
    assert tolls.of(np.array([[1, 2, 3], [0, 2, 3]])).price.tolist() == [2.0, 0.0]
    assert Tolls.none().paid(np.zeros((2, 4), dtype=np.bool_)).tolist() == [0.0, 0.0]
