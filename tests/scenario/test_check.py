"""Impossible scenarios: every refusal has a code and names the nearest possible value."""

from typing import Any

import pytest

from planner.domain.mission import Costs, MissionFormat
from planner.domain.mission_input import MissionInput
from planner.domain.policy import TravelModel, TravelPolicy
from planner.errors import InputError
from planner.scenario.apply import apply
from planner.scenario.check import check
from planner.scenario.document import Scenario
from planner.scenario.limits import LIMITS
from planner.scenario.trouble import mended, shown
from tests.good_plan import good_mission

MISSION = good_mission()


def refused(mission: MissionInput = MISSION, **changes: Any) -> tuple[str, str, Any, str]:
    troubles = [t for t in check(Scenario.model_validate(changes), mission) if t.refused]
    assert len(troubles) == 1, troubles
    found = troubles[0]
    return found.finding.code, found.path, found.nearest, found.finding.remedy


@pytest.mark.parametrize(
    ("changes", "code", "path", "nearest"),
    [
        ({"staffing": {"sto_pairs": -1}}, "SC-RANGE", "staffing.sto_pairs", 0),
        ({"staffing": {"lto_teams": 501}}, "SC-RANGE", "staffing.lto_teams", 500),
        ({"staffing": {"sto_pairs": 99}}, "SC-BEDS", "staffing.sto_pairs", 10),
        ({"delivery": {"rate": 1.7}}, "SC-RANGE", "delivery.rate", 1.5),
        ({"delivery": {"rate": float("nan")}}, "SC-RANGE", "delivery.rate", 0.0),
        ({"delivery": {"late_share": -0.1}}, "SC-RANGE", "delivery.late_share", 0.0),
        ({"delivery": {"by_state": {"AT": 2}}}, "SC-RANGE", "delivery.by_state.AT", 1.5),
        ({"delivery": {"by_state": {"ZZ": 0.9}}}, "SC-STATE", "delivery.by_state.ZZ", None),
        (
            {"delivery": {"late_withdrawals": 2, "late_share": 0.1}},
            "SC-LATE",
            "delivery.late_share",
            None,
        ),
        ({"isolated": [{"region": "WST"}]}, "SC-REGION", "isolated.0.region", "WEST"),
        ({"isolated": [{"region": "Mars"}]}, "SC-REGION", "isolated.0", None),
        (
            {"isolated": [{"region": "WEST", "from_hour": 9, "to_hour": 8}]},
            "SC-HOURS",
            "isolated.0.to_hour",
            10,
        ),
        ({"closed_towns": ["town e1"]}, "SC-TOWN", "closed_towns.0", "T-E1"),
        ({"joint": [{"town": "T-E9", "pairs": 1}]}, "SC-TOWN", "joint.0.town", "T-E3"),
        ({"joint": [{"town": "T-E1", "pairs": -1}]}, "SC-RANGE", "joint.0.pairs", 0),
        ({"day": {"dwell_min": 0}}, "SC-RANGE", "day.dwell_min", 5),
        ({"day": {"static_share": 0.5}}, "SC-MODE", "day.static_share", None),
        ({"travel": {"speed_factor": 0.0}}, "SC-RANGE", "travel.speed_factor", 0.1),
        (
            {"format": "LEOM", "staffing": {"sto_pairs": 3}},
            "SC-FORMAT",
            "staffing.sto_pairs",
            0,
        ),
        ({"format": "EAM", "staffing": {"lto_teams": 3}}, "SC-FORMAT", "staffing.lto_teams", 0),
        ({"second_round": {"days_later": 0}}, "SC-RANGE", "second_round.days_later", 1),
        ({"budget": -1.0}, "SC-RANGE", "budget", 0.0),
        ({"base": {"mission": "other"}}, "SC-BASE", "base.mission", "good"),
    ],
)
def test_what_cannot_be_is_refused_with_the_nearest_value(
    changes: dict[str, Any], code: str, path: str, nearest: Any
):
    found = refused(**changes)
    assert found[:3] == (code, path, nearest)
    assert found[3] == (
        "leave this out" if nearest is None else f"nearest possible value: {shown(nearest)}"
    )
    scenario = Scenario.model_validate(changes)
    for _ in range(2):
        scenario = mended(scenario, check(scenario, MISSION))
    apply(scenario, MISSION)


def test_every_refusal_is_told_at_once_and_numbers_are_judged_after_ranges():
    scenario = Scenario.model_validate(
        {
            "staffing": {"sto_pairs": 99, "lto_teams": -1},
            "closed_towns": ["nowhere", "T-E1"],
            "budget": -1,
        }
    )
    with pytest.raises(InputError) as caught:
        apply(scenario, MISSION)
    codes = [finding.code for finding in caught.value.findings]
    assert codes == ["SC-RANGE", "SC-RANGE", "SC-TOWN"]
    once = mended(scenario, check(scenario, MISSION))
    assert once.closed_towns == ("T-E1",)
    # Only now it shows that 99 pairs find no beds.
    twice = mended(once, check(once, MISSION))
    assert twice.staffing.sto_pairs == 7
    assert apply(twice, MISSION).numbers.pairs_planned == 7


def test_beds_name_the_most_that_can_be_asked_for_at_a_delivery():
    _, _, nearest, _ = refused(staffing={"sto_pairs": 99}, delivery={"rate": 0.85})

    def planned(pairs: int) -> int:
        scenario = Scenario.model_validate(
            {"staffing": {"sto_pairs": pairs}, "delivery": {"rate": 0.85}}
        )
        return apply(scenario, MISSION).numbers.pairs_planned

    assert planned(nearest) == 10
    assert refused(staffing={"sto_pairs": nearest + 1}, delivery={"rate": 0.85})[2] == nearest


def test_a_plan_that_does_not_know_the_delivery_needs_beds_for_all():
    _, _, nearest, _ = refused(staffing={"sto_pairs": 11}, delivery={"rate": 0.85, "known": False})
    assert nearest == 10


def test_unknown_beds_cap_nothing():
    towns = tuple(town.model_copy(update={"beds": None}) for town in MISSION.towns)
    open_end = MISSION.model_copy(update={"towns": towns})
    assert not [
        t
        for t in check(Scenario.model_validate({"staffing": {"sto_pairs": 99}}), open_end)
        if t.refused
    ]


def costly() -> MissionInput:
    costs = Costs(vehicle_day=100, interpreter_day=100, bed_night=10, observer_day=10, km=1)
    return MISSION.model_copy(
        update={"mission": MISSION.mission.model_copy(update={"costs": costs})}
    )


def test_a_budget_below_the_lto_teams_names_what_they_cost():
    # Two teams, 33 days and 32 nights, two people each.
    fixed = 2 * (33 * 200 + 2 * 32 * 10 + 2 * 33 * 10)
    code, path, nearest, _ = refused(costly(), budget=100.0)
    assert (code, path) == ("SC-BUDGET", "budget")
    assert nearest == pytest.approx(fixed, abs=0.011)
    good = Scenario(budget=nearest)
    assert not [t for t in check(good, costly()) if t.refused]


def test_a_budget_without_unit_costs_is_no_promise():
    codes = [t.finding.code for t in check(Scenario(budget=5.0), MISSION)]
    assert codes == ["SC-COSTS"]


def test_speed_of_a_matrix_file_cannot_be_changed():
    policies = MISSION.mission.policies.model_copy(
        update={"travel": TravelPolicy(model=TravelModel.MATRIX, file="matrix.csv")}
    )
    fixed = MISSION.model_copy(
        update={"mission": MISSION.mission.model_copy(update={"policies": policies})}
    )
    assert refused(fixed, travel={"speed_factor": 0.8})[:2] == ("SC-SPEED", "travel.speed_factor")
    assert refused(fixed, travel={"season": "winter"})[:2] == ("SC-SPEED", "travel.season")


def test_remarks_do_not_refuse():
    scenario = Scenario.model_validate(
        {
            "staffing": {"sto_pairs": 7},
            "delivery": {"rate": 0.5},
            "base": {"mission": "good", "input_hash": "older"},
        }
    )
    applied = apply(scenario, MISSION)
    assert {finding.code for finding in applied.findings} == {"SC-BASE", "SC-UNUSUAL"}


def test_every_number_of_the_document_has_a_limit():
    def numbers(schema: dict[str, Any], prefix: str) -> set[str]:
        found = set()
        for name, field in schema.get("properties", {}).items():
            kinds = [field, *field.get("anyOf", [])]
            for kind in kinds:
                if kind.get("type") in ("integer", "number"):
                    found.add(f"{prefix}{name}")
                inner = kind.get("items", kind).get("$ref", "")
                if inner:
                    part = document["$defs"][inner.rpartition("/")[2]]
                    found |= numbers(part, f"{prefix}{name}.")
                if "additionalProperties" in kind and "type" in kind["additionalProperties"]:
                    found.add(f"{prefix}{name}")
        return found

    document = Scenario.model_json_schema()
    assert numbers(document, "") - {"schema_version"} == set(LIMITS)


def test_format_of_the_mission_itself_counts():
    leom = MISSION.mission.model_copy(
        update={
            "format": MissionFormat.LEOM,
            "staffing": MISSION.mission.staffing.model_copy(update={"sto_pairs": 0}),
        }
    )
    mission = MISSION.model_copy(update={"mission": leom})
    assert refused(mission, staffing={"sto_pairs": 2})[0] == "SC-FORMAT"
