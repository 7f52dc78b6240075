"""How long a simulated election day takes, and what it says of the founding mission.

    python -m benchmarks.execution [--planned FOLDER] [--draws N]

``FOLDER`` is a planned mission: a mission folder with its ``plan.json``. Without it the founding
mission is planned first, which takes about half a minute.
"""

import argparse
import os
import platform
import resource
import statistics
import tempfile
import time
from pathlib import Path

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.execution import Delivery, Isolation, Noise, Preset, simulate
from planner.export.document import load_plan
from planner.intake.folder import load_mission
from planner.travel import make_provider

RUNS = 5


def planned(folder: Path | None) -> tuple[MissionInput, TravelProvider, Plan]:
    """Return a planned mission, planned here if none is given."""
    if folder is not None:
        mission = load_mission(folder).mission_input
        return mission, make_provider(mission), load_plan(folder / "plan.json")
    from planner.demo import write_demo  # noqa: PLC0415 - heavy imports
    from planner.optimizer.pipeline import make_plan  # noqa: PLC0415
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        write_demo("kazakhstan-2022", Path(name), seed=2022)
        loaded = load_mission(Path(name))
        mission = loaded.mission_input
        travel = make_provider(mission)
        made = make_plan(
            mission, travel, Effort(), Silent(), remarks=loaded.findings, clock=lambda: 0.0
        )
    return mission, travel, made.plan


def timed(
    case: tuple[MissionInput, TravelProvider, Plan],
    noise: Noise,
    draws: int,
    delivery: Delivery | None = None,
) -> float:
    """Return processor seconds of one core, the median of some runs."""
    mission, travel, plan = case
    seconds = []
    for _ in range(RUNS):
        before = time.process_time()
        simulate(mission, plan, travel, noise, draws=draws, delivery=delivery)
        seconds.append(time.process_time() - before)
    return statistics.median(seconds)


def show(case: tuple[MissionInput, TravelProvider, Plan], noise: Noise, draws: int) -> None:
    """Print what is observed under a noise."""
    mission, travel, plan = case
    summary = simulate(mission, plan, travel, noise, draws=draws).summary()
    for phase in summary.phases:
        seen = phase.observed
        print(
            f"  {phase.phase:<12}{phase.planned:>7,}{seen.mean:>10,.1f}{seen.p5:>8,.0f}"
            f"{seen.p50:>8,.0f}{seen.p95:>8,.0f}"
        )
    missed, worst = summary.missed_closings, summary.risks[0]
    print(
        f"  missed closings {missed.mean:.2f} (P95 {missed.p95:.0f}), duty P50 "
        f"{summary.duty_h.p50:.1f} h, P95 {summary.duty_h.p95:.1f} h; most at risk {worst.team}: "
        f"closing {worst.misses_closing or 0:.1%}, because of {worst.cause.name.lower()}"
    )


def main() -> None:
    """Measure."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--planned", type=Path, default=None)
    arguments.add_argument("--draws", type=int, default=1000)
    given = arguments.parse_args()
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    case = planned(given.planned)
    plan, draws = case[2], given.draws
    stops = sum(len(day.stops) for day in plan.days)
    print(f"{len(plan.days)} days, {stops:,} stops, {draws:,} draws; processor time of one core")
    storm = tuple(
        Isolation(region=region.id, from_hour=10, to_hour=16) for region in case[0].regions[:2]
    )
    for name in Preset:
        noise = Noise.preset(name)
        seconds = timed(case, noise, draws)
        rate = stops * draws / seconds / 1e6
        print(f"\n{name}: {seconds:.3f} s, {rate:.1f} million stops a second")
        print(f"  {'phase':<12}{'plan':>7}{'mean':>10}{'P5':>8}{'P50':>8}{'P95':>8}")
        show(case, noise, draws)
    noise = Noise(isolations=storm)
    names = ", ".join(isolation.region for isolation in storm)
    print(f"\nusual, {names} isolated 10:00 to 16:00: {timed(case, noise, draws):.3f} s")
    show(case, noise, draws)
    for rate in (0.7, 0.85, 1.0, 1.15):
        delivery = Delivery(rate=rate)
        found = simulate(*_in_order(case), Noise(), draws=draws, delivery=delivery).summary()
        out = found.pairs_out
        print(
            f"usual, delivery {rate:.0%}: {timed(case, Noise(), draws, delivery):.3f} s, pairs out "
            f"{out.mean:.1f} (P5 {out.p5:.0f}, P95 {out.p95:.0f})"
        )
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\npeak memory {peak_kb / 1024:,.0f} MB")


def _in_order(
    case: tuple[MissionInput, TravelProvider, Plan],
) -> tuple[MissionInput, Plan, TravelProvider]:
    mission, travel, plan = case
    return mission, plan, travel


if __name__ == "__main__":
    main()
