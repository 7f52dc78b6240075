"""The objective of the areas stage by hand."""

from datetime import date

import numpy as np
import pytest

from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix
from planner.domain.ids import AreaId, DistrictId, MissionId, RegionId, StationId, TownId
from planner.domain.mission import Mission, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.place import District, Region, Station, Town
from planner.domain.plan import Area, Plan, Provenance
from planner.domain.policy import (
    AllocationBasis,
    AllocationPolicy,
    AreaPolicy,
    Policies,
    SampleMode,
)
from planner.objective.areas import (
    UNROUTABLE_MIN,
    areas_cost,
    areas_objective,
    district_load,
    weighted_drive,
)


class Line:
    """One minute for every degree of longitude."""

    provenance = "line"

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        apart = np.abs(origins[:, None, 1] - destinations[None, :, 1])
        return TravelMatrix((60 * apart).astype(np.int64), (1000 * apart).astype(np.int64))

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        both = self.matrix(origins, destinations)
        return TravelMatrix(both.duration_s.diagonal(), both.distance_m.diagonal())


def world(*, basis: AllocationBasis = AllocationBasis.STATIONS, pairs: int = 4) -> MissionInput:
    """Return districts D0..D3 at 0, 10, 20, 30 degrees with 1, 2, 3, 6 stations."""
    places = [(f"D{k}", 10.0 * k, count) for k, count in enumerate((1, 2, 3, 6))]
    return MissionInput(
        mission=Mission(
            id=MissionId("line"),
            name="Line",
            country="XX",
            e_day=date(2030, 5, 5),
            time_zone="UTC",
            staffing=Staffing(lto_teams=2, sto_pairs=pairs),
            policies=Policies(
                areas=AreaPolicy(split_weight=100, imbalance_weight=10, balance_tolerance=0.25),
                allocation=AllocationPolicy(basis=basis),
            ),
        ),
        regions=tuple(Region(id=RegionId(r), name=r, time_zone="UTC") for r in ("R0", "R1")),
        districts=tuple(
            District(id=DistrictId(d), name=d, lat=0, lon=lon, region=RegionId(f"R{k // 2}"))
            for k, (d, lon, _) in enumerate(places)
        ),
        adjacency=(),
        towns=tuple(
            Town(id=TownId(f"T{k}"), name=d, district=DistrictId(d), lat=0, lon=lon)
            for k, (d, lon, _) in enumerate(places)
        ),
        stations=tuple(
            Station(
                id=StationId(f"{d}-{k}"),
                district=DistrictId(d),
                lat=0,
                lon=lon,
                voters=None if d == "D3" and k else 100 * (number + 1),
            )
            for number, (d, lon, count) in enumerate(places)
            for k in range(count)
        ),
    )


def area(name: str, town: str | None, *districts: str) -> Area:
    return Area(
        id=AreaId(name),
        lto_team=None,
        base_town=None if town is None else TownId(town),
        districts=tuple(DistrictId(d) for d in districts),
    )


def test_by_hand() -> None:
    cost = areas_cost(
        world(), [area("A01", "T0", "D0", "D1", "D2"), area("A02", "T3", "D3")], Line()
    )
    assert cost.drive == 2 * 10 + 3 * 20
    assert cost.splits == 100
    assert cost.imbalance == 0.0
    assert cost.total == 180


def test_imbalance_outside_the_band() -> None:
    """Mean 6, band 4.5..7.5: loads 3 and 9 are 1.5 outside each."""
    cost = areas_cost(
        world(), [area("A01", "T0", "D0", "D1"), area("A02", "T3", "D2", "D3")], Line()
    )
    assert cost.imbalance == pytest.approx(10 * 3)
    assert cost.splits == 0


def test_without_a_base_town_the_best_centre_counts() -> None:
    cost = areas_cost(world(), [area("A01", None, "D0", "D1", "D2", "D3")], Line())
    assert cost.drive == 1 * 20 + 2 * 10 + 6 * 10


def test_no_areas_cost_nothing() -> None:
    assert areas_cost(world(), [], Line()).total == 0.0


def test_of_a_plan() -> None:
    plan = Plan(
        mission=MissionId("line"),
        sample_mode=SampleMode.COVERAGE,
        areas=(area("A01", "T1", "D0", "D1", "D2", "D3"),),
        provenance=Provenance(input_hash="", seed=1, reproducible=True, versions={}, travel="line"),
    )
    assert areas_objective(world(), plan, Line()) == 10 + 30 + 120


def test_beyond_the_limit_counts_tenfold_and_no_way_counts_most() -> None:
    duration_s = np.array([[0, 600, 660, UNROUTABLE]])
    cost = weighted_drive(duration_s, np.array([2.0, 2.0, 2.0, 0.0]), limit_min=10)
    assert cost[0, :3].tolist() == [0, 20, 2 * 11 + 2 * 9]
    assert cost[0, 3] == pytest.approx(9 * (UNROUTABLE_MIN - 10))


def test_load_by_stations_and_by_voters() -> None:
    assert district_load(world()) == {"D0": 1, "D1": 2, "D2": 3, "D3": 6}
    by_voters = district_load(world(basis=AllocationBasis.VOTERS))
    mean = (100 + 2 * 200 + 3 * 300 + 400) / 7
    assert by_voters["D0"] == pytest.approx(100 / mean)
    assert by_voters["D3"] == pytest.approx(400 / mean + 5)
    assert sum(by_voters.values()) == pytest.approx(12)


def test_without_pairs_stations_count() -> None:
    assert district_load(world(basis=AllocationBasis.VOTERS, pairs=0))["D3"] == 6


def test_without_stations_districts_count() -> None:
    assert set(district_load(world().model_copy(update={"stations": ()})).values()) == {1.0}
