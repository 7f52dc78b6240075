"""Re-planning as a whole: nothing changes for nothing, the slider means what it says, no crash."""

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Severity
from planner.domain.ids import AreaId, DistrictId, MissionId, StationId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import StageName, StageStatus, StopReason
from planner.errors import PlannerError
from planner.export.document import dump_plan
from planner.optimizer.pipeline import make_plan
from planner.optimizer.stage import Silent
from planner.replan import replan
from planner.replan.choice import penalised
from planner.travel import make_provider
from tests.replan.small import (
    EFFORT,
    MISSION,
    again,
    changed,
    chosen,
    decided,
    first,
    hard,
    made,
    points,
    staffed,
)

VISITED = first().days[0].stops[1].place
COUPLE = next(team.members for team in first().teams if team.id == "STO-003")
NEVER_PAIR = Decision(kind=DecisionKind.NEVER_PAIR, observers=COUPLE)
NEVER_STATION = Decision(kind=DecisionKind.NEVER_STATION, station=StationId(VISITED))
BORDER = Decision(
    kind=DecisionKind.DISTRICT_AREA,
    district=DistrictId("E1"),
    area=next(area.id for area in first().areas if "W2" in area.districts),
)


def without_stations() -> MissionInput:
    gone = {VISITED, *(s.id for s in MISSION.stations if s.district == "E3")}
    return changed(stations=tuple(s for s in MISSION.stations if s.id not in gone))


def without_observers() -> MissionInput:
    return changed(observers=MISSION.observers[3:])


def without_a_town() -> MissionInput:
    return changed(towns=tuple(town for town in MISSION.towns if town.id != "T-E3"))


def without_a_district() -> MissionInput:
    return changed(
        districts=tuple(d for d in MISSION.districts if d.id != "X1"),
        adjacency=tuple(p for p in MISSION.adjacency if "X1" not in (p.a, p.b)),
    )


CHANGES = {
    "a couple is parted": decided(NEVER_PAIR),
    "a station is barred": decided(NEVER_STATION),
    "a district is moved": decided(BORDER),
    "all of these": decided(NEVER_PAIR, NEVER_STATION, BORDER),
    "stations are gone": without_stations(),
    "observers are gone": without_observers(),
    "all observers are gone": changed(observers=()),
    "a town is gone": without_a_town(),
    "a district is gone": without_a_district(),
    "one area more": staffed(3, 5),
    "one area less": staffed(1, 5),
    "one pair less": staffed(2, 4),
    "two pairs more": staffed(2, 7),
    "no pair": staffed(2, 0).model_copy(update={"observers": ()}),
    "no LTO team": staffed(0, 5).model_copy(update={"observers": ()}),
    "nothing but its hash": changed(),
}


def test_nothing_changed_is_the_same_bytes():
    result = again(MISSION)
    assert dump_plan(result.plan) == dump_plan(first())
    assert [point.label for point in result.points] == ["unchanged"] * 5
    assert all(point.moves == 0 for point in result.points)


@pytest.mark.parametrize("name", CHANGES)
def test_stability_0_is_the_plan_without_an_earlier_one(name: str):
    mission = CHANGES[name]
    result = again(mission, 0.0)
    assert dump_plan(result.plan) == dump_plan(made(mission))
    assert {point.label for point in result.points} == {"free"}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("stability", [0.02, 0.5, 1.0])
def test_the_referee_passes_it_and_the_better_candidate_is_taken(name: str, stability: float):
    mission = CHANGES[name]
    result = again(mission, stability)
    assert hard(mission, result.plan) == ()
    assert all(entry.reason and entry.remedy for entry in result.plan.unassigned)
    for stage in StageName:
        taken = chosen(result, stage)
        for other in points(result, stage).values():
            faults = [point.dropped + point.idle for point in (taken, other)]
            assert faults[0] <= faults[1]
            if faults[0] < faults[1] or taken.objective is None:
                continue
            assert other.objective is not None
            sign = 1 if stage in (StageName.PAIRING, StageName.DAYS) else -1
            if stability == 1.0:
                assert taken.moves <= other.moves
            elif taken.moves > other.moves:
                # At whatever price, what moves more must bring more.
                assert sign * taken.objective > sign * other.objective


@pytest.mark.parametrize("name", CHANGES)
def test_again_is_the_same_bytes(name: str):
    mission = CHANGES[name]
    assert dump_plan(again(mission, 0.3).plan) == dump_plan(again(mission, 0.3).plan)


def test_what_is_planned_again_without_a_change_stays_as_it_is():
    mission = CHANGES["all of these"]
    second = again(mission).plan
    third = again(mission, earlier=second, before=mission)
    assert dump_plan(third.plan) == dump_plan(second)


def test_the_slider_goes_from_the_free_solution_to_the_kept_one():
    mission = CHANGES["a district is moved"]
    moved = [sum(p.moves for p in again(mission, s).points if p.chosen) for s in (0.0, 0.5, 1.0)]
    assert moved[0] >= moved[1] >= moved[2]


def test_the_price_of_a_move():
    assert penalised(10.0, 4, 2.0, 0.0) == 10.0
    assert penalised(10.0, 4, 2.0, 0.5) == 2.0
    assert penalised(10.0, 4, 2.0, 0.9) == pytest.approx(-62.0)


def test_an_unknown_input_is_solved_again_and_told():
    elsewhere = MISSION.model_copy(update={"input_hash": "elsewhere"})
    result = again(MISSION, before=elsewhere)
    assert "unchanged" not in {point.label for point in result.points}
    told = [found for found in result.plan.findings if found.code == "OP-REPLAN-INPUT"]
    assert [found.severity for found in told] == [Severity.INFO]
    assert hard(MISSION, result.plan) == ()
    assert result.plan.days == first().days
    assert result.plan.teams == first().teams
    assert result.plan.sample == first().sample


def test_the_plan_says_what_it_was_planned_on():
    (note,) = again(CHANGES["a couple is parted"], 0.5).plan.provenance.notes
    assert note == "planned again with stability 0.5 on the plan of input good"


def test_reports_tell_both_ways_and_what_was_taken():
    plan = again(CHANGES["a couple is parted"]).plan
    (report,) = [r for r in plan.stages if r.name is StageName.PAIRING]
    assert "kept: " in report.note
    assert "free: " in report.note
    assert "stability 1 takes kept" in report.note
    assert "STO-003 (a decision parts them)" in report.note
    assert report.status is not StageStatus.SKIPPED


def test_a_stage_that_was_broken_off_is_solved_again():
    reports = tuple(
        report.model_copy(update={"stop": StopReason.CANCELLED})
        if report.name is StageName.PAIRING
        else report
        for report in first().stages
    )
    earlier = first().model_copy(update={"stages": reports})
    result = again(MISSION, earlier=earlier)
    labels = {point.stage: point.label for point in result.points if point.chosen}
    assert labels[StageName.PAIRING] == "kept"
    assert labels[StageName.DAYS] == "unchanged"


def test_some_stages_on_top_of_the_others():
    mission = CHANGES["a couple is parted"]
    result = replan(
        mission,
        make_provider(mission),
        EFFORT,
        Silent(),
        earlier=first(),
        earlier_mission=MISSION,
        stability=1.0,
        stages=[StageName.PAIRING],
    )
    assert {point.stage for point in result.points} == {StageName.PAIRING}
    assert hard(mission, result.plan) == ()
    assert result.plan.days == first().days


def test_a_plan_of_areas_alone_is_stayed_near_to():
    areas = make_plan(
        MISSION, make_provider(MISSION), EFFORT, Silent(), stages=[StageName.AREAS]
    ).plan
    result = again(MISSION, earlier=areas)
    assert hard(MISSION, result.plan) == ()
    assert chosen(result, StageName.AREAS).label == "unchanged"
    assert chosen(result, StageName.DAYS).label == "free"


@pytest.mark.parametrize("stability", [-0.1, 1.1, float("nan")])
def test_a_stability_out_of_range_is_refused(stability: float):
    with pytest.raises(PlannerError, match="between 0 and 1") as error:
        again(MISSION, stability)
    assert error.value.code == "OP-STABILITY"


@pytest.mark.parametrize("stability", [0.0, 1.0])
def test_a_plan_of_another_mission_is_refused(stability: float):
    stranger = first().model_copy(update={"mission": MissionId("other")})
    with pytest.raises(PlannerError, match="of mission other") as error:
        again(MISSION, stability, earlier=stranger)
    assert error.value.code == "OP-EARLIER"


def test_stages_that_are_not_run_need_their_places():
    mission = without_a_town()
    with pytest.raises(PlannerError, match="T-E3") as error:
        replan(
            mission,
            make_provider(mission),
            EFFORT,
            Silent(),
            earlier=first(),
            earlier_mission=MISSION,
            stability=1.0,
            stages=[StageName.DAYS],
        )
    assert error.value.code == "OP-EARLIER"


def test_ids_of_the_examples_exist():
    assert TeamId("STO-003") in {team.id for team in first().teams}
    assert TownId("T-E3") in {team.base_town for team in first().teams}
    assert AreaId("A01") in {area.id for area in first().areas}
