"""What carries on what: areas follow the people behind them, names are only names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TeamId, TownId
from planner.domain.observer import Role
from planner.domain.plan import Area, Phase, Plan, StageName, Team
from planner.optimizer.run_stage import Draft, run_stage
from planner.optimizer.stage import Silent
from planner.replan.ground import Ground
from planner.replan.heirs import carried_on, heirs, led_as_before
from planner.replan.moves import moved_areas, moved_pairs, moved_people
from planner.replan.renamed import renamed_pairs, reseated
from planner.travel import make_provider
from tests.good_plan import good_plan
from tests.replan.small import EFFORT, MISSION, again, chosen, decided, first, hard, points, staffed

PLAN = good_plan()
"""A01: W1, W2; A02: E1, E2, E3, X1."""


def areas(names: Sequence[str], *districts: str, lead: bool = True) -> tuple[Area, ...]:
    """Return areas of space-separated districts, with bases and LTO teams by their names."""
    base = {"W1": "T-W1", "E1": "T-E1", "E3": "T-E3"}
    return tuple(
        Area(
            id=AreaId(name),
            lto_team=TeamId(f"LTO-{name[1:]}") if lead else None,
            base_town=TownId(next(base[d] for d in mine.split() if d in base)),
            districts=tuple(DistrictId(d) for d in mine.split()),
        )
        for name, mine in zip(names, districts, strict=True)
    )


SWAPPED = areas(["A01", "A02"], "E1 E2 E3 X1", "W1 W2")


def swapping_pin() -> Decision:
    """Pin a western district to the area of the east: exchanging the names would keep it, too."""
    (east,) = [area.id for area in first().areas if "E1" in area.districts]
    return Decision(kind=DecisionKind.DISTRICT_AREA, district=DistrictId("W2"), area=east)


def visits(plan: Plan) -> set[tuple[str, str]]:
    """Return who sees which station."""
    return {
        (day.team, s.place)
        for day in plan.days
        for s in day.stops
        if s.phase is not Phase.TABULATION
    }


@pytest.mark.parametrize("stability", [0.02, 0.5, 0.9])
def test_areas_that_exchange_their_names_move_nobody(stability: float):
    mission = decided(swapping_pin())
    result = again(mission, stability)
    assert hard(mission, result.plan) == ()
    assert points(result, StageName.AREAS)["free"].moves == 2
    (west,) = [area for area in result.plan.areas if "W1" in area.districts]
    assert west.id == swapping_pin().area
    assert moved_people(MISSION, first().teams, result.plan.teams) == set()
    assert moved_pairs(first().teams, result.plan.teams) == set()
    assert visits(result.plan) == visits(first())
    towns = [Counter((t.id, t.base_town) for t in p.teams) for p in (first(), result.plan)]
    assert towns[0] == towns[1]


def test_at_1_the_one_district_moves_that_was_pinned():
    result = again(decided(swapping_pin()), 1.0)
    assert chosen(result, StageName.AREAS).label == "kept"
    assert chosen(result, StageName.AREAS).moves == 1


def test_an_area_carries_on_the_one_with_which_it_shares_most():
    assert heirs(MISSION, PLAN, SWAPPED) == {"A01": "A02", "A02": "A01"}
    assert heirs(MISSION, PLAN, PLAN.areas) == {"A01": "A01", "A02": "A02"}
    # In T-E1 sleep more people than districts weigh that go elsewhere.
    split = areas(["A01", "A02", "A03"], "E2 E3 X1", "W1 W2", "E1")
    assert heirs(MISSION, PLAN, split) == {"A01": "A02", "A02": "A03"}


def test_lto_teams_follow_the_area_that_carries_theirs_on():
    led = led_as_before(MISSION, PLAN, SWAPPED)
    assert {area.id: area.lto_team for area in led} == {"A01": "LTO-02", "A02": "LTO-01"}
    third = areas(["A01", "A02", "A03"], "E1", "W1 W2", "E2 E3 X1")
    leads = [area.lto_team for area in led_as_before(MISSION, PLAN, third)]
    assert leads == ["LTO-02", "LTO-01", "LTO-03"]
    alone = areas(["A01", "A02"], "E1 E2 E3 X1", "W1 W2", lead=False)
    assert led_as_before(MISSION, PLAN, alone) == alone


def test_an_earlier_plan_is_read_under_the_new_names():
    plan = carried_on(MISSION, PLAN, SWAPPED)
    assert {t.area for t in plan.teams if t.base_town == "T-W1"} == {"A02"}
    assert {e.area for e in plan.sample if e.hub == "T-W1"} == {"A02"}
    assert carried_on(MISSION, PLAN, PLAN.areas) is PLAN
    (whole,) = areas(["A01"], "W1 W2 E1 E2 E3 X1")
    names = {team.area for team in carried_on(MISSION, PLAN, [whole]).teams}
    assert names == {"A01", "former A01"}


def test_people_and_pairs_behind_districts_and_bases_count():
    assert moved_areas(MISSION, PLAN, PLAN.areas) == 0
    assert moved_areas(MISSION, PLAN, SWAPPED) == 2
    # E3 takes its pair and two people along.
    east = areas(["A01", "A02"], "W1 W2 E3", "E1 E2 X1")
    assert moved_areas(MISSION, PLAN, east) == 4
    # T-E3 instead of T-E1 is another base for LTO-02 and its people; no pair moves for that.
    base = areas(["A01", "A02"], "W1 W2", "E3 E1 E2 X1")
    assert moved_areas(MISSION, PLAN, base) == 4
    without = areas(["A02"], "W1 W2 E1 E2 E3 X1")
    assert moved_areas(MISSION, PLAN, without) > 4


def test_a_free_plan_calls_pairs_as_they_were_called_in_their_towns():
    mission = staffed(2, 4)
    before = {team.id: team.base_town for team in first().teams}
    travel = make_provider(mission)
    ground = Ground(mission, travel, first(), MISSION, Silent(), known=True, same_travel=True)
    draft = Draft(areas=first().areas)
    solved = run_stage(StageName.ALLOCATION, draft, mission, travel, EFFORT, Silent())
    turned = {team.id: f"STO-{9 - int(team.id[-1]):03d}" for team in solved.draft.teams}
    teams = tuple(
        team.model_copy(update={"id": TeamId(turned[team.id])}) if team.kind is Role.STO else team
        for team in solved.draft.teams
    )
    found = renamed_pairs(ground, replace(solved, draft=replace(solved.draft, teams=teams)))
    named = {team.id: team.base_town for team in found.draft.teams}
    assert named.items() <= before.items()
    towns = [
        Counter((t.kind, t.area, t.base_town) for t in d.teams) for d in (solved.draft, found.draft)
    ]
    assert towns[0] == towns[1]


def test_couples_keep_their_teams_within_an_area():
    mixed = {"STO-003": "STO-005", "STO-004": "STO-003", "STO-005": "STO-004"}
    members = {team.id: team.members for team in PLAN.teams}
    shuffled = [
        team.model_copy(update={"members": members[TeamId(mixed.get(team.id, team.id))]})
        for team in PLAN.teams
    ]
    assert reseated(PLAN, shuffled) == PLAN.teams


def test_who_keeps_one_member_keeps_the_team():
    known: dict[TeamId, Team] = {team.id: team for team in PLAN.teams}
    one, other = known[TeamId("STO-003")], known[TeamId("STO-004")]
    crossed = {
        one.id: (other.members[1], other.members[0]),
        other.id: (one.members[0], known[TeamId("STO-005")].members[0]),
    }
    found = reseated(
        PLAN,
        [t.model_copy(update={"members": crossed.get(t.id, t.members)}) for t in PLAN.teams],
    )
    seats = {team.id: set(team.members) for team in found}
    assert seats[one.id] == set(crossed[other.id])
    assert seats[other.id] == set(crossed[one.id])
