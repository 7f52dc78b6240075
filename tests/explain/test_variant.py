import pytest
from pydantic import ValidationError

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import ObserverId, StationId
from planner.explain.variant import (
    policy_value,
    with_decision,
    with_observer,
    with_policy,
    without,
)
from tests.good_plan import good_mission


def test_a_changed_roster_is_looked_up_anew():
    mission = good_mission()
    name = ObserverId("STO-P01")
    assert mission.observer_of[name].accredited
    assert not with_observer(mission, name, accredited=False).observer_of[name].accredited
    assert mission.observer_of[name].accredited


def test_policies_by_their_path():
    mission = with_policy(good_mission(), "day.max_visits", 3.0)
    assert mission.mission.policies.day.max_visits == 3
    assert policy_value(mission, "day.max_visits") == 3
    with pytest.raises(ValidationError):
        with_policy(mission, "day.max_visits", -1)


def test_decisions_come_and_go():
    mission = good_mission()
    pin = Decision(kind=DecisionKind.NEVER_STATION, station=StationId("W1-1"))
    assert with_decision(mission, pin).decisions == (pin,)
    assert without(with_decision(mission, pin), pin).decisions == ()
