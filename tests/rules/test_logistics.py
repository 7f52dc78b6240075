from planner.rules import logistics
from tests.rules.small import case, team


def test_d8_wants_a_vehicle_and_an_interpreter_for_every_team():
    teams = (team("T1"), team("T2", vehicle=False), team("T3", vehicle=False, interpreter=False))

    findings = list(logistics.vehicle_and_interpreter.check(case(teams=teams)))

    assert [(finding.subject, finding.value) for finding in findings] == [
        ("T2", "no vehicle"),
        ("T3", "no vehicle and no interpreter"),
    ]
