"""The climb over listed areas, its programme in a box and its pick, against enumeration."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas import tolled
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import is_feasible
from planner.optimizer.areas.fixing import Rest, everything
from planner.optimizer.areas.listing import Listed, Offer
from planner.optimizer.areas.master import Master
from planner.optimizer.areas.picked import partition, picked
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.tolled import TolledClimb
from planner.optimizer.areas.triples import Tolls, violated
from planner.optimizer.areas.whole import whole_lagrangian
from planner.optimizer.stage import Effort, Silent

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]


def climb_of(problem: AreasProblem) -> TolledClimb:
    rest = Rest.of(problem, everything(problem))
    assert rest is not None
    relaxation = whole_lagrangian(problem)
    assert relaxation is not None
    return TolledClimb.of(rest, relaxation.start().lam, np.zeros(problem.candidates))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    weight=st.sampled_from([3.0, 30.0, 1e4]),
    pinned=st.integers(0, 3),
    above=st.sampled_from([1.0, 1.3]),
    worth=st.sampled_from([0.0, 0.02]),
)
def test_bound_is_never_above_what_is_worth_finding_and_often_ends_there(
    brute_force: Brute,
    random_problem: Make,
    seed: int,
    weight: float,
    pinned: int,
    above: float,
    worth: float,
) -> None:
    problem = random_problem(seed, districts=7, pinned=pinned, weights=(0.0, weight))
    best, _ = brute_force(problem)
    if not np.isfinite(best):
        return
    climb = climb_of(problem)
    assert climb.run(above * best + 1.0, worth, 60, Budget(Effort(), Silent()))
    assert min(climb.target, climb.bound) <= best + 1e-6 * max(1.0, best)
    assert climb.bound <= best + 1e-6 * max(1.0, best)
    if climb.owner is not None:
        assert is_feasible(problem, climb.owner)
        assert climb.value == pytest.approx(problem.value(climb.owner))
        assert climb.value >= best - 1e-6 * max(1.0, best)


def test_finds_and_proves_what_single_areas_leave_open(
    brute_force: Brute, random_problem: Make
) -> None:
    """Over twenty small countries nearly all are solved, from a value far above."""
    solved = 0
    for seed in range(20):
        problem = random_problem(seed, districts=7, weights=(0.0, 1e3))
        best, _ = brute_force(problem)
        climb = climb_of(problem)
        climb.run(1.5 * best + 10.0, 1e-6, 60, Budget(Effort(), Silent()))
        solved += climb.value <= best * (1 + 1e-6) and climb.bound >= best * (1 - 1e-4)
    assert solved >= 18


def test_the_same_twice(random_problem: Make) -> None:
    problem = random_problem(8, districts=8, areas=3, weights=(0.0, 1e4))
    ends = []
    for _ in range(2):
        climb = climb_of(problem)
        climb.run(1e7, 0.0, 20, Budget(Effort(), Silent()))
        ends.append((climb.bound, climb.value, climb.rounds, climb.offer.lam.tolist()))
    assert ends[0] == ends[1]


def test_too_many_areas_are_not_begun(
    random_problem: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = random_problem(8, districts=8, areas=3, weights=(0.0, 1e4))
    monkeypatch.setattr(tolled, "_MOST_LISTED", 0)
    climb = climb_of(problem)
    assert not climb.run(1e7, 0.0, 20, Budget(Effort(), Silent()))
    assert climb.owner is None


def all_pairs() -> Listed:
    """Return all areas of one or two of four districts; pairs cost 3, single ones 2."""
    sets = [{i} for i in range(4)] + [{i, j} for i in range(4) for j in range(i)]
    members = np.array([[i in one for i in range(4)] for one in sets])
    return Listed.of(members, np.array([float(1 + len(one)) for one in sets]), members.argmax(1))


def four(random_problem: Make, areas: int) -> AreasProblem:
    return random_problem(1, districts=4, areas=areas, contiguous=False, weights=(0.0, 3.0))


def test_prices_stay_in_the_box_and_reach_the_optimum_in_a_wide_one(random_problem: Make) -> None:
    problem = four(random_problem, 2)
    master = Master(problem, all_pairs())
    centre = Offer(np.full(4, 1.0), 0.0, Tolls.none())
    narrow = master.solve(centre, 0.2, centre)
    weight = np.maximum(problem.load, 0.1 * problem.load.mean()) / problem.mean_load
    assert (np.abs(narrow.offer.lam - 1.0) <= 0.2 * weight + 1e-9).all()
    wide = master.solve(centre, 1e3, centre)
    assert wide.value == pytest.approx(6.0)
    assert narrow.value < wide.value
    assert (wide.offer.excess(master.listed) >= -1e-6).all()


def test_a_triple_raises_the_programme_over_pairs(random_problem: Make) -> None:
    """Two threes of districts, in pairs by half, cost 9; a partition needs a dear pair across."""
    problem = random_problem(1, districts=6, areas=3, contiguous=False, weights=(0.0, 3.0))
    pairs = [(i, j) for j in range(6) for i in range(j)]
    members = np.array([[i in pair for i in range(6)] for pair in pairs])
    cost = np.array([3.0 if (i < 3) == (j < 3) else 5.0 for i, j in pairs])
    master = Master(problem, Listed.of(members, cost, members.argmax(1)))
    centre = Offer(np.full(6, 1.0), 0.0, Tolls.none())
    halves = master.solve(centre, 1e3, centre)
    assert halves.value == pytest.approx(9.0)
    assert violated(halves.members, halves.share, np.zeros((0, 3), dtype=np.int64), 9).tolist() in (
        [[0, 1, 2], [3, 4, 5]],
        [[3, 4, 5], [0, 1, 2]],
    )
    master.keep(np.array([[0, 1, 2], [3, 4, 5]]))
    whole = master.solve(centre, 1e3, halves.offer)
    assert whole.value == pytest.approx(11.0)
    assert whole.offer.tolls.total > 0.0
    master.keep(np.zeros((0, 3), dtype=np.int64))
    assert master.solve(centre, 1e3, centre).value == pytest.approx(9.0)


def test_picks_the_cheapest_partition(random_problem: Make) -> None:
    problem = four(random_problem, 2)
    owner = picked(problem, all_pairs(), Offer(np.zeros(4), 0.0, Tolls.none()), 100, None)
    assert owner is not None
    assert np.bincount(owner).tolist() in ([2, 2], [2, 0, 2], [2, 0, 0, 2], [2, 2, 0, 0])
    few = picked(problem, all_pairs(), Offer(np.zeros(4), 0.0, Tolls.none()), 1, None)
    assert few is None


def test_a_partition_has_all_districts_once_and_as_many_areas_as_wanted(
    random_problem: Make,
) -> None:
    members = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=np.bool_)
    base = np.array([1, 3])
    problem = four(random_problem, 2)
    owner = partition(problem, members, base)
    assert owner is not None
    assert owner.tolist() == [1, 1, 3, 3]
    assert partition(four(random_problem, 3), members, base) is None
    members[1, 1] = True
    assert partition(problem, members, base) is None
