"""Which new area carries on which earlier one, by the people, towns and districts behind it.

A name is worth nothing to the field, what stands behind it is: an area carries on the earlier one
with which it shares most. The matching is an assignment problem (Kuhn, "The Hungarian method for
the assignment problem", Naval Research Logistics Quarterly 2, 1955), solved by scipy.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.domain.ids import AreaId, DistrictId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area, Plan, Team


def behind(mission: MissionInput, teams: Iterable[Team]) -> Counter[DistrictId]:
    """Count the teams and the people who sleep in each district."""
    found: Counter[DistrictId] = Counter()
    for team in teams:
        town = mission.town_of.get(team.base_town)
        if town is not None:
            found[town.district] += 1 + len(team.members)
    return found


def heirs(mission: MissionInput, earlier: Plan, areas: Sequence[Area]) -> dict[AreaId, AreaId]:
    """Return the new area that carries on each earlier one; some may have none."""
    return matched(mission, earlier, earlier.areas, areas)


def matched(
    mission: MissionInput, earlier: Plan, old: Sequence[Area], new: Sequence[Area]
) -> dict[AreaId, AreaId]:
    """Match earlier areas ``old`` with ``new`` ones so that they share most; by their ids."""
    asleep = behind(mission, earlier.teams)
    owner = {district: index for index, area in enumerate(new) for district in area.districts}
    shared = np.zeros((len(old), len(new)), dtype=np.int64)
    for row, area in enumerate(old):
        for district in area.districts:
            if district in owner:
                shared[row, owner[district]] += 1 + asleep[district]
    # Among equals, whoever has the name already keeps it.
    same = np.array([[a.id == b.id for b in new] for a in old], dtype=np.int64)
    rows, columns = linear_sum_assignment(2 * shared + same.reshape(shared.shape), maximize=True)
    return {
        old[row].id: new[column].id
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if shared[row, column]
    }


def led_as_before(mission: MissionInput, earlier: Plan, areas: Sequence[Area]) -> tuple[Area, ...]:
    """Return the areas, each with the LTO team of the earlier area that it carries on."""
    team_of = {area.id: area.lto_team for area in earlier.areas}
    leads: dict[AreaId, TeamId] = {}
    for old, new in heirs(mission, earlier, areas).items():
        team = team_of[old]
        if team is not None:
            leads[new] = team
    spare = iter(_others(areas, leads))
    return tuple(
        area
        if area.lto_team is None
        else area.model_copy(update={"lto_team": leads.get(area.id) or next(spare)})
        for area in areas
    )


def _others(areas: Sequence[Area], taken: Mapping[AreaId, TeamId]) -> Iterable[TeamId]:
    """Yield names for LTO teams that carry on no earlier one, their areas' own first."""
    waiting = [area.lto_team for area in areas if area.id not in taken and area.lto_team]
    used = set(taken.values())
    own = {team for team in waiting if team not in used}
    numbered = (TeamId(f"LTO-{number:02d}") for number in range(1, 2 * len(areas) + 1))
    more = (team for team in numbered if team not in used and team not in own)
    for team in waiting:
        yield team if team in own else next(more)


def carried_on(mission: MissionInput, earlier: Plan, areas: Sequence[Area]) -> Plan:
    """Return an earlier plan with its areas, teams and sample under the names of the new areas.

    An earlier area that nothing carries on gets a name that no new area has.
    """
    heir_of = heirs(mission, earlier, areas)
    if all(heir_of.get(area.id) == area.id for area in earlier.areas):
        return earlier

    def named(area: AreaId) -> AreaId:
        return heir_of.get(area, AreaId(f"former {area}"))

    return earlier.model_copy(
        update={
            "areas": tuple(a.model_copy(update={"id": named(a.id)}) for a in earlier.areas),
            "teams": tuple(t.model_copy(update={"area": named(t.area)}) for t in earlier.teams),
            "sample": tuple(e.model_copy(update={"area": named(e.area)}) for e in earlier.sample),
        }
    )
