"""The whole search against enumeration: values, bounds, hard conditions, repeatability."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.plan import StageName, StopReason
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import is_feasible
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.search import Found, SearchLimits, first, solve
from planner.optimizer.stage import Effort, Silent

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]
EXACT = SearchLimits(wanted_gap=0.0, climb_steps=60, kicks=10, work=3_000)

SHORT = replace(EXACT, wanted_gap=5e-3, kicks=30, work=600)


def search(problem: AreasProblem, limits: SearchLimits = EXACT) -> Found | None:
    budget = Budget(Effort(), Silent())
    start = first(problem, limits, budget)
    return None if start is None else solve(problem, budget, limits, start=start)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    districts=st.integers(2, 7),
    areas=st.integers(1, 3),
    pinned=st.integers(0, 4),
    contiguous=st.booleans(),
    weights=st.sampled_from([(0.0, 0.0), (40.0, 3.0), (10.0, 0.0), (0.0, 1e4)]),
)
def test_agrees_with_enumeration(
    brute_force: Brute,
    random_problem: Make,
    seed: int,
    districts: int,
    areas: int,
    pinned: int,
    contiguous: bool,
    weights: tuple[float, float],
) -> None:
    problem = random_problem(
        seed,
        districts=districts,
        areas=min(areas, districts),
        pinned=min(pinned, districts),
        contiguous=contiguous,
        weights=weights,
    )
    best, _ = brute_force(problem)
    found = search(problem)
    if found is None:
        assert best == np.inf
        return
    assert is_feasible(problem, found.owner)
    assert found.value == problem.value(found.owner)
    assert found.value == pytest.approx(best, abs=1e-6)
    assert found.bound <= best + 1e-6
    assert found.bound == pytest.approx(best, abs=1e-3, rel=1e-6)


def test_the_bound_alone_is_honest(brute_force: Brute, random_problem: Make) -> None:
    """Whatever the limits cut off, the bound stays below the optimum."""
    lazy = SearchLimits(
        wanted_gap=0.0, climb_rounds=1, climb_steps=5, kicks=0, choices=100, nodes=1
    )
    for seed in range(10):
        problem = random_problem(seed)
        found = search(problem, lazy)
        assert found is not None
        assert found.bound <= brute_force(problem)[0] + 1e-6
        assert found.bound <= found.value


def test_a_small_model_keeps_the_bound_valid(brute_force: Brute, random_problem: Make) -> None:
    """The exact model may hold only the most promising choices; what it proves is cut there."""
    tiny = replace(EXACT, choices=12, climb_steps=10, kicks=0, repairs=1)
    for seed in range(20):
        problem = random_problem(seed)
        found = search(problem, tiny)
        assert found is not None
        assert found.bound <= brute_force(problem)[0] + 1e-6


@pytest.mark.parametrize("areas", [1, 7])
def test_one_area_and_one_for_each_district(random_problem: Make, areas: int) -> None:
    problem = replace(random_problem(3, areas=1), areas=areas)
    if areas == 7:
        everywhere = np.arange(7)
        problem = replace(problem, home=everywhere, cost=problem.cost[:7], must_open=everywhere < 0)
    found = search(problem)
    assert found is not None
    assert len(np.unique(found.owner)) == areas
    assert found.stop is StopReason.PROVEN


def test_same_seed_same_areas(random_problem: Make) -> None:
    problem = random_problem(5, districts=16, areas=4)
    one, two = search(problem, SHORT), search(problem, SHORT)
    assert one is not None
    assert two is not None
    assert (one.owner == two.owner).all()
    assert (one.value, one.bound, one.stop) == (two.value, two.bound, two.stop)


class Impatient:
    """Cancels after so many reports."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.heard: list[tuple[float | None, float | None]] = []

    def report(self, stage: StageName, incumbent: float | None, bound: float | None) -> None:
        assert stage is StageName.AREAS
        self.heard.append((incumbent, bound))
        self.left -= 1

    @property
    def cancelled(self) -> bool:
        return self.left <= 0


@pytest.mark.parametrize("after", [0, 1, 3])
def test_cancelled_keeps_the_best_so_far(random_problem: Make, after: int) -> None:
    problem = random_problem(8, districts=40, areas=6)
    progress = Impatient(after)
    budget = Budget(Effort(), progress)
    start = first(problem, EXACT, budget)
    assert start is not None
    found = solve(problem, budget, EXACT, start=start)
    assert found.stop is StopReason.CANCELLED
    assert is_feasible(problem, found.owner)
    assert found.bound <= found.value


def test_progress_never_worsens(random_problem: Make) -> None:
    problem = random_problem(8, districts=20, areas=4)
    progress = Impatient(10**9)
    budget = Budget(Effort(), progress)
    start = first(problem, EXACT, budget)
    assert start is not None
    solve(problem, budget, SHORT, start=start)
    incumbents = [incumbent for incumbent, _ in progress.heard if incumbent is not None]
    bounds = [bound for _, bound in progress.heard if bound is not None]
    assert incumbents == sorted(incumbents, reverse=True)
    assert bounds == sorted(bounds)


def test_no_time_still_gives_areas(random_problem: Make) -> None:
    problem = random_problem(8, districts=40, areas=6)
    budget = Budget(Effort(seconds=0.0), Silent())
    start = first(problem, EXACT, budget)
    assert start is not None
    found = solve(problem, budget, EXACT, start=start)
    assert found.stop is StopReason.TIME
    assert is_feasible(problem, found.owner)


def test_hard_balance_by_a_heavy_weight(brute_force: Brute, random_problem: Make) -> None:
    problem = replace(random_problem(11), load=np.ones(7), imbalance_weight=1e6, tolerance=0.3)
    found = search(problem)
    assert found is not None
    assert found.value == pytest.approx(brute_force(problem)[0])
    assert found.value < 1e5


def on_grid(width: int, height: int) -> AreasProblem:
    """Return a country of 4 areas with loads of 3 to 7, that are to be kept within 15 %."""
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(width), np.arange(height)))
    apart = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    load = (3.0 + np.arange(len(x)) * 7 % 5).astype(np.float64)
    return replace(
        AreasProblem.p_median(apart * load, 4),
        load=load,
        imbalance_weight=1e3,
        tolerance=0.15,
        neighbours=tuple(tuple(np.flatnonzero(row == 1).tolist()) for row in apart),
    )


def assert_proven_twice(
    problem: AreasProblem, found: Sequence[Found | None]
) -> tuple[Found, Found]:
    """Check a search without the steps in question, and two with them; return the first two."""
    bare, one, two = found
    assert bare is not None
    assert one is not None
    assert two is not None
    assert (one.owner == two.owner).all()
    assert (one.value, one.bound, one.stop) == (two.value, two.bound, two.stop)
    assert is_feasible(problem, one.owner)
    assert bare.stop is StopReason.ITERATIONS
    assert one.value <= bare.value
    assert one.stop is StopReason.PROVEN
    return bare, one


def test_a_hard_balance_is_proven_by_the_tree() -> None:
    """Whole loads, regions that cost nothing: the bound, the parts and the tree of hard balance."""
    problem = on_grid(7, 4)
    limits = replace(SHORT, wanted_gap=1e-3, kicks=5, tolled=0)
    found = [
        search(problem, replace(limits, forks=forks, regroups=forks, glanced=0))
        for forks in (0, 60, 60)
    ]
    assert_proven_twice(problem, found)


def test_a_hard_balance_is_proven_over_listed_areas() -> None:
    """The same country without the tree and the exact model, the same twice."""
    problem = on_grid(7, 4)
    limits = replace(SHORT, wanted_gap=1e-3, kicks=0, regroups=0, glanced=0, forks=0)
    found = [search(problem, replace(limits, tolled=tolled)) for tolled in (0, 60, 60)]
    bare, one = assert_proven_twice(problem, found)
    assert one.bound > bare.bound


def test_a_clock_or_a_small_country_begins_the_exact_model(random_problem: Make) -> None:
    """Without either, a model whose relaxation says little is not begun: no count would stop it."""
    problem = replace(random_problem(8, districts=16, areas=5), imbalance_weight=300.0)
    wary = replace(
        EXACT, kicks=0, climb_rounds=1, climb_steps=5, repairs=1, easy_choices=0,
        easy_districts=0, hopeful_gap=0.0, hopeful_share=0.0,
    )  # fmt: skip
    found = {}
    for name, seconds, limits in (
        ("wary", None, wary),
        ("clock", 60.0, wary),
        ("small", None, replace(wary, easy_districts=16)),
    ):
        budget = Budget(Effort(seconds=seconds), Silent())
        start = first(problem, limits, budget)
        assert start is not None
        found[name] = solve(problem, budget, limits, start=start)
    assert found["wary"].stop is StopReason.ITERATIONS
    assert found["clock"].bound > found["wary"].bound
    assert found["small"].bound == found["clock"].bound
