"""How the whole chain grows: made-up missions of 2,000 to 60,000 stations, each in its own process.

    python -m benchmarks.scale [--sizes 2000,10000,30000,60000] [--seed N] [--json]

Read the folder, five stages without a time limit, the referee's verdict, the plan written. A
process of its own for each mission, so that peak memory is its own; the largest matrix that
anything asked the travel model for is told with its shape. The slope is that of log(time) over
log(stations), by least squares over all sizes.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.circumstances import circumstances, said
from benchmarks.made_country import Size, write_country

PAIRS = {2_000: 100, 10_000: 150, 30_000: 500, 60_000: 1_000}
PACKAGES = ("numpy", "scipy", "pyvrp", "rustworkx")
MB = 1024


class Watched:
    """A travel model that remembers the largest matrix it was asked for."""

    def __init__(self, provider: Any) -> None:  # noqa: ANN401 - any travel provider
        self._provider = provider
        self.largest = (0, 0)
        self.cells = 0
        self.provenance = provider.provenance

    def matrix(self, origins: Any, destinations: Any) -> Any:  # noqa: ANN401 - as the provider
        """Answer, and note the shape."""
        shape = (len(origins), len(destinations))
        self.cells += shape[0] * shape[1]
        if shape[0] * shape[1] > self.largest[0] * self.largest[1]:
            self.largest = shape
        return self._provider.matrix(origins, destinations)

    def legs(self, origins: Any, destinations: Any) -> Any:  # noqa: ANN401 - as the provider
        """Answer."""
        return self._provider.legs(origins, destinations)


def one(folder: str, seed: int) -> None:
    """Plan a folder in this process and print its figures as JSON."""
    from dataclasses import replace  # noqa: PLC0415 - after the parent has measured itself

    from planner.optimizer.stage import Silent  # noqa: PLC0415 - after the parent
    from planner.planning import conclude, make, prepare  # noqa: PLC0415 - after the parent

    begin, cpu = time.perf_counter(), time.process_time()
    prepared = prepare(Path(folder))
    read_s = time.perf_counter() - begin
    watched = Watched(prepared.travel)
    prepared = replace(prepared, travel=watched)
    made = make(prepared, Silent(), seed=seed)
    made_s = time.perf_counter() - begin
    done = conclude(prepared, made, Path(folder) / "plan.json")
    whole_s = time.perf_counter() - begin
    print(
        json.dumps(
            {
                "read_s": read_s,
                "stages": {
                    report.name.value: {
                        "wall_s": done.stage_wall_s[report.name],
                        "objective": report.objective,
                        "bound": report.bound,
                        "gap": report.gap,
                        "stop": report.stop,
                    }
                    for report in done.plan.stages
                },
                "check_s": whole_s - made_s,
                "whole_s": whole_s,
                "cpu_s": time.process_time() - cpu,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB,
                "largest_matrix": watched.largest,
                "matrix_cells": watched.cells,
                "status": done.status.value,
                "hard": len(done.verdict.hard),
                "visits": done.plan.kpis.get("station_visits", 0),
                "districts": len(prepared.loaded.mission_input.districts),
                "plan_mb": (Path(folder) / "plan.json").stat().st_size / 2**20,
            }
        )
    )


def measured(size: Size, seed: int) -> dict[str, Any]:
    """Write a mission, plan it in a new process, and return its figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "mission"
        begin = time.perf_counter()
        write_country(folder, size, seed)
        written_s = time.perf_counter() - begin
        command = [sys.executable, "-m", "benchmarks.scale", "--one", str(folder), str(seed)]
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        if made.returncode:
            sys.exit(made.stderr)
        found: dict[str, Any] = json.loads(made.stdout)
    return found | {
        "stations": size.stations,
        "pairs": size.pairs,
        "teams": size.teams,
        "seed": seed,
        "written_s": written_s,
        **circumstances(*PACKAGES),
    }


def show(found: dict[str, Any]) -> None:
    """Print one mission's figures."""
    print(
        f"\n{found['stations']:,} stations, {found['districts']:,} districts, {found['pairs']:,} "
        f"pairs, {found['teams']} LTO teams: {found['whole_s']:.1f} s ({found['cpu_s']:.1f} s "
        f"processor, load {found['load']}), {found['peak_mb']:,.0f} MB, {found['status']}, "
        f"{found['hard']} hard findings, {found['visits']:,.0f} visits"
    )
    print(f"  read {found['read_s']:.1f} s, verdict and writing {found['check_s']:.1f} s")
    for name, stage in found["stages"].items():
        gap = "no bound" if stage["gap"] is None else f"gap {stage['gap']:.3%}"
        print(f"  {name:<11}{stage['wall_s']:8.1f} s  {gap}, stopped by {stage['stop']}")
    rows, columns = found["largest_matrix"]
    print(
        f"  largest matrix {rows:,} x {columns:,}, all together {found['matrix_cells']:,} cells "
        f"({found['matrix_cells'] / found['stations'] ** 2:.3%} of stations x stations)",
        flush=True,
    )


def slope(found: list[dict[str, Any]], key: str) -> float:
    """Return the exponent of growth: the slope of log(``key``) over log(stations)."""
    size = np.log([one["stations"] for one in found])
    return float(np.polyfit(size, np.log([one[key] for one in found]), 1)[0])


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, PAIRS)))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    results = []
    if not asked.json:
        print(said(circumstances(*PACKAGES)))
    for stations in sizes:
        size = Size(stations, PAIRS.get(stations, max(1, stations // 60)))
        results.append(measured(size, asked.seed))
        if asked.json:
            print(json.dumps(results[-1]), flush=True)
        else:
            show(results[-1])
    if len(results) > 1 and not asked.json:
        for key in ("whole_s", "cpu_s", "peak_mb"):
            print(f"exponent of {key}: {slope(results, key):.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main()
