"""Areas stage: objective, bound, gap and time, beside PySAL's regionalisers where they are there.

    python -m benchmarks.areas [--seeds 1,2] [--seconds S] [--peers] [--only TEXT]

The Kazakhstan 2022 demo; a country of 200 districts on a grid for 15 teams, with the priced balance
of the policy and with a hard one of 10 and 20 %; and 200 districts scattered at random, half of
them in agglomerations, with very unequal loads, at the same hard balances. All 200 districts are
candidates for bases, and all areas are contiguous. p-medians: see ``benchmarks.pmed``.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import Delaunay

from benchmarks.circumstances import circumstances, said
from geodata.travel.great_circle import GreatCircle
from planner.demo import write_demo
from planner.domain.policy import AreaPolicy
from planner.intake.folder import load_mission
from planner.optimizer.areas import solve_areas
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import is_feasible
from planner.optimizer.areas.problem import AreasProblem
from planner.optimizer.areas.search import SearchLimits, first, solve
from planner.optimizer.stage import Effort, Silent, gap
from planner.travel import make_provider

HARD = 1e5
"""Price of a station outside the band where balance is to be kept: dearer than any drive."""


@dataclass(frozen=True)
class Country:
    """A problem and where its districts are, shape (districts, 2), for the peers."""

    name: str
    problem: AreasProblem
    points: np.ndarray


def generated(seed: int = 1, width: int = 20, height: int = 10, areas: int = 15) -> AreasProblem:
    """Return a country of ``width * height`` districts with a town each, in blocks of regions."""
    return _on_grid(seed, width, height, areas).problem


def _on_grid(seed: int, width: int = 20, height: int = 10, areas: int = 15) -> Country:
    rng = np.random.default_rng(seed)
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(width), np.arange(height)))
    count = len(x)
    points = np.stack([45 + 0.7 * y, 60.0 + x], axis=1) + rng.uniform(-0.2, 0.2, (count, 2))
    load = rng.integers(10, 110, count).astype(np.float64)
    apart = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    region = np.unique(y // 5 * 100 + x // 2, return_inverse=True)[1].astype(np.int64)
    neighbours = tuple(tuple(np.flatnonzero(row == 1).tolist()) for row in apart)
    return Country(f"grid {seed}", _problem(points, load, region, neighbours, areas), points)


def scattered(seed: int, count: int = 200, areas: int = 15) -> Country:
    """Return districts at random places, half of them in agglomerations, of log-normal loads."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 1, (12, 2))
    wide = rng.uniform(0, 1, (count // 2, 2))
    dense = centres[rng.integers(0, 12, count - len(wide))]
    places = np.vstack([wide, np.clip(dense + rng.normal(0, 0.06, dense.shape), 0, 1)])
    points = np.stack([45 + 7 * places[:, 1], 60 + 18 * places[:, 0]], axis=1)
    sets: list[set[int]] = [set() for _ in range(count)]
    mesh = Delaunay(places)
    for corner in mesh.simplices.tolist():
        for one in corner:
            sets[one] |= set(corner) - {one}
    # Of two districts at one point only the first is a corner: the other hangs on it.
    for one, _, other in mesh.coplanar.tolist():
        sets[one].add(other)
        sets[other].add(one)
    load = np.round(np.exp(rng.normal(np.log(45), 0.6, count)))
    neighbours = tuple(tuple(sorted(one)) for one in sets)
    region = np.zeros(count, dtype=np.int64)
    return Country(f"scattered {seed}", _problem(points, load, region, neighbours, areas), points)


def _problem(
    points: np.ndarray,
    load: np.ndarray,
    region: np.ndarray,
    neighbours: tuple[tuple[int, ...], ...],
    areas: int,
) -> AreasProblem:
    policy, count = AreaPolicy(), len(points)
    minutes = GreatCircle().matrix(points, points).duration_s / 60
    return AreasProblem(
        cost=load * minutes,
        load=load,
        home=np.arange(count),
        region=region,
        areas=areas,
        split_weight=policy.split_weight,
        imbalance_weight=policy.imbalance_weight,
        tolerance=policy.balance_tolerance,
        neighbours=neighbours,
        group=np.full(count, -1, dtype=np.int64),
        must_open=np.zeros(count, dtype=np.bool_),
    )


def hard(country: Country, share: float) -> Country:
    """Return the country with balance kept within ``share`` and regions that cost nothing."""
    problem = replace(country.problem, tolerance=share, imbalance_weight=HARD, split_weight=0.0)
    return replace(country, name=f"{country.name}, {share:.0%} hard", problem=problem)


def worst_balance(problem: AreasProblem, owner: np.ndarray) -> float:
    """Return the largest distance of an area's load from the mean, as a share of the mean."""
    loads = np.bincount(np.unique(owner, return_inverse=True)[1], weights=problem.load)
    return float(np.abs(loads / problem.mean_load - 1).max())


def run(country: Country, seconds: float | None) -> None:
    """Solve a problem and print its line."""
    problem, begin, spent = country.problem, time.perf_counter(), time.process_time()
    budget = Budget(Effort(seconds=seconds), Silent())
    start = first(problem, SearchLimits(), budget)
    if start is None:
        print(f"{country.name:26} no solution found")
        return
    found = solve(problem, budget, start=start)
    wall_s, cpu_s = time.perf_counter() - begin, time.process_time() - spent
    whole = "contiguous" if is_feasible(problem, found.owner) else "NOT CONTIGUOUS"
    print(
        f"{country.name:26}{found.value:13.0f}{found.bound:13.0f}"
        f"{gap(found.value, found.bound):8.3%} {found.stop:11}{wall_s:6.1f}{cpu_s:6.1f}"
        f"{worst_balance(problem, found.owner):8.1%}  {whole}, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def peers(country: Country) -> None:
    """Print what PySAL's regionalisers make of the same districts, each area at its best base."""
    try:
        from libpysal.weights import W  # noqa: PLC0415 - a peer
        from spopt.region import RegionKMeansHeuristic, Skater  # noqa: PLC0415 - a peer
    except ImportError as absent:
        print(f"    spopt is absent: {absent}")
        return
    problem = country.problem
    weights = W(
        {i: list(near) for i, near in enumerate(problem.neighbours or ())}, silence_warnings=True
    )

    def skater() -> Any:  # noqa: ANN401 - labels
        import geopandas  # noqa: PLC0415 - a peer's own

        frame = geopandas.GeoDataFrame({"lat": country.points[:, 0], "lon": country.points[:, 1]})
        made = Skater(frame, weights, ["lat", "lon"], n_clusters=problem.areas)
        made.solve()
        return made.labels_

    def k_means() -> Any:  # noqa: ANN401 - labels
        made = RegionKMeansHeuristic(country.points, problem.areas, weights)
        made.solve()
        return made.labels_

    for name, solver in (("Skater", skater), ("RegionKMeans", k_means)):
        begin = time.perf_counter()
        try:
            labels = np.unique(np.asarray(solver()), return_inverse=True)[1]
        except Exception as error:  # noqa: BLE001 - a peer that fails is a line of the table
            print(f"    spopt {name}: failed ({type(error).__name__}: {error})")
            continue
        owner = np.empty(problem.districts, dtype=np.int64)
        for label in range(int(labels.max()) + 1):
            inside = np.flatnonzero(labels == label)
            owner[inside] = inside[problem.cost[np.ix_(inside, inside)].sum(axis=1).argmin()]
        drive = float(problem.cost[owner, np.arange(problem.districts)].sum())
        print(
            f"    spopt {name}: drive {drive:.0f}, balance out by "
            f"{worst_balance(problem, owner):.0%}, {int(labels.max()) + 1} areas, "
            f"{time.perf_counter() - begin:.1f} s",
            flush=True,
        )


def run_demo(name: str) -> None:
    """Plan the areas of a demo mission and print its line."""
    with tempfile.TemporaryDirectory() as folder:
        write_demo(name, Path(folder))
        mission = load_mission(Path(folder)).mission_input
        travel = make_provider(mission)
        begin, spent = time.perf_counter(), time.process_time()
        report = solve_areas(mission, travel, Effort(), Silent()).report
        wall_s, cpu_s = time.perf_counter() - begin, time.process_time() - spent
        print(
            f"{name:26}{report.objective or 0:13.0f}{report.bound or 0:13.0f}"
            f"{report.gap or 0:8.3%} {report.stop:11}{wall_s:6.1f}{cpu_s:6.1f}  {report.note}",
            flush=True,
        )


def countries(seeds: list[int]) -> Iterator[Country]:
    """Yield the generated countries."""
    for seed in seeds:
        grid, random = _on_grid(seed), scattered(seed)
        yield grid
        for share in (0.2, 0.1):
            yield hard(grid, share)
        for share in (0.2, 0.1):
            yield hard(random, share)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--seconds", type=float, help="clock of each; by default none")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", default="", help="instances with this in their name")
    asked = parser.parse_args()
    print(said(circumstances("numpy", "scipy", "spopt")))
    print(
        f"{'instance':26}{'value':>13}{'bound':>13}{'gap':>8} {'stop':11}{'wall_s':>6}{'cpu_s':>6}"
        f"{'balance':>8}"
    )
    if asked.only in "kazakhstan-2022":
        run_demo("kazakhstan-2022")
    for country in countries([int(seed) for seed in asked.seeds.split(",")]):
        if asked.only in country.name:
            run(country, asked.seconds)
            if asked.peers:
                peers(country)


if __name__ == "__main__":
    main()
