"""The allocation stage: STO pairs to areas, areas' pairs to hubs, and team slots for all."""

import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Town
from planner.domain.plan import Area, StageName, StageReport, StopReason, Team
from planner.objective.allocation import (
    UNSERVED_REACHES,
    AreaDemand,
    area_demands,
    drive_min,
    pair_capacity,
    reach_min,
    shares_part,
    town_areas,
)
from planner.optimizer.allocation.hubs import (
    NODES,
    HubProblem,
    HubSolution,
    HubSolver,
    greedy,
    solve_hubs,
)
from planner.optimizer.allocation.notes import findings, without_beds
from planner.optimizer.allocation.pins import pin_towns
from planner.optimizer.allocation.reach import beyond_reach
from planner.optimizer.allocation.shares import (
    lto_bases,
    pairs_that_sleep,
    share_pairs,
)
from planner.optimizer.allocation.slots import lto_slots, slot_ids, static_pairs, sto_slots
from planner.optimizer.stage import Effort, Progress, StageNotes, report, skipped

UNIT = "station-minutes"
THREADS = min(8, os.cpu_count() or 1)
"""Areas at a time, unless said otherwise; the solver leaves Python's lock alone while it works."""


@dataclass(frozen=True)
class AllocationResult:
    """Areas with their pairs, LTO and STO slots, the stage's report and its remarks."""

    areas: tuple[Area, ...]
    teams: tuple[Team, ...]
    report: StageReport
    notes: StageNotes


def solve_allocation(
    mission: MissionInput,
    travel: TravelProvider,
    areas: Sequence[Area],
    effort: Effort,
    progress: Progress,
    solver: HubSolver = solve_hubs,
    threads: int = THREADS,
) -> AllocationResult:
    """Share STO pairs out over areas and place them in towns near the stations.

    First the shares of the areas, exactly (see :func:`~planner.optimizer.allocation.apportion`);
    then, given these, the hubs of each area by a small mixed-integer model. The report's objective
    is that of :mod:`planner.objective.allocation`; its bound holds for the hubs given the shares.
    Cancelled, the remaining areas are filled greedily. ``solver`` places the pairs of one area; it
    is asked for ``threads`` areas at a time.
    """
    demands = area_demands(mission, areas, travel)
    shares = share_pairs(mission, areas, demands, mission.mission.policies.allocation.basis)
    if not shares.wanted or not areas:
        return AllocationResult(
            tuple(area.model_copy(update={"sto_pairs": 0}) for area in areas),
            lto_slots(areas),
            _nothing(effort),
            StageNotes(
                unassigned=(
                    *without_beds(mission, shares),
                    *pin_towns(mission, areas, {}).refused,
                )
            ),
        )
    areas = [
        area.model_copy(update={"sto_pairs": pairs})
        for area, pairs in zip(areas, shares.pairs.tolist(), strict=True)
    ]
    slots = slot_ids(areas)
    pins = pin_towns(mission, areas, slots)
    deadline = None if effort.seconds is None else time.monotonic() + effort.seconds
    part = shares_part(shares.exact, shares.pairs.tolist())
    value = bound = part
    late = cancelled = False
    hubs: dict[AreaId, dict[TownId, int]] = {}
    places, problems = [], []
    for area, demand in zip(areas, demands, strict=True):
        pinned = pins.at(slots[area.id])
        places.append(hub_towns(mission, areas, area, demand, list(pinned)))
        problems.append(hub_problem(mission, travel, areas, area, demand, places[-1], pinned))

    def solve(at: int) -> tuple[HubSolution, bool]:
        """Return the solution of one area, and whether somebody stopped it."""
        problem, stopped = problems[at], progress.cancelled
        if stopped or (deadline is not None and time.monotonic() >= deadline):
            counts = greedy(problem)
            found = HubSolution(counts, problem.value(counts), problem.easy_bound(), late=True)
            return found, stopped
        seconds = None
        if deadline is not None:
            seconds = (deadline - time.monotonic()) / -(-(len(problems) - at) // threads)
        return solver(problem, max(1, int(NODES * effort.scale)), seconds), False

    # The solver's threads do not meet: what each returns does not depend on the others.
    with ThreadPoolExecutor(threads) as pool:
        for area, towns, (solved, stopped) in zip(
            areas, places, pool.map(solve, range(len(problems))), strict=True
        ):
            late, cancelled = late | solved.late, cancelled | stopped
            value, bound = value + solved.value, bound + solved.bound
            placed = zip(towns, solved.counts.tolist(), strict=True)
            hubs[area.id] = {town.id: pairs for town, pairs in placed if pairs}
            progress.report(StageName.ALLOCATION, value, bound)
    static = static_pairs(areas, mission.mission.policies.day)
    teams = [*lto_slots(areas)]
    for area, still in zip(areas, static, strict=True):
        teams += sto_slots(area.id, slots[area.id], hubs[area.id], pins.town_of, still)
    stop = StopReason.TIME if late else StopReason.ITERATIONS
    unassigned = (
        *without_beds(mission, shares),
        *beyond_reach(mission, areas, demands, {a: list(h) for a, h in hubs.items()}, travel),
        *pins.refused,
    )
    return AllocationResult(
        tuple(areas),
        tuple(teams),
        report(
            StageName.ALLOCATION,
            sense="min",
            unit=UNIT,
            objective=value,
            bound=bound,
            stop=StopReason.CANCELLED if cancelled else stop,
            seed=effort.seed,
            partial=shares.placed < shares.wanted,
            note=_note(demands, mission, part),
        ),
        StageNotes(findings(mission, areas, demands, shares), unassigned),
    )


def hub_towns(
    mission: MissionInput,
    areas: Sequence[Area],
    area: Area,
    demand: AreaDemand,
    pinned: Sequence[TownId],
) -> list[Town]:
    """Return the hubs to choose from: the candidates, pinned towns, all where beds are short."""
    bases = lto_bases(areas)
    chosen = {town.id for town in demand.hubs} | set(pinned)
    room = [pairs_that_sleep(mission, mission.town_of[town], bases) for town in sorted(chosen)]
    if all(pairs is not None for pairs in room) and sum(map(int, filter(None, room))) < (
        area.sto_pairs
    ):
        owner = town_areas(mission, areas)
        chosen = {town for town, home in owner.items() if home.id == area.id}
    return [mission.town_of[town] for town in sorted(chosen)]


def hub_problem(
    mission: MissionInput,
    travel: TravelProvider,
    areas: Sequence[Area],
    area: Area,
    demand: AreaDemand,
    towns: Sequence[Town],
    pinned: Mapping[TownId, int],
) -> HubProblem:
    """Return the model of one area's hubs.

    Parameters
    ----------
    areas
        All areas, with their numbers of pairs.
    towns
        Hubs to choose from.
    pinned
        Least number of pairs in some of them.
    """
    bases = lto_bases(areas)
    reach = reach_min(mission)
    room = [pairs_that_sleep(mission, town, bases) for town in towns]
    return HubProblem(
        demand.minutes
        if [town.id for town in towns] == [town.id for town in demand.hubs]
        else drive_min(travel, towns, demand.points, reach),
        demand.demand,
        area.sto_pairs,
        pair_capacity(demand, area.sto_pairs),
        UNSERVED_REACHES * reach,
        np.array([pinned.get(town.id, 0) for town in towns], dtype=np.int64),
        np.array(
            [area.sto_pairs if r is None else min(r, area.sto_pairs) for r in room], dtype=np.int64
        ),
    )


def _note(demands: Sequence[AreaDemand], mission: MissionInput, part: float) -> str:
    stations = sum(len(demand.stations) for demand in demands)
    within = sum(demand.reachable for demand in demands)
    basis = mission.mission.policies.allocation.basis
    return (
        f"by {basis.value}: shares are exact and cost {part:.0f} of the objective; about "
        f"{within:.0f} of {stations} stations lie within {reach_min(mission):g} min of a "
        "candidate town"
    )


def _nothing(effort: Effort) -> StageReport:
    return skipped(StageName.ALLOCATION, "min", UNIT, effort.seed, "no STO pairs to place")
