"""The earlier areas, with districts and base towns moved only where they have to be."""

from dataclasses import replace

import numpy as np

from planner.domain.finding import Finding
from planner.domain.ids import AreaId
from planner.domain.observer import Role
from planner.domain.plan import Area, StageName, StageStatus
from planner.objective.areas import areas_cost
from planner.optimizer.areas.frame import make_frame
from planner.optimizer.areas.notes import far_districts, without_team
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import StageNotes, report
from planner.replan.ground import Ground, Kept, kept_decisions, refused, some, stopped
from planner.replan.heirs import led_as_before
from planner.replan.partition import NoWayError, Partition

_OWN = {"A8", "OP-AREA-NOTEAM"}
"""Findings that depend on the areas found, not on the input alone."""


def keep_areas(ground: Ground, draft: Draft, free: Ran) -> Kept:
    """Return the earlier areas with the present pins, or why they cannot be kept.

    As many areas as the free run has, of the same names, over the same districts, with all the
    pins that it keeps: its bound then holds for them too.
    """
    mission, earlier = ground.mission, {area.id: area for area in ground.earlier.areas}
    found = {area.id: area for area in free.draft.areas}
    if earlier.keys() != found.keys():
        return refused(
            f"the earlier plan has {len(earlier)} areas ({_span(earlier)}), the new one "
            f"{len(found)} ({_span(found)})"
        )
    partition = Partition(mission, ground.travel, ground.earlier.areas, free.draft.areas)
    try:
        for decision in kept_decisions(StageName.AREAS, mission, free):
            partition.pin(decision)
        owner, bases = partition.settled()
    except NoWayError as reason:
        return refused(str(reason))
    areas = tuple(
        found[area].model_copy(
            update={
                "base_town": bases[area],
                "districts": tuple(d.id for d in mission.districts if owner.get(d.id) == area),
            }
        )
        for area in sorted(found)
    )
    areas = led_as_before(mission, ground.earlier, areas)
    return Kept(_ran(ground, draft, free, areas), lost=_lost(ground, partition))


def findings_of_areas(ground: Ground, free: Ran, areas: tuple[Area, ...]) -> tuple[Finding, ...]:
    """Return the findings of the free run with those that depend on the areas told anew."""
    teams = ground.mission.teams_wanted(Role.LTO)
    frame = make_frame(ground.mission, teams or None, ground.travel)
    base_of = {district: area.base_town for area in areas for district in area.districts}
    owner = np.array(
        [frame.candidate(town) for d in frame.districts if (town := base_of[d.id]) is not None],
        dtype=np.int64,
    )
    return (
        *(found for found in free.notes.findings if found.code not in _OWN),
        *without_team(areas),
        *far_districts(frame, owner, areas),
    )


def _ran(ground: Ground, draft: Draft, free: Ran, areas: tuple[Area, ...]) -> Ran:
    cost = areas_cost(ground.mission, areas, ground.travel)
    return Ran(
        replace(draft, areas=areas),
        report(
            StageName.AREAS,
            sense="min",
            unit=free.report.unit,
            objective=cost.total,
            bound=free.report.bound,
            stop=stopped(free),
            seed=free.report.seed,
            partial=free.report.status is StageStatus.PARTIAL,
            note=(
                f"drive {cost.drive:.0f}, split regions {cost.splits:.0f}, "
                f"imbalance {cost.imbalance:.0f}"
            ),
        ),
        StageNotes(findings_of_areas(ground, free, areas), free.notes.unassigned),
    )


def _lost(ground: Ground, partition: Partition) -> tuple[str, ...]:
    gone = [d for a in ground.earlier.areas for d in a.districts if d not in partition.covered]
    said = []
    if gone:
        said.append(f"{len(gone)} district(s) are no longer covered: {some(sorted(gone))}")
    if partition.new:
        said.append(f"{len(partition.new)} district(s) are new: {some(sorted(partition.new))}")
    if partition.rebased:
        said.append(f"another base town in {some(sorted(partition.rebased))}")
    return tuple(said)


def _span(areas: dict[AreaId, Area]) -> str:
    return f"{min(areas)} to {max(areas)}" if areas else "none"
