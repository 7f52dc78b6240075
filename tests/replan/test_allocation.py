"""Earlier pairs in their towns: pinned, added, taken away, short of beds."""

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName
from planner.domain.policy import DayPolicy, ObservationMode
from tests.replan.small import MISSION, again, changed, chosen, decided, first, hard, staffed

TOWNS = {team.id: team.base_town for team in first().teams if team.kind is Role.STO}


def towns(plan: Plan) -> dict[TeamId, TownId]:
    return {team.id: team.base_town for team in plan.teams if team.kind is Role.STO}


def pinned(team: str, town: str) -> MissionInput:
    return decided(Decision(kind=DecisionKind.TEAM_TOWN, team=TeamId(team), town=TownId(town)))


def test_a_pinned_pair_moves_alone():
    assert TOWNS["STO-002"] == "T-E3"
    mission = pinned("STO-002", "T-E1")
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert towns(result.plan) == TOWNS | {"STO-002": "T-E1"}
    assert chosen(result, StageName.ALLOCATION).moves == 1


def test_a_pinned_pair_changes_beds_with_the_last_one_where_the_town_is_full():
    assert TOWNS["STO-001"] == "T-E1"
    mission = pinned("STO-001", "T-E3")
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert towns(result.plan) == TOWNS | {"STO-001": "T-E3", "STO-003": "T-E1"}


def test_a_pair_less_takes_one_name_away_and_moves_nobody():
    mission = staffed(2, 4)
    found = towns(again(mission).plan)
    assert len(found) == 4
    assert found.items() <= TOWNS.items()


def test_more_pairs_get_new_names_and_move_nobody():
    mission = staffed(2, 7)
    found = towns(again(mission).plan)
    assert TOWNS.items() <= found.items()
    assert found.keys() - TOWNS.keys() == {"STO-006", "STO-007"}


def test_a_freed_name_is_used_before_a_new_one():
    seven = staffed(2, 7)
    earlier = again(seven).plan
    fewer = staffed(2, 6).model_copy(update={"input_hash": "six"})
    six = again(fewer, earlier=earlier, before=seven).plan
    back = again(seven, earlier=six, before=fewer).plan
    assert towns(back).keys() == towns(earlier).keys()


def test_who_finds_no_bed_any_more_sleeps_elsewhere_and_the_others_stay():
    beds = tuple(
        town.model_copy(update={"beds": 4 if town.id == "T-W1" else 40}) for town in MISSION.towns
    )
    mission = changed(towns=beds)
    result = again(mission)
    assert hard(mission, result.plan) == ()
    stayed = {team for team, town in towns(result.plan).items() if TOWNS.get(team) == town}
    assert len(stayed) >= 4


def test_pairs_become_static_with_the_policy():
    policies = MISSION.mission.policies.model_copy(
        update={"day": DayPolicy(mode=ObservationMode.MIXED, static_share=0.4)}
    )
    mission = changed(mission=MISSION.mission.model_copy(update={"policies": policies}))
    result = again(mission)
    assert hard(mission, result.plan) == ()
    modes = [team.mode for team in result.plan.teams if team.kind is Role.STO]
    assert modes.count("static") == 2
    assert towns(result.plan) == TOWNS
    later = again(
        mission.model_copy(update={"input_hash": "later"}), earlier=result.plan, before=mission
    )
    assert later.plan.teams == result.plan.teams
