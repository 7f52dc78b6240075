"""How many STO pairs find a bed at all."""

from collections.abc import Collection

from planner.domain.ids import TownId
from planner.domain.mission_input import MissionInput


def most_pairs(mission: MissionInput, closed: Collection[TownId], lto_teams: int) -> int | None:
    """Return the most pairs that the open towns have beds for; None where beds are unknown.

    An upper limit: where the LTO teams live is only known once areas are planned, but each takes
    its beds somewhere. How many there are within reach of stations only the plan tells.
    """
    policy = mission.mission.policies.allocation
    if not policy.beds_per_pair:
        return None
    total = 0
    for town in mission.towns:
        if town.id in closed:
            continue
        if town.beds is None:
            return None
        total += town.beds // policy.beds_per_pair
    taken = lto_teams * (policy.beds_per_lto_team // policy.beds_per_pair)
    return max(0, total - taken)
