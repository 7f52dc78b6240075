"""Areas stage: objective, bound, gap and wall time.

``python benchmarks/areas.py`` solves the Kazakhstan 2022 demo and a generated country of 200
districts for 15 teams, with the priced balance of the policy and with a hard one of 10 and 20 %.
``--pmed FOLDER`` adds the p-median instances of the OR-Library in a folder (``pmed*.txt`` and
``optima.csv``) through the same code, without contiguity and balance.
"""

import argparse
import csv
import re
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse.csgraph import shortest_path

from geodata.travel.great_circle import GreatCircle
from planner.demo import write_demo
from planner.domain.policy import AreaPolicy
from planner.intake.folder import load_mission
from planner.optimizer.areas import solve_areas
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.problem import AreasProblem
from planner.optimizer.areas.search import SearchLimits, first, solve
from planner.optimizer.stage import Effort, Silent, gap
from planner.travel import make_provider


def generated(seed: int = 1, width: int = 20, height: int = 10, areas: int = 15) -> AreasProblem:
    """Return a country of ``width * height`` districts with a town each, in blocks of regions."""
    rng = np.random.default_rng(seed)
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(width), np.arange(height)))
    count = len(x)
    points = np.stack([45 + 0.7 * y, 60.0 + x], axis=1) + rng.uniform(-0.2, 0.2, (count, 2))
    load = rng.integers(10, 110, count).astype(np.float64)
    policy = AreaPolicy()
    minutes = GreatCircle().matrix(points, points).duration_s / 60
    apart = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    region = np.unique(y // 5 * 100 + x // 2, return_inverse=True)[1].astype(np.int64)
    return AreasProblem(
        cost=load * minutes,
        load=load,
        home=np.arange(count),
        region=region,
        areas=areas,
        split_weight=policy.split_weight,
        imbalance_weight=policy.imbalance_weight,
        tolerance=policy.balance_tolerance,
        neighbours=tuple(tuple(np.flatnonzero(row == 1).tolist()) for row in apart),
        group=np.full(count, -1, dtype=np.int64),
        must_open=np.zeros(count, dtype=np.bool_),
    )


def p_median(file: Path) -> AreasProblem:
    """Return an OR-Library instance; of a repeated edge the last one counts."""
    numbers = [int(word) for word in file.read_text().split()]
    count, _, areas = numbers[:3]
    length = np.full((count, count), np.inf)
    for one, other, cost in np.array(numbers[3:]).reshape(-1, 3).tolist():
        length[one - 1, other - 1] = length[other - 1, one - 1] = cost
    return AreasProblem(
        cost=shortest_path(length, directed=False),
        load=np.ones(count),
        home=np.arange(count),
        region=np.zeros(count, dtype=np.int64),
        areas=areas,
        split_weight=0.0,
        imbalance_weight=0.0,
        tolerance=1.0,
        neighbours=None,
        group=np.full(count, -1, dtype=np.int64),
        must_open=np.zeros(count, dtype=np.bool_),
    )


def show(name: str, value: float, bound: float, stop: str, wall_s: float, more: str = "") -> None:
    """Print one line of the table."""
    print(
        f"{name:24} {value:14.1f} {bound:14.1f} {100 * gap(value, bound):7.3f} % "
        f"{stop:11} {wall_s:6.1f} s  {more}",
        flush=True,
    )


def run(name: str, problem: AreasProblem, more: str = "", gap_wanted: float = 5e-3) -> None:
    """Solve a problem and print its line."""
    begin = time.perf_counter()
    budget = Budget(Effort(), Silent())
    limits = SearchLimits(wanted_gap=gap_wanted)
    start = first(problem, limits, budget)
    if start is None:
        print(f"{name:24} no solution found")
        return
    found = solve(problem, budget, limits, start=start)
    show(name, found.value, found.bound, found.stop, time.perf_counter() - begin, more)


def run_demo(name: str) -> None:
    """Plan the areas of a demo mission and print its line."""
    with tempfile.TemporaryDirectory() as folder:
        write_demo(name, Path(folder))
        mission = load_mission(Path(folder)).mission_input
        travel = make_provider(mission)
        begin = time.perf_counter()
        report = solve_areas(mission, travel, Effort(), Silent()).report
        wall_s = time.perf_counter() - begin
        show(name, report.objective or 0.0, report.bound or 0.0, report.stop, wall_s, report.note)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pmed", type=Path, help="folder with pmed*.txt and optima.csv")
    folder: Path | None = parser.parse_args().pmed
    print(f"{'':24} {'objective':>14} {'bound':>14} {'gap':>9} stop")
    run_demo("kazakhstan-2022")
    country = generated()
    run("generated 200x15", country)
    for share in (0.2, 0.1):
        hard = replace(country, tolerance=share, imbalance_weight=1e5, split_weight=0.0)
        run(f"hard balance {100 * share:.0f} %", hard)
    if folder is not None:
        with (folder / "optima.csv").open() as table:
            known = {row[0]: row[-1] for row in csv.reader(table)}
        files = sorted(folder.glob("pmed*.txt"), key=lambda f: int(re.sub(r"\D", "", f.stem)))
        for file in files:
            optimum = f"known optimum {known.get(file.stem, '?')}"
            run(file.stem, p_median(file), optimum, gap_wanted=1e-6)


if __name__ == "__main__":
    main()
