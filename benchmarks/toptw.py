"""Team orienteering with time windows through the code that plans election days.

``python -m benchmarks.toptw FILE --teams M --seconds S --json`` solves one file and checks its own
routes against the file. ``python -m benchmarks.toptw --all --seconds S`` prints a table of all
instances with proven optima in ``../shared/bench/toptw``, with PyVRP alone and VROOM at equal time.
"""

import argparse
import csv
import json
import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.toptw_file import Instance, as_cluster, faults, profit, read
from planner.optimizer.days.cluster import Route
from planner.optimizer.days.solve import solve_cluster
from planner.optimizer.stage import Effort, Silent
from planner.own_stdout import own_stdout

FOLDER = Path("..") / "shared" / "bench" / "toptw"


def solve(
    instance: Instance, teams: int, seconds: float, seed: int, cores: int = 1
) -> dict[str, Any]:
    """Solve an instance and return value, bound, routes and the check as JSON values."""
    started = time.monotonic()
    cluster = as_cluster(instance, teams)
    solved = solve_cluster(cluster, Effort(seed), Silent(), started + seconds, cores=cores)
    wall_s = time.monotonic() - started
    return {
        "instance": instance.name,
        "teams": teams,
        "seconds": seconds,
        "seed": seed,
        "cores": cores,
        **_judged(instance, teams, solved.routes),
        "bound": solved.bound,
        "wall_s": round(wall_s, 2),
    }


def _judged(instance: Instance, teams: int, routes: tuple[Route, ...]) -> dict[str, Any]:
    vertices = [[station + 1 for station in route.stations] for route in routes if route.stations]
    errors = faults(instance, teams, vertices)
    return {
        "value": profit(instance, vertices),
        "routes": vertices,
        "check": {"feasible": not errors, "errors": errors},
    }


def peer_value(instance: Instance, teams: int, seconds: float, seed: int, name: str) -> str:
    """Return a peer's value on an instance, or why there is none."""
    from importlib import import_module  # noqa: PLC0415 - peers are optional

    try:
        peer = import_module(f"benchmarks.peers.{name}")
        routes = peer.solve(as_cluster(instance, teams), seconds, seed)
    except ImportError:
        return "absent"
    judged = _judged(instance, teams, tuple(routes))
    return str(judged["value"]) if judged["check"]["feasible"] else "infeasible"


def table(seconds: float, seed: int, peers: list[str], cores: int) -> None:
    """Print every instance that has a proven optimum."""
    print(
        f"machine {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"pyvrp {version('pyvrp')}, {seconds:g} s an instance, seed {seed}, "
        f"threads: ours {cores}, peers 1"
    )
    print(
        f"{'instance':<9}{'m':>2}{'optimum':>9}{'value':>7}{'gap':>8}{'bound':>7}{'wall_s':>8}"
        + "".join(f"{peer:>13}" for peer in peers)
    )
    gaps: dict[str, list[float]] = {"ours": [], **{peer: [] for peer in peers}}
    with (FOLDER / "optima.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        instance, teams = read(FOLDER / f"{row['instance']}.txt"), int(row["m"])
        optimum = int(row["optimum"])
        found = solve(instance, teams, seconds, seed, cores)
        if not found["check"]["feasible"]:
            print(f"{instance.name}: {'; '.join(found['check']['errors'])}")
        gaps["ours"].append(1 - found["value"] / optimum)
        others = {peer: peer_value(instance, teams, seconds, seed, peer) for peer in peers}
        for peer, value in others.items():
            if value.isdigit():
                gaps[peer].append(1 - int(value) / optimum)
        print(
            f"{instance.name:<9}{teams:>2}{optimum:>9}{found['value']:>7}{gaps['ours'][-1]:>8.2%}"
            f"{found['bound']:>7}{found['wall_s']:>8}"
            + "".join(f"{value:>13}" for value in others.values()),
            flush=True,
        )
    means = {name: sum(some) / len(some) for name, some in gaps.items() if some}
    print("mean gap: " + ", ".join(f"{name} {mean:.2%}" for name, mean in means.items()))


def main() -> None:
    """Solve one file, or print the table of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--teams", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--cores", type=int, help="of ours; all for one file, one for the table with its peers"
    )
    parser.add_argument("--decimals", type=int, help="of distances; else read off the coordinates")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--all", action="store_true", help="the table of proven optima")
    parser.add_argument("--peers", default="pyvrp_alone,vroom", help="names, or nothing")
    given = parser.parse_args()
    own_stdout()
    if given.all:
        peers = [name for name in given.peers.split(",") if name]
        table(given.seconds, given.seed, peers, given.cores or 1)
        return
    if given.file is None:
        parser.error("a file, or --all")
    instance = read(given.file, given.decimals)
    cores = given.cores or os.cpu_count() or 1
    found = solve(instance, given.teams, given.seconds, given.seed, cores)
    if given.json:
        print(json.dumps(found))
    else:
        for key, said in found.items():
            print(f"{key}: {said}")
    sys.exit(0 if found["check"]["feasible"] else 1)


if __name__ == "__main__":
    main()
