"""Stand-ins for free runs: what a repair stands on when there is no time to solve anything freely.

The keepers change an earlier solution where they have to, and ask the free run of a stage only for
what it knows of the input: which areas there are, how many pairs each gets, which decisions can be
kept. Areas and allocation are answered here from the earlier plan in a fraction of a second; a
change that asks for more (another number of LTO teams, districts, towns, decisions on areas) has no
stand-in and is solved freely after all. What stands in has no bound: nobody has looked for one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planner.domain.ids import AreaId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, StageName, StageReport, StopReason, Team
from planner.objective.allocation import area_demands
from planner.optimizer.allocation.notes import findings
from planner.optimizer.allocation.shares import Shares, share_pairs
from planner.optimizer.pipeline import findings_of, unassigned_of
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import Effort, StageNotes
from planner.replan.ground import Ground
from planner.replan.inputs import DECISIONS, was_finished

_WHOLE = 1.0 - 1e-9


def stand_in(stage: StageName, ground: Ground, draft: Draft, effort: Effort) -> Ran | None:
    """Return what a free run of ``stage`` would tell a keeper, or None where it must be run.

    Parameters
    ----------
    ground
        With the earlier plan under the names of the areas of ``draft``.
    """
    if not (ground.known and ground.same_travel and was_finished(stage, ground.earlier)):
        return None
    if stage is StageName.AREAS:
        return _areas(ground, draft, effort)
    if stage is StageName.ALLOCATION:
        return _allocation(ground, draft, effort)
    return None


def _areas(ground: Ground, draft: Draft, effort: Effort) -> Ran | None:
    """Return the earlier areas, if only loads have changed since."""
    now, before = (_shape(mission) for mission in (ground.mission, ground.earlier_mission))
    if now != before or not ground.earlier.areas:
        return None
    areas = tuple(area.model_copy(update={"sto_pairs": 0}) for area in ground.earlier.areas)
    told = {StageName.AREAS}
    return Ran(
        replace(draft, areas=areas),
        _report(ground, StageName.AREAS, effort),
        StageNotes(
            tuple(findings_of(ground.earlier, told)), tuple(unassigned_of(ground.earlier, told))
        ),
    )


def _shape(mission: MissionInput) -> tuple[object, ...]:
    """Return what areas are made of, less the stations in their districts."""
    policies = mission.mission.policies
    return (
        (mission.mission.format, mission.teams_wanted(Role.LTO)),
        (policies.areas, policies.allocation),
        (mission.districts, mission.adjacency, mission.towns),
        [d.subject for d in mission.decisions if d.kind in DECISIONS[StageName.AREAS]],
    )


def _allocation(ground: Ground, draft: Draft, effort: Effort) -> Ran | None:
    """Return the areas with as many pairs as before, as far as that is possible and fair."""
    mission, areas = ground.mission, draft.areas
    demands = area_demands(mission, areas, ground.travel)
    shares = share_pairs(mission, areas, demands, mission.mission.policies.allocation.basis)
    if not shares.wanted or shares.placed < shares.wanted:
        return None
    counts = near_counts(mission, areas, ground.earlier.teams, shares)
    shared = tuple(area.model_copy(update={"sto_pairs": counts[area.id]}) for area in areas)
    return Ran(
        replace(draft, areas=shared),
        _report(ground, StageName.ALLOCATION, effort),
        StageNotes(findings(mission, shared, demands, shares)),
    )


def away(mission: MissionInput, team: Team) -> int:
    """Count the members of a team who are no longer on the roster."""
    return sum(member not in mission.observer_of for member in team.members)


def near_counts(
    mission: MissionInput, areas: Sequence[Area], teams: Sequence[Team], shares: Shares
) -> Counter[AreaId]:
    """Return how many pairs each area has, near to where the earlier ``teams`` are.

    Pairs whose people have left go first, then those of areas with most above their fair share;
    new ones go where most is missing. A pair changes its area only where an area has no beds for
    it, or a whole pair too many, by its fair share and by its whole one, and another too few.
    """
    known = {area.id for area in areas}
    pairs = [team for team in teams if team.kind is Role.STO and team.area in known]
    counts = Counter(team.area for team in pairs)
    order = [area.id for area in areas]
    exact: dict[AreaId, float] = dict(zip(order, shares.exact.tolist(), strict=True))
    whole: dict[AreaId, int] = dict(zip(order, shares.pairs.tolist(), strict=True))
    room = {
        area: float("inf") if cap is None else cap - counts[area]
        for area, cap in zip(order, shares.caps, strict=True)
    }

    def surplus(area: AreaId) -> float:
        return min(counts[area] - exact[area], counts[area] - whole[area])

    def most_missing() -> AreaId | None:
        found = [area for area in order if room[area] >= 1]
        return max(found, key=lambda area: exact[area] - counts[area], default=None)

    for _ in range(len(pairs) - shares.placed):
        leaving = max(
            pairs, key=lambda t: (away(mission, t), counts[t.area] - exact[t.area], str(t.id))
        )
        pairs.remove(leaving)
        counts[leaving.area] -= 1
        room[leaving.area] += 1
    for _ in range(shares.placed - counts.total()):
        area = most_missing()
        if area is not None:
            counts[area] += 1
            room[area] -= 1
    for _ in range(len(pairs)):
        full = max(order, key=lambda area: (-min(0, room[area]), surplus(area)))
        area = most_missing()
        if area is None:
            break
        if room[full] >= 0 and (surplus(full) < _WHOLE or exact[area] <= counts[area]):
            break
        counts[full] -= 1
        counts[area] += 1
        room[full] += 1
        room[area] -= 1
    return counts


def _report(ground: Ground, stage: StageName, effort: Effort) -> StageReport:
    earlier = next(report for report in ground.earlier.stages if report.name is stage)
    return earlier.model_copy(
        update={
            "bound": None,
            "gap": None,
            "stop": StopReason.ITERATIONS,
            "seed": effort.seed,
            "wall_s": None,
            "note": "not solved anew",
        }
    )
