"""The allocation stage on small countries: beds, pins, reach, modes, claims."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from geodata.travel.great_circle import GreatCircle
from geodata.travel.provider import Points, TravelMatrix, TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, StageStatus, StopReason, TeamMode
from planner.domain.policy import AllocationPolicy, DayPolicy, ObservationMode
from planner.objective.allocation import allocation_value
from planner.optimizer.allocation import AllocationResult, solve_allocation
from planner.optimizer.stage import Effort, Silent

Country = Callable[..., Any]


class Cancelled(Silent):
    cancelled = True


class NoWay:
    """Nothing leads anywhere."""

    provenance = "no way"

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        none = np.full((len(origins), len(destinations)), -1)
        return TravelMatrix(none, none)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        none = np.full(len(origins), -1)
        return TravelMatrix(none, none[: len(destinations)])


def solve(
    mission: MissionInput, areas: tuple[Area, ...], travel: TravelProvider | None = None
) -> AllocationResult:
    return solve_allocation(mission, travel or GreatCircle(), areas, Effort(), Silent())


def hubs(result: AllocationResult, area: str) -> Counter[TownId]:
    return Counter(t.base_town for t in result.teams if t.kind is Role.STO and t.area == area)


def test_slots_are_numbered_by_area_then_hub(country: Country) -> None:
    result = solve(*country(stations=(10, 20), pairs=6))
    assert [area.sto_pairs for area in result.areas] == [2, 4]
    assert [team.id for team in result.teams] == [
        "LTO-01", "LTO-02", *(f"STO-{k:03d}" for k in range(1, 7))
    ]  # fmt: skip
    assert [team.area for team in result.teams[2:]] == ["A01"] * 2 + ["A02"] * 4
    towns = [team.base_town for team in result.teams[4:]]
    assert towns == sorted(towns)
    assert not any(team.members for team in result.teams)
    assert all(town.startswith("T2") for town in towns)


def test_report_is_what_the_referee_recomputes(country: Country, travel: GreatCircle) -> None:
    mission, areas = country(stations=(30, 50), pairs=7)
    result = solve(mission, areas)
    again = allocation_value(mission, result.areas, result.teams, travel)
    assert result.report.objective == pytest.approx(again, abs=1e-6)
    assert result.report.bound is not None
    assert result.report.bound <= again + 1e-6
    assert result.report.gap is not None
    assert result.report.gap <= 1e-3


def test_pairs_spread_as_the_stations_do(country: Country) -> None:
    result = solve(*country(stations=(60,), pairs=6, allocation=AllocationPolicy(reach_min=30)))
    assert hubs(result, "A01") == {"T1a": 2, "T1b": 2, "T1c": 2}


def test_lto_team_sleeps_before_sto_pairs(country: Country) -> None:
    result = solve(*country(stations=(30,), pairs=5, beds=4))
    assert hubs(result, "A01") == {"T1a": 2, "T1b": 1, "T1c": 2}
    assert result.report.status is not StageStatus.PARTIAL


def test_too_few_beds_place_the_pairs_that_fit(country: Country) -> None:
    mission, areas = country(stations=(10, 20), pairs=30, beds=6)
    result = solve(mission, areas)
    assert sum(area.sto_pairs for area in result.areas) == 16
    (left,) = result.notes.unassigned
    assert (left.kind, left.code, left.subject) == ("team", "OP-ALLOC-BEDS", "STO-017 to STO-030")
    assert "28 more beds" in left.remedy
    assert result.report.status is StageStatus.PARTIAL
    # The remedy is true: with these beds in one town all pairs fit.
    more = tuple(
        t.model_copy(update={"beds": 6 + 28}) if t.id == "T1a" else t for t in mission.towns
    )
    again = solve(mission.model_copy(update={"towns": more}), areas)
    assert sum(area.sto_pairs for area in again.areas) == 30


def test_unknown_beds_cap_nothing(country: Country) -> None:
    result = solve(*country(stations=(10, 20), pairs=30, beds=None))
    assert sum(area.sto_pairs for area in result.areas) == 30
    assert [finding.code for finding in result.notes.findings] == ["OP-ALLOC-BEDS"]


def test_fewer_pairs_than_areas(country: Country) -> None:
    result = solve(*country(stations=(10, 20, 30), pairs=2))
    assert [area.sto_pairs for area in result.areas] == [0, 1, 1]
    assert {f.code for f in result.notes.findings} == {"OP-ALLOC-FLOOR", "OP-ALLOC-UNSTAFFED"}


def test_stations_beyond_reach_are_told_by_district(country: Country) -> None:
    policy = AllocationPolicy(reach_min=30)
    mission, areas = country(stations=(20,), pairs=2, allocation=policy)
    far = tuple(
        s.model_copy(update={"lat": 51.0}) if s.id <= "S1-004" else s for s in mission.stations
    )
    result = solve(mission.model_copy(update={"stations": far}), areas)
    (left,) = [u for u in result.notes.unassigned if u.code == "OP-ALLOC-REACH"]
    assert (left.kind, left.subject) == ("district", "D1")
    assert left.reason.startswith("5 station(s)")
    assert "reach_min = " in left.remedy


def test_no_way_at_all(country: Country) -> None:
    result = solve(*country(stations=(5, 5), pairs=4), NoWay())
    assert sum(area.sto_pairs for area in result.areas) == 4
    told = [u for u in result.notes.unassigned if u.code == "OP-ALLOC-REACH"]
    assert {u.subject for u in told} == {"D1", "D2"}
    assert all("no way" in u.reason for u in told)


def pin(team: str, town: str) -> Decision:
    return Decision(kind=DecisionKind.TEAM_TOWN, team=TeamId(team), town=TownId(town))


def test_pinned_towns_are_kept(country: Country) -> None:
    pins = (pin("STO-002", "T1c"), pin("STO-005", "T2a"))
    result = solve(*country(stations=(10, 20), pairs=6, decisions=pins))
    town_of = {team.id: team.base_town for team in result.teams}
    assert (town_of["STO-002"], town_of["STO-005"]) == ("T1c", "T2a")
    assert not result.notes.unassigned


@pytest.mark.parametrize(
    ("pins", "refused", "why"),
    [
        ((pin("STO-001", "T2a"),), 0, "lies in A02"),
        ((pin("STO-099", "T1a"),), 0, "no STO pair"),
        ((pin("STO-001", "nowhere"),), 0, "no area"),
        ((pin("STO-001", "T1a"), pin("STO-001", "T1c")), 1, "already pinned"),
        ((pin("STO-001", "T1b"), pin("STO-002", "T1b")), 1, "beds for 1"),
    ],
)
def test_pins_that_cannot_be_kept_are_refused_with_reasons(
    country: Country, pins: tuple[Decision, ...], refused: int, why: str
) -> None:
    result = solve(*country(stations=(10, 20), pairs=6, beds=4, decisions=pins))
    (left,) = result.notes.unassigned
    assert (left.kind, left.code, left.subject) == (
        "decision",
        "OP-ALLOC-PIN",
        pins[refused].subject,
    )
    assert why in left.reason
    assert left.remedy


@pytest.mark.parametrize(
    ("mode", "share", "static"),
    [
        (ObservationMode.MOBILE, 0.5, 0),
        (ObservationMode.STATIC, 0.0, 6),
        (ObservationMode.MIXED, 0.5, 3),
        (ObservationMode.MIXED, 0.0, 0),
    ],
)
def test_static_pairs(country: Country, mode: ObservationMode, share: float, static: int) -> None:
    day = DayPolicy(mode=mode, static_share=share)
    result = solve(*country(stations=(10, 20), pairs=6, day=day))
    modes = Counter(team.mode for team in result.teams if team.kind is Role.STO)
    assert modes[TeamMode.STATIC] == static


def test_mission_without_pairs_is_skipped_but_keeps_lto_teams(country: Country) -> None:
    result = solve(*country(pairs=0))
    assert result.report.status is StageStatus.SKIPPED
    assert [team.id for team in result.teams] == ["LTO-01", "LTO-02"]


def test_no_areas_is_told(country: Country) -> None:
    mission, _ = country(pairs=3)
    result = solve(mission, ())
    assert result.report.status is StageStatus.SKIPPED
    assert result.notes.unassigned[0].subject == "STO-001 to STO-003"


def test_no_stations_at_all(country: Country) -> None:
    result = solve(*country(stations=(0, 0), pairs=3))
    assert sum(area.sto_pairs for area in result.areas) == 3


def test_cancelled_gives_a_whole_solution_and_says_so(country: Country) -> None:
    mission, areas = country(stations=(30, 50), pairs=7)
    result = solve_allocation(mission, GreatCircle(), areas, Effort(), Cancelled())
    assert result.report.stop in (StopReason.CANCELLED, StopReason.PROVEN)
    assert sum(team.kind is Role.STO for team in result.teams) == 7
    assert result.report.bound is not None


def test_same_input_same_result(country: Country) -> None:
    mission, areas = country(stations=(40, 70, 20), pairs=12)
    assert solve(mission, areas) == solve(mission, areas)
