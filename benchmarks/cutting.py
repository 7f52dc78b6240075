"""What cutting an area into clusters of pairs costs: the same election day cut and in one piece.

    python -m benchmarks.cutting [--stations N] [--pairs N] [--pairs-per-area N] [--seed N]

A made-up country with large areas is planned up to the sample; then the days of each area are
planned with its clusters as they are, and with all its pairs in one cluster and as many times the
iterations as there were clusters. ``cpu_s`` tells what each took.
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.circumstances import circumstances, said
from benchmarks.made_country import Size, write_country


def days(inputs: tuple[Any, ...], scale: float, pairs: int) -> tuple[float, float, float]:
    """Return value, bound and processor seconds of one area's days in clusters of ``pairs``."""
    from planner.optimizer.days import assemble, solve_days  # noqa: PLC0415 - heavy imports
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415

    usual = assemble.PAIRS_PER_CLUSTER
    assemble.PAIRS_PER_CLUSTER = pairs
    begin = time.process_time()
    try:
        report = solve_days(*inputs, Effort(scale=scale), Silent()).report
    finally:
        assemble.PAIRS_PER_CLUSTER = usual
    return report.objective or 0.0, report.bound or 0.0, time.process_time() - begin


def main() -> None:
    """Compare cut and uncut, area by area."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=2_000)
    parser.add_argument("--pairs", type=int, default=96)
    parser.add_argument("--pairs-per-area", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    from planner.domain.observer import Role  # noqa: PLC0415 - heavy imports
    from planner.domain.plan import StageName  # noqa: PLC0415
    from planner.optimizer.days import assemble  # noqa: PLC0415
    from planner.optimizer.pipeline import make_plan  # noqa: PLC0415
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415
    from planner.planning import prepare  # noqa: PLC0415

    print(said(circumstances("pyvrp", "numpy")))
    with tempfile.TemporaryDirectory() as name:
        size = Size(asked.stations, asked.pairs, asked.pairs_per_area)
        write_country(Path(name), size, asked.seed)
        prepared = prepare(Path(name))
    mission, travel = prepared.loaded.mission_input, prepared.travel
    before = (StageName.AREAS, StageName.ALLOCATION, StageName.SAMPLING)
    plan = make_plan(mission, travel, Effort(seed=asked.seed), Silent(), stages=before).plan
    print(f"{size.stations:,} stations, {size.pairs} pairs, {size.teams} areas, seed {asked.seed}")
    print(
        f"{'area':<6}{'pairs':>6}{'clusters':>9}{'cut':>8}{'uncut':>8}{'bound':>8}{'loss':>8}"
        f"{'cpu_s':>8}{'cpu_s':>8}"
    )
    totals = [0.0, 0.0]
    for area in plan.areas:
        teams = [team for team in plan.teams if team.area == area.id and team.kind is Role.STO]
        drawn = [entry for entry in plan.sample if entry.area == area.id]
        inputs = (mission, travel, [area], teams, drawn)
        clusters = len(assemble.group_hubs(teams))
        cut, _, cut_s = days(inputs, 1.0, assemble.PAIRS_PER_CLUSTER)
        uncut, bound, uncut_s = days(inputs, float(clusters), len(teams))
        totals[0], totals[1] = totals[0] + cut, totals[1] + max(cut, uncut)
        print(
            f"{area.id:<6}{len(teams):>6}{clusters:>9}{cut:8.0f}{uncut:8.0f}{bound:8.0f}"
            f"{(uncut - cut) / max(uncut, 1):8.2%}{cut_s:8.1f}{uncut_s:8.1f}",
            flush=True,
        )
    print(f"loss of cutting against the better of both: {1 - totals[0] / totals[1]:.2%}")


if __name__ == "__main__":
    main()
