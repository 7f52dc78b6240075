"""Pins: kept where they can be, dropped with a reason where they contradict one another."""

from collections.abc import Callable

import pytest

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import StageStatus
from planner.optimizer.areas import AreasResult, solve_areas
from planner.optimizer.stage import Effort, Silent

World = Callable[..., MissionInput]
Ways = Callable[..., TravelProvider]


def here(district: str, area: str) -> Decision:
    return Decision(
        kind=DecisionKind.DISTRICT_AREA, district=DistrictId(district), area=AreaId(area)
    )


def base(area: str, town: str) -> Decision:
    return Decision(kind=DecisionKind.BASE_TOWN, area=AreaId(area), town=TownId(town))


def plan(mission: MissionInput, travel: TravelProvider) -> AreasResult:
    return solve_areas(mission, travel, Effort(), Silent())


def area_of(result: AreasResult) -> dict[str, str]:
    return {district: area.id for area in result.areas for district in area.districts}


def test_pins_are_kept_and_ids_with_them(grid_mission: World, flat: Ways) -> None:
    pins = (here("D00", "A02"), base("A02", "T01"), here("D31", "A01"))
    result = plan(grid_mission(decisions=pins), flat())
    assert area_of(result)["D00"] == area_of(result)["D01"] == "A02"
    assert area_of(result)["D31"] == "A01"
    assert result.areas[1].base_town == "T01"
    assert result.areas[1].lto_team == "LTO-02"
    assert result.notes.findings == ()
    assert result.report.status is StageStatus.OPTIMAL


def test_a_whole_plan_pinned_stays_as_it_is(grid_mission: World, flat: Ways) -> None:
    free = plan(grid_mission(teams=3), flat())
    pins = [here(district, area) for district, area in sorted(area_of(free).items())]
    pins += [base(area.id, area.base_town) for area in free.areas if area.base_town]
    again = plan(grid_mission(teams=3, decisions=tuple(pins)), flat())
    assert again.areas == free.areas
    assert again.notes == free.notes


def test_far_districts_pinned_together_are_joined_up(grid_mission: World, flat: Ways) -> None:
    pins = (here("D00", "A01"), here("D30", "A01"))
    result = plan(grid_mission(decisions=pins), flat())
    assert area_of(result)["D00"] == area_of(result)["D30"] == "A01"
    assert len(result.areas) == 2
    assert result.notes.findings == ()


ISLAND = frozenset({"D31"})


@pytest.mark.parametrize(
    ("pins", "dropped", "reason"),
    [
        pytest.param(
            [here("D00", "A01"), here("D00", "A02")],
            1,
            "already pinned to area A01",
            id="two areas",
        ),
        pytest.param(
            [here("D00", "A01"), base("A02", "T00")],
            1,
            "already pinned to area A01",
            id="town away",
        ),
        pytest.param(
            [base("A01", "T00"), base("A01", "T10")], 1, "already has the base town T00", id="two"
        ),
        pytest.param(
            [base("A01", "T00"), base("A02", "T00")], 1, "already pinned to area A01", id="one town"
        ),
        pytest.param([here("D00", "A09")], 0, "there is no area A09 (areas: A01..A02)", id="area"),
        pytest.param([base("A01", "T99")], 0, "there is no town T99", id="town"),
        pytest.param([here("D99", "A01")], 0, "there is no district D99", id="district"),
        pytest.param([base("A01", "T11")], 0, "too few beds", id="beds"),
    ],
)
def test_contradictions_are_named(
    grid_mission: World, flat: Ways, pins: list[Decision], dropped: int, reason: str
) -> None:
    beds = {"T00": 9, "T10": 2, "T11": 1, "T30": None}
    result = plan(grid_mission(decisions=tuple(pins), beds=beds), flat())
    assert [finding.code for finding in result.notes.findings] == ["OP-AREA-PIN"]
    assert result.notes.findings[0].subject == pins[dropped].subject
    assert reason in result.notes.findings[0].message
    assert [note.kind for note in result.notes.unassigned] == ["decision"]
    assert len(result.areas) == 2
    for pin in (pin for k, pin in enumerate(pins) if k != dropped):
        if pin.district:
            assert area_of(result)[pin.district] == pin.area
        else:
            towns = {area.id: area.base_town for area in result.areas}
            assert pin.area is not None
            assert towns[pin.area] == pin.town


def test_pins_on_two_islands(grid_mission: World, flat: Ways) -> None:
    pins = (here("D00", "A01"), here("D31", "A01"))
    result = plan(grid_mission(decisions=pins, cut=ISLAND), flat())
    assert [finding.subject for finding in result.notes.findings] == [pins[1].subject]
    assert area_of(result)["D00"] == "A01"
    assert area_of(result)["D31"] == "A02"


def test_pins_that_cross(grid_mission: World, flat: Ways) -> None:
    """On a line, A01 cannot reach over A02; the later decision gives way."""
    pins = (here("D00", "A01"), here("D10", "A02"), here("D20", "A01"))
    result = plan(grid_mission(height=1, decisions=pins), flat())
    assert [finding.subject for finding in result.notes.findings] == [pins[2].subject]
    assert area_of(result)["D00"] != area_of(result)["D10"]


def test_pins_that_swallow_the_towns_cost_a_team(grid_mission: World, flat: Ways) -> None:
    pins = (here("D00", "A01"), here("D30", "A01"))
    result = plan(grid_mission(decisions=pins, beds={"T00": 4, "T30": 4}), flat())
    assert len(result.areas) == 1
    assert [note.subject for note in result.notes.unassigned] == ["LTO-02"]
    assert result.notes.findings == ()


def test_a_pin_in_a_part_without_area(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(teams=1, decisions=(here("D31", "A01"),), cut=ISLAND), flat())
    assert "gets no area" in result.notes.findings[0].message
    assert {note.kind for note in result.notes.unassigned} == {"district", "decision"}
