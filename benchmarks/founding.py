"""The founding mission stage by stage: wall time, processor time and what each stage proves.

    python -m benchmarks.founding [--seed N] [--profile]

Processor seconds are those of all threads of the process; on a shared machine they, not wall time,
compare two versions. ``--profile`` adds where the time goes, by function.
"""

import argparse
import cProfile
import pstats
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.circumstances import circumstances, said


def main() -> None:
    """Plan the founding mission once and print a line for each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    from planner.demo import write_demo  # noqa: PLC0415 - heavy imports
    from planner.optimizer.pipeline import make_plan  # noqa: PLC0415
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415
    from planner.planning import conclude, prepare  # noqa: PLC0415

    print(said(circumstances("numpy", "scipy", "pyvrp", "rustworkx")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_demo("kazakhstan-2022", folder, seed=2022)
        whole = cProfile.Profile()
        begin, spent = time.perf_counter(), time.process_time()
        prepared = prepare(folder)
        read = time.perf_counter() - begin, time.process_time() - spent
        ticks: list[tuple[float, float]] = []

        def clock() -> float:
            ticks.append((time.perf_counter(), time.process_time()))
            return ticks[-1][0]

        if asked.profile:
            whole.enable()
        made = make_plan(
            prepared.loaded.mission_input,
            prepared.travel,
            Effort(seed=asked.seed),
            Silent(),
            remarks=prepared.loaded.findings,
            clock=clock,
        )
        whole.disable()
        judged = time.perf_counter(), time.process_time()
        done = conclude(prepared, made, folder / "plan.json")
        end = time.perf_counter(), time.process_time()
    print(f"{'part':<12}{'wall_s':>8}{'cpu_s':>8}{'value':>14}{'bound':>14}{'gap':>9}  stopped by")
    print(f"{'reading':<12}{read[0]:8.1f}{read[1]:8.1f}")
    starts, ends = ticks[::2], ticks[1::2]
    for report, start, stop in zip(done.plan.stages, starts, ends, strict=True):
        print(
            f"{report.name:<12}{stop[0] - start[0]:8.1f}{stop[1] - start[1]:8.1f}"
            f"{report.objective or 0:14.1f}{report.bound or 0:14.1f}{report.gap or 0:9.4%}"
            f"  {report.stop}"
        )
    print(f"{'verdict':<12}{end[0] - judged[0]:8.1f}{end[1] - judged[1]:8.1f}")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{'whole':<12}{end[0] - begin:8.1f}{end[1] - spent:8.1f}  {peak_mb:.0f} MB peak, "
        f"{len(done.verdict.hard)} hard findings"
    )
    if asked.profile:
        pstats.Stats(whole).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
