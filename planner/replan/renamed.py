"""Free results under the names of the earlier plan, wherever they are the same but for names.

What a stage solves freely knows nothing of an earlier plan: its areas, pairs and couples come in an
order of their own. Here they get the names of what they carry on. No objective knows a name, so
that nothing is lost by it, and nothing moves that has only been numbered differently.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, TeamId
from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName, Team
from planner.optimizer.run_stage import Ran
from planner.optimizer.stage import StageNotes
from planner.replan.areas import findings_of_areas
from planner.replan.ground import Ground, kept_decisions
from planner.replan.heirs import heirs, led_as_before, matched

Slot = tuple[Hashable, ...]


def renamed(stage: StageName, ground: Ground, free: Ran) -> Ran:
    """Return the result of a stage under earlier names: of areas, of pairs, of couples' teams."""
    if stage is StageName.AREAS:
        return renamed_areas(ground, free)
    if stage is StageName.ALLOCATION:
        return renamed_pairs(ground, free)
    if stage is StageName.PAIRING:
        teams = reseated(ground.earlier, free.draft.teams)
        return replace(free, draft=replace(free.draft, teams=teams))
    return free


def renamed_areas(ground: Ground, free: Ran) -> Ran:
    """Return free areas under the names of the earlier areas that they carry on.

    Names that a decision has fixed stay. An area that has to change its name keeps the LTO team of
    the area that it carries on. A plan with fewer areas than LTO teams, or with areas that no team
    can live in, stays as it is.
    """
    areas = free.draft.areas
    if not areas or any(entry.kind == "team" for entry in free.notes.unassigned):
        return free
    mission, earlier = ground.mission, ground.earlier
    fixed = {d.area for d in kept_decisions(StageName.AREAS, mission, free) if d.area is not None}
    loose = [area for area in areas if area.id not in fixed]
    ids = {area.id for area in loose}
    carried = matched(mission, earlier, [a for a in earlier.areas if a.id in ids], loose)
    name_of = {new: old for old, new in carried.items()}
    spare = iter(sorted(ids - set(name_of.values())))
    for area in loose:
        if area.id not in name_of:
            name_of[area.id] = next(spare)
    named = [a.model_copy(update={"id": name_of.get(a.id, a.id)}) for a in areas]
    led = led_as_before(mission, earlier, sorted(named, key=lambda area: area.id))
    if led == areas:
        return free
    notes = StageNotes(findings_of_areas(ground, free, led), free.notes.unassigned)
    return replace(free, draft=replace(free.draft, areas=led), notes=notes)


def renamed_pairs(ground: Ground, free: Ran) -> Ran:
    """Return free STO pairs under the names of earlier ones in the same town, else the same area.

    Pairs that a decision names keep their names; where pairs have no beds, all do.
    """
    if any(entry.kind == "team" for entry in free.notes.unassigned):
        return free
    earlier, areas = ground.earlier, free.draft.areas
    fixed = {
        d.team
        for d in ground.mission.decisions
        if d.kind is DecisionKind.TEAM_TOWN and d.team is not None
    }
    heir_of = heirs(ground.mission, earlier, areas)
    slots = [t for t in free.draft.teams if t.kind is Role.STO and t.id not in fixed]
    old = [
        t.model_copy(update={"area": heir_of[t.area]})
        for t in sorted(earlier.teams, key=lambda team: team.id)
        if t.kind is Role.STO and t.id not in fixed and t.area in heir_of
    ]
    name_of = _names(slots, old)
    teams = [t.model_copy(update={"id": name_of.get(t.id, t.id)}) for t in free.draft.teams]
    return replace(free, draft=replace(free.draft, teams=tuple(sorted(teams, key=_order))))


def _order(team: Team) -> tuple[bool, AreaId, TeamId]:
    return team.kind is Role.STO, team.area, team.id


def _names(slots: Sequence[Team], old: Sequence[Team]) -> dict[TeamId, TeamId]:
    """Return the new name of each slot: of a pair at the same place, in the same area, or free."""
    name_of: dict[TeamId, TeamId] = {}
    waiting, there = list(slots), list(old)
    alike: tuple[Callable[[Team], Slot], ...] = (
        lambda team: (team.area, team.base_town, team.mode),
        lambda team: (team.area, team.base_town),
        lambda team: (team.area,),
    )
    for key in alike:
        heap: defaultdict[Slot, list[Team]] = defaultdict(list)
        for team in reversed(there):
            heap[key(team)].append(team)
        for slot in waiting:
            if heap[key(slot)]:
                name_of[slot.id] = heap[key(slot)].pop().id
        taken = set(name_of.values())
        waiting = [slot for slot in waiting if slot.id not in name_of]
        there = [team for team in there if team.id not in taken]
    spare = iter(sorted({slot.id for slot in slots} - set(name_of.values())))
    for slot in waiting:
        name_of[slot.id] = next(spare)
    return name_of


def reseated(earlier: Plan, teams: Iterable[Team]) -> tuple[Team, ...]:
    """Return the teams with couples exchanged within areas, so that people keep their team.

    The points of a couple depend on its area alone. Solved as an assignment problem in each area:
    a couple that had the team before counts most, then a couple with one of its members.
    """
    was = {team.id: frozenset(team.members) for team in earlier.teams}
    made = list(teams)
    groups: defaultdict[Slot, list[int]] = defaultdict(list)
    for index, team in enumerate(made):
        groups[team.kind, team.area].append(index)
    for group in groups.values():
        couples = [made[index].members for index in group]
        shared = np.array(
            [
                [len(was.get(made[index].id, frozenset()).intersection(c)) ** 2 for c in couples]
                for index in group
            ]
        )
        # Among equals everybody stays where the stage has put them.
        rows, columns = linear_sum_assignment(2 * shared + np.eye(len(group)), maximize=True)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            index = group[row]
            made[index] = made[index].model_copy(update={"members": couples[column]})
    return tuple(made)
