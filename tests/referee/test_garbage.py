"""The referee gives a verdict on any document, however it was mangled."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.plan import Phase, Plan, TeamMode
from planner.referee import check_plan
from tests.good_plan import TRAVEL, good_mission, good_plan
from tests.referee.changes import stops_with

MISSION = good_mission()
PLAN = good_plan()
E_DAY = datetime(2022, 11, 20, tzinfo=UTC)
LIMITS = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC))

_ids = st.sampled_from(
    [
        "?",
        "A01",
        "A02",
        "W1",
        "X1",
        "T-W1",
        "T-E3",
        "C-E",
        "C-W",
        "E1-2",
        "W1-6",
        "LTO-01",
        "STO-001",
        "STO-004",
        "STO-P01",
        "STO-P11",
    ]
)
_times = st.one_of(
    st.datetimes(E_DAY.replace(day=18, tzinfo=None), E_DAY.replace(day=22, tzinfo=None)).map(
        lambda at: at.replace(tzinfo=UTC)
    ),
    st.sampled_from(LIMITS),
)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": _ids,
    "team": _ids,
    "area": _ids,
    "base_town": _ids,
    "lto_team": st.none() | _ids,
    "station": _ids,
    "hub": _ids,
    "place": _ids,
    "place_kind": st.sampled_from(["station", "commission"]),
    "districts": st.lists(_ids, max_size=4).map(tuple),
    "members": st.lists(_ids, max_size=3).map(tuple),
    "mode": st.sampled_from(TeamMode),
    "phase": st.sampled_from(Phase),
    "arrive": _times,
    "leave": _times,
    "leave_base": _times,
    "reach_base": _times,
    "travel_s": st.integers(0, 10**9),
    "distance_m": st.integers(0, 10**9),
    "return_travel_s": st.integers(0, 10**9),
    "sto_pairs": st.integers(0, 10**6),
    "probability": st.none() | st.floats(0.001, 1),
    "objective": st.none() | st.floats(),
    "bound": st.none() | st.floats(),
    "gap": st.none() | st.floats(),
}


@st.composite
def mangled(draw: st.DrawFn) -> Plan:
    """Draw the good plan with records lost, doubled, shuffled, and fields overwritten."""
    lists: dict[str, Any] = {}
    for field in draw(st.lists(st.sampled_from(["areas", "teams", "days", "sample", "stages"]))):
        records = list(lists.get(field, getattr(PLAN, field)))
        change = draw(st.sampled_from(["shuffle", "drop", "double", "empty", "overwrite"]))
        if change == "shuffle":
            records = draw(st.permutations(records))
        elif change == "empty" or not records:
            records = []
        else:
            index = draw(st.integers(0, len(records) - 1))
            if change == "drop":
                del records[index]
            elif change == "double":
                records.append(records[index])
            else:
                records[index] = _overwritten(draw, records[index])
        lists[field] = tuple(records)
    return PLAN.model_copy(update=lists)


def _overwritten(draw: st.DrawFn, record: Any) -> Any:
    fields = [name for name in type(record).model_fields if name in _VALUES]
    chosen = draw(st.lists(st.sampled_from(fields), max_size=4, unique=True))
    update = {name: draw(_VALUES[name]) for name in chosen}
    if getattr(record, "stops", None) and draw(st.booleans()):
        stops = list(record.stops)
        index = draw(st.integers(0, len(stops) - 1))
        stops[index] = _overwritten(draw, stops[index])
        kept = draw(st.lists(st.sampled_from(stops), max_size=8))
        update["stops"] = tuple(draw(st.sampled_from([stops, stops[index:], kept])))
    return record.model_copy(update=update)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
def test_any_document_gets_a_verdict(plan: Plan):
    first = check_plan(MISSION, plan, TRAVEL)

    assert first == check_plan(MISSION, plan, TRAVEL)
    assert all(finding.message and finding.subject is not None for finding in first.findings)


@pytest.mark.parametrize("at", LIMITS)
@pytest.mark.parametrize("field", ["arrive", "leave"])
def test_times_at_the_end_of_the_world_get_a_verdict(at: datetime, field: str):
    plan = stops_with(PLAN, "STO-002", {1: {field: at}})

    verdict = check_plan(MISSION, plan, TRAVEL)

    assert "R-ORDER" in {finding.code for finding in verdict.hard}


def test_an_empty_plan_gets_a_verdict():
    empty = Plan(mission=PLAN.mission, sample_mode=PLAN.sample_mode, provenance=PLAN.provenance)

    verdict = check_plan(MISSION, empty, TRAVEL)

    assert {finding.code for finding in verdict.hard} == {"A1", "R-LOST", "R-STAGE"}
