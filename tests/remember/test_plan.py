"""Remembered plans are those that would have been made, and stale ones are never taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.mission import MissionFormat, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience
from planner.domain.plan import StageName, StopReason
from planner.domain.policy import AllocationBasis, ObservationMode, TravelModel, TravelPolicy
from planner.optimizer.pipeline import make_plan
from planner.optimizer.run_stage import Draft
from planner.optimizer.stage import Effort, Silent
from planner.remember.cache import Cache
from planner.remember.digest import Digester
from planner.remember.plan import Memory, plan_remembered
from planner.remember.reads import stage_key, travel_key
from planner.replan.inputs import reads
from tests.good_plan import TRAVEL, good_mission, good_plan

MISSION = good_mission()
EFFORT = Effort(scale=0.2)


def with_mission(**update: Any) -> MissionInput:
    return MISSION.model_copy(update={"mission": MISSION.mission.model_copy(update=update)})


def with_policy(part: str, **update: Any) -> MissionInput:
    policies = MISSION.mission.policies
    changed = getattr(policies, part).model_copy(update=update)
    return with_mission(policies=policies.model_copy(update={part: changed}))


def with_first(part: str, **update: Any) -> MissionInput:
    first, *others = getattr(MISSION, part)
    return MISSION.model_copy(update={part: (first.model_copy(update=update), *others)})


def pairs(number: int) -> MissionInput:
    return with_mission(staffing=Staffing(lto_teams=2, sto_pairs=number))


def plan(mission: MissionInput, memory: Memory, effort: Effort = EFFORT) -> Any:
    return plan_remembered(mission, TRAVEL, effort, Silent(), memory).plan


def test_the_plan_is_that_of_the_pipeline_and_the_second_time_nothing_is_solved():
    memory = Memory()
    free = make_plan(MISSION, TRAVEL, Effort(), Silent()).plan
    assert plan(MISSION, memory, Effort()) == free
    assert not memory.cache.hits
    assert plan(MISSION, memory, Effort()) == free
    assert {memory.cache.hits[stage.value] for stage in StageName} == {1}


def test_clusters_come_back_as_days_of_the_same_plan():
    memory = Memory()
    first = plan(pairs(5), memory)
    days = StageName.DAYS.value
    # Only the stage as a whole is forgotten: its clusters are put together again.
    cache = memory.cache
    for key in [key for key in cache._memory if key[0] == days]:
        del cache._memory[key]
    assert plan(pairs(5), memory) == first
    assert cache.hits["clusters"] == cache.misses["clusters"] > 0
    assert cache.hits["bounds"] > 0


def test_another_number_of_pairs_keeps_the_areas_and_gives_its_own_plan():
    memory = Memory()
    plan(pairs(5), memory)
    found = plan(pairs(4), memory)
    assert memory.cache.hits["areas"] == 1
    assert memory.cache.hits["allocation"] == 0
    assert found == plan(pairs(4), Memory())


def test_threads_change_nothing():
    assert plan(MISSION, Memory(threads=3)) == plan(MISSION, Memory(threads=1))


def test_static_and_mixed_days():
    for mode, share in ((ObservationMode.STATIC, 0.0), (ObservationMode.MIXED, 0.5)):
        mission = with_policy("day", mode=mode, static_share=share)
        memory = Memory()
        first = plan(mission, memory, Effort())
        assert first == make_plan(mission, TRAVEL, Effort(), Silent()).plan
        assert plan(mission, memory, Effort()) == first


def test_a_damaged_result_is_solved_again(tmp_path: Path):
    first = plan(MISSION, Memory(Cache(tmp_path)))
    for path in tmp_path.glob("areas/*/*"):
        Cache(tmp_path).put("areas", path.name, '{"report": 3}')
    assert plan(MISSION, Memory(Cache(tmp_path))) == first


def test_with_a_clock_or_a_server_nothing_is_remembered():
    memory = Memory()
    plan(MISSION, memory, replace(EFFORT, seconds=20.0))
    assert not memory.cache.misses
    policy = TravelPolicy(model=TravelModel.SERVER, server="osrm", url="http://localhost:1")
    mission = with_mission(policies=MISSION.mission.policies.model_copy(update={"travel": policy}))
    assert travel_key(mission, TRAVEL, Digester()) is None
    plan(mission, memory)
    assert not memory.cache.misses


def test_a_cancelled_plan_is_not_remembered():
    class Cancelled(Silent):
        cancelled = True

    memory = Memory()
    found = plan_remembered(MISSION, TRAVEL, EFFORT, Cancelled(), memory).plan
    assert StopReason.CANCELLED in {report.stop for report in found.stages}
    assert not memory.cache._memory.keys() - {("bounds", k) for _, k in memory.cache._memory}


def test_a_matrix_file_is_part_of_the_key(tmp_path: Path):
    policy = TravelPolicy(model=TravelModel.MATRIX, file="m.csv")
    mission = with_mission(
        policies=MISSION.mission.policies.model_copy(update={"travel": policy})
    ).model_copy(update={"folder": str(tmp_path)})
    keys = set()
    for content in ("a", "b"):
        (tmp_path / "m.csv").write_text(content, encoding="utf-8")
        keys.add(travel_key(mission, TRAVEL, Digester()))
    assert len(keys) == 2


CHANGES: dict[str, Callable[[], MissionInput]] = {
    "more LTO teams": lambda: with_mission(staffing=Staffing(lto_teams=3, sto_pairs=5)),
    "no STOs": lambda: with_mission(staffing=Staffing(lto_teams=2)),
    "another day": lambda: with_mission(e_day=MISSION.mission.e_day + timedelta(days=14)),
    "country": lambda: with_mission(country="AT"),
    "calendar": lambda: with_mission(
        calendar=MISSION.mission.calendar.model_copy(update={"sto_from_day": -5})
    ),
    "hours": lambda: with_mission(
        hours=MISSION.mission.hours.model_copy(
            update={"opens": MISSION.mission.hours.opens.replace(hour=8)}
        )
    ),
    "format": lambda: with_mission(format=MissionFormat.LEOM, staffing=Staffing(lto_teams=2)),
    "area policy": lambda: with_policy("areas", split_weight=1.0),
    "basis": lambda: with_policy("allocation", basis=AllocationBasis.VOTERS),
    "floor": lambda: with_policy("allocation", floor_pairs_per_area=2),
    "beds a team": lambda: with_policy("allocation", beds_per_lto_team=4),
    "pairing policy": lambda: with_policy("pairing", mixed_gender_weight=1),
    "sample policy": lambda: with_policy("sample", stations_per_pair=5),
    "dwell": lambda: with_policy("day", dwell_min=45),
    "longest leg": lambda: with_policy("day", max_leg_min=30),
    "beds": lambda: with_first("towns", beds=99),
    "a district moves": lambda: with_first("districts", lat=51.0),
    "a neighbour goes": lambda: MISSION.model_copy(update={"adjacency": MISSION.adjacency[1:]}),
    "a station moves": lambda: with_first("stations", lat=50.5),
    "voters": lambda: with_first("stations", voters=9),
    "a commission moves": lambda: with_first("commissions", lat=50.5),
    "an observer": lambda: with_first("observers", experience=Experience.NEW, gender=None),
    "a zone": lambda: with_first("regions", time_zone="Asia/Tokyo"),
    "pinned base": lambda: MISSION.model_copy(
        update={
            "decisions": (Decision(kind=DecisionKind.BASE_TOWN, area="A01", town="T-W1"),),
        }
    ),
    "forbidden station": lambda: MISSION.model_copy(
        update={"decisions": (Decision(kind=DecisionKind.NEVER_STATION, station="W1-1"),)}
    ),
    "never a pair": lambda: MISSION.model_copy(
        update={
            "decisions": (
                Decision(kind=DecisionKind.NEVER_PAIR, observers=("STO-P01", "STO-P02")),
            ),
        }
    ),
}


NOT_READ = {(StageName.AREAS, "floor")}
"""Re-planning takes the whole policy for read; areas look at the basis and at beds of LTO teams."""


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("stage", StageName)
def test_whatever_a_stage_reads_is_in_its_key(stage: StageName, name: str):
    """Re-planning compares the same inputs: where it would solve again, the key differs."""
    made = good_plan()
    draft = Draft(made.areas, made.teams, made.sample)
    changed = CHANGES[name]()
    if (stage, name) not in NOT_READ and reads(stage, changed) != reads(stage, MISSION):
        assert stage_key(stage, changed, draft, EFFORT, Digester()) != stage_key(
            stage, MISSION, draft, EFFORT, Digester()
        )


def test_ground_effort_and_seed_are_in_the_key():
    made = good_plan()
    draft = Draft(made.areas, made.teams, made.sample)
    digest = Digester()
    first, *others = made.areas
    moved = replace(draft, areas=(first.model_copy(update={"districts": ()}), *others))
    for stage in tuple(StageName)[1:]:
        key = stage_key(stage, MISSION, draft, EFFORT, digest)
        assert key != stage_key(stage, MISSION, moved, EFFORT, digest)
        assert key != stage_key(stage, MISSION, draft, Effort(seed=2, scale=0.2), digest)
        assert key != stage_key(stage, MISSION, draft, Effort(scale=0.3), digest)
    days = StageName.DAYS
    assert stage_key(days, MISSION, draft, EFFORT, digest) != stage_key(
        days, MISSION, replace(draft, sample=made.sample[1:]), EFFORT, digest
    )
