from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.objective.sampling import total_variation
from planner.optimizer.sampling.shares import share_out

NAMES = ("rural", "special", "urban")
CAPPED = np.array([False, True, False])


def variation(number: np.ndarray, frame: np.ndarray) -> float:
    totals = dict(zip(NAMES, number.sum(axis=0).tolist(), strict=True))
    return total_variation(totals, dict(zip(NAMES, frame.tolist(), strict=True)))


def test_balance_of_the_domain_paper():
    assert total_variation({"a": 75, "b": 25}, {"a": 0.60, "b": 0.40}) == pytest.approx(0.15)
    assert total_variation({}, {"a": 1.0}) == 0


def test_a_town_hub_and_a_village_hub_balance_each_other():
    available = np.array([[0, 2, 100], [60, 2, 10]])
    frame = np.array([0.5, 0.02, 0.48])
    shares = share_out(available, np.array([12, 12]), frame, CAPPED)
    assert shares.number.sum(axis=1).tolist() == [12, 12]
    assert shares.number[1, 0] == 12
    assert variation(shares.number, frame) == pytest.approx(shares.bound)


def test_special_stations_never_exceed_their_share():
    available = np.array([[50, 50, 50]])
    shares = share_out(available, np.array([19]), np.array([0.45, 0.1, 0.45]), CAPPED)
    assert shares.number[0, 1] <= 1


def test_a_hub_with_nothing_else_takes_special_stations():
    shares = share_out(np.array([[0, 5, 0]]), np.array([3]), np.array([0.5, 0.1, 0.4]), CAPPED)
    assert shares.number.tolist() == [[0, 3, 0]]


def test_no_stations_at_all():
    shares = share_out(np.zeros((2, 3), dtype=np.int64), np.array([5, 5]), np.ones(3) / 3, CAPPED)
    assert shares.number.sum() == 0


counts = st.integers(0, 6)


@given(
    st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=2),
    st.lists(st.integers(0, 4), min_size=2, max_size=2),
    st.tuples(*[st.integers(1, 9)] * 3),
)
@settings(max_examples=40, deadline=None)
def test_against_trying_everything(
    available: list[tuple[int, int, int]], wanted: list[int], weights: tuple[int, int, int]
):
    have, frame = np.array(available), np.array(weights) / sum(weights)
    want = np.minimum(np.array(wanted[: len(have)]), have.sum(axis=1))
    shares = share_out(have, want, frame, np.zeros(3, dtype=bool))
    rows = [
        [cell for cell in product(*(range(n + 1) for n in row)) if sum(cell) == number]
        for row, number in zip(have.tolist(), want.tolist(), strict=True)
    ]
    best = min(variation(np.array(choice), frame) for choice in product(*rows))
    assert (shares.number <= have).all()
    assert shares.number.sum(axis=1).tolist() == want.tolist()
    assert shares.bound <= best + 1e-9
    assert variation(shares.number, frame) == pytest.approx(best, abs=1e-9)
