"""The tree over bases with whole loads, against enumeration."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import construct, is_feasible
from planner.optimizer.areas.fixing import Rest, everything
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.whole import whole_lagrangian
from planner.optimizer.areas.whole_tree import WholeTree
from planner.optimizer.stage import Effort, Silent

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]


def begun(problem: AreasProblem, seed: int) -> Ints:
    """Return a solution that nobody has improved."""
    wanted = np.random.default_rng(seed).permutation(problem.candidates).tolist()
    owner = construct(problem, wanted)
    assert owner is not None
    return owner


def grown(problem: AreasProblem, tree: WholeTree, nodes: int) -> float:
    """Search from the prices at which the whole problem begins; return the bound."""
    rest = Rest.of(problem, everything(problem))
    assert rest is not None
    relaxation = whole_lagrangian(problem)
    assert relaxation is not None
    found = tree.run(rest, relaxation.start(), nodes, Budget(Effort(), Silent()))
    assert found.nodes <= nodes
    return found.bound


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    weight=st.sampled_from([30.0, 1e4]),
    worth=st.sampled_from([0.0, 0.02]),
    nodes=st.sampled_from([1, 40]),
)
def test_never_above_the_optimum_that_is_worth_finding(
    brute_force: Brute, random_problem: Make, seed: int, weight: float, worth: float, nodes: int
) -> None:
    problem = random_problem(seed, districts=7, weights=(0.0, weight))
    best, _ = brute_force(problem)
    tree = WholeTree(problem, begun(problem, seed), worth)
    bound = grown(problem, tree, nodes)
    assert bound <= best + 1e-6
    assert is_feasible(problem, tree.owner)
    value = problem.value(tree.owner)
    if nodes > 1:
        assert value - worth * value <= best + 1e-3
        assert bound >= value - worth * value - 1e-3 - 1e-4 * value


def test_branches_where_the_exact_model_would_be_large(random_problem: Make) -> None:
    """With no leaf but a decided one, the tree ends at the same optimum."""
    problem = random_problem(5, districts=8, areas=3, weights=(0.0, 1e3))
    problem = replace(problem, load=(3.0 + np.arange(8) % 4).astype(np.float64))
    values = []
    for leaf in (700, 0):
        tree = WholeTree(problem, begun(problem, 5), 0.0, leaf_choices=leaf)
        bound = grown(problem, tree, 4_000)
        values.append(problem.value(tree.owner))
        assert bound <= values[-1] + 1e-6
        assert bound >= values[-1] * (1 - 1e-3)
    assert values[0] == values[1]


def test_what_was_found_is_polished(random_problem: Make) -> None:
    problem = random_problem(2, districts=7, weights=(0.0, 1e3))
    heard: list[Ints] = []

    def polished(owner: Ints) -> Ints:
        heard.append(owner)
        return owner

    tree = WholeTree(problem, begun(problem, 2), 0.0, polished)
    before = problem.value(tree.owner)
    grown(problem, tree, 50)
    assert heard
    assert problem.value(heard[-1]) < before
    assert tree.best is heard[-1]
