"""Clusters that stay together, and towns for pairs that have to go somewhere."""

import numpy as np
import pytest

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.observer import Role
from planner.domain.plan import Plan, Team, TeamMode
from planner.optimizer.allocation.hubs import HubProblem
from planner.optimizer.days.assemble import PAIRS_PER_CLUSTER, group_hubs
from planner.replan.hub_choice import added, room_left
from planner.replan.scenes import grouped
from tests.replan.small import first

AREA = AreaId("A01")


def pairs(**number: int) -> list[Team]:
    """Return pairs in towns of one area."""
    return [
        Team.model_validate(
            {"id": f"STO-{town}{k}", "kind": "STO", "area": AREA, "base_town": town}
        )
        for town, many in number.items()
        for k in range(many)
    ]


def plan(teams: list[Team]) -> Plan:
    return first().model_copy(update={"teams": tuple(teams), "days": (), "sample": ()})


def towns(groups: list[tuple[tuple[AreaId, TownId], ...]]) -> list[str]:
    return ["".join(town for _, town in group) for group in groups]


def test_nothing_changed_is_the_grouping_of_a_plan_from_nothing():
    teams = pairs(a=5, b=5, c=5, d=5)
    found = grouped(plan(teams), teams, TeamMode.MOBILE)
    assert found == [tuple((area, t) for t in hubs) for area, hubs in group_hubs(teams)]
    assert towns(found) == ["ab", "cd"]


def test_a_hub_that_comes_parts_no_others():
    before, now = pairs(b=6, c=6, d=6, e=5), pairs(a=6, b=6, c=6, d=6, e=5)
    assert towns([((AREA, t),) for _, ts in group_hubs(now) for t in ts]) == list("abcde")
    assert towns(grouped(plan(before), now, TeamMode.MOBILE)) == ["a", "bc", "de"]


def test_a_hub_that_comes_joins_where_there_is_room():
    before, now = pairs(b=6, c=6, d=3), pairs(a=2, b=6, c=6, d=3)
    assert towns(grouped(plan(before), now, TeamMode.MOBILE)) == ["ad", "bc"]
    assert sum(team.base_town in "ad" for team in now) <= PAIRS_PER_CLUSTER


def test_a_hub_that_goes_leaves_the_others_together():
    before, now = pairs(a=6, b=6, c=6, d=6), pairs(b=6, c=6, d=6)
    assert towns(grouped(plan(before), now, TeamMode.MOBILE)) == ["b", "cd"]


def test_pairs_that_see_what_was_drawn_beside_them_stay_with_it():
    home = {team.id: team.base_town for team in first().teams}
    area = next(a for a in first().areas if "E3" in a.districts).id
    day = next(d for d in first().days if home[d.team] == "T-E3")
    stop = next(s for s in day.stops if s.place_kind == "station")
    sample = tuple(
        e.model_copy(update={"hub": TownId("T-E1")}) if e.station == StationId(stop.place) else e
        for e in first().sample
    )
    apart = {TownId("T-E1"): PAIRS_PER_CLUSTER, TownId("T-E3"): PAIRS_PER_CLUSTER}
    crowd = [
        team.model_copy(update={"id": f"{team.id}-{k}" if k else team.id})
        for team in first().teams
        if team.kind is Role.STO and team.base_town in apart
        for k in range(PAIRS_PER_CLUSTER)
    ]
    earlier = first().model_copy(update={"teams": tuple(crowd), "sample": sample})
    linked = [group for group in grouped(earlier, crowd, TeamMode.MOBILE) if len(group) > 1]
    assert linked == [((area, TownId("T-E1")), (area, TownId("T-E3")))]


def problem(minutes: list[list[float]], demand: list[int], cap: list[int]) -> HubProblem:
    return HubProblem(
        np.array(minutes),
        np.array(demand),
        3,
        10.0,
        600.0,
        np.zeros(len(cap), dtype=np.int64),
        np.array(cap, dtype=np.int64),
    )


NEAR, FAR, NONE = [5.0, 40.0], [50.0, 30.0], [float("inf"), float("inf")]


@pytest.mark.parametrize(
    ("demand", "cap", "found"),
    [
        ([30, 30], [3, 3, 3], [2, 0, 0]),
        # No bed is left in the near town, or no station beside those of its pair.
        ([30, 30], [1, 3, 3], [1, 1, 0]),
        ([10, 30], [3, 3, 3], [1, 1, 0]),
        ([10, 5], [3, 3, 3], None),
    ],
)
def test_a_pair_comes_where_stations_are_near_and_enough(
    demand: list[int], cap: list[int], found: list[int] | None
):
    counts = np.array([1, 0, 0], dtype=np.int64)
    made = added(problem([NEAR, FAR, NONE], demand, cap), counts, 1, per_pair=8)
    assert (made is None) if found is None else (made is not None and made.tolist() == found)
    assert counts.tolist() == [1, 0, 0]


def test_pairs_stay_where_two_of_three_stations_are_left():
    hub = first().sample[0].hub
    drawn = [e.station for e in first().sample if e.hub == hub and e.role == "primary"]
    for left, share in ((len(drawn), 1.0), (len(drawn) - 1, 1.0), (0, 0.0)):
        assert room_left(first(), drawn[:left])[hub] == share
    assert 0.0 < room_left(first(), drawn[: len(drawn) // 3])[hub] < 1.0
