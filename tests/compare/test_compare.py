"""What differs between two plans: each kind of change on one changed record."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.compare import PlanChange, compare_plans
from planner.domain.ids import DistrictId, MissionId, StationId
from planner.domain.plan import Plan, TeamMode
from planner.errors import PlannerError
from tests.good_plan import good_plan

PLAN = good_plan()
AREA = PLAN.areas[0]
PAIR = next(i for i, team in enumerate(PLAN.teams) if team.id == PLAN.days[0].team)


def with_team(index: int, **update: object) -> Plan:
    teams = list(PLAN.teams)
    teams[index] = teams[index].model_copy(update=update)
    return PLAN.model_copy(update={"teams": tuple(teams)})


def with_day(**update: object) -> Plan:
    return PLAN.model_copy(
        update={"days": (PLAN.days[0].model_copy(update=update), *PLAN.days[1:])}
    )


def mirrored(there: PlanChange, back: PlanChange) -> bool:
    pairs = [
        (getattr(there, kind), getattr(back, kind))
        for kind in ("kpis", "areas", "teams", "people", "stations")
    ]
    same = all(
        [(x.old, x.new) for x in forth] == [(x.new, x.old) for x in reverse]
        for forth, reverse in pairs
    )
    districts = [(a.gained, a.lost) for a in there.areas] == [
        (a.lost, a.gained) for a in back.areas
    ]
    return same and districts and there.retimed == back.retimed


def test_a_plan_does_not_differ_from_itself() -> None:
    change = compare_plans(PLAN, PLAN)
    assert change.is_empty
    assert change.summary() == "nothing"


def test_what_explains_the_plan_is_not_compared() -> None:
    assert compare_plans(PLAN, PLAN.model_copy(update={"findings": (), "sample": ()})).is_empty


def test_plans_of_two_missions_are_not_compared() -> None:
    with pytest.raises(PlannerError, match="cannot be compared") as caught:
        compare_plans(PLAN, PLAN.model_copy(update={"mission": MissionId("elsewhere")}))
    assert caught.value.code == "CO-MISSION"
    assert caught.value.remedy


def test_figures_that_differ_come_and_go() -> None:
    kpis = dict(PLAN.kpis)
    first, second = sorted(kpis)[:2]
    del kpis[first]
    kpis[second] += 2
    kpis["zz_new"] = 1.0
    change = compare_plans(PLAN, PLAN.model_copy(update={"kpis": kpis}))
    assert [(k.name, k.difference) for k in change.kpis] == [
        (first, None),
        (second, 2),
        ("zz_new", None),
    ]
    assert change.summary() == "3 figures"


def test_a_district_that_changes_hands_is_in_both_areas() -> None:
    first, second, *others = PLAN.areas
    moved = first.districts[0]
    areas = (
        first.model_copy(update={"districts": first.districts[1:]}),
        second.model_copy(update={"districts": (*second.districts, moved)}),
        *others,
    )
    change = compare_plans(PLAN, PLAN.model_copy(update={"areas": areas}))
    assert [(a.area, a.gained, a.lost) for a in change.areas] == [
        (first.id, (), (moved,)),
        (second.id, (moved,), ()),
    ]
    assert change.districts_moved == (moved,)
    assert change.summary() == "2 areas, 1 district"


def test_the_order_of_districts_is_no_change() -> None:
    areas = tuple(
        a.model_copy(update={"districts": tuple(reversed(a.districts))}) for a in PLAN.areas
    )
    assert compare_plans(PLAN, PLAN.model_copy(update={"areas": areas})).is_empty


def test_an_area_without_its_base_town() -> None:
    areas = (AREA.model_copy(update={"base_town": None}), *PLAN.areas[1:])
    (found,) = compare_plans(PLAN, PLAN.model_copy(update={"areas": areas})).areas
    assert found.old is not None
    assert found.new is not None
    assert (found.old.base_town, found.new.base_town) == (AREA.base_town, None)


def test_an_area_that_is_new_gains_all_its_districts() -> None:
    (found,) = compare_plans(PLAN.model_copy(update={"areas": PLAN.areas[1:]}), PLAN).areas
    assert found.old is None
    assert found.gained == tuple(sorted(AREA.districts))


def test_a_team_that_stands_still_now() -> None:
    (found,) = compare_plans(PLAN, with_team(PAIR, mode=TeamMode.STATIC)).teams
    assert found.team == PLAN.teams[PAIR].id
    assert found.new is not None
    assert found.new.mode is TeamMode.STATIC


def test_a_person_who_leaves_changes_the_partner_too() -> None:
    stays, leaves = PLAN.teams[PAIR].members
    change = compare_plans(PLAN, with_team(PAIR, members=(stays,)))
    found = {person.observer: person for person in change.people}
    assert set(found) == {stays, leaves}
    assert found[leaves].new is None
    assert found[leaves].moved
    assert not found[stays].moved
    assert not change.teams


def test_the_order_of_members_is_no_change() -> None:
    members = tuple(reversed(PLAN.teams[PAIR].members))
    assert compare_plans(PLAN, with_team(PAIR, members=members)).is_empty


def test_a_station_left_out_and_one_taken_in() -> None:
    stops = list(PLAN.days[0].stops)
    index = next(i for i, stop in enumerate(stops) if stop.phase == "voting")
    left = stops[index].place
    stops[index] = stops[index].model_copy(update={"place": StationId("ZZ-999")})
    change = compare_plans(PLAN, with_day(stops=tuple(stops)))
    found = {station.place: station for station in change.stations}
    assert set(found) == {left, "ZZ-999"}
    assert found[left].new == ()
    assert [visit.team for visit in found[StationId("ZZ-999")].new] == [PLAN.days[0].team]
    assert not change.retimed


def test_the_same_places_at_other_times() -> None:
    day = PLAN.days[0]
    change = compare_plans(PLAN, with_day(leave_base=day.leave_base - timedelta(minutes=5)))
    assert [found.team for found in change.retimed] == [day.team]
    assert change.summary() == "1 day retimed"


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.integers(0, len(PLAN.teams) - 1)),
    st.sets(st.integers(0, len(PLAN.days) - 1)),
    st.sets(st.integers(0, len(PLAN.areas) - 1)),
    st.dictionaries(st.sampled_from(sorted(PLAN.kpis)), st.integers(0, 9).map(float)),
)
def test_swapping_the_plans_mirrors_the_change(
    teams: set[int], days: set[int], areas: set[int], kpis: dict[str, float]
) -> None:
    other = PLAN.model_copy(
        update={
            "teams": tuple(t for i, t in enumerate(PLAN.teams) if i not in teams),
            "days": tuple(d for i, d in enumerate(PLAN.days) if i not in days),
            "areas": tuple(a for i, a in enumerate(PLAN.areas) if i not in areas),
            "kpis": dict(PLAN.kpis) | kpis,
        }
    )
    there, back = compare_plans(PLAN, other), compare_plans(other, PLAN)
    assert mirrored(there, back)
    assert len(there.teams) == len(teams)
    assert {d for a in there.areas for d in a.lost} == {
        DistrictId(d) for i in areas for d in PLAN.areas[i].districts
    }
