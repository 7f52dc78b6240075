"""Repair with least change: drawn disruptions of the founding mission, repaired and planned anew.

    python -m benchmarks.repair [--disruptions N] [--only 0,5] [--cache FOLDER] [--markdown FILE]

Plans the Kazakhstan 2022 demo, lets something happen to it, repairs the plan near to itself and
plans the disrupted mission from nothing. Of each repair: seconds (of the clock and of processors),
the value of its days and its points of pairing against those of the plan from nothing, how many of
the (pair, station) that could be kept are lost, and the referee's hard findings; then the frontier:
value and loss at other stabilities, 0 being the plan from nothing.

``--cache`` keeps the parts of the plans from nothing between runs (see ``planner.remember``: the
same plans, sooner).
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.disruptions import Disruption, drawn
from planner.demo import write_demo
from planner.domain.finding import Finding
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName
from planner.intake.folder import load_mission
from planner.optimizer.stage import Effort, Silent
from planner.referee import check_plan
from planner.remember.cache import Cache
from planner.remember.plan import Memory, plan_remembered
from planner.replan import replan
from planner.replan.frontier import STABILITIES, FrontierPoint
from planner.replan.frontier import point as frontier_point
from planner.travel import make_provider

STABILITY = 0.5
SEED = 1


@dataclass(frozen=True)
class Base:
    """The founding mission with its plan."""

    mission: MissionInput
    remarks: tuple[Finding, ...]
    plan: Plan
    memory: Memory


@dataclass(frozen=True)
class Point:
    """A plan after a disruption: what it is worth and loses, and what it took.

    ``costs`` are those of areas and allocation, in station-minutes.
    """

    measure: FrontierPoint
    costs: tuple[float, float]
    hard: int
    wall_s: float
    cpu_s: float

    @property
    def value(self) -> float:
        """Value of the days."""
        return self.measure.value or 0.0

    @property
    def points(self) -> float:
        """Points of pairing."""
        return self.measure.points or 0.0

    @property
    def lost(self) -> float:
        """Share of the (pair, station) that could be kept and are not."""
        return self.measure.lost_share


@dataclass(frozen=True)
class Line:
    """A disruption, its repairs and its plan from nothing."""

    disruption: Disruption
    scratch: Point
    repairs: tuple[Point, ...]


def base(cache: Path | None) -> Base:
    """Plan the founding mission."""
    with tempfile.TemporaryDirectory() as name:
        write_demo("kazakhstan-2022", Path(name), seed=2022)
        loaded = load_mission(Path(name))
    memory = Memory(Cache(cache), threads=2)
    mission = loaded.mission_input
    plan = from_nothing(mission, loaded.findings, memory)
    return Base(mission, loaded.findings, plan, memory)


def from_nothing(mission: MissionInput, remarks: tuple[Finding, ...], memory: Memory) -> Plan:
    """Plan a mission without an earlier plan."""
    travel = make_provider(mission)
    made = plan_remembered(mission, travel, Effort(SEED), Silent(), memory, remarks=remarks)
    return made.plan


def measured(known: Base, disruption: Disruption) -> Line:
    """Repair a disruption at all stabilities, and plan it from nothing."""
    mission = disruption.mission
    travel = make_provider(mission)

    def point(stability: float, plan: Plan, wall_s: float, cpu_s: float) -> Point:
        measure = frontier_point(mission, known.plan, plan, stability)
        cost = {report.name: report.objective or 0.0 for report in plan.stages}
        costs = cost[StageName.AREAS], cost[StageName.ALLOCATION]
        return Point(measure, costs, len(check_plan(mission, plan, travel).hard), wall_s, cpu_s)

    repairs = []
    for stability in STABILITIES:
        wall, cpu = time.perf_counter(), time.process_time()
        made = replan(
            mission,
            travel,
            Effort(SEED),
            Silent(),
            earlier=known.plan,
            earlier_mission=known.mission,
            stability=stability,
            quick=True,
            remarks=known.remarks,
        )
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        repairs.append(point(stability, made.plan, wall, cpu))
    wall, cpu = time.perf_counter(), time.process_time()
    plan = from_nothing(mission, known.remarks, known.memory)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Line(disruption, point(0.0, plan, wall, cpu), tuple(repairs))


def row(index: int, line: Line) -> str:
    """Return a line of the table of repairs."""
    repair, scratch = line.repairs[STABILITIES.index(STABILITY)], line.scratch
    cells = [
        str(index),
        line.disruption.kind,
        line.disruption.told,
        f"{repair.wall_s:.1f}",
        f"{repair.cpu_s:.1f}",
        f"{repair.value:,.0f}",
        f"{scratch.value:,.0f}",
        f"{repair.value / scratch.value:.4f}",
        f"{repair.points / scratch.points:.4f}",
        *(f"{mine / theirs:.3f}" for mine, theirs in zip(repair.costs, scratch.costs, strict=True)),
        f"{repair.lost:.2%}",
        f"{scratch.lost:.1%}",
        str(max(point.hard for point in line.repairs)),
    ]
    return f"| {' | '.join(cells)} |"


def frontier(index: int, line: Line) -> str:
    """Return a line of the table of frontiers."""
    points = (line.scratch, *line.repairs)
    cells = [f"{point.value:,.0f}, {point.lost:.1%}" for point in points]
    return f"| {index} | {' | '.join(cells)} |"


def report(lines: Sequence[tuple[int, Line]], versions: Mapping[str, str]) -> list[str]:
    """Return the page: machine, both tables, and what was missed."""
    repairs = [line.repairs[STABILITIES.index(STABILITY)] for _, line in lines]
    ratios = [r.value / line.scratch.value for r, (_, line) in zip(repairs, lines, strict=True)]
    wall, cpu = [r.wall_s for r in repairs], [r.cpu_s for r in repairs]
    named = ", ".join(f"{name} {number}" for name, number in sorted(versions.items()))
    machine = (
        "`python -m benchmarks.repair`: the Kazakhstan 2022 demo (demo seed 2022, 150 pairs, "
        f"10,033 stations), {len(lines)} disruptions, seed {SEED}; {platform.machine()}, "
        f"{os.cpu_count()} shared cores, load average {os.getloadavg()[0]:.1f} at the end, Python "
        f"{platform.python_version()}, {named}."
    )
    legend = (
        f"Repairs at stability {STABILITY:g}. Value: of the days, repaired and planned from "
        "nothing, and the first by the second; points: the same for pairing. Areas, allocation: "
        "the same for their costs, where less is better. Lost: share of the (pair, station) that "
        "could be kept and are not, by the repair and by the plan from nothing (which also numbers "
        "areas and pairs anew). Hard: most hard "
        "findings of the repairs at all stabilities."
    )
    head = (
        "# | kind | what | s | processor s | value | from nothing | ratio | points | areas | "
        "allocation | lost"
    )
    summary = (
        f"Seconds of the clock: median {statistics.median(wall):.1f}, most {max(wall):.1f}; of "
        f"processors: median {statistics.median(cpu):.1f}, most {max(cpu):.1f}. Ratio: mean "
        f"{statistics.mean(ratios):.4f}, least {min(ratios):.4f}. Lost: most "
        f"{max(r.lost for r in repairs):.2%}."
    )
    said = [
        "# Repair with least change",
        "",
        machine,
        "",
        legend,
        "",
        f"| {head} | lost from nothing | hard |",
        "|--" * 14 + "|",
        *(row(index, line) for index, line in lines),
        "",
        summary,
        "",
        "The frontier: value and share lost at each stability; 0 is the plan from nothing.",
        "",
        f"| # | 0 | {' | '.join(f'{stability:g}' for stability in STABILITIES)} |",
        "|--" * (2 + len(STABILITIES)) + "|",
        *(frontier(index, line) for index, line in lines),
    ]
    missed = [
        f"#{index}: " + ", ".join(reasons)
        for (index, line), repair, ratio in zip(lines, repairs, ratios, strict=True)
        if (reasons := _missed(repair, ratio))
    ]
    said += ["", "Missed: " + ("; ".join(missed) if missed else "nothing") + "."]
    return said


def _missed(repair: Point, ratio: float) -> list[str]:
    """Say which aims a repair has missed."""
    said = []
    if repair.wall_s > 5.0:
        said.append(
            f"{repair.wall_s:.1f} s of the clock, 5 wanted ({repair.cpu_s:.1f} processor s)"
        )
    if ratio < 0.99:
        said.append(f"ratio {ratio:.4f}, 0.99 wanted")
    if repair.lost > 0.05:
        said.append(f"{repair.lost:.1%} lost, 5 % allowed")
    if repair.hard:
        said.append(f"{repair.hard} hard findings")
    return said


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--disruptions", type=int, default=20)
    parser.add_argument("--only", help="numbers of some disruptions, by comma")
    parser.add_argument("--cache", type=Path, help="folder for parts of the plans from nothing")
    parser.add_argument("--markdown", type=Path, help="file to write the page to")
    given = parser.parse_args()
    known = base(given.cache)
    cases = list(enumerate(drawn(known.mission, known.plan, given.disruptions, SEED)))
    if given.only:
        wanted = {int(number) for number in given.only.split(",")}
        cases = [case for case in cases if case[0] in wanted]
    lines = []
    for index, disruption in cases:
        line = measured(known, disruption)
        lines.append((index, line))
        print(row(index, line), file=sys.stderr, flush=True)
    page = report(lines, known.plan.provenance.versions)
    print("\n" + "\n".join(page))
    if given.markdown:
        given.markdown.write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
