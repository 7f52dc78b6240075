"""One p-median instance of the OR-Library through the code that makes areas.

    python -m benchmarks.pmed FILE [--json] [--peer] [--peer-seconds S] [--seed N]

An area is a median, a district a vertex; there is no balance, no region and no contiguity, and the
gap wanted is none. ``--peer`` solves the same instance with HiGHS alone (through SciPy) as the
strong mixed-integer programme ``x <= y``, in the same process and right after ours.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import shortest_path

from benchmarks.circumstances import circumstances, said
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.problem import AreasProblem
from planner.optimizer.areas.search import SearchLimits, first, solve
from planner.optimizer.stage import Effort, Silent, gap
from planner.own_stdout import own_stdout

EXACT = SearchLimits(wanted_gap=1e-7, choices=60_000, work=200_000, nodes=5_000)


def read(file: Path) -> AreasProblem:
    """Return an OR-Library instance; of a repeated edge the last one counts."""
    numbers = [int(word) for word in file.read_text().split()]
    count, _, areas = numbers[:3]
    length = np.full((count, count), np.inf)
    for one, other, cost in np.array(numbers[3:]).reshape(-1, 3).tolist():
        length[one - 1, other - 1] = length[other - 1, one - 1] = cost
    return AreasProblem.p_median(shortest_path(length, directed=False), areas)


def ours(problem: AreasProblem, seed: int = 1) -> dict[str, Any]:
    """Solve by the areas' code; return value, bound, time and the check of the solution."""
    begin = time.perf_counter()
    budget = Budget(Effort(seed=seed), Silent())
    start = first(problem, EXACT, budget)
    if start is None:
        return {"value": None, "bound": None, "wall_s": time.perf_counter() - begin}
    found = solve(problem, budget, EXACT, start=start)
    wall_s = time.perf_counter() - begin
    medians = np.unique(found.owner)
    recomputed = float(problem.cost[medians].min(axis=0).sum())
    return {
        "value": found.value,
        "bound": found.bound,
        "gap": gap(found.value, found.bound),
        "proven": found.stop == "proven",
        "wall_s": round(wall_s, 3),
        "medians": (medians + 1).tolist(),
        "check": len(medians) == problem.areas and abs(recomputed - found.value) < 1e-6,
    }


def highs(problem: AreasProblem, seconds: float) -> dict[str, Any]:
    """Solve the strong programme by HiGHS alone."""
    begin = time.perf_counter()
    count = problem.districts
    cells = np.arange(count * count)
    median, vertex = np.divmod(cells, count)
    ones = np.ones(len(cells))
    assigned = sparse.csr_array((ones, (vertex, cells)), shape=(count, len(cells) + count))
    only = sparse.csr_array(
        (
            np.concatenate([ones, -ones]),
            (np.tile(cells, 2), np.concatenate([cells, len(cells) + median])),
        ),
        shape=(len(cells), len(cells) + count),
    )
    opened = sparse.csr_array(
        (np.ones(count), (np.zeros(count, dtype=np.int64), len(cells) + np.arange(count))),
        shape=(1, len(cells) + count),
    )
    whole = np.concatenate([np.zeros(len(cells)), np.ones(count)])
    options: Any = {"time_limit": seconds, "mip_rel_gap": 1e-7}
    solved = milp(
        np.concatenate([problem.cost.ravel(), np.zeros(count)]),
        constraints=[
            LinearConstraint(assigned, 1, 1),
            LinearConstraint(only, -np.inf, 0),
            LinearConstraint(opened, problem.areas, problem.areas),
        ],
        integrality=whole,
        bounds=Bounds(0, 1),
        options=options,
    )
    bound = solved.mip_dual_bound
    return {
        "solver": "HiGHS through SciPy, x whole in y, one thread",
        "value": None if solved.x is None else round(float(solved.fun), 6),
        "bound": None if bound is None or not np.isfinite(bound) else float(bound),
        "proven": solved.status == 0,
        "wall_s": round(time.perf_counter() - begin, 3),
    }


def main() -> None:
    """Solve one instance, or all of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="an instance, or a folder of them")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peer", action="store_true", help="HiGHS alone in the same run")
    parser.add_argument("--peer-seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    own_stdout()
    files = [asked.file]
    if asked.file.is_dir():
        files = sorted(asked.file.glob("pmed*.txt"), key=lambda file: (len(file.stem), file.stem))
    if not asked.json:
        print(said(circumstances("numpy", "scipy")))
    for file in files:
        show(file, asked.seed, asked.peer_seconds if asked.peer else None, as_json=asked.json)


def show(file: Path, seed: int, peer_seconds: float | None, *, as_json: bool) -> None:
    """Solve one instance, and let HiGHS do so if it has seconds; print what came of it."""
    problem = read(file)
    result = {
        "instance": file.stem,
        "vertices": problem.districts,
        "p": problem.areas,
        "seed": seed,
        **circumstances("numpy", "scipy"),
        **ours(problem, seed),
    }
    if peer_seconds is not None:
        result["peer"] = highs(problem, peer_seconds)
    if as_json:
        print(json.dumps(result))
        return
    print(f"{file.stem}: {problem.districts} vertices, p = {problem.areas}")
    for name, part in (("ours", result), ("HiGHS", result.get("peer"))):
        if part:
            proven = "proven" if part.get("proven") else "not proven"
            print(f"{name:6} {part['value']} (bound {part['bound']}), {proven}, {part['wall_s']} s")


if __name__ == "__main__":
    main()
