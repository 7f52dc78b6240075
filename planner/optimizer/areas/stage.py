"""The areas stage: districts to areas of responsibility, each with a base town."""

from dataclasses import dataclass, replace

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, DistrictId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, StageName, StageReport
from planner.objective.areas import areas_cost
from planner.optimizer.areas import notes
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import is_feasible
from planner.optimizer.areas.frame import (
    Frame,
    make_frame,
    possible_base,
)
from planner.optimizer.areas.pins import KINDS, Dropped, Pins, Settled, Settling
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.search import Found, SearchLimits, first, solve
from planner.optimizer.stage import Effort, Progress, StageNotes, report, skipped

UNIT = "station-minutes"


@dataclass(frozen=True)
class AreasResult:
    """Areas of responsibility, the stage's report and its remarks."""

    areas: tuple[Area, ...]
    report: StageReport
    notes: StageNotes


def solve_areas(
    mission: MissionInput, travel: TravelProvider, effort: Effort, progress: Progress
) -> AreasResult:
    """Make as many contiguous areas as there are LTO teams, each with a base town inside.

    Minimises :func:`planner.objective.areas.areas_cost`. Contiguity (A2) and pins (A4) are hard;
    balance (A5), whole regions (A6) and the longest drive (A8) are priced. Nothing raises for
    want of towns, ways or teams: what cannot be had is named in the notes.

    Parameters
    ----------
    mission
        The mission with its decisions.
    travel
        Answers how long the drive from a base town to a district centre takes.
    effort
        Seed, seconds and scale. Without seconds the same input gives the same areas.
    progress
        Hears incumbent and bound; cancelling keeps the best areas so far.

    Returns
    -------
    AreasResult
        Areas ``A01`` … with LTO teams ``LTO-01`` …, sorted by id.
    """
    teams = mission.teams_wanted(Role.LTO)
    if not mission.districts or (teams == 0 and mission.teams_wanted(Role.STO) == 0):
        return _nothing(mission, teams, effort)
    budget = Budget(effort, progress)
    frame = make_frame(mission, teams or None, travel)
    starts = _Starts(frame, budget)
    ids = frozenset(AreaId(f"A{k:02d}") for k in range(1, frame.teams + 1))
    settled = Settling(
        mission,
        ids,
        lambda town: possible_base(mission, mission.town_of[town]),
        frozenset(district.id for district in frame.districts),
        lambda pins: starts.find(pins) is not None,
    ).settle()
    start = starts.find(settled.pins)
    if start is None:  # pragma: no cover - without pins there is always a partition
        msg = f"no areas were found over {len(frame.districts)} districts"
        raise AssertionError(msg)
    found = solve(start.problem, budget, start=start.owner)
    areas = _numbered(frame, settled.pins, ids, found.owner, with_teams=teams > 0)
    return _result(frame, settled, areas, found, effort, travel)


@dataclass(frozen=True, eq=False)
class _Start:
    """A problem and a solution that keeps its pins."""

    problem: AreasProblem
    owner: Ints


class _Starts:
    """Finds first solutions around pins, each only once."""

    def __init__(self, frame: Frame, budget: Budget) -> None:
        self._frame, self._budget = frame, budget
        self._known: dict[tuple[object, ...], _Start | None] = {}

    def find(self, pins: Pins) -> _Start | None:
        """Return a start with the most areas for which one is found, or None."""
        key = (*sorted(pins.district_area.items()), *sorted(pins.base_town.items()))
        if key not in self._known:
            self._known[key] = self._search(pins)
        return self._known[key]

    def _search(self, pins: Pins) -> _Start | None:
        problem = self._frame.problem(pins)
        limits = SearchLimits().scaled(self._budget.effort.scale)
        least = max(len(pins.areas), int(self._frame.part.max()) + 1)
        for areas in range(problem.areas, least - 1, -1):
            trial = replace(problem, areas=areas)
            owner = first(trial, limits, self._budget)
            if owner is not None and is_feasible(trial, owner):
                return _Start(trial, owner)
        return None


def _numbered(
    frame: Frame, pins: Pins, ids: frozenset[AreaId], owner: Ints, *, with_teams: bool
) -> tuple[Area, ...]:
    """Turn a solution into areas: pinned ones keep their ids, the others follow by region."""
    pinned = {
        int(owner[i]): pins.district_area[district.id]
        for i, district in enumerate(frame.districts)
        if district.id in pins.district_area
    }
    spare = sorted(ids - set(pinned.values()))

    def first_district(base: int) -> tuple[str, str]:
        members = [frame.districts[i] for i in np.flatnonzero(owner == base)]
        return min((district.region, district.id) for district in members)

    others = sorted(set(owner.tolist()) - set(pinned), key=first_district)
    id_of = pinned | dict(zip(others, spare, strict=False))
    areas = []
    for base, area_id in id_of.items():
        town = frame.towns[base]
        areas.append(
            Area(
                id=area_id,
                lto_team=TeamId(f"LTO-{area_id[1:]}") if with_teams else None,
                base_town=None if town is None else town.id,
                districts=tuple(frame.districts[i].id for i in np.flatnonzero(owner == base)),
            )
        )
    return tuple(sorted(areas, key=lambda area: area.id))


def _result(
    frame: Frame,
    settled: Settled,
    areas: tuple[Area, ...],
    found: Found,
    effort: Effort,
    travel: TravelProvider,
) -> AreasResult:
    cost = areas_cost(frame.mission, areas, travel)
    owner: dict[DistrictId, AreaId] = {d: area.id for area in areas for d in area.districts}
    bases: dict[AreaId, TownId | None] = {area.id: area.base_town for area in areas}
    if not settled.pins.kept_by(owner, bases):  # pragma: no cover - guards the promise of pins
        msg = "areas: a pin that was accepted is not kept"
        raise AssertionError(msg)
    unassigned = (
        *notes.left_out(frame),
        *notes.idle_teams(frame, areas),
        *notes.homeless_teams(areas),
        *notes.dropped_decisions(settled),
    )
    findings = (
        *notes.dropped_pins(settled),
        *notes.without_team(areas),
        *notes.without_base(areas),
        *notes.far_districts(frame, found.owner, areas),
    )
    stage_report = report(
        StageName.AREAS,
        sense="min",
        unit=UNIT,
        objective=cost.total,
        bound=min(found.bound, cost.total),
        stop=found.stop,
        seed=effort.seed,
        partial=bool(unassigned),
        note=(
            f"drive {cost.drive:.0f}, split regions {cost.splits:.0f}, "
            f"imbalance {cost.imbalance:.0f}"
        ),
    )
    return AreasResult(areas, stage_report, StageNotes(findings, unassigned))


def _nothing(mission: MissionInput, teams: int, effort: Effort) -> AreasResult:
    """Return the result where there is nothing to divide, or nobody to divide it for."""
    why = "no districts" if teams else "no LTO teams and no STO pairs"
    report = skipped(StageName.AREAS, "min", UNIT, effort.seed, f"skipped: {why}")
    reason = f"the plan has no areas: {why}"
    lost = tuple(Dropped(d, reason) for d in mission.decisions if d.kind in KINDS)
    settled = Settled(Pins(), lost)
    said = StageNotes(tuple(notes.dropped_pins(settled)), tuple(notes.dropped_decisions(settled)))
    return AreasResult((), report, said)
