"""Plans made again: around other decisions, people, beds, stations and roads, and in parts."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.mission import MissionFormat, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.plan import StageName
from planner.optimizer.stage import Effort, Silent
from planner.replan.replan import replan
from tests.fuzz.missions import missions, roads
from tests.fuzz.people import decisions_on
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads
from tests.fuzz.test_plans import assert_honest, planned, refused


@st.composite
def changed(draw: st.DrawFn, mission: MissionInput) -> MissionInput:
    """Draw what becomes of a mission between one plan and the next."""
    what = draw(st.sampled_from(["decisions", "staffing", "stations", "people", "beds", "nothing"]))
    update: dict[str, Any] = {}
    if what == "decisions":
        update["decisions"] = draw(
            decisions_on(
                observers=mission.observers,
                districts=[district.id for district in mission.districts],
                towns=[town.id for town in mission.towns],
                stations=[station.id for station in mission.stations],
                most=5,
            )
        )
    elif what == "staffing":
        pairs = draw(st.integers(0, 4)) if mission.mission.format is MissionFormat.EOM else 0
        staffing = Staffing(lto_teams=draw(st.integers(0, 3)), sto_pairs=pairs)
        update["mission"] = mission.mission.model_copy(update={"staffing": staffing})
    elif what == "stations":
        left = draw(st.sets(st.sampled_from([s.id for s in mission.stations]), min_size=1))
        update["stations"] = tuple(s for s in mission.stations if s.id in left)
        update["decisions"] = tuple(
            d for d in mission.decisions if d.station is None or d.station in left
        )
    elif what == "people":
        update["observers"] = tuple(
            person.model_copy(update={"reserve": draw(st.booleans())})
            for person in mission.observers
        )
    elif what == "beds":
        beds = st.sampled_from([None, 0, 2, 10])
        update["towns"] = tuple(
            town.model_copy(update={"beds": draw(beds)}) for town in mission.towns
        )
    return mission.model_copy(update={**update, "input_hash": "after"})


@examples(30)
@given(missions(), roads, roads, st.sampled_from([0.0, 0.5, 1.0]), st.data())
def test_no_hard_fault_in_a_plan_made_again(
    mission: MissionInput, travel: Roads, later: Roads, stability: float, data: st.DataObject
) -> None:
    before = planned(mission, travel)
    after = data.draw(changed(mission))
    roads_then = data.draw(st.sampled_from([travel, later]))
    made = replan(
        after,
        roads_then,
        Effort(seed=1, scale=0.03),
        Silent(),
        earlier=before,
        earlier_mission=mission,
        stability=stability,
        clock=lambda: 0.0,
    )
    assert refused(after, made.plan, roads_then) == []
    assert_honest(made.plan)


@examples(30)
@given(missions(), roads, st.sampled_from(StageName))
def test_no_hard_fault_after_one_stage_again(
    mission: MissionInput, travel: Roads, stage: StageName
) -> None:
    """Stages that stand on the one that is run again are left out, and the plan says so."""
    before = planned(mission, travel)
    again = planned(mission, travel, earlier=before, stages=[stage])
    assert refused(mission, again, travel) == []
    assert_honest(again)
