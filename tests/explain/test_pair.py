"""Why a pair is a pair: points that add up, exchanges that the rulebook judges alike."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Finding, hard
from planner.domain.ids import ObserverId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience, Gender
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.explain import Alternative, PairReason, explain_pair
from planner.explain.variant import with_decision, with_observer
from planner.objective.pairing import pairing_value
from planner.rules.book import RULES, Case
from tests.good_plan import TRAVEL, good_mission, good_plan

ON_PAIRS = ("P2", "P3", "P5", "P6", "P7", "P8", "A4")


def reason(mission: MissionInput, team: str = "STO-001") -> PairReason:
    return explain_pair(mission, good_plan(), TRAVEL, TeamId(team))


def exchanged(plan: Plan, team: TeamId, one: Alternative) -> Plan:
    """Return the plan after an exchange."""
    swap = {one.member: one.other, one.other: one.member}
    teams = tuple(
        t.model_copy(update={"members": tuple(swap.get(m, m) for m in t.members)})
        if t.id in (team, one.other_team)
        else t
        for t in plan.teams
    )
    return plan.model_copy(update={"teams": teams})


def hard_findings(mission: MissionInput, plan: Plan) -> set[Finding]:
    case = Case(mission, plan)
    return set(hard(f for rule in ON_PAIRS for f in RULES.rules[rule].check(case)))


def varied() -> MissionInput:
    mission = good_mission()
    mission = with_observer(mission, ObserverId("STO-P03"), gender=None, accredited=False)
    mission = with_observer(mission, ObserverId("STO-P06"), experience=Experience.SOME)
    mission = with_observer(mission, ObserverId("STO-P08"), gender=Gender.F, state="AT")
    for decision in (
        Decision(kind=DecisionKind.NEVER_PAIR, observers=("STO-P01", "STO-P04")),
        Decision(kind=DecisionKind.NEVER_STATE_AREA, state="DK", area="A01"),
        Decision(kind=DecisionKind.OBSERVER_AREA, observers=("STO-P10",), area="A02"),
        Decision(kind=DecisionKind.PAIR, observers=("STO-P05", "STO-P06")),
    ):
        mission = with_decision(mission, decision)
    return mission


@pytest.mark.parametrize("team", ["LTO-01", "STO-001", "STO-002", "STO-004"])
def test_the_parts_add_up_to_the_objective_and_none_exceeds_its_most(team: str):
    mission, plan = varied(), good_plan()
    found = reason(mission, team)
    alone = [one for one in plan.teams if one.id == team]
    assert found.points == pairing_value(mission, plan.areas, alone, TRAVEL)
    assert found.points == sum(part.points for part in found.parts)
    assert all(part.points <= part.most for part in found.parts)
    assert all(part.detail for part in found.parts)


@pytest.mark.parametrize("team", ["STO-001", "STO-003", "STO-005"])
def test_gains_and_rules_of_exchanges_are_those_of_objective_and_rulebook(team: str):
    mission, plan = varied(), good_plan()
    before = pairing_value(mission, plan.areas, plan.teams, TRAVEL)
    told = reason(mission, team).alternatives
    assert any(not one.forbidden for one in told) or team == "STO-003"
    for one in told:
        after = exchanged(plan, TeamId(team), one)
        assert pairing_value(mission, after.areas, after.teams, TRAVEL) - before == one.gain
        new = hard_findings(mission, after) - hard_findings(mission, plan)
        # A rule that the plan breaks already is told too, though the exchange is not to blame.
        if new:
            assert one.forbidden in {f.code for f in hard_findings(mission, after)}, one
        if not one.forbidden:
            assert not new, one


def test_alternatives_are_told_of_each_member():
    found = reason(good_mission())
    assert [one.member for one in found.alternatives] == ["STO-P01"] * 5 + ["STO-P02"] * 5
    free = [one for one in found.alternatives if one.other_team is None]
    assert all(one.other == "STO-P11" for one in free)
    for member in ("STO-P01", "STO-P02"):
        allowed = [
            one.gain for one in found.alternatives if one.member == member and not one.forbidden
        ]
        assert allowed == sorted(allowed, reverse=True)


def test_a_forbidden_exchange_that_would_gain_is_shown_with_its_rule():
    """Two women and two men; the exchange that mixes both pairs would join two of one State."""
    mission = with_observer(good_mission(), ObserverId("STO-P02"), gender=Gender.F)
    mission = with_observer(mission, ObserverId("STO-P03"), gender=Gender.M)
    mission = with_observer(mission, ObserverId("STO-P04"), state="AT")
    told = [one for one in reason(mission).alternatives if one.member == "STO-P02"]
    assert (told[0].other, told[0].gain, told[0].forbidden) == ("STO-P04", 40, "P2")
    assert "different nationalities" in told[0].detail
    assert all(one.gain < 40 for one in told[1:])


def test_rules_that_a_pair_breaks_are_marked():
    mission = with_observer(good_mission(), ObserverId("STO-P01"), accredited=False)
    broken = [check for check in reason(mission).rules if not check.kept]
    assert [(check.rule, check.value) for check in broken] == [("P5", "not accredited")]
    assert all(check.kept for check in reason(good_mission()).rules)


def test_a_team_without_members_and_an_unknown_team():
    plan = good_plan()
    teams = tuple(team.model_copy(update={"members": ()}) for team in plan.teams)
    empty = plan.model_copy(update={"teams": teams})
    found = explain_pair(good_mission(), empty, TRAVEL, TeamId("STO-001"))
    assert "0 of 2 members are named" in found.headline
    with pytest.raises(PlannerError, match="STO-777"):
        reason(good_mission(), "STO-777")
