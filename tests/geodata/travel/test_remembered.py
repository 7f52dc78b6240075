import numpy as np
import pytest

from geodata.travel.great_circle import GreatCircle
from geodata.travel.provider import Points, TravelMatrix
from geodata.travel.remembered import Remembered


class Counting:
    """A great circle that counts what it is asked."""

    provenance = "counting"

    def __init__(self) -> None:
        self.inner = GreatCircle()
        self.matrices = 0
        self.asked_legs = 0

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        self.matrices += 1
        return self.inner.matrix(origins, destinations)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        self.asked_legs += len(origins)
        return self.inner.legs(origins, destinations)


@pytest.fixture
def places() -> Points:
    return np.column_stack((np.linspace(40, 50, 6), np.linspace(60, 80, 6)))


def test_a_matrix_is_asked_once_and_cannot_be_spoilt(places: Points) -> None:
    counting = Counting()
    provider = Remembered(counting)
    first = provider.matrix(places, places)
    first.duration_s[:] = -7
    second = provider.matrix(places, places)
    assert counting.matrices == 1
    np.testing.assert_array_equal(
        second.duration_s, GreatCircle().matrix(places, places).duration_s
    )
    assert provider.provenance == "counting"


def test_legs_come_from_matrices_and_only_the_rest_is_asked(places: Points) -> None:
    counting = Counting()
    provider = Remembered(counting)
    provider.matrix(places[:4], places[:4])
    legs = provider.legs(places, places[::-1])
    np.testing.assert_array_equal(
        legs.duration_s, GreatCircle().legs(places, places[::-1]).duration_s
    )
    assert counting.asked_legs == 4


def test_the_oldest_matrix_is_forgotten_first(places: Points) -> None:
    counting = Counting()
    provider = Remembered(counting, max_cells=72)
    provider.matrix(places, places)
    provider.matrix(places, places[::-1])
    provider.matrix(places, places)
    provider.matrix(places[::-1], places)
    assert counting.matrices == 3
    provider.matrix(places, places)
    assert counting.matrices == 3
    provider.matrix(places, places[::-1])
    assert counting.matrices == 4


def test_a_matrix_too_big_to_be_kept_is_answered_all_the_same(places: Points) -> None:
    counting = Counting()
    provider = Remembered(counting, max_cells=1)
    assert provider.matrix(places, places).duration_s.shape == (6, 6)
    assert provider.legs(places, places).duration_s.tolist() == [0] * 6
    assert counting.asked_legs == 6
