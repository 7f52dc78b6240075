"""What a plan covers, and why not more."""

import pytest

from planner.coverage import Coverage, Gap, coverage
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, Plan, Unassigned
from tests.good_plan import good_mission, good_plan


@pytest.fixture
def mission() -> MissionInput:
    return good_mission()


@pytest.fixture
def plan() -> Plan:
    return good_plan()


def _stratum(found: Coverage, region: str, name: str):  # noqa: ANN202 - a record of the result
    return next(s for s in found.strata if (s.region, s.stratum) == (region, name))


def test_counts_add_up_to_the_frame(mission: MissionInput, plan: Plan) -> None:
    found = coverage(mission, plan)
    for groups in (found.strata, found.bands, found.districts):
        assert sum(group.frame for group in groups) == 30
        assert sum(group.drawn for group in groups) == 20
        assert sum(group.visited for group in groups) == 20
    assert sum(s.frame_share for s in found.strata) == pytest.approx(1)
    assert sum(s.visited_share for s in found.strata) == pytest.approx(1)


def test_stratum_that_is_not_drawn_stands_first(mission: MissionInput, plan: Plan) -> None:
    first = coverage(mission, plan).strata[0]
    assert (first.region, first.stratum, first.frame, first.visited) == ("EAST", "special", 1, 0)
    assert first.gap is Gap.NOT_DRAWN
    assert first.thin


def test_everything_else_is_covered(mission: MissionInput, plan: Plan) -> None:
    assert all(s.gap is None and s.visited for s in coverage(mission, plan).strata[1:])


def test_drawn_but_no_day_has_room(mission: MissionInput, plan: Plan) -> None:
    east = [team.id for team in plan.teams if team.area == "A02"]
    days = tuple(day for day in plan.days if day.team not in east)
    found = coverage(mission, plan.model_copy(update={"days": days}))
    assert _stratum(found, "EAST", "rural").gap is Gap.NO_ROOM
    assert _stratum(found, "WEST", "rural").gap is None


def test_area_without_pairs(mission: MissionInput, plan: Plan) -> None:
    teams = tuple(t for t in plan.teams if t.area != "A02")
    days = tuple(d for d in plan.days if d.team in {t.id for t in teams})
    found = coverage(mission, plan.model_copy(update={"teams": teams, "days": days}))
    assert _stratum(found, "EAST", "rural").gap is Gap.NO_PAIR


def test_district_in_no_area(mission: MissionInput, plan: Plan) -> None:
    found = coverage(
        mission, plan.model_copy(update={"areas": plan.areas[:1], "days": plan.days[:2]})
    )
    assert {d.district for d in found.districts if d.gap is Gap.NO_AREA} == {"E1", "E2", "E3"}


def test_out_of_reach_is_the_plans_own_word(mission: MissionInput, plan: Plan) -> None:
    left = Unassigned(
        kind="district", subject="E3", code="OP-ALLOC-REACH", reason="too far", remedy="hub"
    )
    found = coverage(
        mission,
        plan.model_copy(update={"unassigned": (left,), "days": plan.days[:4], "sample": ()}),
    )
    (district,) = [d for d in found.districts if d.district == "E3"]
    assert (district.gap, district.note, district.visited) == (Gap.BEYOND_REACH, "too far", 0)
    assert found.districts[0] is district


def test_commissions_and_who_tabulates(mission: MissionInput, plan: Plan) -> None:
    west, east = sorted(
        coverage(mission, plan).commissions, key=lambda c: c.commission, reverse=True
    )
    assert west.touched
    assert east.touched
    assert len(west.tabulated_by) == 2
    assert (east.stations, east.visited) == (18, 12)


def test_commission_that_nobody_touches_stands_first(mission: MissionInput, plan: Plan) -> None:
    first, second = coverage(mission, plan.model_copy(update={"days": plan.days[:2]})).commissions
    assert (first.commission, first.touched, first.tabulated_by) == ("C-E", False, ())
    assert second.touched


def test_visit_without_tabulation_touches(mission: MissionInput, plan: Plan) -> None:
    days = tuple(
        day.model_copy(
            update={"stops": tuple(s for s in day.stops if s.phase is not Phase.TABULATION)}
        )
        for day in plan.days
    )
    found = coverage(mission, plan.model_copy(update={"days": days})).commissions
    assert all(c.touched and not c.tabulated_by for c in found)


def test_bands_run_from_near_to_far(mission: MissionInput, plan: Plan) -> None:
    bands = [b.band for b in coverage(mission, plan).bands]
    assert bands == [b for b in ("0-10 km", "10-30 km", "30-100 km", ">100 km") if b in bands]
    assert len(bands) > 1


def test_unknown_ids_are_left_out(mission: MissionInput, plan: Plan) -> None:
    stop = plan.days[0].stops[1].model_copy(update={"place": "NOWHERE"})
    day = plan.days[0].model_copy(update={"stops": (stop,)})
    found = coverage(mission, plan.model_copy(update={"days": (day,)}))
    assert sum(s.visited for s in found.strata) == 0


def test_mission_without_stations(mission: MissionInput, plan: Plan) -> None:
    found = coverage(
        mission.model_copy(update={"stations": (), "commissions": ()}),
        plan.model_copy(update={"days": (), "sample": ()}),
    )
    assert found == Coverage((), (), (), ())
