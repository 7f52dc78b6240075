"""Construction and local search keep every hard condition."""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas.construct import construct, is_feasible
from planner.optimizer.areas.improve import improve
from planner.optimizer.areas.problem import AreasProblem


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), pinned=st.integers(0, 5), contiguous=st.booleans())
def test_feasible_and_never_worse(
    random_problem: Callable[..., AreasProblem], seed: int, pinned: int, contiguous: bool
) -> None:
    problem = random_problem(seed, districts=15, areas=4, pinned=pinned, contiguous=contiguous)
    wanted = np.random.default_rng(seed).permutation(problem.candidates).tolist()
    owner = construct(problem, wanted)
    if owner is None:
        assert pinned
        return
    assert is_feasible(problem, owner)
    better = improve(problem, owner)
    assert is_feasible(problem, better)
    assert problem.value(better) <= problem.value(owner)


def test_wanted_bases_are_used(random_problem: Callable[..., AreasProblem]) -> None:
    problem = random_problem(1, districts=12, areas=3)
    homes = np.unique(problem.home, return_index=True)[1]
    owner = construct(problem, homes[:3].tolist())
    assert owner is not None
    assert set(owner.tolist()) == set(homes[:3].tolist())
