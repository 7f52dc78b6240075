"""Areas listed for all bases, and the bound that they prove, against enumeration."""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas.listing import Listed, Listing, Offer
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.triples import Tolls
from planner.optimizer.areas.whole import whole_lagrangian

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]


def listing_of(problem: AreasProblem) -> Listing:
    relaxation = whole_lagrangian(problem)
    assert relaxation is not None
    return Listing(problem, relaxation, np.zeros(problem.candidates))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    weight=st.sampled_from([3.0, 1e4]),
    pinned=st.integers(0, 3),
    tolled=st.booleans(),
    room=st.sampled_from([0.0, 50.0]),
)
def test_never_above_the_optimum(
    brute_force: Brute,
    random_problem: Make,
    seed: int,
    weight: float,
    pinned: int,
    tolled: bool,
    room: float,
) -> None:
    problem = random_problem(seed, districts=7, pinned=pinned, weights=(0.0, weight))
    best, _ = brute_force(problem)
    listing = listing_of(problem)
    rng = np.random.default_rng(seed)
    lam = problem.load * rng.uniform(10.0, 60.0, 7)
    triples = np.array([[0, 1, 2], [1, 3, 5], [2, 4, 6]])
    tolls = Tolls(triples, rng.uniform(0.0, 30.0, 3)) if tolled else Tolls.none()
    look = listing.near(Offer(lam, listing.opening(lam), tolls), room, 100_000)
    assert look is not None
    assert look.bound <= best + 1e-6
    again = listing.near(look.offer, 0.0, 100_000)
    assert again is not None
    assert look.bound - 1e-6 <= again.bound <= best + 1e-6
    assert (look.offer.excess(again.listed) >= -1e-6 * max(1.0, abs(best))).all()


def test_one_base_that_is_cheap_does_not_blur_the_others(random_problem: Make) -> None:
    """After settling, prices and opening alone say the bound: all bases cost the same."""
    problem = random_problem(4, districts=7, weights=(0.0, 1e4))
    listing = listing_of(problem)
    lam = problem.load * 30.0
    look = listing.near(Offer(lam, listing.opening(lam), Tolls.none()), 0.0, 100_000)
    assert look is not None
    said = look.offer.lam.sum() + problem.areas * look.offer.opening
    assert abs(said - look.bound) < 1e-6
    assert (look.offer.lam <= lam).all()
    assert (look.offer.lam < lam).any()


def test_the_same_districts_are_listed_once_at_their_cheapest_base() -> None:
    members = np.array([[1, 1, 0], [0, 0, 1], [1, 1, 0]], dtype=np.bool_)
    one = Listed.of(members, np.array([5.0, 9.0, 3.0]), np.array([0, 2, 1]))
    assert one.cost.tolist() == [3.0, 9.0]
    assert one.base.tolist() == [1, 2]
    cheaper = Listed.of(members[1:2], np.array([1.0]), np.array([0]))
    assert sorted(one.joined(cheaper).cost.tolist()) == [1.0, 3.0]


def test_tells_that_there_are_too_many(random_problem: Make) -> None:
    problem = random_problem(4, districts=7, weights=(0.0, 3.0))
    listing = listing_of(problem)
    offer = Offer(problem.load * 30.0, 1e6, Tolls.none())
    assert listing.near(offer, 0.0, 5) is None
    assert listing.near(offer, 0.0, 100_000) is not None


def test_a_look_is_halted(random_problem: Make) -> None:
    listing = listing_of(random_problem(4, districts=7, weights=(0.0, 3.0)))
    offer = Offer(listing.problem.load * 30.0, 1e6, Tolls.none())
    asked: list[bool] = []

    def halted() -> bool:
        asked.append(True)
        return len(asked) == 3

    assert listing.near(offer, 0.0, 100_000, halted) is None
    assert len(asked) == 3


def test_pinned_districts_go_together(random_problem: Make) -> None:
    problem = random_problem(11, districts=7, pinned=4, weights=(0.0, 3.0))
    listing = listing_of(problem)
    look = listing.near(Offer(problem.load * 30.0, 1e6, Tolls.none()), 0.0, 100_000)
    assert look is not None
    assert len(look.listed)
    for number in np.unique(problem.group[problem.group >= 0]):
        held = look.listed.members[:, problem.group == number].sum(axis=1)
        assert set(held.tolist()) <= {0, (problem.group == number).sum()}
