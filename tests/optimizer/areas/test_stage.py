"""The stage on whole missions: numbers of teams, parts of a country, towns, ways, effort."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Severity
from planner.domain.ids import DistrictId, ObserverId, State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.place import Adjacency
from planner.domain.plan import StageStatus, StopReason
from planner.domain.policy import AreaPolicy
from planner.objective.areas import areas_cost
from planner.optimizer.areas import AreasResult, solve_areas
from planner.optimizer.areas.frame import neighbours_of
from planner.optimizer.areas.graph import is_connected
from planner.optimizer.stage import Effort, Silent

World = Callable[..., MissionInput]
Ways = Callable[..., TravelProvider]


def plan(mission: MissionInput, travel: TravelProvider, **effort: Any) -> AreasResult:
    result = solve_areas(mission, travel, Effort(**effort), Silent())
    _check(mission, travel, result)
    return result


def _check(mission: MissionInput, travel: TravelProvider, result: AreasResult) -> None:
    """Check what holds for every result: A1, A2, A3, ids, objective, bound."""
    place = {district.id: i for i, district in enumerate(mission.districts)}
    neighbours = neighbours_of(mission)
    given = [district for area in result.areas for district in area.districts]
    left = {note.subject for note in result.notes.unassigned if note.kind == "district"}
    assert len(given) == len(set(given))
    assert set(given) | left == (set(place) if result.areas else left)
    for area in result.areas:
        assert is_connected(neighbours, {place[district] for district in area.districts})
        if area.base_town is not None:
            assert mission.town_of[area.base_town].district in area.districts
    assert [area.id for area in result.areas] == sorted(area.id for area in result.areas)
    if result.areas:
        assert result.report.objective == areas_cost(mission, result.areas, travel).total
        assert result.report.bound is not None
        assert result.report.bound <= result.report.objective


def test_two_teams_take_a_half_each(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(), flat())
    assert [area.id for area in result.areas] == ["A01", "A02"]
    assert [area.lto_team for area in result.areas] == ["LTO-01", "LTO-02"]
    assert {len(area.districts) for area in result.areas} == {4}
    assert result.areas[0].districts == ("D00", "D01", "D10", "D11")
    assert result.report.status is StageStatus.OPTIMAL
    assert result.report.stop is StopReason.PROVEN
    assert result.notes.unassigned == ()


@pytest.mark.parametrize("teams", [1, 3, 8])
def test_as_many_areas_as_teams(grid_mission: World, flat: Ways, teams: int) -> None:
    assert len(plan(grid_mission(teams=teams), flat()).areas) == teams


def test_more_teams_than_districts(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(width=2, height=1, teams=4), flat())
    assert len(result.areas) == 2
    idle = [note for note in result.notes.unassigned if note.kind == "team"]
    assert [note.subject for note in idle] == ["LTO-03", "LTO-04"]
    assert all("plan 2 LTO teams" in note.remedy for note in idle)
    assert result.report.status is StageStatus.PARTIAL


def test_fewer_towns_than_teams(grid_mission: World, flat: Ways) -> None:
    """T11 has one bed and cannot house a team of two; unknown beds (None) can."""
    result = plan(grid_mission(teams=3, beds={"T00": 2, "T31": None, "T11": 1}), flat())
    assert [area.base_town for area in result.areas] == ["T00", "T31"]
    assert [note.subject for note in result.notes.unassigned] == ["LTO-03"]


def test_no_towns_at_all(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(beds={}), flat())
    assert [area.base_town for area in result.areas] == [None, None]
    assert [finding.code for finding in result.notes.findings] == ["OP-AREA-BASE"] * 2
    assert [finding.subject for finding in result.notes.findings] == ["A01", "A02"]
    assert [left.subject for left in result.notes.unassigned] == ["LTO-01", "LTO-02"]


def test_an_island_without_a_town_gets_an_area_without_base(
    grid_mission: World, flat: Ways
) -> None:
    result = plan(grid_mission(beds={"T00": 4}, cut=frozenset({"D31"})), flat())
    bases = {area.districts: area.base_town for area in result.areas}
    assert bases.pop(("D31",)) is None
    assert list(bases.values()) == ["T00"]


def test_islands_get_their_own_areas(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(teams=3, cut=frozenset({"D31", "D00"})), flat())
    assert {("D00",), ("D31",)} < {area.districts for area in result.areas}


def test_more_islands_than_teams(grid_mission: World, flat: Ways) -> None:
    """The heaviest parts are covered; the others are named, and the remedy is true."""
    cut, stations = frozenset({"D31", "D00"}), {"D00": 5, "D31": 1}
    result = plan(grid_mission(teams=2, cut=cut, stations=stations), flat())
    notes = [note for note in result.notes.unassigned if note.kind == "district"]
    assert [note.subject for note in notes] == ["D31"]
    assert "at least 3 LTO teams" in notes[0].remedy
    assert result.report.status is StageStatus.PARTIAL
    assert plan(grid_mission(teams=3, cut=cut, stations=stations), flat()).notes.unassigned == ()
    joined = grid_mission(teams=2, cut=cut, stations=stations)
    ferry = Adjacency(a=DistrictId("D30"), b=DistrictId("D31"), reason="ferry")
    joined = joined.model_copy(update={"adjacency": (*joined.adjacency, ferry)})
    assert plan(joined, flat()).notes.unassigned == ()


def test_unroutable_districts_are_named(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(teams=1), flat(wall_lon=2.5))
    assert [finding.subject for finding in result.notes.findings] == ["D30", "D31"]
    assert {finding.code for finding in result.notes.findings} == {"A8"}
    assert {finding.value for finding in result.notes.findings} == {"no way"}


def test_a_wall_divides_the_areas(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(teams=2), flat(wall_lon=2.5))
    assert {area.districts for area in result.areas} >= {("D30", "D31")}
    assert result.notes.findings == ()


def test_a_district_too_far_is_named(grid_mission: World, flat: Ways) -> None:
    policy = AreaPolicy(max_base_to_district_min=120)
    result = plan(grid_mission(teams=1, height=1, width=5, policy=policy, beds={"T00": 9}), flat())
    assert [(note.subject, note.value) for note in result.notes.findings] == [
        ("D30", "180 min"),
        ("D40", "240 min"),
    ]
    assert all(note.severity is Severity.SOFT for note in result.notes.findings)


def test_empty_districts_belong_to_an_area_too(grid_mission: World, flat: Ways) -> None:
    plan(grid_mission(stations={"D00": 0, "D10": 0, "D31": 0}), flat())
    nothing = {f"D{x}{y}": 0 for x in range(4) for y in range(2)}
    assert {len(a.districts) for a in plan(grid_mission(stations=nothing), flat()).areas} == {4}


def test_sto_pairs_without_lto_teams(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(teams=0), flat())
    assert [(area.id, area.lto_team) for area in result.areas] == [("A01", None)]
    assert [finding.code for finding in result.notes.findings] == ["OP-AREA-NOTEAM"]
    assert result.notes.unassigned == ()


def test_nobody_at_all(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(teams=0, pairs=0), flat())
    assert result.areas == ()
    assert result.report.status is StageStatus.SKIPPED
    assert result.report.stop is StopReason.NOTHING_TO_DO


def test_no_districts(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(width=0), flat())
    assert result.report.status is StageStatus.SKIPPED


def test_the_roster_counts_where_no_numbers_are_given(grid_mission: World, flat: Ways) -> None:
    mission = grid_mission(teams=0, pairs=0)
    people = tuple(
        Observer(id=ObserverId(f"O{k}"), role=Role.LTO, state=State("NO"), reserve=k > 4)
        for k in range(8)
    )
    assert len(plan(mission.model_copy(update={"observers": people}), flat()).areas) == 2


def test_twice_the_same(grid_mission: World, flat: Ways) -> None:
    mission = grid_mission(width=7, height=3, teams=4)
    assert plan(mission, flat(), seed=7) == plan(mission, flat(), seed=7)


def test_whole_regions_by_weight(grid_mission: World, flat: Ways) -> None:
    """Three regions side by side, three teams: a high weight keeps each region whole."""
    policy = AreaPolicy(split_weight=100_000)
    stations = {"D00": 9, "D01": 9}
    result = plan(grid_mission(width=6, teams=3, policy=policy, stations=stations), flat())
    assert [a.districts[0][1] + a.districts[-1][1] for a in result.areas] == ["01", "23", "45"]


def test_seconds_stop_by_the_clock(grid_mission: World, flat: Ways) -> None:
    result = plan(grid_mission(width=7, height=3, teams=4), flat(), seconds=0.0)
    assert result.report.stop in {StopReason.TIME, StopReason.PROVEN}
    assert len(result.areas) == 4


def test_ids_follow_region_and_district(grid_mission: World, flat: Ways) -> None:
    areas = plan(grid_mission(width=6, teams=3), flat()).areas
    first = [min(area.districts) for area in areas]
    assert all(one < other for one, other in pairwise(first))
