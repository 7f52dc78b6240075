"""Clusters of election days as they were: hubs whose pairs share stations stay together.

The clusters of a plan from nothing follow the order of hubs, so that one hub that comes or goes can
part hubs further on; pairs would then lose what was drawn for a hub beside theirs.
"""

from collections.abc import Sequence

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.observer import Role
from planner.domain.plan import Plan, Team, TeamMode
from planner.optimizer.days.assemble import PAIRS_PER_CLUSTER, Scene, build_scene, group_hubs
from planner.optimizer.run_stage import Draft
from planner.optimizer.sampling.stage import STATIC
from planner.replan.ground import Ground

Hub = tuple[AreaId, TownId]


def scenes_as_before(ground: Ground, draft: Draft) -> list[Scene]:
    """Return the clusters of all STO pairs, mobile ones first, near to the earlier clusters."""
    known = {area.id for area in draft.areas}
    pairs = [t for t in draft.teams if t.kind is Role.STO and t.area in known]
    scenes = []
    for mode in TeamMode:
        mine = [team for team in pairs if team.mode is mode]
        static = mode is TeamMode.STATIC
        for hubs in grouped(ground.earlier, mine, mode):
            area, here = hubs[0][0], set(hubs)
            scenes.append(
                build_scene(
                    ground.mission,
                    ground.travel,
                    area,
                    tuple(town for _, town in hubs),
                    [team for team in mine if (team.area, team.base_town) in here],
                    [
                        entry
                        for entry in draft.sample
                        if (entry.area, entry.hub) in here
                        and entry.stratum.startswith(STATIC) == static
                    ],
                )
            )
    return scenes


def grouped(earlier: Plan, teams: Sequence[Team], mode: TeamMode) -> list[tuple[Hub, ...]]:
    """Group the hubs of ``teams`` as they were grouped; new ones join where there is room.

    Parameters
    ----------
    earlier
        The earlier plan, under the names of the present areas.
    teams
        Pairs of one mode.
    """
    before = [t for t in earlier.teams if t.kind is Role.STO and t.mode is mode]
    number: dict[Hub, int] = {}
    for team in teams:
        hub = team.area, team.base_town
        number[hub] = number.get(hub, 0) + 1
    groups = [{(area, town) for town in towns} for area, towns in group_hubs(before)]
    for one, other in sorted(_links(earlier, before)):
        first = next((group for group in groups if one in group), None)
        second = next((group for group in groups if other in group), None)
        if first is not None and second is not None and first is not second:
            first |= second
            groups.remove(second)
    groups = [mine for group in groups if (mine := group & number.keys())]
    for hub in sorted(number.keys() - set().union(*groups)):
        size = [
            (sum(number[h] for h in group), index)
            for index, group in enumerate(groups)
            if next(iter(group))[0] == hub[0]
        ]
        least = min(size, default=None)
        if least is not None and least[0] + number[hub] <= PAIRS_PER_CLUSTER:
            groups[least[1]].add(hub)
        else:
            groups.append({hub})
    return sorted(tuple(sorted(group)) for group in groups)


def _links(earlier: Plan, teams: Sequence[Team]) -> set[tuple[Hub, Hub]]:
    """Return hubs whose pairs see what was drawn for another hub of their area."""
    drawn_at: dict[StationId, Hub] = {e.station: (e.area, e.hub) for e in earlier.sample}
    home = {team.id: (team.area, team.base_town) for team in teams}
    return {
        (home[day.team], at)
        for day in earlier.days
        if day.team in home
        for stop in day.stops
        if stop.place_kind == "station"
        and (at := drawn_at.get(StationId(stop.place))) is not None
        and at != home[day.team]
        and at[0] == home[day.team][0]
    }
