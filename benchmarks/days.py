"""Election days by this planner and by its peers at equal time, with the bound.

``python -m benchmarks.days --seconds S`` plans made-up days (compact towns, mixed, travel-bound);
``--mission kazakhstan`` or ``--mission georgia`` those of a whole mission, cluster by cluster.
Every solver gets the same cluster of primaries and the same wall time on one core, ours more with
``--cores``; routes count
only if the planner's timetable accepts them, station by station and pair by pair.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.made_up_days import days
from planner.optimizer.days.cluster import Cluster, Route, value
from planner.optimizer.days.solve import solve_cluster
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.stage import Effort, Silent, gap

SHARED = Path("..") / "shared"
PEERS = ("pyvrp_alone", "vroom", "ortools_routing", "two_phase")
PACKAGES = ("pyvrp", "pyvroom", "ortools", "scipy", "numpy")


def worth(cluster: Cluster, routes: Sequence[Route]) -> int:
    """Return the value of routes, 0 for each that the timetable refuses or that repeats."""
    seen: set[int] = set()
    total = 0
    for route in routes:
        fine = isinstance(timetable(cluster, route), Timetable)
        if fine and not seen & set(route.stations):
            total += value(cluster, route)
            seen |= set(route.stations)
    return total


def cases(mission: str | None, seeds: int) -> Iterator[tuple[str, Cluster]]:
    """Yield names and clusters."""
    if mission is None:
        yield from days(seeds)
        return
    from planner.domain.plan import StageName  # noqa: PLC0415 - heavy imports
    from planner.intake.folder import load_mission  # noqa: PLC0415
    from planner.optimizer.days.stage import day_scenes  # noqa: PLC0415
    from planner.optimizer.pipeline import make_plan  # noqa: PLC0415
    from planner.travel import make_provider  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / mission
        if mission == "kazakhstan":
            from planner.demo import write_demo  # noqa: PLC0415

            write_demo("kazakhstan-2022", folder, seed=2022)
        else:
            from tests.real_missions import georgia_folder  # noqa: PLC0415

            georgia_folder(folder, SHARED)
        loaded = load_mission(folder).mission_input
        travel = make_provider(loaded)
        stages = [StageName.AREAS, StageName.ALLOCATION, StageName.SAMPLING]
        plan = make_plan(loaded, travel, Effort(1), Silent(), stages=stages).plan
        for scene in day_scenes(loaded, travel, plan.areas, plan.teams, plan.sample):
            yield scene.name, scene.cluster.only(scene.primaries)


def table(named: Iterator[tuple[str, Cluster]], seconds: float, seed: int, cores: int) -> None:
    """Print a line for each case, and the sums."""
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"{package} absent")
    print(
        f"machine {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"{', '.join(versions)}; {seconds:g} s a case, seed {seed}, threads: ours {cores}, peers 1"
    )
    heads = "".join(f"{name.split('_')[0]:>9}" for name in PEERS)
    print(f"{'case':<34}{'pairs':>6}{'value':>7}{'bound':>7}{'gap':>7}{'wall_s':>8}{heads}")
    sums: dict[str, int] = {}
    for name, cluster in named:
        started = time.monotonic()
        solved = solve_cluster(cluster, Effort(seed), Silent(), started + seconds, cores=cores)
        wall_s = time.monotonic() - started
        found = worth(cluster, solved.routes)
        others = [_peer(peer, cluster, seconds, seed) for peer in PEERS]
        row = {"value": found, "bound": solved.bound}
        row |= {p: v for p, v in zip(PEERS, others, strict=True) if v is not None}
        for key, number in row.items():
            sums[key] = sums.get(key, 0) + number
        told = "".join(f"{'absent' if v is None else v:>9}" for v in others)
        behind = [p for p in PEERS if row.get(p, 0) > found]
        print(
            f"{name:<34}{cluster.teams:>6}{found:>7}{solved.bound:>7}"
            f"{gap(found, solved.bound):>7.1%}{wall_s:>8.1f}{told}"
            + (f"  behind {', '.join(behind)}" if behind else ""),
            flush=True,
        )
    print(
        f"{'all':<40}{sums['value']:>7}{sums['bound']:>7}"
        f"{gap(sums['value'], sums['bound']):>7.1%}{'':>8}"
        + "".join(f"{sums.get(peer, 'absent'):>9}" for peer in PEERS)
    )


def _peer(name: str, cluster: Cluster, seconds: float, seed: int) -> int | None:
    """Return the value of a peer's routes, None if it is not installed."""
    try:
        peer = import_module(f"benchmarks.peers.{name}")
        return worth(cluster, peer.solve(cluster, seconds, seed))
    except ImportError:
        return None


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=2, help="made-up days of each kind")
    parser.add_argument("--cores", type=int, default=1, help="threads of ours; peers have one")
    parser.add_argument("--mission", choices=("kazakhstan", "georgia"))
    given = parser.parse_args()
    table(cases(given.mission, given.seeds), given.seconds, given.seed, given.cores)


if __name__ == "__main__":
    main()
