"""Earlier couples: who is freed, who must be parted, and that no decision is lost on the way."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId, State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName, Team
from planner.optimizer.pairing.pins import RolePins
from planner.replan.couples import kept_couples
from planner.replan.moves import moved_people
from tests.replan.small import MISSION, again, changed, chosen, decided, first, hard, points

COUPLES = {team.id: team.members for team in first().teams}
AREA = {team.id: team.area for team in first().teams}
STO = [team.id for team in first().teams if team.kind is Role.STO]
RESERVE = ObserverId("STO-P11")


def couples(plan: Plan) -> dict[str, frozenset[ObserverId]]:
    return {str(team.id): frozenset(team.members) for team in plan.teams}


def kept_well(mission: MissionInput, most: int) -> Plan:
    """Plan again; the referee passes it, no more than ``most`` people move."""
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert chosen(result, StageName.PAIRING).dropped == 0
    moved = moved_people(mission, first().teams, result.plan.teams)
    assert len(moved) == chosen(result, StageName.PAIRING).moves <= most
    assert all(len(team.members) == 2 for team in result.plan.teams)
    return result.plan


@pytest.mark.parametrize("team", STO)
def test_a_forbidden_couple_and_one_other_change_partners(team: str):
    couple = next(members for name, members in COUPLES.items() if name == team)
    plan = kept_well(decided(Decision(kind=DecisionKind.NEVER_PAIR, observers=couple)), 4)
    assert frozenset(couple) not in couples(plan).values()


def test_a_required_pair_across_two_couples_changes_four_people():
    one, other = COUPLES[STO[0]][0], COUPLES[STO[1]][0]
    known = MISSION.observer_of
    assert known[one].state != known[other].state
    plan = kept_well(decided(Decision(kind=DecisionKind.PAIR, observers=(one, other))), 4)
    assert frozenset({one, other}) in couples(plan).values()


def test_an_observer_pinned_to_another_area_opens_a_slot_there():
    person = COUPLES[STO[0]][0]
    area = next(area for area in AREA.values() if area != AREA[STO[0]])
    plan = kept_well(
        decided(Decision(kind=DecisionKind.OBSERVER_AREA, observers=(person,), area=area)), 4
    )
    assert {team.area for team in plan.teams if person in team.members} == {area}


def test_a_state_kept_out_of_an_area_moves_its_people():
    person = COUPLES[STO[0]][0]
    state, area = MISSION.observer_of[person].state, AREA[STO[0]]
    mission = decided(Decision(kind=DecisionKind.NEVER_STATE_AREA, state=state, area=AreaId(area)))
    plan = kept_well(mission, 8)
    barred = {o.id for o in MISSION.observers if o.state == state}
    assert not any(barred & set(t.members) for t in plan.teams if t.area == area)


def test_a_reserve_is_called_up_for_somebody_who_withdrew():
    gone = COUPLES[STO[2]][0]
    mate = MISSION.observer_of[COUPLES[STO[2]][1]]
    observers = tuple(
        o.model_copy(update={"reserve": False, "state": State("SE")}) if o.id == RESERVE else o
        for o in MISSION.observers
        if o.id != gone
    )
    mission = changed(observers=observers)
    plan = kept_well(mission, 2)
    assert couples(plan)[STO[2]] == {RESERVE, mate.id}


def test_a_withdrawal_without_a_reserve_leaves_a_slot_and_says_so():
    gone = COUPLES[STO[2]][0]
    mission = changed(observers=tuple(o for o in MISSION.observers if o.id != gone))
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert couples(result.plan) == couples(first()) | {STO[2]: frozenset()}
    (left,) = [entry for entry in result.plan.unassigned if entry.kind == "observer"]
    assert (left.subject, left.code) == (COUPLES[STO[2]][1], "P1")
    assert "OP-PAIR-UNNAMED" in {found.code for found in result.plan.findings}


def test_who_cannot_be_used_is_told_with_the_figures_of_the_whole_roster():
    more = tuple(
        MISSION.observer_of[RESERVE].model_copy(
            update={"id": ObserverId(f"STO-P2{k}"), "state": State(state), "reserve": False}
        )
        for k, state in enumerate(("SE", "ES"))
    )
    mission = changed(observers=(*MISSION.observers, *more))
    result = again(mission)
    assert chosen(result, StageName.PAIRING).label == "kept"
    assert couples(result.plan) == couples(first())
    told = [e for e in result.plan.unassigned if e.subject in {person.id for person in more}]
    assert len(told) == 2
    assert {entry.code for entry in told} == {"OP-PAIR-SLOTS"}
    assert all("All 5 STO slots" in entry.reason for entry in told)
    assert all("sto_pairs = 6" in entry.remedy for entry in told)


def test_contradicting_decisions_are_refused_as_in_a_free_run():
    couple = COUPLES[STO[0]]
    mission = decided(
        Decision(kind=DecisionKind.NEVER_PAIR, observers=couple),
        Decision(kind=DecisionKind.PAIR, observers=couple),
    )
    result = again(mission)
    assert hard(mission, result.plan) == ()
    found = points(result, StageName.PAIRING)
    assert {point.dropped for point in found.values()} == {1}
    (entry,) = [e for e in result.plan.unassigned if e.kind == "decision"]
    assert "excludes the pair" in entry.reason


def test_a_first_roster_has_nothing_to_be_kept_near_to():
    unnamed = changed(observers=())
    earlier = again(unnamed).plan
    result = again(MISSION, earlier=earlier, before=unnamed)
    (point,) = points(result, StageName.PAIRING).values()
    assert point.note == "not kept: the earlier plan names nobody"
    assert couples(result.plan) == couples(first())


def test_a_couple_whose_team_works_elsewhere_goes_along_if_it_may():
    def slot(team: str, area: str) -> Team:
        return Team.model_validate(
            {"id": team, "kind": "STO", "area": area, "base_town": "T-E1", "members": COUPLES[team]}
        )

    roster = [MISSION.observer_of[name] for name in COUPLES[STO[0]]]
    moved = slot(STO[0], "A09")
    found = kept_couples([slot(STO[0], "A01")], [moved], roster, RolePins())
    assert found.kept == {STO[0]: COUPLES[STO[0]]}
    barred = RolePins(never_area={(roster[0].state, AreaId("A09"))})
    parted = kept_couples([slot(STO[0], "A01")], [moved], roster, barred)
    assert parted.kept == {}
    assert "where their team works now" in parted.parted[STO[0]]
    gone = kept_couples([slot(STO[0], "A01")], [], roster, RolePins())
    assert "has no slot" in gone.parted[STO[0]]
