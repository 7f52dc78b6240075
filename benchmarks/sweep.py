"""Sweeps the founding mission and prints the figures of the README.

``python -m benchmarks.sweep`` plans STOs 100 to 400 in steps of 50 times a delivery of 70, 85, 100
and 115 % (28 plans) in one process and in two, each from nothing; then the same with further seeds
for the marginal curve; then 100 staffing levels in two processes. Every run is a process of its
own, so that its peak memory is its own.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

STOS, DELIVERY = "100:400:50", "0.7,0.85,1,1.15"
LEVELS = "102:300:2"
MB = 1024


def run(folder: Path, output: Path, *options: str) -> dict[str, Any]:
    """Run one sweep in a new process; return its JSON with wall time and peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.sweep", "--one", str(folder), str(output)]
    made = subprocess.run([*command, *options], capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    if not made.stdout:
        sys.exit(made.stderr)
    text, _, peaks = made.stdout.rpartition("\x1e")
    document: dict[str, Any] = json.loads(text)
    return document | json.loads(peaks)


def one(folder: str, output: str, options: list[str]) -> None:
    """Sweep in this process, then print JSON and peak memory of this process and its workers."""
    from planner.cli.main import app  # noqa: PLC0415 - after the parent has measured itself

    started = time.monotonic()
    try:
        app(["sweep", folder, "-o", output, "--json", *options])
    except SystemExit:
        peaks = {
            "whole_s": time.monotonic() - started,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB,
            "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MB,
        }
        print(f"\x1e{json.dumps(peaks)}")


def show(name: str, result: dict[str, Any]) -> None:
    """Print time, cache and memory of a sweep."""
    hits, misses = sum(result["hits"].values()), sum(result["misses"].values())
    print(
        f"\n{name}: {len(result['points'])} of {result['total']} plans, {result['wall_s']:.0f} s "
        f"wall, {result['cpu_s']:.0f} s processor ({result['cpu_s'] / result['wall_s']:.2f} cores "
        f"used), {result['engine']}"
    )
    print(f"  remembered {hits:,} of {hits + misses:,} parts ({hits / (hits + misses):.0%})")
    for kind in ("areas", "allocation", "hubs", "sampling", "bounds", "clusters", "plan"):
        asked = result["hits"].get(kind, 0) + result["misses"].get(kind, 0)
        print(f"    {kind:<11}{result['hits'].get(kind, 0):>6} of {asked:>6}")
    workers = int(result["engine"].partition(" x")[2] or 0)
    total = result["peak_mb"] + workers * result["worker_mb"]
    print(
        f"  peak memory {result['peak_mb']:,.0f} MB, largest worker {result['worker_mb']:,.0f} MB, "
        f"together at most {total:,.0f} MB"
    )
    hard = sum(point["hard_findings"] or 0 for point in result["points"])
    print(f"  hard findings of all plans: {hard}")


def table(points: list[dict[str, Any]]) -> None:
    """Print one row a plan."""
    head = ("STOs", "delivery", "planned", "openings", "visits", "counts", "value", "visits P5")
    print("  " + "".join(f"{title:>10}" for title in (*head, "± voting", "± counts")))
    for point in points:
        row = [f"{point['stos_requested']}", f"{point['delivery_rate']:.2f}"]
        row += [
            f"{point[name]:,.0f}"
            for name in (
                "pairs_planned",
                "openings",
                "voting_visits",
                "counts",
                "days_value",
                "voting_visits_p5",
            )
        ]
        row += [
            f"{100 * point[name]:.1f} pp"
            for name in ("margin_voting_expected", "margin_counting_expected")
        ]
        print("  " + "".join(f"{cell:>10}" for cell in row))


def curve(points: list[dict[str, Any]]) -> None:
    """Print the marginal curve, and whether more staff ever gives less."""
    from planner.scenario.point import Point  # noqa: PLC0415 - heavy import
    from planner.sweep.curve import marginal_curve  # noqa: PLC0415 - heavy import

    found = marginal_curve([Point.model_validate(point) for point in points])
    print(f"\n{found.y} per added pair, {found.levels[0].seeds} seeds, 95 % intervals")
    for step in found.steps:
        ends = "" if step.low is None else f" ({step.low:+.1f} to {step.high:+.1f})"
        mark = "  FALLS" if step.surely_falls else "  falls on average" if step.falls else ""
        print(f"  {step.x_from:>4.0f} to {step.x_to:<4.0f}{step.gain:+8.2f}{ends}{mark}")
    print("  monotone within its uncertainty: " + ("yes" if found.monotone else "NO"))


def main() -> None:
    """Measure all sweeps."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="1:3:1", help="seeds of the marginal curve")
    parser.add_argument("--parts", default="one,two,curve,levels")
    asked = parser.parse_args()
    parts = set(asked.parts.split(","))
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )
    from planner.demo import write_demo  # noqa: PLC0415 - heavy import

    grid = ("--stos", STOS, "--delivery", DELIVERY)
    pool = ("--engine", "process", "--processes", "2")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        folder = work / "kazakhstan"
        write_demo("kazakhstan-2022", folder, seed=2022)
        alone = two = None
        if "one" in parts:
            alone = run(folder, work / "one", *grid, "--processes", "1")
            show("28 plans, one process", alone)
            table(alone["points"])
        if "two" in parts:
            two = run(folder, work / "two", *grid, *pool)
            show("28 plans, two processes", two)
        if alone and two:
            same = alone["points"] == two["points"]
            # On a machine that does other things, wall times of two runs cannot be compared.
            used = [part["cpu_s"] / part["wall_s"] for part in (alone, two)]
            print(
                f"\nspeed-up on two processes {alone['wall_s'] / two['wall_s']:.2f} (cores used "
                f"{used[0]:.2f} and {used[1]:.2f}; below 0.9 and 1.8 the machine was busy)"
            )
            print(f"the same points on both engines: {same}")
        if "curve" in parts:
            more = run(folder, work / "curve", *grid, *pool, "--seeds", asked.seeds)
            show(f"28 plans, seeds {asked.seeds}", more)
            curve(more["points"])
        if "levels" in parts:
            levels = run(folder, work / "levels", "--stos", LEVELS, *pool)
            show("100 staffing levels, two processes", levels)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
